"""What was decided about the customers of a list: what they skip, what waits for a day, which ways they refuse."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from retain_cli.due.occurrence import Occurrence, after_skip
from retain_cli.due.several import ANY_OF, several
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


class Decided(NamedTuple):
    """A decision in force about one customer's services or one of their channels."""

    customer_id: int
    kind: str
    reason: str | None
    service: str | None
    due_on: date | None
    through_on: date | None
    until_on: date | None
    channel: str | None


class _Paused(NamedTuple):
    customer_id: int
    until_on: date


class _Preferred(NamedTuple):
    customer_id: int
    channel: str


_ANY = Question("select 1 from decision limit 1", Number)
_DECIDED = Question(
    f"""
    select customer_id, kind, reason, service, due_on, through_on, until_on, channel
    from decision
    where customer_id in ({ANY_OF}) and kind in ('skip', 'snooze', 'never') and lifted_on is null
        and (kind <> 'never' or channel is not null)
    """,
    Decided,
)

_PAUSED = Question(
    """
    select customer_id, max(until_on) from decision
    where kind = 'pause' and lifted_on is null and until_on > :day group by customer_id
    """,
    _Paused,
)

_ANY_PREFERENCE = Question("select 1 from preference limit 1", Number)
# Two customers who became one may have one each: what was noted last counts.
_PREFERRED = Question(
    f"""
    select customer_id, words from preference
    where customer_id in ({ANY_OF}) and kind = 'channel' and said_on <= :day
        and (until_on is null or until_on > :day)
    order by preference.id
    """,
    _Preferred,
)


def preferred_channels(store: Store, customers: Collection[int], day: date) -> dict[int, str]:
    """How those of the customers who said so like to be contacted."""
    if not store.first(_ANY_PREFERENCE):
        return {}
    return {one.customer_id: one.channel for one in several(store, _PREFERRED, customers, day=day.isoformat())}


def decided(store: Store, customers: Collection[int]) -> dict[int, list[Decided]]:
    """Everything in force that bears on what is due to these customers."""
    found: dict[int, list[Decided]] = defaultdict(list)
    if store.first(_ANY):
        for one in several(store, _DECIDED, customers):
            found[one.customer_id].append(one)
    return found


def refused(decisions: Iterable[Decided]) -> set[str]:
    """The channels a customer does not want to be contacted by."""
    return {one.channel for one in decisions if one.kind == "never" and one.channel}


def without_skipped(
    occurrences: Iterable[Occurrence], decisions: Collection[Decided], day: date
) -> list[Occurrence]:
    """What skips leave of the occurrences: of a service that comes again, the next of its days."""
    left = []
    for occurrence in occurrences:
        one: Occurrence | None = occurrence
        for decision in sorted(_about(occurrence, decisions, "skip"), key=lambda d: d.through_on or date.min):
            if one is not None:
                one = _skipped(one, decision, day)
        if one is not None:
            left.append(one)
    return left


def waits(occurrence: Occurrence, decisions: Collection[Decided], last: date) -> bool:
    """Whether the occurrence was put off to a day after `last`."""
    until = put_off_until(occurrence, decisions)
    return until is not None and until > last


def put_off_until(occurrence: Occurrence, decisions: Collection[Decided]) -> date | None:
    """The day to which the occurrence was put off, or None."""
    return max(
        (
            decision.until_on
            for decision in _about(occurrence, decisions, "snooze")
            if decision.until_on is not None and _covers(decision, occurrence)
        ),
        default=None,
    )


def paused_until(store: Store, day: date) -> dict[int, date]:
    """The first day on which each customer who is paused on `day` may be contacted again."""
    return {one.customer_id: one.until_on for one in store.ask(_PAUSED, day=day.isoformat())}


def _about(occurrence: Occurrence, decisions: Iterable[Decided], kind: str) -> list[Decided]:
    return [
        decision
        for decision in decisions
        if decision.kind == kind and decision.reason == occurrence.reason and decision.service == occurrence.service
    ]


def _covers(decision: Decided, occurrence: Occurrence) -> bool:
    """A service that comes again is covered up to a day, anything else on its own day alone."""
    if occurrence.series is None:
        return decision.due_on == occurrence.due_on
    return decision.through_on is not None and occurrence.due_on <= decision.through_on


def _skipped(occurrence: Occurrence, decision: Decided, day: date) -> Occurrence | None:
    if not _covers(decision, occurrence):
        return occurrence
    if occurrence.series is None or decision.through_on is None:
        return None
    return after_skip(occurrence, decision.through_on, day)
