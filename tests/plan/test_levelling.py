"""Levelling, against its rule in words."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from retain_cli.plan.levelling import Contact, level

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 23)


@st.composite
def weeks(draw):
    """Contacts of a few weeks, and how many customers fit in each day; none on Sundays, none in a week away."""
    closed = draw(st.sets(st.integers(0, 40), max_size=12))
    most = draw(st.integers(1, 4))
    contacts = [
        Contact(number, MONDAY + DAY * day, MONDAY + DAY * (day + grace), rank)
        for number, (day, grace, rank) in enumerate(
            draw(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 9), st.integers(0, 5)), max_size=60))
        )
    ]

    def capacity(day):
        off = (day - MONDAY).days in closed or day.weekday() == 6
        return 0 if off else most

    return contacts, capacity


def placed(contacts, capacity):
    moved = level(contacts, capacity, MONDAY)
    return {one: moved.get((one.customer_id, one.planned_on), one.planned_on) for one in contacts}


@settings(max_examples=400, deadline=None)
@given(weeks())
def test_no_day_holds_too_many_while_a_day_within_anybodys_grace_has_room(case):
    contacts, capacity = case
    days = placed(contacts, capacity)
    load = Counter(days.values())
    for one, day in days.items():
        assert one.planned_on <= day <= max(one.latest_on, one.planned_on)
        if load[day] > capacity(day):
            other = one.planned_on
            while other <= one.latest_on:
                assert other == day or load[other] >= capacity(other)
                other += DAY


@settings(max_examples=200, deadline=None)
@given(weeks(), st.randoms())
def test_the_order_in_which_they_come_changes_nothing(case, chance):
    contacts, capacity = case
    shuffled = list(contacts)
    chance.shuffle(shuffled)
    assert placed(contacts, capacity) == placed(shuffled, capacity)


@settings(max_examples=200, deadline=None)
@given(weeks())
def test_of_two_alike_the_better_customer_is_never_later(case):
    contacts, capacity = case
    days = placed(contacts, capacity)
    for one in contacts:
        for other in contacts:
            if one[1:3] == other[1:3] and one.rank < other.rank:
                assert days[one] <= days[other]


def test_who_fits_stays_where_they_are():
    contacts = [Contact(n, MONDAY + DAY * n, MONDAY + DAY * 9, 0) for n in range(5)]
    assert level(contacts, lambda day: 1, MONDAY) == {}


def imported(retain, csv_file, customers, visited):
    orders = "".join(f"{n},2026-10-01,{10_000 - n}\n" for n in range(1, customers + 1))
    visits = "".join(f"{n},{visited},done\n" for n in range(1, customers + 1))
    files = (
        csv_file("o.csv", "Customer ID,Date,Amount\n" + orders),
        csv_file("v.csv", "Customer ID,Visit date,Outcome\n" + visits),
    )
    assert retain("import", *files).code == 0
    assert retain("classify").code == 0


def loads(retain, **more):
    return {one["day"]: one for one in retain("agenda", "--days", 60, "-f", "json", **more).data}


def test_a_day_on_which_all_were_visited_does_not_come_back_as_one_day(retain, csv_file):
    # 130 customers seen on one day: 26 A of them would all be due on 20 December again.
    imported(retain, csv_file, 130, "2026-11-20")
    found = loads(retain)
    # The first time round; after that each is counted from the day on which they are really seen.
    assert max(one["customers"] for one in found.values() if one["day"] < "2027-01-15") <= 20
    assert sum(one["customers"] for one in found.values() if one["day"] < "2026-12-29") >= 26


def test_a_week_away_leaves_no_flood_behind(retain, csv_file):
    imported(retain, csv_file, 100, "2026-11-20")
    retain("staff", "add", "Li")
    before = loads(retain)["2026-12-21"]["customers"]
    assert before == 20
    retain("staff", "away", "Li", "2026-12-21", "2026-12-23")
    found = loads(retain)
    assert [found[f"2026-12-{day}"]["customers"] for day in (21, 22, 23)] == [0, 0, 0]
    assert found["2026-12-24"]["customers"] == 20
    assert max(one["customers"] for one in found.values()) <= 20
    # Levelling moves the day and not the nominal one: the next is counted as ever.
    assert return_visits(retain, "2026-12-23") == {}
    assert set(return_visits(retain, "2026-12-24").values()) <= {"2026-12-20", "2026-12-21"}
    assert len(return_visits(retain, "2026-12-24")) == 20
    lines = retain("due", "-f", "json", today="2026-12-24").data
    visits = [one for line in lines for one in line["reasons"] if one["service"] == "return visit"]
    assert {(one["planned_on"], one["days_late"]) for one in visits} == {("2026-12-24", 0)}


def return_visits(retain, today):
    """The nominal day of every return visit on the list, by customer."""
    return {
        line["customer"]["external_id"]: one["due_on"]
        for line in retain("due", "-f", "json", today=today).data
        for one in line["reasons"]
        if one["service"] == "return visit"
    }


def test_a_change_of_grade_takes_nobody_off_the_list(retain, csv_file):
    orders = "".join(f"{n},2026-10-01,{10_000 - n}\n" for n in range(1, 11))
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n" + orders))
    retain("classify")
    due = return_visits(retain, "2027-06-01")
    assert len(due) == 10
    more = "".join(f"{n},2026-11-01,{90_000 - n}\n" for n in range(101, 111))
    retain("import", csv_file("m.csv", "Customer ID,Date,Amount\n" + more), today="2027-06-01")
    assert retain("classify", "-f", "json", today="2027-06-01").data["changed"] >= 15
    assert due.items() <= return_visits(retain, "2027-06-01").items()
