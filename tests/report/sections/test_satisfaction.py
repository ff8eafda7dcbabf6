"""What customers said."""

import csv
import io

import pytest


@pytest.fixture
def satisfaction(retain, csv_file):
    """Log scores on days, and give the section for November 2026."""

    def ask(*scores):
        retain("import", csv_file("c.csv", "Customer ID,Name\n1,Ann\n"))
        for day, score in scores:
            given = ["--sat", score] if score else []
            assert retain("log-visit", 1, "--on", day, *given, today="2026-12-05").code == 0
        asked = ("report", "satisfaction", "--from", "2026-11-01", "--to", "2026-11-30")
        return retain(*asked, "-f", "json").data["satisfaction"], retain(*asked).out

    return ask


def test_the_mean_is_of_the_scores_that_were_given_and_says_how_many(satisfaction):
    section, shown = satisfaction(("2026-11-01", 5), ("2026-11-10", 4), ("2026-11-11", None), ("2026-11-30", 1))
    assert (section["mean"], section["scores"]) == (pytest.approx(10 / 3, abs=0.005), 3)
    assert section["spread"] == {"1": 1, "2": 0, "3": 0, "4": 1, "5": 1}
    assert "3.33 of 5, from 3 scores" in shown


def test_scores_outside_the_period_do_not_count(satisfaction):
    section, _ = satisfaction(("2026-10-31", 1), ("2026-11-15", 4), ("2026-12-01", 1))
    assert (section["mean"], section["scores"]) == (4.0, 1)


def test_the_mean_of_each_of_the_staff_and_each_month_stands_with_its_scores(retain, satisfaction):
    satisfaction()
    for staff, score, day in (("Li", 5, "2026-09-05"), ("Li", 2, "2026-11-05"), ("Zhao", 4, "2026-11-06")):
        retain("log-visit", 1, "--sat", score, "--staff", staff, "--on", day)
    retain("log-visit", 1, "--sat", 3)
    section = retain("report", "satisfaction", "--from", "2026-09-01", "-f", "json").data["satisfaction"]
    assert [(one["staff"], one["mean"], one["scores"]) for one in section["staff"]] == [
        ("Li", 3.5, 2), ("Zhao", 4.0, 1), ("not said", 3.0, 1),
    ]  # fmt: skip
    assert [(one["month"], one["mean"], one["scores"]) for one in section["months"]] == [
        ("2026-09", 5.0, 1), ("2026-11", 3.0, 3),
    ]  # fmt: skip


def test_where_nobody_was_asked_there_is_no_mean(satisfaction):
    section, shown = satisfaction(("2026-11-15", None))
    assert (section["mean"], section["scores"]) == (None, 0)
    assert "nobody was asked" in shown


def test_each_question_has_its_mean_and_how_many_answered_altogether_and_for_each_of_the_staff(
    retain, satisfaction
):
    satisfaction()
    for staff, score, day in (("Li", 5, "2026-11-01"), ("Li", 2, "2026-11-30"), ("Zhao", 4, "2026-11-06")):
        rates = ("--rate", f"Politeness={score}", "--rate", "advice=1")[: 4 if staff == "Zhao" else 2]
        assert retain("log-visit", 1, *rates, "--staff", staff, "--on", day, today="2026-12-05").code == 0
    for day in ("2026-10-31", "2026-12-01"):
        retain("log-visit", 1, "--rate", "politeness=1", "--on", day, today="2026-12-05")
    # The day a ticket was rated counts, and its owner.
    retain("ticket", "open", 1, "repair", "hinge", "--owner", "Zhao", "--on", "2026-09-01", today="2026-12-05")
    retain("ticket", "resolve", 1, "oiled", "--on", "2026-09-02", today="2026-12-05")
    retain("ticket", "rate", 1, 2, "--rate", "politeness=3", "--on", "2026-11-02", today="2026-12-05")
    asked = ("report", "satisfaction", "--from", "2026-11-01", "--to", "2026-11-30")
    section = retain(*asked, "-f", "json", today="2026-12-05").data["satisfaction"]

    def told(one):
        return one["mean"], one["scores"]

    assert [(one["question"], *told(one)) for one in section["questions"]] == [
        ("advice", 1.0, 1),
        ("politeness", 3.5, 4),
    ]
    assert [(one["staff"], *told(one)) for one in section["questions"][1]["staff"]] == [
        ("Li", 3.5, 2), ("Zhao", 3.5, 2),
    ]  # fmt: skip
    assert section["questions"][1]["spread"] == {"1": 0, "2": 1, "3": 1, "4": 1, "5": 1}
    assert (section["mean"], section["scores"]) == (None, 0)
    shown = [line.split() for line in retain(*asked, today="2026-12-05").out.splitlines()]
    assert ["politeness", "everybody", "3.50", "4", "0", "1", "1", "1", "1"] in shown
    assert ["Li", "3.50", "2", "0", "1", "0", "0", "1"] in shown
    lines = csv.DictReader(io.StringIO(retain(*asked, "-f", "csv", today="2026-12-05").out))
    politeness = [one for one in lines if one["question"] == "politeness"]
    assert [(one["staff"], one["value"], one["scores"]) for one in politeness] == [
        ("", "3.5", "4"), ("Li", "3.5", "2"), ("Zhao", "3.5", "2"),
    ]  # fmt: skip


def test_questions_of_one_persons_customers_are_those_they_answered(retain, satisfaction, csv_file):
    satisfaction()
    retain("import", csv_file("d.csv", "Customer ID,Name\n2,Bob\n"))
    retain("staff", "add", "Li")
    retain("staff", "assign", "1", "--to", "Li")
    retain("log-visit", 1, "--rate", "politeness=5")
    retain("log-visit", 2, "--rate", "politeness=1")
    section = retain("report", "satisfaction", "--staff", "li", "-f", "json").data["satisfaction"]
    assert [(one["mean"], one["scores"]) for one in section["questions"]] == [(5.0, 1)]


def test_where_nothing_was_asked_there_is_no_table_of_questions(satisfaction):
    section, shown = satisfaction(("2026-11-15", 4))
    assert section["questions"] == []
    assert "Asked about" not in shown
