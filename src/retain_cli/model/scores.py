"""Scores from 1 to 5: their mean, never without how many there are."""

from collections.abc import Mapping
from typing import Any

from retain_cli.document import FEWEST_FOR_PERCENT

SCORES = range(1, 6)


def tally(times: Mapping[int, int]) -> dict[str, Any]:
    """The mean of the scores, how many there are, and how often each was given; `times` is by score.

    The mean is None where there are none.
    """
    scores = sum(times.values())
    mean = round(sum(score * n for score, n in times.items()) / scores, 2) if scores else None
    return {"mean": mean, "scores": scores, "spread": {str(score): times.get(score, 0) for score in SCORES}}


def are_few(scores: int) -> bool:
    """Whether there are some, but too few for their mean to say much."""
    return 0 < scores < FEWEST_FOR_PERCENT
