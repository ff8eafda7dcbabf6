"""The amount expected of each customer from now on, as the last prediction has it, cut into the usual shares."""

from retain_cli.classify.scoring import Asked, Scored, Thresholds, bought, by_shares, score_at
from retain_cli.errors import WrongUse
from retain_cli.model.money import Money
from retain_cli.store.question import Number, Question

NAME = "value"
SCORE = "score"
KEEPS = True

# Who bought and has no prediction yet, because they came after it, is expected to buy nothing.
_FILL = """
    insert into net (customer_id, amount, score)
    select bought.customer_id, net, coalesce(expected_amount, 0)
    from ({bought}) as bought left join prediction on prediction.customer_id = bought.customer_id
"""
_PREDICTED = Question("select count(*) from prediction where expected_amount is not null", Number)
_EXPECTED = Question("select expected_amount from prediction where customer_id = :customer", Number)


def fill(asked: Asked) -> None:
    """Everybody's expected amount; WrongUse where nothing was predicted."""
    predicted = asked.store.first(_PREDICTED)
    if not (predicted and predicted.value):
        raise WrongUse("nothing is expected of anybody yet", "Predict first, with: retain classify.")
    asked.store.run(_FILL.format(bought=asked.bought.sql), asked.bought.parameters)


def borders(asked: Asked) -> Thresholds:
    """The best shares of customers, as by amount."""
    return by_shares(asked.policy, bought(asked.store), lambda place: score_at(asked.store, place))


def because(asked: Asked, scored: Scored) -> str:
    """The expected amount."""
    return f"expected to buy {Money(scored.score or 0, asked.policy.currency)}"


def explain(asked: Asked, customer: int) -> list[tuple[str, str]]:
    """The expected amount and how far it looks."""
    expected = asked.store.first(_EXPECTED, customer=customer)
    if expected is None or expected.value is None:
        return [("Expected", "nothing is predicted of them")]
    return [("Expected", f"{Money(expected.value, asked.policy.currency)} in {asked.policy.horizon_days} days")]
