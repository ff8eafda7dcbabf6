"""Birthdays on the list: shown in time, settled by what settles them, lapsed after their grace."""

import pytest


@pytest.fixture
def birthday(retain, csv_file):
    """Five customers born on the same day, 1 an A, 2 and 3 B, 4 and 5 C; what is listed for their birthday."""

    def shop(born, today="2026-06-01"):
        people = "".join(f"{n},{born}\n" for n in range(1, 6))
        orders = "".join(f"{n},2026-05-01,{1000 - n}\n" for n in range(1, 6))
        customers = csv_file("c.csv", "Customer ID,Birthday\n" + people)
        retain("import", customers, csv_file("o.csv", "Customer ID,Date,Amount\n" + orders), today=today)
        retain("classify", today=today)

        def listed(customer, today):
            lines = retain("due", "-f", "json", today=today).data
            return [
                (reason["service"], reason["due_on"], reason["days_late"])
                for line in lines
                for reason in line["reasons"]
                if reason["reason"] == "birthday" and line["customer"]["external_id"] == str(customer)
            ]

        return listed

    return shop


def test_a_gift_is_shown_a_week_before_and_three_days_after(birthday):
    listed = birthday("1980-09-10")
    gift = [(day, listed(1, f"2026-09-{day:02}")) for day in (2, 3, 10, 11, 13, 14)]
    assert gift == [
        (2, []),
        (3, [("birthday gift", "2026-09-10", 0)]),
        (10, [("birthday gift", "2026-09-10", 0)]),
        (11, [("birthday gift", "2026-09-10", 1)]),
        (13, [("birthday gift", "2026-09-10", 3)]),
        (14, []),
    ]


@pytest.mark.parametrize("customer", [2, 5])
def test_a_wish_is_due_on_the_day_and_lapses_after_its_grace(birthday, customer):
    listed = birthday("09-10")
    wishes = [len(listed(customer, f"2026-09-{day:02}")) for day in (9, 10, 13, 14)]
    assert wishes == [0, 1, 1, 0]


def test_a_wish_that_lapsed_comes_again_next_year(birthday):
    listed = birthday("09-10")
    assert listed(5, "2027-09-12") == [("birthday wish", "2027-09-10", 2)]


def test_a_wish_is_settled_by_any_contact(retain, birthday):
    listed = birthday("09-10")
    retain("log-visit", 5, "--channel", "message", today="2026-09-11")
    assert listed(5, "2026-09-11") == []


def test_a_gift_needs_its_own_service(retain, birthday):
    listed = birthday("09-10")
    retain("log-visit", 1, "--service", "maintenance", today="2026-09-10")
    assert listed(1, "2026-09-10") != []
    retain("log-visit", 1, "--service", "birthday gift", today="2026-09-10")
    assert listed(1, "2026-09-10") == []


def test_a_gift_may_be_brought_from_the_day_it_is_shown(retain, birthday):
    listed = birthday("09-10")
    retain("log-visit", 1, "--service", "birthday gift", today="2026-09-03")
    assert listed(1, "2026-09-10") == []


def test_who_was_not_reached_is_still_to_be_wished(retain, birthday):
    listed = birthday("09-10")
    retain("log-visit", 5, "--outcome", "not-reached", today="2026-09-10")
    assert listed(5, "2026-09-11") != []


def test_a_contact_the_year_before_settles_nothing(retain, birthday):
    listed = birthday("09-10")
    retain("log-visit", 5, today="2026-09-10")
    assert listed(5, "2027-09-10") == [("birthday wish", "2027-09-10", 0)]


def test_a_birthday_in_january_is_shown_in_december(birthday):
    listed = birthday("01-03")
    assert listed(1, "2026-12-27") == [("birthday gift", "2027-01-03", 0)]
    assert listed(1, "2027-01-05") == [("birthday gift", "2027-01-03", 2)]


def test_without_a_grade_there_is_no_birthday_service(retain, csv_file):
    retain("import", csv_file("c.csv", "Customer ID,Birthday\n1,11-23\n"))
    retain("classify")
    assert retain("due", "-f", "json").data == []
