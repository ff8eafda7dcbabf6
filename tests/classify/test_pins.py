"""A grade given by hand holds until its day, whatever is bought."""

import pytest


@pytest.fixture
def shop(retain, csv_file):
    """Five customers with 500 to 100, graded A, B, B, C, C; 6 bought nothing."""
    rows = "\n".join(f"{n},2026-10-01,{600 - 100 * n}" for n in range(1, 6))
    retain("import", csv_file("o.csv", f"Customer ID,Date,Amount\n{rows}\n6,2020-10-01,5\n"))
    retain("classify", today="2026-11-01")


def pin(retain, customer, grade, *more, today="2026-11-23"):
    answer = retain("pin", customer, grade, "--reason", "the mayor", *more, today=today)
    assert answer.code == 0, answer.err


def test_it_counts_at_once_and_stays_through_a_grading(retain, shop, grades):
    pin(retain, "5", "A")
    assert grades() == {"1": "A", "2": "B", "3": "B", "4": "C", "5": "A", "6": None}
    answer = retain("classify", "-f", "json").data
    assert answer["changed"] == 0
    assert answer["thresholds"]["A"]["amount"] == "500.00"
    assert grades()["5"] == "A"


def test_who_bought_nothing_can_be_put_on_a_plan_by_hand(retain, shop, grades):
    pin(retain, "6", "B")
    assert grades()["6"] == "B"
    retain("classify")
    assert grades()["6"] == "B"
    assert retain("due", "-f", "json", "--days", "200").data != []


def test_it_ends_after_its_day(retain, shop, grades):
    pin(retain, "5", "A", "--until", "2026-12-01")
    retain("classify", today="2026-12-01")
    assert grades()["5"] == "A"
    answer = retain("classify", "-f", "json", today="2026-12-02").data
    assert [(c["customer"]["external_id"], c["from"], c["to"]) for c in answer["changes"]] == [("5", "A", "C")]


def test_unpinned_is_graded_as_everybody_at_the_next_classify(retain, shop, grades):
    pin(retain, "1", "C")
    assert retain("unpin", "1").code == 0
    assert grades()["1"] == "C"
    retain("classify")
    assert grades()["1"] == "A"
    assert retain("unpin", "1").code == 2


def test_another_pin_takes_its_place(retain, shop, grades):
    pin(retain, "5", "A")
    pin(retain, "5", "B")
    (only,) = retain("pin", "-f", "json").data
    assert (only["grade"], only["reason"], only["holds"]) == ("B", "the mayor", True)
    assert grades()["5"] == "B"


def test_a_first_grading_keeps_pins(retain, csv_file, grades):
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-10-01,9\n2,2026-10-01,8\n3,2026-10-01,7\n"))
    pin(retain, "3", "A")
    answer = retain("classify", "-f", "json").data
    assert grades() == {"1": "A", "2": "B", "3": "A"}
    assert {c["customer"]["external_id"] for c in answer["changes"]} == {"1", "2"}


def test_it_is_told_in_the_changes_the_explanation_and_the_history(retain, shop):
    pin(retain, "5", "A")
    why = retain("classify", "--explain", "5", "-f", "json").data
    assert why["pin"] == {"grade": "A", "reason": "the mayor", "until": None}
    assert why["would_change"] == "Only taking the pin away: retain unpin."
    assert [(h["on"], h["from"], h["to"]) for h in why["history"]] == [
        ("2026-11-23", "C", "A"),
        ("2026-11-01", "none", "C"),
    ]


@pytest.mark.parametrize(
    "argv", [("5", "A"), ("5", "D", "--reason", "x"), ("5", "A", "--reason", "x", "--until", "2026-11-22")]
)
def test_a_pin_without_reason_grade_or_time_to_come_is_refused(retain, shop, argv, grades):
    assert retain("pin", *argv).code == 2
    assert grades()["5"] == "C"


def test_pins_hold_under_every_scheme(retain, shop, grades):
    pin(retain, "5", "A")
    for scheme in ("rfm", "category"):
        retain("classify", "--scheme", scheme)
        assert grades()["5"] == "A"
