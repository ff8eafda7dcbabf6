"""Days as a person writes them."""

from datetime import date, timedelta

import pytest

from retain_cli.dates.spoken import said_by_day, spoken_day, spoken_time

SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        ("yesterday", date(2026, 11, 20)),
        ("today", date(2026, 11, 21)),
        ("tomorrow", date(2026, 11, 22)),
        (" Tomorrow ", date(2026, 11, 22)),
        ("fri", date(2026, 11, 27)),
        ("FRIDAY", date(2026, 11, 27)),
        ("sun", date(2026, 11, 22)),
        ("tues", date(2026, 11, 24)),
        ("thurs", date(2026, 11, 26)),
        ("2w", date(2026, 12, 5)),
        ("+2w", date(2026, 12, 5)),
        ("+10d", date(2026, 12, 1)),
        ("-3d", date(2026, 11, 18)),
        ("3m", date(2027, 2, 21)),
        ("-1m", date(2026, 10, 21)),
        ("1y", date(2027, 11, 21)),
    ],
)
def test_a_day_can_be_written_as_a_person_does(written, expected):
    assert spoken_day(written, SATURDAY) == expected


def test_a_weekday_is_the_next_one_after_today_and_never_today():
    names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    for ahead in range(7):
        today = SATURDAY + timedelta(days=ahead)
        for name in names:
            for written in (name, name[:3]):
                meant = spoken_day(written, today)
                assert f"{meant:%A}".lower() == name
                assert 1 <= (meant - today).days <= 7


def test_a_month_from_the_31st_is_the_end_of_a_shorter_one():
    assert spoken_day("1m", date(2027, 1, 31)) == date(2027, 2, 28)
    assert spoken_day("1y", date(2028, 2, 29)) == date(2029, 2, 28)


@pytest.mark.parametrize(
    "written",
    [
        "", "soon", "2026-13-01", "2026-02-30", "2027-02-29", "2026-1-1", "20261201", "01/12/2026", "12-01", "5",
        "w2", "0d", "--3d", "+", "+tomorrow", "frid", "monkey", "next fri", "2 w", "1.5w", "２w", "9999y", "99999d",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(written):
    with pytest.raises((ValueError, OverflowError)):
        spoken_day(written, SATURDAY)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("March", date(2027, 3, 1)),
        ("in mar", date(2027, 3, 1)),
        ("maybe March 2028", date(2028, 3, 1)),
        ("sept", date(2027, 9, 1)),
        ("December", date(2026, 12, 1)),
        ("november", SATURDAY),
        ("2027-03", date(2027, 3, 1)),
        ("3月", date(2027, 3, 1)),
        ("2028年3月", date(2028, 3, 1)),
        ("next week", date(2026, 11, 23)),
        ("next month", date(2026, 12, 1)),
        ("next year", date(2027, 1, 1)),
        ("2w", date(2026, 12, 5)),
    ],
)
def test_a_time_can_be_a_month_and_begins_with_its_first_day(written, expected):
    assert spoken_time(written, SATURDAY) == expected


@pytest.mark.parametrize("written", ["", "soon", "13月", "0月", "2027-13", "marchy", "in", "March 12"])
def test_what_is_no_time_is_refused(written):
    with pytest.raises((ValueError, OverflowError)):
        spoken_time(written, SATURDAY)


@pytest.mark.parametrize(
    ("said", "words", "by"),
    [
        ("quote by Fri", "quote", date(2026, 11, 27)),
        ("call the joiner before 2w", "call the joiner", date(2026, 12, 5)),
        ("stand by the offer until 2026-12-01.", "stand by the offer", date(2026, 12, 1)),
    ],
)
def test_a_promise_has_its_day_behind_the_words(said, words, by):
    assert said_by_day(said, SATURDAY) == (words, by)


@pytest.mark.parametrize("said", ["quote", "quote soon", "by fri", "stand by me"])
def test_a_promise_without_its_day_is_refused(said):
    with pytest.raises(ValueError):
        said_by_day(said, SATURDAY)
