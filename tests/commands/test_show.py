"""`retain show`: everything known of one customer."""

import pytest

pytestmark = pytest.mark.usefixtures("shop")

SAID = (
    ["promise", "add", "K1", "quote by fri", "--owner", "Li"],
    ["promise", "add", "K1", "sample by fri"],
    ["promise", "keep", 2],
    ["need", "add", "K1", "sofa, ~8000"],
    ["need", "add", "K1", "rug"],
    ["need", "gone", 2],
    ["ticket", "open", "K1", "repair", "hinge"],
    ["ticket", "open", "K1", "complaint", "late"],
    ["ticket", "resolve", 2, "said sorry"],
    ["feedback", "add", "K1", "too few samples"],
    ["offer", "add", "K1", "overhaul", "declined", "--because", "moves out"],
    ["benefit", "grant", "K1", "points", 100],
    ["benefit", "grant", "K1", "coupon", "--percent", 10],
    ["benefit", "grant", "K1", "gift", "tea"],
    ["preference", "add", "K1", "likes", "green tea"],
    ["refer", "K2", "--brought", "K1"],
    ["refer", "K1", "--brought", "K3"],
)


def tell(retain, commands=SAID):
    for words in commands:
        assert retain(*words).code == 0, words


def table(answer):
    """The lines under "Said and promised", without the titles."""
    lines = answer.out.split("Said and promised\n")[1].split("\n\n")[0].splitlines()
    return [" ".join(line.split()) for line in lines[2:]]


def test_what_was_promised_asked_and_given_is_known_open_and_closed_alike(retain):
    tell(retain)
    data = retain("show", "K1", "-f", "json").data
    assert [(one["words"], one["status"], one["owner"]) for one in data["promises"]] == [
        ("quote", "open", "Li"), ("sample", "kept", None),
    ]  # fmt: skip
    assert {(one["what"], one["status"]) for one in data["needs"]} == {("sofa", "open"), ("rug", "gone")}
    assert {(one["words"], one["resolution"]) for one in data["tickets"]} == {
        ("hinge", None),
        ("late", "said sorry"),
    }
    assert [(one["words"], one["done_on"]) for one in data["feedback"]] == [("too few samples", None)]
    assert [(one["service"], one["answer"]) for one in data["offers"]] == [("overhaul", "declined")]
    assert data["benefits"]["points"] == 100
    assert [one["percent"] for one in data["benefits"]["coupons"]] == [10]
    assert [one["what"] for one in data["benefits"]["gifts"]] == ["tea"]
    assert [(one["kind"], one["words"]) for one in data["preferences"]] == [("likes", "green tea")]
    assert data["brought_by"]["external_id"] == "K2"
    assert [one["customer"]["external_id"] for one in data["brought"]] == ["K3"]


def test_what_waits_stands_before_what_is_done(retain):
    tell(retain)
    shown = retain("show", "K1")
    kinds = ("promise", "need", "ticket", "feedback", "gift", "offer")
    first = [line.split(" 20")[0] for line in table(shown) if line.startswith(kinds)]
    waiting = {"promise 1", "need 1", "ticket 1", "feedback 1", "gift 1"}
    assert set(first[: len(waiting)]) == waiting
    assert set(first[len(waiting) :]) == {"promise 2", "need 2", "ticket 2", "offer"}
    for words in ("To use", "100 points", "10 % off", "green tea", "Brought by", "Li Lei", "Zhao Min"):
        assert words in shown.out


def test_a_promise_past_its_day_says_so(retain):
    tell(retain, SAID[:1])
    assert "open, Li" in table(retain("show", "K1"))[0]
    assert "past its day, Li" in table(retain("show", "K1", today="2027-01-01"))[0]


def test_without_a_word_there_is_no_table_of_words(retain):
    assert "Said and promised" not in retain("show", "K2").out


def test_it_says_who_serves_them_and_who_stands_in(retain):
    tell(retain, [["staff", "add", "Li"], ["staff", "add", "Chen"], ["staff", "assign", "K1", "--to", "Li"]])
    assert retain("show", "K1", "-f", "json").data["served"] == {"owner": "Li", "served_by": "Li"}
    (whose,) = [line for line in retain("show", "K1").out.splitlines() if line.startswith("Served by")]
    assert whose.split() == ["Served", "by", "Li"]
    tell(retain, [["staff", "set", "Li", "--backup", "Chen"], ["staff", "away", "Li", "2026-11-20", "2026-11-30"]])
    assert retain("show", "K1", "-f", "json").data["served"] == {"owner": "Li", "served_by": "Chen"}
    assert "Chen, while Li is away" in retain("show", "K1").out
    assert retain("show", "K2", "-f", "json").data["served"] == {"owner": None, "served_by": None}


@pytest.mark.parametrize(
    ("written", "shown", "kept"),
    [
        ("--02-29", "29 February", "--02-29"),
        ("1980-11-25", "1980-11-25", "1980-11-25"),
        # In 2027 the Mid-Autumn Festival is on 15 September and the New Year on 6 February (Hong Kong Observatory).
        ("农历八月十五", "lunar month 8, day 15, next on 2027-09-15", "lunar --08-15"),
        ("农历正月初一", "lunar month 1, day 1, next on 2027-02-06", "lunar --01-01"),
    ],
)
def test_a_birthday_is_shown_as_people_say_it_and_kept_as_programs_do(retain, csv_file, written, shown, kept):
    retain("import", csv_file("one.csv", f"Customer ID,Name,Birthday\nB1,Somebody,{written}\n"))
    for command in ("show", "brief"):
        (line,) = [
            line
            for line in retain(command, "B1", today="2026-11-23").out.splitlines()
            if line.startswith("Birthday")
        ]
        assert line.split(maxsplit=1)[1].strip() == shown
        assert retain(command, "B1", "-f", "json").data["customer"]["birthday"] == kept
