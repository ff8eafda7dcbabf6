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


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("昨天", date(2026, 11, 20)),
        ("今天", date(2026, 11, 21)),
        ("明天", date(2026, 11, 22)),
        ("后天", date(2026, 11, 23)),
        ("大后天", date(2026, 11, 24)),
        ("周五", date(2026, 11, 27)),
        ("星期五", date(2026, 11, 27)),
        # Today is one: the next is meant, as in English.
        ("周六", date(2026, 11, 28)),
        ("周日", date(2026, 11, 22)),
        ("礼拜天", date(2026, 11, 22)),
        ("下周一", date(2026, 11, 23)),
        ("下周日", date(2026, 11, 29)),
        ("3天后", date(2026, 11, 24)),
        ("两周后", date(2026, 12, 5)),
        ("三个月后", date(2027, 2, 21)),
        ("1年后", date(2027, 11, 21)),
        ("12月1日", date(2026, 12, 1)),
        ("11月21号", date(2026, 11, 21)),
        ("3月8号", date(2027, 3, 8)),
        ("明年12月8日", date(2027, 12, 8)),
        ("2027年3月8日", date(2027, 3, 8)),
    ],
)
def test_a_day_can_be_written_in_chinese(written, expected):
    assert spoken_day(written, SATURDAY) == expected


def test_next_weeks_monday_is_in_the_week_that_begins_after_this_one():
    assert spoken_day("下周一", date(2026, 11, 23)) == date(2026, 11, 30)
    assert spoken_day("下周日", date(2026, 11, 23)) == date(2026, 12, 6)


@pytest.mark.parametrize(
    ("written", "words", "by"),
    [
        ("周五前寄样品册", "寄样品册", date(2026, 11, 27)),
        ("周五之前，寄样品册。", "寄样品册", date(2026, 11, 27)),
        ("明天打电话", "打电话", date(2026, 11, 22)),
        ("寄样品册，12月1日前", "寄样品册", date(2026, 12, 1)),
        ("寄样品册 下周一", "寄样品册", date(2026, 11, 23)),
        ("13天后回访", "回访", date(2026, 12, 4)),
        ("报价 by 周五", "报价", date(2026, 11, 27)),
    ],
)
def test_a_promise_in_chinese_is_parted_from_its_day(written, words, by):
    assert said_by_day(written, SATURDAY) == (words, by)


@pytest.mark.parametrize(
    "written",
    [
        "寄样品册",
        "周五",
        "尽快寄样品册",
        "寄样品册下下周一",
        "寄样品册上周一",
        "送货每周五",
        "寄样品册1000天后",
        "2月30日前寄样品册",
    ],
)
def test_a_promise_in_chinese_that_names_no_one_day_is_refused(written):
    with pytest.raises(ValueError):
        said_by_day(written, SATURDAY)


@pytest.mark.parametrize(
    "written", ["下下周一", "上周一", "每周五", "0天后", "2月30日", "13月1日", "周", "天", "３天后"]
)
def test_what_is_no_day_in_chinese_is_refused(written):
    with pytest.raises(ValueError):
        spoken_day(written, SATURDAY)
