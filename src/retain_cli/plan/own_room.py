"""How many customers each of the staff can see on a day: their share of the team's day, by their hours."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from retain_cli.dates.work_days import WorkWeek
from retain_cli.plan.staff import absences, duty_on, team
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question
from retain_cli.store.store import Store

NOBODY = 0


class OwnRoom(NamedTuple):
    """Who serves an owner's customers on a day (`NOBODY` if all who could are away), and how many they can see."""

    server_id: int
    customers: int


class _Owned(NamedTuple):
    customer_id: int
    owner_id: int


_OWNERS = Question("select id, owner_id from customer where owner_id is not null", _Owned)


def owners(store: Store) -> dict[int, int]:
    """Who looks after each customer that is somebody's."""
    return {one.customer_id: one.owner_id for one in store.stream(_OWNERS)}


def own_room(
    store: Store, policy: Policy, week: WorkWeek, first: date, last: date
) -> Callable[[int, date], OwnRoom]:
    """What room there is for the customers of an owner on each of the days from `first` to `last`.

    Somebody's room is the team's capacity by their part of the team's hours, and one customer at the least; while
    they are away it is the room of whoever stands in, which that one's own customers share.
    """
    people = {person.id: person for person in team(store)}
    minutes = sum(
        one.minutes_per_day for one in people.values() if one.retired_on is None or one.retired_on > first
    )
    away = absences(store, first, last)
    weeks = {one.id: WorkWeek(one.work_days) if one.work_days else week for one in people.values()}
    known: dict[tuple[int, date], OwnRoom] = {}
    gone: dict[date, set[int]] = {}

    def room(owner: int, day: date) -> OwnRoom:
        found = known.get((owner, day))
        if found is None:
            if day not in gone:
                gone[day] = {one.staff_id for one in away if one.from_on <= day <= one.until_on}
            server = duty_on(people[owner], people, gone[day], day).server_id
            found = known[owner, day] = OwnRoom(server or NOBODY, customers(server, day) if server else 0)
        return found

    def customers(server: int, day: date) -> int:
        there = people[server].minutes_per_day
        if not (there and week.works(day) and weeks[server].works(day)):
            return 0
        return max(round(policy.daily_capacity * there / minutes), 1)

    return room
