"""The days on which the shop works: its week, without the country's public holidays, with its make-up work days.

Public holidays come from the library `holidays`, which takes longer to load than a list to make; so the years
around today are kept in the database, by commands that write anyway.
"""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from typing import NamedTuple

from retain_cli.dates.work_days import WorkWeek
from retain_cli.store.policy import Policy, set_policy
from retain_cli.store.question import Question, Text
from retain_cli.store.store import Store

_KEPT_UNDER = "days_off_kept"
_YEARS_BEFORE, _YEARS_AFTER = 1, 4


class _Day(NamedTuple):
    day_on: date
    kind: str


class PublicDay(NamedTuple):
    """A public holiday (`off`), or a day of rest that is worked to make up for one (`work`)."""

    day: date
    kind: str
    name: str


_KEPT = Question("select value from policy where name = 'days_off_kept'", Text)
_DAYS = Question("select day_on, kind from day_off where country = :country", _Day)


def work_days(store: Store, policy: Policy, first: date, last: date) -> WorkWeek:
    """The shop's work days, right from `first` to `last`."""
    kept = store.first(_KEPT)
    if kept and kept.value and _holds(kept.value, policy.region, first.year, last.year):
        days = [(row.day_on, row.kind) for row in store.ask(_DAYS, country=policy.region)]
    else:
        years = tuple(range(first.year, last.year + 1))
        days = [(found.day, found.kind) for found in public_days(policy.region, years)]
    return WorkWeek(
        policy.work_days,
        off=frozenset(day for day, kind in days if kind == "off"),
        extra=frozenset(day for day, kind in days if kind == "work"),
    )


def remember_days_off(store: Store, policy: Policy, day: date) -> None:
    """Keep the public holidays of the years around `day`, where they are not kept as this library has them."""
    release = _release()
    kept = store.first(_KEPT)
    if (
        kept
        and kept.value
        and _holds(kept.value, policy.region, day.year - 1, day.year + 3)
        and kept.value.split()[3:] == release.split()
    ):
        return
    years = tuple(range(day.year - _YEARS_BEFORE, day.year + _YEARS_AFTER + 1))
    store.run("delete from day_off")
    store.run_many(
        "insert into day_off (country, day_on, kind, name) values (?, ?, ?, ?)",
        [(policy.region, one.day.isoformat(), one.kind, one.name) for one in public_days(policy.region, years)],
    )
    set_policy(store, _KEPT_UNDER, f"{policy.region} {years[0]} {years[-1]} {release}")


def _release() -> str:
    """Which release of `holidays` is installed, empty where none is.

    The name of the folder beside it says it, which is there sooner than `importlib.metadata` is loaded.
    """
    for folder in sys.path:
        with suppress(OSError), os.scandir(folder or os.curdir) as beside:
            for found in beside:
                if found.name.startswith("holidays-") and found.name.endswith(".dist-info"):
                    return found.name.removeprefix("holidays-").removesuffix(".dist-info")
    # From within an archive, or as another installer left it.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("holidays")
    except PackageNotFoundError:
        return ""


@cache
def public_days(country: str, years: tuple[int, ...]) -> tuple[PublicDay, ...]:
    """The public holidays and make-up work days of a country (ISO 3166), in order; none where it is not known."""
    return tuple(sorted(_public_days(country, years)))


def _public_days(country: str, years: tuple[int, ...]) -> Iterator[PublicDay]:
    import holidays

    try:
        calendar = holidays.country_holidays(country, years=years, language="en_US")
    except NotImplementedError:
        return
    for day, name in calendar.items():
        yield PublicDay(day, "off", name)
    for day in getattr(calendar, "weekend_workdays", ()):
        if day.year in years:
            yield PublicDay(day, "work", "make-up work day")


def _holds(kept: str, country: str, first: int, last: int) -> bool:
    of_country, begins, ends = kept.split()[:3]
    return of_country == country and int(begins) <= first and last <= int(ends)


class _Named(NamedTuple):
    day_on: date
    name: str


_NAMED = Question(
    "select day_on, name from day_off where country = :country and kind = 'off' order by day_on", _Named
)


def holiday_days(store: Store, policy: Policy, of: str, first: date, last: date) -> list[date]:
    """The days from `first` to `last` on which a holiday falls, its first day where it has several.

    `of` is a part of its name as the country has it, `CN:Mid-Autumn` where that is not the shop's country.
    """
    country, name = country_and_holiday(of, policy.region)
    kept = store.first(_KEPT)
    if kept and kept.value and _holds(kept.value, country, first.year, last.year):
        days = [(row.day_on, row.name) for row in store.ask(_NAMED, country=country)]
    else:
        years = tuple(range(first.year, last.year + 1))
        days = [(one.day, one.name) for one in public_days(country, years) if one.kind == "off"]
    found = (first_day_named(days, name, year) for year in range(first.year, last.year + 1))
    return [day for day in found if day is not None and first <= day <= last]


def country_and_holiday(of: str, region: str) -> tuple[str, str]:
    """`CN:Mid-Autumn` in its two parts; the shop's country where none is said."""
    country, colon, name = of.partition(":")
    return (country.strip().upper(), name.strip()) if colon else (region, of.strip())


def first_day_named(days: Sequence[tuple[date, str]], name: str, year: int) -> date | None:
    """The first day of the year that bears the name; one that stands in for it counts where no other does."""
    # `Chinese New Year` is not `Chinese New Year's Eve`.
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!['’\w])", re.IGNORECASE)
    found = [(("(observed)" in called), day) for day, called in days if day.year == year and whole.search(called)]
    return min(found)[1] if found else None
