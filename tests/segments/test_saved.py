"""Segments: conditions kept under a name, worked out whenever they are used."""

import pytest

ORDERS = "Customer ID,Date,Amount\n1,2026-11-01,900\n2,2026-06-01,50\n3,2026-05-01,80\n"


@pytest.fixture
def shop(retain, csv_file):
    """Three customers; 2 and 3 have not bought for months."""
    retain("import", csv_file("o.csv", ORDERS))
    assert retain("segment", "Sleepers", "--where", "days_since_purchase > 90").code == 0


def listed(retain, *how, today="2026-11-23"):
    return [one["external_id"] for one in retain("list", *how, "-f", "json", today=today).data]


def test_a_segment_is_used_by_its_name_in_any_case(retain, shop):
    assert listed(retain, "--segment", "SLEEPERS") == ["3", "2"]


def test_whom_it_means_is_worked_out_on_the_day(retain, shop):
    assert listed(retain, "--segment", "sleepers", today="2026-08-01") == ["3"]


def test_it_goes_together_with_a_condition_and_every_other_filter(retain, shop):
    assert listed(retain, "--segment", "sleepers", "--where", "amount < 60 or amount > 500") == ["2"]
    assert listed(retain, "--segment", "sleepers", "--limit", 1) == ["3"]


def test_segments_are_listed_with_how_many_they_mean(retain, shop):
    retain("segment", "everybody", "--where", "amount >= 0")
    found = retain("segment", "-f", "json").data
    assert [(one["name"], one["customers"]) for one in found] == [("everybody", 3), ("sleepers", 2)]
    (one,) = retain("segment", "sleepers", "-f", "json").data
    assert (one["where"], one["made_on"]) == ("days_since_purchase > 90", "2026-11-23")


def test_the_same_name_again_takes_its_place(retain, shop):
    retain("segment", "sleepers", "--where", "id = 1")
    assert listed(retain, "--segment", "sleepers") == ["1"]
    assert len(retain("segment", "-f", "json").data) == 1


def test_a_removed_segment_is_gone_and_nobody_else(retain, shop):
    assert retain("segment", "sleepers", "--remove").code == 0
    assert retain("list", "--segment", "sleepers").code == 2
    assert len(listed(retain)) == 3


def test_a_condition_that_cannot_be_understood_is_not_kept(retain, shop):
    assert retain("segment", "sleepers", "--where", "moon = full").code == 2
    assert listed(retain, "--segment", "sleepers") == ["3", "2"]


@pytest.mark.parametrize(
    "argv",
    [["--where", "id = 1"], ["--remove"], ["nobody"], ["nobody", "--remove"], ["x" * 61, "--where", "id = 1"]],
)
def test_what_cannot_be_done_is_refused(retain, shop, argv):
    assert retain("segment", *argv).code == 2


def test_the_columns_are_listed_with_what_they_mean(retain, shop):
    found = {one["column"]: one["means"] for one in retain("segment", "--columns", "-f", "json").data}
    assert found["grade"] == "A, B, C or none"
    assert all(found.values())
