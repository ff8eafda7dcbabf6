"""Counting intervals from an anchor day: every month, every six months, every two weeks.

Every day of a series is `anchor + k × interval`, taken from the anchor itself and never from the day
before it, so that a series from 31 January keeps its 31sts: 28 February, then 31 March.
"""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple


class Interval(NamedTuple):
    """A step of whole calendar months or of whole days; exactly one of the two is above zero."""

    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        if self.days:
            return f"{self.days // 7}w" if self.days % 7 == 0 else f"{self.days}d"
        return f"{self.months}m"

    @property
    def words(self) -> str:
        """The interval as people say it: `every month`, `every 6 months`, `every 2 weeks`."""
        count, unit = (self.months, "month") if self.months else (self.days, "day")
        if unit == "month" and count % 12 == 0:
            count, unit = count // 12, "year"
        if unit == "day" and count % 7 == 0:
            count, unit = count // 7, "week"
        return f"every {unit}" if count == 1 else f"every {count} {unit}s"

    @property
    def usual_days(self) -> int:
        """About how many days it has: 30 to a month. For weighing only, never for a day in the calendar."""
        return self.months * 30 + self.days


@lru_cache(maxsize=1024)
def interval(text: str) -> Interval:
    """The interval written `10d`, `2w`, `6m` or `1y`; ValueError when it is none of these."""
    written = re.fullmatch(r"([1-9]\d{0,3})([dwmy])", text.strip().lower())
    if not written:
        raise ValueError(f"not an interval: {text!r}")
    count, unit = int(written[1]), written[2]
    if unit in "my":
        return Interval(months=count * (12 if unit == "y" else 1))
    return Interval(days=count * (7 if unit == "w" else 1))


# A report of 100,000 customers asks for a million days, of which a few thousand are different.
@lru_cache(maxsize=65_536)
def nth_day(anchor: date, step: Interval, nth: int) -> date:
    """The day `nth` intervals after the anchor; month ends are clamped, 31 January + 1 month = 28 February."""
    if step.months:
        return _months_after(anchor, step.months * nth)
    return anchor + timedelta(days=step.days * nth)


def _months_after(day: date, months: int) -> date:
    """The same as adding a `relativedelta`, which every list would have to import."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def latest_anchor(step: Interval, day: date) -> date:
    """The latest anchor whose first day is not after `day`: `nth_day(anchor, step, 1) <= day`.

    That makes one comparison with a stored anchor out of "due on `day`".
    """
    if not step.months:
        return day - timedelta(days=step.days)
    back = _months_after(day, -step.months)
    last_of_month = calendar.monthrange(day.year, day.month)[1]
    if day.day == last_of_month:
        return back.replace(day=calendar.monthrange(back.year, back.month)[1])
    return back


def days_reached(anchor: date, step: Interval, day: date) -> int:
    """How many days of the series, the first being `anchor` + one interval, lie on or before `day`."""
    if day <= anchor:
        return 0
    if not step.months:
        return (day - anchor).days // step.days
    count = ((day.year - anchor.year) * 12 + day.month - anchor.month) // step.months
    return count if nth_day(anchor, step, count) <= day else count - 1
