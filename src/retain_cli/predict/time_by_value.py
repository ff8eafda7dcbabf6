"""Where the time goes: the minutes of the plan's week, beside those that what is at stake would get.

At stake with a customer is what they are expected to spend, times the chance that they are lost. The week is as
long as before; each part of the customers gets as much of it as it has of what is at stake. Intervals are those of
the customers' own expectations added up as if all erred the same way: too wide rather than too narrow.
"""

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import NamedTuple

from retain_cli.plan.feasible import minutes_a_week
from retain_cli.plan.staff import team
from retain_cli.predict.fitting import sentence
from retain_cli.predict.outlook import Estimate
from retain_cli.predict.predictions import last_fit
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question
from retain_cli.store.store import Store

ANYBODY = "anybody"

_NOTHING = Estimate(0.0, 0.0, 0.0)


class Share(NamedTuple):
    """A part of the week: `staff` and `grade` are None where all of them are meant; amounts in minor units."""

    staff: str | None
    grade: str | None
    customers: int
    minutes: float
    """What the plan asks for them in an average week."""
    by_value: Estimate
    """What they would get of the same week."""
    expected: Estimate
    at_stake: Estimate

    @property
    def difference(self) -> float:
        """The minutes a week that they would get more."""
        return self.by_value.value - self.minutes


class TimeByValue(NamedTuple):
    """The week shared out; without `parts` where nothing is known to share it by, and `because` says why."""

    minutes: float
    parts: list[Share]
    """By staff and grade."""
    grades: list[Share]
    staff: list[Share]
    order_soon: Share
    """Those whose likely days to order have come, in whatever part they are."""
    left_out: int
    """Customers who asked not to be contacted: neither side counts them."""
    because: str
    predicted_on: date | None
    horizon_days: int
    currency: str


class _Part(NamedTuple):
    """One owner's customers of one grade; who may order soon is a part of its own, within the other."""

    owner_id: int | None
    grade: str
    soon: int
    customers: int
    predicted: int
    expected: float
    expected_low: float
    expected_high: float
    stake: float
    stake_low: float
    stake_high: float
    left_out: int


# Lows and highs of a product: less is expected of and lost with whoever is surely a customer still.
_PARTS = Question(
    """
    select owner_id, coalesce(grade, 'none'),
        case when next_from <= :day and next_to >= :day and expected_orders >= :orders
            and not exists (
                select 1 from purchase
                where purchase.customer_id = customer.id and bought_on > predicted_on and purchase.amount > 0
            ) then 1 else 0 end,
        count(*), count(expected_amount),
        coalesce(sum(expected_amount), 0), coalesce(sum(expected_amount_low), 0),
        coalesce(sum(expected_amount_high), 0),
        coalesce(sum(expected_amount * (1 - p_alive)), 0),
        coalesce(sum(expected_amount_low * (1 - p_alive_high)), 0),
        coalesce(sum(expected_amount_high * (1 - p_alive_low)), 0),
        case when do_not_contact then 1 else 0 end
    from customer left join enrolment on enrolment.customer_id = customer.id
        left join prediction on prediction.customer_id = customer.id
    group by 1, 2, 3, 12
    """,
    _Part,
)


def time_by_value(store: Store, policy: Policy, day: date) -> TimeByValue:
    """The minutes of an average week of the plan as they are, and shared out by what is at stake.

    Customers count with whoever owns them, and with the plan of their grade, as in `retain plan check`.
    """
    rows = store.ask(_PARTS, day=day.isoformat(), orders=policy.likely_percent / 100)
    left_out = sum(part.customers for part in rows if part.left_out)
    parts = [part for part in rows if not part.left_out]
    planned = minutes_a_week(store, day)
    names = {person.id: person.name for person in team(store)}
    fit, week = last_fit(store), sum(planned.values())
    because = ""
    if fit is None:
        because = "Nothing is predicted yet: retain classify does it."
    elif not any(part.predicted for part in parts):
        because = sentence(fit.model, fit.because) or "No amounts are expected of anybody."
    elif not any(part.stake > 0 for part in parts):
        because = "Nothing is at stake: nobody of whom a purchase is expected is likely to be lost."

    def shares(key: Callable[[_Part], Hashable], staff: bool, grade: bool) -> list[Share]:
        """The parts that are alike by `key`, as one."""
        found: dict[Hashable, list[_Part]] = {}
        for part in parts:
            found.setdefault(key(part), []).append(part)
        made = [
            _share(
                some, parts, week, sum(planned.get(one, 0.0) for one in {(p.owner_id, p.grade) for p in some}),
                names.get(some[0].owner_id or 0, ANYBODY) if staff else None, some[0].grade if grade else None,
            )
            for some in found.values()
        ]  # fmt: skip
        made.sort(key=lambda one: (one.staff == ANYBODY, one.staff or "", one.grade == "none", one.grade or ""))
        return [one for one in made if one.minutes or one.by_value.value]

    soon = [part for part in parts if part.soon]
    everybody: dict[tuple[int | None, str], int] = {}
    for part in parts:
        of = (part.owner_id, part.grade)
        everybody[of] = everybody.get(of, 0) + part.customers
    # The plan knows grades, not customers: each of a grade has the same part of its minutes.
    minutes_soon = sum(
        planned.get((part.owner_id, part.grade), 0.0) * part.customers / everybody[part.owner_id, part.grade]
        for part in soon
    )
    return TimeByValue(
        week,
        [] if because else shares(lambda part: (part.owner_id, part.grade), staff=True, grade=True),
        [] if because else shares(lambda part: part.grade, staff=False, grade=True),
        [] if because else shares(lambda part: part.owner_id, staff=True, grade=False),
        _share(soon, parts, week, minutes_soon, None, None),
        left_out,
        because,
        fit.fitted_on if fit else None,
        fit.horizon_days if fit else policy.horizon_days,
        fit.currency if fit else policy.currency,
    )


def _share(
    some: Iterable[_Part], everything: Iterable[_Part], week: float, minutes: float, staff: str | None,
    grade: str | None,
) -> Share:  # fmt: skip
    """Some of the parts as one, with what they would get of the week."""
    ours = list(some)
    stake, all_of_it = _stake(ours), _stake(everything)
    rest_low, rest_high = all_of_it.low - stake.low, all_of_it.high - stake.high
    by_value = _NOTHING
    if stake.value > 0:
        # At its least where they are worth as little, and all others as much, as can be; and the other way round.
        by_value = Estimate(
            week * stake.value / all_of_it.value,
            week * stake.low / (stake.low + rest_high) if stake.low else 0.0,
            week * stake.high / (stake.high + rest_low),
        )
    expected = Estimate(
        sum(p.expected for p in ours), sum(p.expected_low for p in ours), sum(p.expected_high for p in ours)
    )
    return Share(staff, grade, sum(part.customers for part in ours), minutes, by_value, expected, stake)


def _stake(parts: Iterable[_Part]) -> Estimate:
    of = list(parts)
    return Estimate(sum(p.stake for p in of), sum(p.stake_low for p in of), sum(p.stake_high for p in of))
