"""Maintenance on the list."""

import pytest


@pytest.fixture
def services(retain, csv_file):
    """One A customer, graded on 23 November 2026 and never visited; the services listed on a day."""
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-10-01,100\n"))
    retain("classify")

    def listed(today):
        return {
            reason["service"]: (reason["due_on"], reason["late"])
            for line in retain("due", "-f", "json", today=today).data
            for reason in line["reasons"]
        }

    return listed


def test_it_begins_within_half_a_year_of_the_grading(services):
    assert "2026-11-23" <= services("2027-05-22")["maintenance"][0] < "2027-05-23"


def test_a_visit_without_it_leaves_it_on_the_list(retain, services):
    before = services("2027-05-22")["maintenance"]
    retain("log-visit", 1, today="2027-05-22")
    assert services("2027-05-22")["maintenance"] == before
    assert "return visit" not in services("2027-05-22")


def test_it_comes_again_half_a_year_after_it_was_done_and_is_late_after_a_month(retain, services):
    retain("log-visit", 1, "--service", "maintenance")
    # 23 May 2027 is a Sunday: maintenance is brought forward to Saturday, and late by its own day.
    for today, expected in (
        ("2027-05-21", None),
        ("2027-05-22", ("2027-05-23", False)),
        ("2027-06-22", ("2027-05-23", False)),
        ("2027-06-23", ("2027-05-23", True)),
    ):
        assert services(today).get("maintenance") == expected


def test_maintenance_is_a_return_visit_as_well(retain, services):
    retain("log-visit", 1, "--service", "maintenance", "--service", "senior visit")
    assert services("2026-12-22") == {}
    assert services("2026-12-23") == {"return visit": ("2026-12-23", False)}
