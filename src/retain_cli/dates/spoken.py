"""Days as a person writes them: `2026-12-01`, `tomorrow`, `fri`, `2w`, `+10d`."""

import re
from datetime import date, timedelta

from retain_cli.dates.recurrence import interval, nth_day
from retain_cli.dates.work_days import WEEKDAYS

_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}


def spoken_day(text: str, today: date) -> date:
    """The day meant, seen from `today`; ValueError where it cannot be read.

    A weekday is the next one after today. `2w`, `+10d`, `1m`, `1y` count forward from today, `-3d` back.
    """
    words = text.strip().lower()
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    if words[:3] in WEEKDAYS and re.fullmatch(
        r"mon(day)?|tue(s|sday)?|wed(nesday)?|thu(r|rs|rsday)?|fri(day)?|sat(urday)?|sun(day)?", words
    ):
        ahead = (WEEKDAYS.index(words[:3]) - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead)
    if counted := re.fullmatch(r"([+-]?)(\d{1,4}[dwmy])", words):
        return nth_day(today, interval(counted[2]), -1 if counted[1] == "-" else 1)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
        return date.fromisoformat(words)
    raise ValueError(f"not a day: {text!r}")
