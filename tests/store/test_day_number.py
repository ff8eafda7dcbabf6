"""Days as numbers in SQL."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta

from retain_cli.store.day_number import day_number

JULIAN_DAY_OF_PYTHON_S_FIRST_DAY = 1_721_426


def test_every_day_of_four_centuries_has_the_number_of_the_calendar():
    days = [date(1800, 1, 1) + timedelta(days=n) for n in range(146_097)]
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("create table one (happened_on text)")
        base.executemany("insert into one values (?)", [(day.isoformat(),) for day in days])
        found = base.execute(f"select {day_number('happened_on')} from one order by rowid").fetchall()
    first = JULIAN_DAY_OF_PYTHON_S_FIRST_DAY - date(1, 1, 1).toordinal()
    assert [number for (number,) in found] == [first + day.toordinal() for day in days]


def test_the_first_day_of_2000_has_the_number_of_the_almanac():
    with closing(sqlite3.connect(":memory:")) as base:
        assert base.execute(f"select {day_number(repr('2000-01-01'))}, {day_number('null')}").fetchone() == (
            2_451_545,
            None,
        )
