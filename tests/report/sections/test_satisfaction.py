"""What customers said."""

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
