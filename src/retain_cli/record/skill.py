"""What the staff can do, and by when a training has to be renewed."""

from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.model.name import search_key
from retain_cli.store.question import Question
from retain_cli.store.store import Store

LONGEST = 60

SOON = timedelta(days=60)
"""A course has to be found and booked: that is how long ahead a training is told as to be renewed."""


class Skill(NamedTuple):
    """One skill of one of the staff."""

    id: int
    staff_id: int
    name: str
    skill: str
    trained_on: date | None
    renew_by_on: date | None


_SKILLS = Question(
    """
    select staff_skill.id, staff_id, name, skill, trained_on, renew_by_on
    from staff_skill join staff on staff.id = staff_id
    order by staff.search_key, staff_skill.search_key
    """,
    Skill,
)
_ONE = Question(
    """
    select staff_skill.id, staff_id, name, skill, trained_on, renew_by_on
    from staff_skill join staff on staff.id = staff_id
    where staff_id = :staff and staff_skill.search_key = :key
    """,
    Skill,
)


def skills(store: Store) -> list[Skill]:
    """Everybody's, by name."""
    return store.ask(_SKILLS)


def skills_of(store: Store, staff: int) -> list[Skill]:
    """Those of one of the staff."""
    return [one for one in skills(store) if one.staff_id == staff]


def renewal(skill: Skill, day: date) -> str | None:
    """`past` where the training counts no more on that day, `soon` where it has to be renewed before long."""
    if skill.renew_by_on is None or skill.renew_by_on - day > SOON:
        return None
    return "past" if skill.renew_by_on < day else "soon"


def add_skill(store: Store, staff: int, words: str, trained_on: date | None, renew_by_on: date | None) -> None:
    """Keep a skill; of one that is known already the days that are named are changed.

    A new training without a day to renew it by ends what was said of the one before. WrongUse where a training
    would have to be renewed before it was.
    """
    from retain_cli.model.staff import StaffSkill

    known = store.first(_ONE, staff=staff, key=search_key(words))
    if known is not None:
        renew_by_on = renew_by_on or (known.renew_by_on if trained_on is None else None)
        trained_on = trained_on or known.trained_on
    if trained_on is not None and renew_by_on is not None and renew_by_on <= trained_on:
        raise WrongUse(f"--renew-by {renew_by_on} is not after {trained_on}, the training", "Name a later day.")
    if known is None:
        made: StaffSkill = StaffSkill(
            staff_id=staff,
            skill=words,
            search_key=search_key(words),
            trained_on=trained_on,
            renew_by_on=renew_by_on,
        )
        store.save(made)
    else:
        store.run(
            "update staff_skill set trained_on = ?, renew_by_on = ? where id = ?",
            (trained_on and trained_on.isoformat(), renew_by_on and renew_by_on.isoformat(), known.id),
        )


def remove_skill(store: Store, staff: int, words: str) -> None:
    """Forget a skill; WrongUse where they have none called so."""
    known = store.first(_ONE, staff=staff, key=search_key(words))
    if known is None:
        raise WrongUse(
            f"they have no skill called {words!r}", "See theirs with: retain staff show.", code="skill-unknown"
        )
    store.run("delete from staff_skill where id = ?", (known.id,))
