"""Periods of a report: the one before, and the same one a year ago."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

_DAY = timedelta(days=1)
_MOST_MONTHS = 1200


def period_before(first: date, last: date) -> tuple[date, date]:
    """The period of the same length that ends on the day before; whole months and years stay whole."""
    months = (last + _DAY - first).days // 28
    for count in range(1, min(months, _MOST_MONTHS) + 1):
        if first + relativedelta(months=count) == last + _DAY:
            return first - relativedelta(months=count), first - _DAY
    return first - (last + _DAY - first), first - _DAY


def year_before(first: date, last: date) -> tuple[date, date]:
    """The same days a year ago; the end of a month stays the end of it."""
    year = relativedelta(years=1)
    ends_a_month = (last + _DAY).day == 1
    return first - year, (last + _DAY - year - _DAY if ends_a_month else last - year)
