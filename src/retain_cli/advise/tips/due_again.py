"""Due again: they buy it in a rhythm, and its day has come round."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from retain_cli.advise.asked import AskedCustomer, AskedProduct, Tip

NAME = "due again"
WEIGHT = 1.0

DAYS_AHEAD = 21
"""So long before its day it is worth a word."""

_FEWEST_OWN_GAPS = 2
_STALE_AFTER = 3
"""After so many cycles without a purchase they have stopped buying it, or buy it elsewhere."""


def for_customer(asked: AskedCustomer) -> Iterator[Tip]:
    """What the customer bought whose next day, by their own rhythm or else the product's usual one, has come."""
    for one in asked.owned:
        usual = None
        if len(one.days) <= _FEWEST_OWN_GAPS:
            usual = asked.market.usual_cycle(one.product)
        if tip := _tip(asked.customer, one.product, one.days, usual, asked.day):
            yield tip


def for_product(asked: AskedProduct) -> Iterator[Tip]:
    """Everybody for whom the product is due again."""
    usual = asked.market.usual_cycle(asked.product)
    for customer, days in asked.market.days_of_buyers(asked.product).items():
        if tip := _tip(customer, asked.product, days, usual, asked.day):
            yield tip


def _tip(customer: int, product: str, days: Sequence[date], usual: tuple[int, int] | None, day: date) -> Tip | None:
    own = [(later - earlier).days for earlier, later in pairwise(days)]
    if len(own) >= _FEWEST_OWN_GAPS:
        cycle, seen = round(median(own)), len(own)
        rhythm = f"they buy it every {cycle} days"
    elif usual:
        cycle, seen = usual
        rhythm = f"customers buy it again after {cycle} days"
    else:
        return None
    due_on = days[-1] + timedelta(days=cycle)
    if cycle < 1 or not due_on - timedelta(days=DAYS_AHEAD) <= day <= days[-1] + timedelta(
        days=cycle * _STALE_AFTER
    ):
        return None
    because = f"{rhythm}, last on {days[-1]}: {'due since' if due_on < day else 'due on'} {due_on}."
    # Nearest to its day is strongest; the own rhythm is surer than that of all.
    away = abs((day - due_on).days) / max(cycle * _STALE_AFTER, DAYS_AHEAD)
    strength = (1.0 if len(own) >= _FEWEST_OWN_GAPS else 0.7) * (1 - min(away, 0.9))
    return Tip(customer, product, because[0].upper() + because[1:], round(strength, 3), due_on, seen)
