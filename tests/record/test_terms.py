"""Terms of a grade: who has them, from which day to which."""

import pytest

TODAY, TOMORROW = "2026-11-23", "2026-11-24"


@pytest.fixture(autouse=True)
def _shop(retain, csv_file):
    """K1 is an A, K2 a B, K3 bought nothing."""
    sold = "Order,Date,Customer,Amount\n1,2026-10-01,K1,900\n2,2026-10-01,K2,500\n3,2026-10-01,K4,90\n"
    retain("import", csv_file("o.csv", sold), csv_file("c.csv", "Customer ID,Name\nK3,Zhao\n"))
    for customer, grade in (("K1", "A"), ("K2", "B")):
        retain("pin", customer, grade, "--reason", "so that it is known")
    retain("classify")


def terms(retain, *words, **how):
    return retain("benefit", "terms", *words, "-f", "json", **how).data


def told(retain, customer, **how):
    shown = retain("show", customer, "-f", "json", **how).data["terms"]
    assert retain("brief", customer, "-f", "json", **how).data["terms"] == shown
    return shown


def test_everybody_of_the_grade_has_them_and_nobody_else(retain):
    terms(retain, "set", "a", "5 % off maintenance")
    terms(retain, "set", "A", "delivery for nothing")
    terms(retain, "set", "B", "2 % off")
    assert told(retain, "K1") == ["5 % off maintenance", "delivery for nothing"]
    assert told(retain, "K2") == ["2 % off"]
    assert told(retain, "K3") == []
    assert [(one["grade"], one["words"]) for one in terms(retain, "list")] == [
        ("A", "5 % off maintenance"), ("A", "delivery for nothing"), ("B", "2 % off"),
    ]  # fmt: skip


def test_a_person_reads_them_in_the_brief_and_in_show(retain):
    terms(retain, "set", "A", "5 % off maintenance")
    for command in ("brief", "show"):
        assert "Terms" in retain(command, "K1").out
        assert "5 % off maintenance" in retain(command, "K1").out
        assert "Terms" not in retain(command, "K2").out


def test_they_hold_until_the_day_before_they_are_removed(retain):
    terms(retain, "set", "A", "5 % off")
    terms(retain, "remove", "1", today=TOMORROW)
    assert told(retain, "K1") == ["5 % off"]
    assert told(retain, "K1", today=TOMORROW) == []
    assert terms(retain, today=TOMORROW) == []
    # What was removed can be given again.
    assert terms(retain, "set", "A", "5 % off", today=TOMORROW)[0]["id"] == 2


def test_a_letter_tells_them(retain):
    terms(retain, "set", "A", "5 % off")
    terms(retain, "set", "A", "free delivery")
    retain("campaign", "create", "Terms", "--channel", "visit", "--text", "You have {terms}.")
    retain("campaign", "choose", 1, "K1", "K2")
    found = retain("campaign", "preview", 1, "-f", "json").data
    assert [one["text"] for one in found["letters"]] == ["You have 5 % off; free delivery."]
    assert found["left_out"] == {"nothing known for {terms}": 1}


@pytest.mark.parametrize(
    "words",
    [["set"], ["set", "A"], ["set", "D", "x"], ["set", "none", "x"], ["set", "A", " "], ["remove"], ["remove", "9"],
     ["remove", "1", "x"], ["sell"], ["set", "A", "5 % OFF"]],
)  # fmt: skip
def test_what_makes_no_sense_changes_nothing(retain, words):
    terms(retain, "set", "A", "5 % off")
    assert retain("benefit", "terms", *words).code == 2
    assert [one["words"] for one in terms(retain)] == ["5 % off"]
