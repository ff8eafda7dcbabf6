"""Most worth first: a handful of named terms, and their sum."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from retain_cli.due.occurrence import Occurrence
from retain_cli.store.policy import Policy

_GRADE_PART = {"A": 1.0, "B": 0.6, "C": 0.3}


class Term(NamedTuple):
    """One part of a score: a part from 0 on, times its weight in the policy."""

    term: str
    value: float
    part: float
    weight: float


def terms(
    occurrences: Sequence[Occurrence],
    grade: str | None,
    amount: int | None,
    lowest_a: int | None,
    reason_weights: Mapping[str, float],
    policy: Policy,
) -> list[Term]:
    """The terms of a customer's score, each rounded to a tenth so that what is printed adds up.

    grade: 1 for A, 0.6 for B, 0.3 for C. reason: the sum of the reasons' weights. late: the longest delay, as a
    part of its interval, 1 at the most. value: amount / (amount + smallest amount of an A), so one half at the
    border of A. Each is multiplied by its weight in the policy.
    """
    bought = max(amount or 0, 0)
    parts = {
        "grade": (_GRADE_PART.get(grade or "", 0.0), policy.weight_grade),
        "reason": (sum(reason_weights[o.reason] for o in occurrences), policy.weight_reason),
        "late": (max(o.lateness for o in occurrences), policy.weight_late),
        "value": (bought / (bought + max(lowest_a or 0, 1)), policy.weight_value),
    }
    return [Term(name, round(weight * part, 1), part, weight) for name, (part, weight) in parts.items()]


def score(of_terms: Sequence[Term]) -> float:
    """The sum of the terms."""
    return round(sum(term.value for term in of_terms), 1)


class Scores:
    """Scores of many customers, each the sum of the terms it would have, without making them."""

    def __init__(self, lowest_a: int | None, reason_weights: Mapping[str, float], policy: Policy) -> None:
        self._half = max(lowest_a or 0, 1)
        self._weights = reason_weights
        self._policy = policy
        grades = [*_GRADE_PART, None]
        self._grade = {grade: round(policy.weight_grade * _GRADE_PART.get(grade or "", 0.0), 1) for grade in grades}
        self._alone: dict[tuple[str, float], float] = {}

    def of(self, occurrences: Sequence[Occurrence], grade: str | None, amount: int | None) -> float:
        """The score of one customer."""
        bought = amount if amount and amount > 0 else 0
        value = round(self._policy.weight_value * (bought / (bought + self._half)), 1)
        return round(self._grade[grade] + self._due(occurrences) + value, 1)

    def _due(self, occurrences: Sequence[Occurrence]) -> float:
        """What the occurrences add; most customers have one, and many of these are alike."""
        if len(occurrences) > 1:
            return self._sum(occurrences)
        key = (occurrences[0].reason, occurrences[0].lateness)
        if key not in self._alone:
            self._alone[key] = self._sum(occurrences)
        return self._alone[key]

    def _sum(self, occurrences: Sequence[Occurrence]) -> float:
        reason = round(self._policy.weight_reason * sum(self._weights[o.reason] for o in occurrences), 1)
        return reason + round(self._policy.weight_late * max(o.lateness for o in occurrences), 1)
