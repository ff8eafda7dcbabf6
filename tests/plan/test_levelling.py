"""Levelling, against its rule in words."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from retain_cli.plan.levelling import level
from retain_cli.plan.own_room import OwnRoom
from retain_cli.plan.waiting import Contact

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 23)
OWNERS = st.sampled_from([None, 1, 1, 2])


@st.composite
def weeks(draw):
    """Contacts of a few weeks, and how many customers fit in each day; none on Sundays, none in a week away.

    Some are anybody's, some belong to one of two, who are away on some days and stand in for each other.
    """
    closed = draw(st.sets(st.integers(0, 40), max_size=12))
    most = draw(st.integers(1, 4))
    contacts = [
        Contact(number, MONDAY + DAY * day, MONDAY + DAY * (day + grace), rank, owner)
        for number, (day, grace, rank, owner) in enumerate(
            draw(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 9), st.integers(0, 5), OWNERS), max_size=60))
        )
    ]

    def capacity(day):
        off = (day - MONDAY).days in closed or day.weekday() == 6
        return 0 if off else most

    can = {owner: draw(st.integers(1, 3)) for owner in (1, 2)}
    gone = {owner: draw(st.sets(st.integers(0, 40), max_size=12)) for owner in (1, 2)}

    def own(owner, day):
        there = [one for one in (owner, 3 - owner) if (day - MONDAY).days not in gone[one]]
        return OwnRoom(there[0], can[there[0]] if capacity(day) else 0) if there else OwnRoom(0, 0)

    return contacts, Rooms(capacity, own)


class Rooms(NamedTuple):
    """What the team can see on a day, and what there is for an owner's customers."""

    team: Callable
    own: Callable

    def full(self, contact, day, load):
        """Whether the day is full for the contact: for the team, or for whoever serves it that day."""
        if load[day] >= self.team(day):
            return True
        room = self.own(contact.owner_id, day) if contact.owner_id else None
        return room is not None and load[day, room.server_id] >= room.customers

    def too_full(self, contact, day, load):
        """Whether the day holds too many, for the team or for whoever serves the contact."""
        if load[day] > self.team(day):
            return True
        room = self.own(contact.owner_id, day) if contact.owner_id else None
        return room is not None and load[day, room.server_id] > room.customers

    def load(self, days):
        """How many customers each day has, and each who serves on it."""
        servers = [(day, self.own(one.owner_id, day).server_id) for one, day in days.items() if one.owner_id]
        return Counter(days.values()) + Counter(servers)


def placed(contacts, rooms):
    moved = level(contacts, rooms.team, MONDAY, rooms.own)
    return {one: moved.get((one.customer_id, one.planned_on), one.planned_on) for one in contacts}


@settings(max_examples=400, deadline=None)
@given(weeks())
def test_no_day_holds_too_many_while_a_day_within_anybodys_grace_has_room(case):
    contacts, rooms = case
    days = placed(contacts, rooms)
    load = rooms.load(days)
    for one, day in days.items():
        assert one.planned_on <= day <= max(one.latest_on, one.planned_on)
        if rooms.too_full(one, day, load):
            other = one.planned_on
            while other <= one.latest_on:
                assert other == day or rooms.full(one, other, load)
                other += DAY


@settings(max_examples=200, deadline=None)
@given(weeks())
def test_nobody_waits_for_a_day_while_an_earlier_one_has_room_for_them(case):
    contacts, rooms = case
    days = placed(contacts, rooms)
    load = rooms.load(days)
    for one, day in days.items():
        other = one.planned_on
        while other < day:
            assert rooms.full(one, other, load)
            other += DAY


@settings(max_examples=200, deadline=None)
@given(weeks(), st.randoms())
def test_the_order_in_which_they_come_changes_nothing(case, chance):
    contacts, rooms = case
    shuffled = list(contacts)
    chance.shuffle(shuffled)
    assert placed(contacts, rooms) == placed(shuffled, rooms)


@settings(max_examples=200, deadline=None)
@given(weeks())
def test_of_two_alike_the_better_customer_is_never_later(case):
    contacts, rooms = case
    days = placed(contacts, rooms)
    for one in contacts:
        for other in contacts:
            alike = one[1:3] == other[1:3] and one.owner_id == other.owner_id
            if alike and one.rank < other.rank:
                assert days[one] <= days[other]


def test_who_fits_stays_where_they_are():
    contacts = [Contact(n, MONDAY + DAY * n, MONDAY + DAY * 9, 0) for n in range(5)]
    assert level(contacts, lambda day: 1, MONDAY) == {}


def test_one_persons_flood_moves_nobody_elses_customers():
    """Ten of one owner on a day that holds two of them; the others' two have room beside them."""
    lis = [Contact(n, MONDAY, MONDAY + DAY * 9, 0, 1) for n in range(10)]
    chens = [Contact(10 + n, MONDAY, MONDAY + DAY * 9, 5, 2) for n in range(2)]
    days = placed([*lis, *chens], Rooms(lambda day: 4, lambda owner, day: OwnRoom(owner, 2)))
    assert [days[one] for one in chens] == [MONDAY, MONDAY]
    assert Counter(days[one] for one in lis) == {MONDAY + DAY * n: 2 for n in range(5)}


def test_somebody_away_takes_the_room_of_whoever_stands_in():
    """Li is away on Monday; on that day Chen can see two, of whom one is Li's."""
    room = {MONDAY: OwnRoom(2, 2)}
    contacts = [Contact(1, MONDAY, MONDAY + DAY, 0, 1), Contact(2, MONDAY, MONDAY + DAY, 1, 2),
                Contact(3, MONDAY, MONDAY + DAY, 2, 2)]  # fmt: skip
    days = placed(contacts, Rooms(lambda day: 9, lambda owner, day: room.get(day, OwnRoom(owner, 2))))
    assert [days[one] for one in contacts] == [MONDAY, MONDAY, MONDAY + DAY]


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


def test_no_day_asks_for_more_of_somebodys_customers_than_they_can_see(retain, csv_file):
    """Two who work as long share twenty a day; the 26 best are Li's and were all seen on one day."""
    owned = "".join(f"{n},{'Li' if n <= 26 else 'Chen'}\n" for n in range(1, 131))
    retain("import", csv_file("c.csv", "Customer ID,Owner\n" + owned))
    imported(retain, csv_file, 130, "2026-11-20")
    planned = Counter(
        one["planned_on"]
        for line in retain("due", "--staff", "Li", "--days", 45, "-f", "json").data
        for one in line["reasons"]
        if one["service"] == "return visit" and one["planned_on"] < "2027-01-04"
    )
    assert sum(planned.values()) == 26
    assert max(planned.values()) == 10
    # Within their seven days of grace, on work days, without a gap: Monday, Tuesday, Wednesday.
    assert sorted(planned.items()) == [("2026-12-21", 10), ("2026-12-22", 10), ("2026-12-23", 6)]
    # Given to Chen as well, who has nothing else then, the days hold twenty again.
    for n in range(1, 14):
        retain("staff", "assign", str(n), "--to", "Chen")
    assert loads(retain)["2026-12-21"]["customers"] == 20


def test_newcomers_with_one_owner_come_no_faster_than_the_owner_can_see_them(retain, csv_file):
    orders = "".join(f"{n},2026-10-01,{10_000 - n}\n" for n in range(1, 301))
    owned = "".join(f"{n},{'Li' if n <= 200 else 'Chen'}\n" for n in range(1, 301))
    retain("import", csv_file("c.csv", "Customer ID,Owner\n" + owned))
    retain("policy", "set", "daily_capacity", "8")
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n" + orders))
    retain("classify")
    planned = Counter(
        one["planned_on"]
        for line in retain("due", "--staff", "Li", "--days", 40, "-f", "json").data
        for one in line["reasons"]
        if one["service"] == "return visit"
    )
    # The sixty A customers and their like are spread over a month; on none of its days Li sees more than four.
    assert sum(planned.values()) > 60
    assert max(planned.values()) == 4


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
