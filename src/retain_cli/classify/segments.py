"""The named segments of RFM scores: a table that the shop can edit.

The names are those of the trade; the grid of recency by frequency and amount is the usual one of ten fields
(Putler, "RFM analysis for successful customer segmentation"). Frequency and amount count as one, their mean
rounded up.
"""

import csv
import io
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from retain_cli.errors import BadInput
from retain_cli.model.grade import GRADES
from retain_cli.store.policy import Policy

USUAL = """segment,recency,frequency and amount,grade
champions,5,4-5,A
can't lose,1-2,5,A
loyal,3-4,4-5,A
at risk,1-2,3-4,B
needs attention,3,3,B
potential loyalist,4-5,2-3,C
new,5,1,C
promising,4,1,C
about to sleep,3,1-2,C
hibernating,1-2,1-2,C
"""


class Segment(NamedTuple):
    """A name for the customers whose scores lie within the ranges, and the grade they get."""

    name: str
    recency: tuple[int, int]
    frequency_amount: tuple[int, int]
    grade: str

    def said(self) -> str:
        """The ranges in words."""
        return f"recency {_range(self.recency)}, frequency and amount {_range(self.frequency_amount)}"


def read_segments(policy: Policy) -> tuple[Segment, ...]:
    """The shop's own table, or the usual one."""
    return parse_segments(policy.rfm_segments or USUAL)


def segment_of(segments: Sequence[Segment], digits: tuple[int, int, int]) -> Segment:
    """The first segment that the scores of recency, frequency and amount lie in."""
    recency, frequency, amount = digits
    both = (frequency + amount + 1) // 2
    for segment in segments:
        (r_from, r_to), (fm_from, fm_to) = segment.recency, segment.frequency_amount
        if r_from <= recency <= r_to and fm_from <= both <= fm_to:
            return segment
    raise AssertionError(f"no segment for {digits}")  # parse_segments lets no field be left out


@lru_cache(maxsize=4)
def parse_segments(text: str) -> tuple[Segment, ...]:
    """The segments of a CSV table like USUAL; BadInput names the line at fault, or scores without a segment."""
    rows = [
        row for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) if any(cell.strip() for cell in row)
    ]
    segments = tuple(_segment(number, row) for number, row in enumerate(rows[1:], start=2))
    for recency in range(1, 6):
        for both in range(1, 6):
            if not any(
                s.recency[0] <= recency <= s.recency[1] and s.frequency_amount[0] <= both <= s.frequency_amount[1]
                for s in segments
            ):
                raise BadInput(
                    f"no segment has recency {recency} with frequency and amount {both}",
                    "Every pair of scores from 1 to 5 needs a segment; the first that fits counts.",
                )
    return segments


def _segment(number: int, row: Sequence[str]) -> Segment:
    try:
        name, recency, both, grade = (cell.strip() for cell in row)
        if not name or grade.upper() not in GRADES:
            raise ValueError
        return Segment(name, _scores(recency), _scores(both), grade.upper())
    except ValueError:
        raise BadInput(
            f"line {number} of the segments is not name, scores, scores, grade: {','.join(row)}",
            "Write it like: champions,5,4-5,A.",
        ) from None


def _scores(written: str) -> tuple[int, int]:
    first, dash, last = written.partition("-")
    low = int(first)
    high = int(last) if dash else low
    if not 1 <= low <= high <= 5:
        raise ValueError(written)
    return low, high


def _range(scores: tuple[int, int]) -> str:
    return str(scores[0]) if scores[0] == scores[1] else f"{scores[0]}–{scores[1]}"
