"""`retain staff skill` and `retain staff show`: what somebody can do, and what customers say of them."""

import csv
import io

import pytest


@pytest.fixture(autouse=True)
def _shop(retain, csv_file):
    """Three customers, Li and Wang."""
    retain("import", csv_file("c.csv", "Customer ID,Name\n1,Ann\n2,Bob\n3,Cid\n"))
    retain("staff", "add", "Li Na", "--role", "fitter")
    retain("staff", "add", "Wang")


def skill(retain, *words, **how):
    return retain("staff", "skill", *words, "-f", "json", **how).data


def show(retain, name="li", **how):
    return retain("staff", "show", name, "-f", "json", **how).data


def figures(told):
    return told["mean"], told["scores"]


def test_a_skill_is_kept_as_it_is_written_with_its_days(retain):
    made = skill(retain, "add", "LI", "Floor  sanding", "--trained-on", "2025-01-10", "--renew-by", "2027-01-22")
    assert made == [
        {"name": "Li Na", "skill": "Floor sanding", "trained_on": "2025-01-10", "renew_by_on": "2027-01-22",
         "renewal": "soon"},
    ]  # fmt: skip
    skill(retain, "add", "wang", "first aid")
    assert [(one["name"], one["skill"]) for one in skill(retain)] == [
        ("Li Na", "Floor sanding"),
        ("Wang", "first aid"),
    ]
    assert [one["skill"] for one in skill(retain, "list", "Wang")] == ["first aid"]
    assert [one["skill"] for one in show(retain)["skills"]] == ["Floor sanding"]


@pytest.mark.parametrize(
    ("today", "renewal"),
    [
        ("2026-11-22", None),  # 61 days before
        ("2026-11-23", "soon"),
        ("2027-01-22", "soon"),
        ("2027-01-23", "past"),
    ],
)
def test_a_training_is_to_be_renewed_sixty_days_ahead_until_its_last_day_and_past_after_it(retain, today, renewal):
    skill(retain, "add", "li", "crane", "--renew-by", "2027-01-22")
    assert show(retain, today=today)["skills"][0]["renewal"] == renewal


def test_the_days_are_told_in_words(retain):
    for words, day in (("crane", "2026-11-20"), ("forklift", "2026-11-23"), ("ladder", "2026-11-24")):
        skill(retain, "add", "li", words, "--renew-by", day)
    said = retain("staff", "show", "li").out
    assert all(words in said for words in ("ran out 3 days ago", "today is the last day", "1 day left"))


def test_the_same_skill_again_is_a_new_training_and_an_old_end_ends_with_it(retain):
    skill(retain, "add", "li", "crane", "--trained-on", "2024-05-01", "--renew-by", "2026-12-01")
    found = skill(retain, "add", "li", "CRANE", "--trained-on", "2026-11-20")
    assert [(one["skill"], one["trained_on"], one["renew_by_on"]) for one in found] == [
        ("crane", "2026-11-20", None)
    ]
    found = skill(retain, "add", "li", "crane", "--renew-by", "2028-11-20")
    assert [(one["trained_on"], one["renew_by_on"]) for one in found] == [("2026-11-20", "2028-11-20")]


def test_a_skill_is_removed_from_one_person_and_once(retain):
    for name in ("li", "wang"):
        skill(retain, "add", name, "crane")
    assert skill(retain, "remove", "li", "Crane") == []
    assert [one["name"] for one in skill(retain)] == ["Wang"]
    again = retain("staff", "skill", "remove", "li", "crane", "-f", "json")
    assert (again.code, again.json["error"]["code"]) == (2, "skill-unknown")


@pytest.mark.parametrize(
    "words",
    [
        ["add", "li"],
        ["add", "nobody", "crane"],
        ["add", "li", " "],
        ["add", "li", "x" * 61],
        ["add", "li", "crane", "--trained-on", "tomorrow"],
        ["add", "li", "crane", "--trained-on", "2026-11-20", "--renew-by", "2026-11-20"],
        ["add", "li", "crane", "--renew-by", "soon"],
        ["remove", "li", "crane", "--renew-by", "2027-01-01"],
        ["list", "li", "crane"],
        ["teach", "li", "crane"],
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(retain, words):
    assert retain("staff", "skill", *words).code == 2
    assert skill(retain) == []


def test_ratings_count_for_who_was_there_and_for_whose_ticket_it_was(retain):
    # Li: visits 5 and 2; politeness 4 and 1 at visits and 4 about a ticket; the ticket 3. The rest is others'.
    retain("log-visit", 1, "--staff", "li", "--sat", 5, "--rate", "politeness=4")
    retain("log-visit", 2, "--staff", "li", "--sat", 2, "--rate", "Politeness=1", "--rate", "advice=5")
    retain("log-visit", 3, "--staff", "li")
    retain("log-visit", 1, "--staff", "wang", "--sat", 1, "--rate", "politeness=5")
    retain("log-visit", 2, "--sat", 1, "--rate", "politeness=5")
    for number, owner, score in ((1, "li", 3), (2, "wang", 5)):
        retain("ticket", "open", 1, "repair", "hinge", "--owner", owner)
        retain("ticket", "resolve", number, "oiled", "--staff", "wang")
        retain("ticket", "rate", number, score, "--rate", "politeness=4")
    found = show(retain)
    assert figures(found["satisfaction"]) == (3.5, 2)
    assert figures(found["tickets"]) == (3.0, 1)
    assert [(one["question"], *figures(one)) for one in found["questions"]] == [
        ("advice", 5.0, 1),
        ("politeness", 3.0, 3),
    ]
    assert found["questions"][1]["spread"] == {"1": 1, "2": 0, "3": 0, "4": 2, "5": 0}


def test_a_mean_stands_with_how_many_there_are_and_fewer_than_five_are_told(retain):
    for score in (5, 4, 4, 5):
        retain("log-visit", 1, "--staff", "li", "--sat", score, "--rate", "politeness=5")
    four = retain("staff", "show", "li").out
    retain("log-visit", 2, "--staff", "li", "--rate", "politeness=1")
    five = retain("staff", "show", "li").out
    lines = {line.split("  ")[0]: line.split() for line in five.splitlines()}
    assert lines["their visits"][2:4] == ["4.50", "4"]
    assert lines["politeness"][1:3] == ["4.20", "5"]
    assert "Fewer than five scores, so the mean says little: their visits, politeness." in " ".join(four.split())
    assert "the mean says little: their visits." in " ".join(five.split())


def test_whom_nobody_rated_has_no_mean(retain):
    found = show(retain, "wang")
    assert figures(found["satisfaction"]) == figures(found["tickets"]) == (None, 0)
    assert found["questions"] == []
    assert "No customer has rated them yet." in retain("staff", "show", "wang").out


def test_csv_has_a_line_for_each_figure(retain):
    retain("log-visit", 1, "--staff", "li", "--sat", 5, "--rate", "politeness=4")
    lines = list(csv.DictReader(io.StringIO(retain("staff", "show", "li", "-f", "csv").out)))
    assert [(one["name"], one["about"], one["mean"], one["scores"], one["spread_4"]) for one in lines] == [
        ("Li Na", "their visits", "5.0", "1", "0"),
        ("Li Na", "their tickets", "", "0", "0"),
        ("Li Na", "politeness", "4.0", "1", "1"),
    ]


def test_skills_and_ratings_are_exported(retain, machine):
    skill(retain, "add", "li", "crane")
    retain("log-visit", 1, "--staff", "li", "--rate", "politeness=4")
    assert retain("export", "all", machine / "out").code == 0
    kept = {
        name: next(csv.DictReader((machine / "out" / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
        for name in ("ratings", "staff-skills")
    }
    assert (kept["ratings"]["customer_name"], kept["ratings"]["question"], kept["ratings"]["score"]) == (
        "Ann", "politeness", "4",
    )  # fmt: skip
    assert kept["staff-skills"]["skill"] == "crane"


@pytest.mark.parametrize(
    ("since", "why"),
    [
        (["staff", "skill", "add", "Gao", "crane"], "has skills since"),
        (["goal", "set", "satisfaction", "4.5", "--by", "2027-06-30", "--staff", "Gao"], "has goals since"),
        (["goal", "set", "satisfaction", "4.5", "--by", "2027-06-30", "--owner", "Gao"], "has goals since"),
    ],
)
def test_whom_an_import_added_stays_where_skills_or_goals_were_given_to_them_since(retain, csv_file, since, why):
    batch = retain("import", csv_file("o.csv", "Customer ID,Name,Owner\n7,Dee,Gao\n"), "-f", "json").data[0][
        "batch"
    ]
    assert retain(*since).code == 0
    kept = retain("undo", batch, "-f", "json").data["kept"]
    assert [(one["customer"], one["why"]) for one in kept] == [("Gao", why)]
    assert "Gao" in [one["name"] for one in retain("staff", "-f", "json").data]


def test_who_is_away_with_nobody_standing_in_is_said(retain):
    assert retain("staff", "add", "Li").code == 0
    alone = retain("staff", "away", "Li", "2026-11-24", "2026-11-30")
    assert alone.code == 0
    assert alone.err.startswith("Nobody stands in for Li from 2026-11-24. To say who does: retain staff set 'Li'")
    assert retain("staff", "add", "Chen").code == 0
    assert retain("staff", "set", "Li", "--backup", "Chen").code == 0
    assert retain("staff", "away", "Li", "2026-12-24", "2026-12-30").err == ""
    assert retain("staff", "away", "Li", "-").err == ""
