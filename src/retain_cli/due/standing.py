"""What of all that is due may be done: after skips, snoozes and the suppression rule."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from retain_cli.due import reasons, suppression
from retain_cli.due.decisions import Decided, decided, preferred_channels, refused, waits, without_skipped
from retain_cli.due.occurrence import Asked, Occurrence
from retain_cli.due.several import ANY_OF, several
from retain_cli.plan.holdout import left_out as left_out_by_lot
from retain_cli.registry import members
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question

BY_LOT = "left out by lot, to see what the routine does"
_USUAL_CHANNELS = ("visit", "call", "message", "mail")


class Allowed(NamedTuple):
    """A customer with what is due to them: what may be done, and what is left out with the words why."""

    customer_id: int
    grade: str | None
    amount: int | None
    name: str
    """As it is searched."""
    area: str | None
    owner_id: int | None
    occurrences: list[Occurrence]
    left_out: list[Occurrence]
    why: str
    snoozed: bool


class _Standing(NamedTuple):
    customer_id: int
    grade: str | None
    amount: int | None
    name: str
    area: str | None
    owner_id: int | None
    left_out: str | None
    contacted_enough: int


_STANDING = Question(
    f"""
    select customer.id, grade, amount, search_key, area, owner_id, {suppression.LEFT_OUT},
        {suppression.CONTACTED_ENOUGH}
    from customer left join enrolment on enrolment.customer_id = customer.id
    where customer.id in ({ANY_OF})
    """,
    _Standing,
)


def allowed(asked: Asked, due: Mapping[int, list[Occurrence]]) -> Iterator[Allowed]:
    """Each customer to whom something is due and neither skipped nor put off, as of the last day looked at."""
    decisions = decided(asked.store, due)
    expected = expected_words(asked.policy)
    channels = _channels(asked)
    preferred = preferred_channels(asked.store, due, asked.last)
    held, routine = left_out_by_lot(asked.store)
    none: list[Occurrence] = []
    as_of = suppression.parameters(asked.policy, asked.last)
    for row in several(asked.store, _STANDING, due, **as_of):
        occurrences, theirs = due[row.customer_id], decisions.get(row.customer_id)
        if row.customer_id in preferred:
            occurrences = _as_preferred(occurrences, preferred[row.customer_id], channels)
        snoozed, left_out, why = False, none, ""
        if theirs:
            left = without_skipped(occurrences, theirs, asked.day)
            occurrences = [o for o in left if not waits(o, theirs, asked.last)]
            snoozed = len(occurrences) < len(left)
        by_lot = [o for o in occurrences if o.reason in routine] if row.customer_id in held else none
        if by_lot:
            occurrences = [o for o in occurrences if o.reason not in routine]
        if row.left_out:
            occurrences, left_out, why = none, occurrences, row.left_out
        # Whoever goes there for what is expected settles the rest, too.
        elif row.contacted_enough and not any(is_expected(one, expected) for one in occurrences):
            occurrences, left_out, why = none, occurrences, suppression.ENOUGH
        elif theirs:
            occurrences, left_out = _by_other_channels(occurrences, theirs, channels)
            why = suppression.CHANNEL
        if by_lot and not left_out:
            left_out, why = by_lot, BY_LOT
        if occurrences or left_out or snoozed:
            yield Allowed(*row[:6], occurrences, left_out, why, snoozed)


def expected_words(policy: Policy) -> set[str]:
    """Reasons that the customer waits for, and service calls: such a contact is never one too many."""
    expected = {member.NAME for member in members(reasons) if getattr(member, "EXPECTED", False)}
    return expected | set(suppression.service_calls(policy))


def is_expected(occurrence: Occurrence, expected: set[str]) -> bool:
    """Whether it is one of these."""
    return occurrence.service in expected or occurrence.reason in expected


def _channels(asked: Asked) -> dict[str, list[str]]:
    """The ways a service is done, the plan's own first."""
    found: dict[str, list[str]] = {}
    for line in asked.plan:
        known = found.setdefault(line.service, [])
        if line.channel not in known:
            known.append(line.channel)
    return found


def _as_preferred(occurrences: list[Occurrence], channel: str, channels: dict[str, list[str]]) -> list[Occurrence]:
    """What can be done in the way the customer likes is done so; the rest stays as it is."""
    return [
        one._replace(channel=channel) if channel in channels.get(one.service, _USUAL_CHANNELS) else one
        for one in occurrences
    ]


def _by_other_channels(
    occurrences: list[Occurrence], decisions: list[Decided], channels: dict[str, list[str]]
) -> tuple[list[Occurrence], list[Occurrence]]:
    """What can be done in a way that the customer does not refuse, and what cannot."""
    refuses = refused(decisions)
    if not refuses:
        return occurrences, []
    possible, impossible = [], []
    for one in occurrences:
        ways = [one.channel, *channels.get(one.service, _USUAL_CHANNELS)]
        way = next((way for way in ways if way not in refuses), None)
        if way is None:
            impossible.append(one)
        else:
            possible.append(one if way == one.channel else one._replace(channel=way))
    return possible, impossible
