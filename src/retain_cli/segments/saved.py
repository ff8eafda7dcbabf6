"""Conditions with a name: kept, found and removed; and one way in for whoever takes a list of customers."""

from datetime import date
from typing import NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.segments.condition import parse
from retain_cli.store.policy import Policy
from retain_cli.store.question import Filter, Number, Question
from retain_cli.store.store import Store


class Saved(NamedTuple):
    """A condition with a name."""

    name: str
    condition: str
    made_on: date


_COUNT = "select count(*) from ({}) as found"
_ALL = Question("select name, condition, made_on from segment order by name", Saved)
_ONE = Question("select name, condition, made_on from segment where name = :name", Saved)


def filter_customers(
    store: Store, policy: Policy, day: date, *, segment: str | None = None, where: str | None = None
) -> Filter | None:
    """The customers of a saved segment and a condition, both where both are given; None where neither is.

    Every list takes these two: `where customer.id in ({filter.sql})`, the filter's parameters added to its own.
    """
    conditions = [saved_segment(store, segment).condition] if segment is not None else []
    conditions += [where] if where is not None else []
    for condition in conditions:
        # Each on its own, so that a fault is shown where it was written.
        found = parse(condition, policy, day)
    if not conditions:
        return None
    return found if len(conditions) == 1 else parse(" and ".join(f"({one})" for one in conditions), policy, day)


def saved_segment(store: Store, name: str) -> Saved:
    """The segment of that name; WrongUse lists those there are."""
    found = store.first(_ONE, name=_folded(name))
    if found is None:
        known = ", ".join(saved.name for saved in segments(store))
        raise WrongUse(
            f"there is no segment {name!r}",
            f"There are: {known}." if known else 'Make one with: retain segment NAME --where "…".',
            code="segment-unknown",
        )
    return found


def segments(store: Store) -> list[Saved]:
    """Every segment, by name."""
    return store.ask(_ALL)


def save_segment(store: Store, name: str, condition: str, day: date) -> Saved:
    """Keep a condition that `parse` understood under a name, in place of one that has it already."""
    from retain_cli.model.segment import Segment

    folded = _folded(name)
    store.run("delete from segment where name = ?", (folded,))
    store.save(Segment(name=folded, condition=condition.strip(), made_on=day))
    return Saved(folded, condition.strip(), day)


def remove_segment(store: Store, name: str) -> Saved:
    """Take a segment away; the customers stay."""
    saved = saved_segment(store, name)
    store.run("delete from segment where name = ?", (saved.name,))
    return saved


def count(store: Store, found: Filter) -> int:
    """How many customers a filter means."""
    answer = store.first(Question(_COUNT.format(found.sql), Number), **found.parameters)
    return (answer.value or 0) if answer else 0


def numbers(store: Store, found: Filter) -> frozenset[int]:
    """The numbers of the customers a filter means."""
    return frozenset(row.value or 0 for row in store.ask(Question(found.sql, Number), **found.parameters))


def _folded(name: str) -> str:
    folded = " ".join(name.casefold().split())
    if not 0 < len(folded) <= 60:
        raise WrongUse("a segment's name has from 1 to 60 characters", "Choose a shorter one.")
    return folded
