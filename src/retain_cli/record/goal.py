"""Setting goals and dropping them."""

from datetime import date
from typing import NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Aim(NamedTuple):
    """What is to be reached: a measure, its target in the goal's units, and of whom."""

    measure: str
    target: int
    unit: str
    currency: str | None
    months: int
    by_on: date
    owner: str | None
    grade: str | None
    staff_id: int | None


class _Kept(NamedTuple):
    dropped_on: date | None


_ONE = Question("select dropped_on from goal where id = :number", _Kept)


def set_goal(store: Store, aim: Aim, day: date) -> int:
    """Keep a goal; an earlier one for the same measure of the same customers is dropped. Its number."""
    from retain_cli.model.goal import Goal

    store.run(
        """
        update goal set dropped_on = :day
        where dropped_on is null and measure = :measure and coalesce(grade, '') = coalesce(:grade, '')
            and coalesce(staff_id, 0) = coalesce(:staff_id, 0) and by_on >= :day
        """,
        {"day": day.isoformat(), "measure": aim.measure, "grade": aim.grade, "staff_id": aim.staff_id},
    )
    made: Goal = Goal(set_on=day, **aim._asdict())
    store.save(made)
    assert made.id is not None  # noqa: S101
    return made.id


def drop_goal(store: Store, number: int, day: date) -> None:
    """Give a goal up; WrongUse where there is none of that number."""
    found = store.first(_ONE, number=number)
    if found is None:
        raise WrongUse(f"there is no goal {number}", "See: retain goal list --all.", code="goal-unknown")
    if found.dropped_on is not None:
        raise WrongUse(
            f"goal {number} was dropped on {found.dropped_on}", "See: retain goal list.", code="goal-dropped"
        )
    store.run("update goal set dropped_on = ? where id = ?", (day.isoformat(), number))
