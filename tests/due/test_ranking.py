"""The terms of a score, by hand."""

from datetime import date

import pytest

from retain_cli.due.occurrence import Occurrence
from retain_cli.due.ranking import score, terms
from retain_cli.store.policy import Policy

WEIGHTS = {"return visit": 0.3, "birthday": 0.8}


def occurrence(reason="return visit", lateness=0.0):
    return Occurrence(1, reason, reason, date(2026, 11, 23), 0, False, 0, "visit", 30, lateness, False)


@pytest.mark.parametrize(
    ("occurrences", "grade", "amount", "expected"),
    [
        # An A at the border of A: the whole grade, half the value.
        ([occurrence()], "A", 1000, {"grade": 10.0, "reason": 3.0, "late": 0.0, "value": 5.0}),
        ([occurrence(lateness=0.5)], "B", 250, {"grade": 6.0, "reason": 3.0, "late": 5.0, "value": 2.0}),
        # Reasons add up; of the delays the longest counts.
        (
            [occurrence("birthday"), occurrence(lateness=1.0), occurrence(lateness=0.2)],
            "C",
            0,
            {"grade": 3.0, "reason": 14.0, "late": 10.0, "value": 0.0},
        ),
        ([occurrence()], None, None, {"grade": 0.0, "reason": 3.0, "late": 0.0, "value": 0.0}),
        ([occurrence()], "C", -500, {"grade": 3.0, "reason": 3.0, "late": 0.0, "value": 0.0}),
    ],
)
def test_a_score_is_made_of_grade_reason_delay_and_value(occurrences, grade, amount, expected):
    found = terms(occurrences, grade, amount, 1000, WEIGHTS, Policy())
    assert [(term.term, term.value) for term in found] == list(expected.items())
    assert all(term.value == round(term.part * term.weight, 1) for term in found)
    assert score(found) == sum(expected.values())


def test_the_weights_of_the_shop_multiply_the_terms():
    policy = Policy(weight_grade=1, weight_reason=2, weight_late=3, weight_value=4)
    found = terms([occurrence(lateness=1.0)], "A", 1000, 1000, WEIGHTS, policy)
    assert [term.value for term in found] == [1.0, 0.6, 3.0, 2.0]


def test_a_shop_nobody_graded_ranks_without_a_border():
    assert terms([occurrence()], None, 500, None, WEIGHTS, Policy())[-1][:2] == ("value", 10.0)
