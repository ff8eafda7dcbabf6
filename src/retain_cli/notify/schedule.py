"""The morning run as cron or systemd is told of it: when, which command, which settings."""

import os
import re
import sys
from collections.abc import Mapping
from datetime import date, time, timedelta
from pathlib import Path
from typing import NamedTuple

from retain_cli.dates.work_days import WorkWeek
from retain_cli.errors import BadConfiguration, WrongUse
from retain_cli.settings import settings_path

_HOURS = 6
"""After the first run, one an hour for so long: a channel that failed and a computer that slept get another try."""
_CARRIED = ("RETAIN_TZ", "RETAIN_CONFIG")
"""Settings of this terminal that a scheduler would not know. The addresses of channels are never among them."""


_A_SUNDAY = date(2026, 11, 22)


class Schedule(NamedTuple):
    """What runs when; `days` are numbers from 0 for Sunday, as crontab(5) counts them."""

    at: time
    days: tuple[int, ...]
    database: Path
    command: tuple[str, ...]
    environment: Mapping[str, str]

    @property
    def last_hour(self) -> int:
        """The hour of the last run of a day."""
        return min(self.at.hour + _HOURS - 1, 23)


def schedule(at: str, week: WorkWeek, database: Path) -> Schedule:
    """The runs of a shop's work days, in the time of the machine; WrongUse where `at` is no time."""
    found = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)", at.strip())
    if found is None:
        raise WrongUse(f"--at {at!r} is not a time", "Write it like 7:30.")
    real = database.resolve()
    environment = {"RETAIN_DB": str(real)} | {name: os.environ[name] for name in _CARRIED if os.environ.get(name)}
    if "RETAIN_CONFIG" in environment and (path := settings_path()):
        environment["RETAIN_CONFIG"] = str(path.resolve())
    days = tuple(number for number in range(7) if week.works(_A_SUNDAY + timedelta(days=number)))
    command = (*_program(), "due", "--notify")
    for text in (*environment.values(), *command):
        if not text.isprintable():
            raise BadConfiguration(f"{text!r} cannot stand in a line of a schedule", "Give it a plainer name.")
    return Schedule(time(int(found[1]), int(found[2])), days, real, command, environment)


def _program() -> tuple[str, ...]:
    """`retain` with its whole path, since a scheduler knows few folders."""
    beside = Path(sys.executable).with_name("retain.exe" if os.name == "nt" else "retain")
    return (str(beside),) if beside.is_file() else (sys.executable, "-m", "retain_cli")
