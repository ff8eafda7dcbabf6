"""Rows of visits, with what they rendered."""

import pytest

HEADER = "Customer,Visit Date,Channel,Outcome,Service,Satisfaction,Note,Cost,Next Date,Staff\n"
FULL = "1,2026-02-01,call,not reached,maintenance; birthday gift,4,asks for tea,30.50,2026-03-01,Li\n"


def load(retain, csv_file, text, *options):
    return retain("import", csv_file("v.csv", text), *options, "-f", "json")


def test_everything_a_row_says_is_kept(retain, csv_file):
    (entry,) = load(retain, csv_file, HEADER + FULL).data
    assert (entry["kind"], entry["created"], entry["customers_created"]) == ("visits", 1, 1)
    (visit,) = retain("show", "1", "-f", "json").data["visits"]
    del visit["id"]
    assert visit == {
        "visited_on": "2026-02-01", "channel": "call", "outcome": "not-reached", "satisfaction": 4,
        "services": ["maintenance", "birthday gift"], "note": "asks for tea", "next_on": "2026-03-01",
        "staff": "Li",
        "cost": {"amount": "30.50", "currency": "CNY"}, "currency": "CNY", "minutes": None,
        "originals": [], "ratings": [],
    }  # fmt: skip


def test_what_a_row_does_not_say_is_the_usual(retain, csv_file):
    load(retain, csv_file, "Customer,Visit Date,Satisfaction\n1,2026-02-01,\n")
    (visit,) = retain("show", "1", "-f", "json").data["visits"]
    assert (visit["channel"], visit["outcome"], visit["services"]) == ("visit", "done", [])
    assert [visit[key] for key in ("satisfaction", "note", "cost", "next_on", "staff")] == [None] * 5


def test_the_same_file_again_changes_nothing(retain, csv_file):
    text = HEADER + FULL + "2,2026-02-01,,,,,,,,\n"
    load(retain, csv_file, text)
    (entry,) = load(retain, csv_file, text).data
    assert (entry["created"], entry["unchanged"]) == (0, 2)
    assert len(retain("show", "1", "-f", "json").data["visits"]) == 1


def test_two_equal_rows_are_two_visits_and_three_add_one(retain, csv_file):
    row = "1,2026-02-01,call\n"
    counts = []
    for times in (2, 2, 3, 1):
        (entry,) = load(retain, csv_file, "Customer,Visit Date,Channel\n" + row * times).data
        counts.append((entry["created"], entry["unchanged"]))
    assert counts == [(2, 0), (0, 2), (1, 2), (0, 1)]


def test_a_visit_logged_by_hand_is_recognised(retain, csv_file):
    load(retain, csv_file, "Customer ID,Name\n1,Wang\n")
    retain("log-visit", "1", "--on", "2026-02-01", "--channel", "call", "--note", "hello")
    (entry,) = load(retain, csv_file, "Customer,Visit Date,Channel,Note\n1,2026-02-01,call,hello\n").data
    assert (entry["created"], entry["unchanged"]) == (0, 1)


@pytest.mark.parametrize("cell", ["Maintenance", "BIRTHDAY-GIFT", "maintenance;birthday gift", " maintenance ; "])
def test_services_are_named_in_any_spelling(retain, csv_file, cell):
    load(retain, csv_file, f"Customer,Visit Date,Service\n1,2026-02-01,{cell}\n")
    (visit,) = retain("show", "1", "-f", "json").data["visits"]
    assert visit["services"] == [word.strip().lower().replace("-", " ") for word in cell.split(";") if word.strip()]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("1,,call,,,,,,,", "a visit needs its day"),
        ("1,2026-02-30,call,,,,,,,", "Visit Date '2026-02-30': no such day"),
        ("1,2026-02-01,pigeon,,,,,,,", "Channel 'pigeon': not one of visit, call"),
        ("1,2026-02-01,,happy,,,,,,", "Outcome 'happy': not one of done"),
        ("1,2026-02-01,,,massage,,,,,", "Service 'massage': no service of the catalogue"),
        ("1,2026-02-01,,,,6,,,,", "Satisfaction '6': not a whole number from 1 to 5"),
        ("1,2026-02-01,,,,,,free,,", "Cost 'free': not an amount"),
        ("1,2026-02-01,,,,,,-5,,", "Cost '-5': below zero"),
        ("1,2026-02-01,,,,,,,soon,", "Next Date 'soon': not a day"),
        (",2026-02-01,call,,,,,,,", "says no customer id, phone or e-mail"),
    ],
)
def test_a_bad_row_names_the_cell_at_fault_and_makes_nobody(retain, csv_file, rows, row, fault):
    answer = load(retain, csv_file, HEADER + "Good,2026-02-01,,,,,,,,\n" + row + "\n", "--skip-bad")
    assert answer.code == 3
    assert ":3: " in answer.json["problems"][0]
    assert fault in answer.json["problems"][0]
    assert rows("select external_id from customer") == [("Good",)]


def test_an_imported_visit_restarts_the_clock_as_a_logged_one_does(retain, csv_file):
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-06-01,500\n"))
    retain("classify", today="2026-07-01")
    load(retain, csv_file, "Customer,Visit Date,Channel\n1,2026-10-20,call\n")
    due = {entry["service"]: entry["due_on"] for entry in retain("show", "1", "-f", "json").data["next"]}
    assert due["return visit"] == "2026-11-20"


def test_minutes_are_kept_under_the_words_people_use_and_refused_where_they_are_none(retain, csv_file):
    load(retain, csv_file, "Customer,Visit Date,Channel,Duration\n1,2026-02-01,call,25\n2,2026-02-01,call,\n")
    found = [retain("show", who, "-f", "json").data["visits"][0]["minutes"] for who in ("1", "2")]
    assert found == [25, None]
    answer = retain("import", csv_file("w.csv", "顾客编号,拜访日期,方式,时长\n1,2026-02-02,call,half an hour\n"))
    assert answer.code == 65
    assert "whole number of minutes" in answer.err
