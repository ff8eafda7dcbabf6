"""What leads from one product to another, whichever way it is counted: in orders, or in what came after."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from retain_cli.advise.around import Alike
from retain_cli.advise.asked import LEAST_CONFIDENCE, LEAST_LIFT, AskedCustomer, AskedProduct, Leads, Owned
from retain_cli.advise.market import FEWEST_CASES


class Habit(NamedTuple):
    """One way of going together."""

    counted: Callable[[str], tuple[int, Sequence[Alike]]]
    """Of so many cases with a product, what else is in how many."""
    usual: Callable[[str], float]
    """The share of all cases that have a product."""
    said: Callable[[str, str, int, int, float], str]
    """Why, in words: product, other, so many cases, of so many, and the lift."""


class Offered(NamedTuple):
    """Something the customer lacks, what of theirs leads to it, and why."""

    product: str
    owned: Owned
    leads: Leads


def offered(asked: AskedCustomer, habit: Habit) -> Iterator[Offered]:
    """What the products of a customer lead to and they may be offered, the likeliest first."""
    found = []
    for one in asked.recent:
        of, others = habit.counted(one.product)
        found += [(other, one, of) for other in others if asked.may_offer(other.product)]
    # In this order whoever wants only the first of them has the usual shares of those alone counted.
    found.sort(key=lambda each: (-round(each[0].cases / each[2], 4), each[0].product))
    for other, one, of in found:
        if leads := _leads(habit, one.product, other.product, other.cases, of):
            yield Offered(other.product, one, leads)


def leading_to(asked: AskedProduct, habit: Habit, others: Sequence[Alike]) -> Iterator[Leads]:
    """Which of the other products lead to the one that is asked for: counted from their side."""
    for other in others:
        of, back = habit.counted(other.product)
        cases = next((one.cases for one in back if one.product == asked.product), 0)
        if leads := _leads(habit, other.product, asked.product, cases, of):
            yield leads


def _leads(habit: Habit, product: str, other: str, cases: int, of: int) -> Leads | None:
    """None where too few did, or hardly more than would by chance."""
    if cases < FEWEST_CASES or cases < LEAST_CONFIDENCE * of:
        return None
    confidence = cases / of
    lift = confidence / max(habit.usual(other), 1e-9)
    if lift < LEAST_LIFT:
        return None
    said = habit.said(product, other, cases, of, lift)
    return Leads(product, said, cases, round(confidence, 4), round(lift, 3))
