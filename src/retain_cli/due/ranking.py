"""Most worth first: a handful of named terms, and their sum."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from retain_cli.due.occurrence import Occurrence
from retain_cli.store.policy import Policy

_GRADE_PART = {"A": 1.0, "B": 0.6, "C": 0.3}


class Term(NamedTuple):
    """One part of a score."""

    term: str
    value: float


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
    half = max(lowest_a or 0, 1)
    return [
        Term("grade", round(policy.weight_grade * _GRADE_PART.get(grade or "", 0.0), 1)),
        Term("reason", round(policy.weight_reason * sum(reason_weights[o.reason] for o in occurrences), 1)),
        Term("late", round(policy.weight_late * max(o.lateness for o in occurrences), 1)),
        Term("value", round(policy.weight_value * bought / (bought + half), 1)),
    ]


def score(of_terms: Sequence[Term]) -> float:
    """The sum of the terms."""
    return round(sum(term.value for term in of_terms), 1)
