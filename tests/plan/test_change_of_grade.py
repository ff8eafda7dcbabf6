"""What was due under one grade and comes under another, through the commands."""

import pytest


@pytest.fixture
def shop(graded_shop):
    """Ann is an A (a visit every month), Bo and Cy are B (every 3 months), Di and Ed are C (every 6)."""
    graded_shop("Ann", "Bo", "Cy", "Di", "Ed")


@pytest.fixture
def return_visit(retain, shop):
    """Since when a return visit to a customer waits on a day, or None."""

    def look(name, today):
        found = [line for line in retain("due", "-f", "json", today=today).data if line["customer"]["name"] == name]
        return next(
            (one["due_on"] for line in found for one in line["reasons"] if one["service"] == "return visit"), None
        )

    return look


def regraded(retain, csv_file, customer, amount, today):
    """Graded anew after a purchase; the grade that the customer has then."""
    line = f"{customer},{today},{amount}\n"
    assert retain("import", csv_file("more.csv", "Customer ID,Date,Amount\n" + line), today=today).code == 0
    assert retain("classify", today=today).code == 0
    return retain("show", customer, "-f", "json", today=today).data["customer"]["grade"]


def test_who_was_due_and_is_more_often_due_now_waits_since_the_day_they_did(retain, csv_file, return_visit):
    retain("log-visit", "Ed", today="2026-11-23")
    assert return_visit("Ed", "2027-05-24") == "2027-05-23"
    assert regraded(retain, csv_file, 5, 9000, "2027-06-04") == "A"
    assert return_visit("Ed", "2027-06-04") == "2027-05-23"


def test_who_was_not_due_and_is_more_often_due_now_does_not_wait_since_before(retain, csv_file, return_visit):
    retain("log-visit", "Ed", today="2026-11-23")
    assert regraded(retain, csv_file, 5, 9000, "2027-03-01") == "A"
    # A month after the visit is long gone by; the new grade does not make it late from the start.
    since = return_visit("Ed", "2027-04-30")
    assert since >= "2027-03-01"


def test_who_was_due_and_would_not_be_by_the_new_grade_waits_no_more(retain, csv_file, return_visit):
    retain("log-visit", "Ann", today="2026-11-23")
    assert return_visit("Ann", "2027-01-08") == "2026-12-23"
    lines = "".join(f"{number},2027-01-07,9000\n" for number in (2, 3, 4, 5))
    retain("import", csv_file("others.csv", "Customer ID,Date,Amount\n" + lines), today="2027-01-08")
    retain("classify", today="2027-01-08")
    assert retain("show", "Ann", "-f", "json", today="2027-01-08").data["customer"]["grade"] == "C"
    assert return_visit("Ann", "2027-01-08") is None
    assert return_visit("Ann", "2027-05-24") == "2027-05-23"


def test_who_was_never_visited_and_is_on_the_list_stays_on_it(retain, csv_file, return_visit):
    waits_since = return_visit("Ed", "2027-06-04")
    assert waits_since is not None
    assert regraded(retain, csv_file, 5, 9000, "2027-06-04") == "A"
    assert return_visit("Ed", "2027-06-04") == waits_since


def test_a_plan_of_their_own_stays_whatever_the_grade(retain, csv_file, return_visit):
    retain("log-visit", "Ed", today="2026-11-23")
    assert retain("plan", "set", "return visit", "--customer", "5", "--every", "2m").code == 0
    assert regraded(retain, csv_file, 5, 9000, "2026-12-01") == "A"
    assert return_visit("Ed", "2027-01-21") is None
    assert return_visit("Ed", "2027-01-25") == "2027-01-23"


def test_what_is_late_by_a_plan_of_their_own_stays_on_the_list_whatever_the_grade(retain, csv_file, return_visit):
    retain("log-visit", "Ed", today="2026-11-23")
    assert retain("plan", "set", "return visit", "--customer", "5", "--every", "2m").code == 0
    assert regraded(retain, csv_file, 5, 9000, "2027-03-01") == "A"
    # Their own two months were over on 23 January; the new grade neither ends that nor begins it again.
    assert return_visit("Ed", "2027-03-01") == "2027-01-23"
    assert return_visit("Ed", "2027-03-15") == "2027-01-23"


def test_what_stood_on_the_list_of_somebody_never_visited_stays_since_its_day(retain, csv_file, graded_shop):
    """Ten customers, two of them A: maintenance every six months, with one of the first six visits."""
    graded_shop("Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Joe")

    def maintenance(today):
        found = {
            line["customer"]["name"]: line["reasons"] for line in retain("due", "-f", "json", today=today).data
        }
        return {
            name: one["due_on"] for name, all_of_them in found.items() for one in all_of_them
            if one["service"] == "maintenance" and name in ("Ann", "Bo")
        }  # fmt: skip

    today = "2027-01-29"
    before = maintenance(today)
    assert before
    lines = "".join(f"{number},{today},9000\n" for number in (3, 4, 5))
    assert retain("import", csv_file("more.csv", "Customer ID,Date,Amount\n" + lines), today=today).code == 0
    assert retain("classify", today=today).code == 0
    for name in before:
        # As a B they have maintenance once a year, with one of four visits.
        assert retain("show", name, "-f", "json", today=today).data["customer"]["grade"] == "B"
    assert maintenance(today) == before
