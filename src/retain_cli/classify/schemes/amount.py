"""The net amount in the window: the best 20 and the next 30 of a hundred customers, or another cut."""

from collections.abc import Iterable
from typing import NamedTuple

from retain_cli.classify.scoring import Asked, Scored, Thresholds, amounts_at, bought, by_shares
from retain_cli.model.money import Money
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question

NAME = "amount"
SCORE = "amount"
KEEPS = True
CUTS = ("customers", "revenue", "fixed")


class _Amount(NamedTuple):
    amount: int


_AMOUNTS = Question("select amount from net where amount > 0 order by amount desc", _Amount, needs="net")


def fill(asked: Asked) -> None:
    """Everybody's net amount."""
    asked.store.run(f"insert into net (customer_id, amount) {asked.bought.sql}", asked.bought.parameters)


def borders(asked: Asked) -> Thresholds:
    """The cut that the policy asks for: by shares of customers, by shares of revenue, or at fixed amounts."""
    store, policy = asked.store, asked.policy
    customers = bought(store)
    if policy.amount_cut == "fixed":
        return Thresholds(customers, policy.fixed_a, policy.fixed_b)
    if policy.amount_cut == "revenue":
        return by_revenue(policy, customers, [row.amount for row in store.stream(_AMOUNTS)])
    return by_shares(policy, customers, amounts_at(store))


def because(asked: Asked, scored: Scored) -> str:
    """The amount."""
    return f"bought {Money(scored.amount or 0, asked.policy.currency)}"


def explain(asked: Asked, customer: int) -> list[tuple[str, str]]:
    """Which cut made the borders."""
    policy = asked.policy
    if policy.amount_cut == "revenue":
        shares = f"A makes the first {policy.revenue_a} % of what was bought, B the next {policy.revenue_b} %"
        return [("Cut by", f"share of revenue: {shares}")]
    if policy.amount_cut == "fixed":
        return [("Cut by", "fixed amounts")]
    return [("Cut by", f"share of customers: the best {policy.share_a} % A, the next {policy.share_b} % B")]


def by_revenue(policy: Policy, customers: int, amounts: Iterable[int]) -> Thresholds:
    """Where the customers end who together make `revenue_a` of a hundred of the revenue, and the next `revenue_b`.

    The amounts come the largest first. Whoever is needed to reach a share belongs to it; who brought back as
    much as they bought is a C.
    """
    largest_first = [amount for amount in amounts if amount > 0]
    total = sum(largest_first)
    if not total:
        return Thresholds(customers, 1, 1) if customers else Thresholds(0, None, None)
    so_far = 0
    found: list[int] = []
    for share in (policy.revenue_a, policy.revenue_a + policy.revenue_b):
        reached = 0
        for amount in largest_first:
            reached += amount
            so_far = amount
            if reached * 100 >= share * total:
                break
        found.append(so_far)
    return Thresholds(customers, found[0], found[1])
