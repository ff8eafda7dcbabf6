"""Preferences of this machine: where the database is, in which time zone the shop lives, and how to tell people.

They come from the environment, then from `retain.toml` in the user's configuration folder. What the shop decides
(plan, grades, weights) is policy and lives in the database.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from retain_cli.errors import BadConfiguration, WrongUse

_LARGEST_FILE = 1 << 20


class Settings(NamedTuple):
    """What the file says; None where it is silent."""

    database: str | None = None
    timezone: str | None = None
    notify: Mapping[str, Any] | None = None
    """The section `[notify]` as it stands there; `notify/channels.py` knows what may be in it."""


class NotifySettings(NamedTuple):
    """The section `[notify]`, and the file it stands in."""

    values: Mapping[str, Any]
    path: Path

    @property
    def others_can_read_it(self) -> bool:
        """Whether somebody else on this machine may read or change the file."""
        return os.name != "nt" and bool(self.path.stat().st_mode & 0o077)


def database_path(asked: str | None) -> Path:
    """The database file: `--db`, else RETAIN_DB, else the settings, else the user's data folder."""
    if asked == "":
        # A script whose variable is empty means some database, and hardly that of whoever runs it.
        raise WrongUse("--db names no database", "Name one, or leave --db away.")
    named = asked or os.environ.get("RETAIN_DB") or read_settings().database
    if named:
        if "://" in named:
            raise BadConfiguration(
                f"{named.partition('://')[0]}:// is not a kind of database this version can use",
                "Give --db the path of a SQLite file.",
                code="database-kind",
            )
        try:
            return Path(named).expanduser()
        except RuntimeError as problem:
            raise BadConfiguration(
                f"there is no home folder for {named}", "Write the path out.", code="home-missing"
            ) from problem
    return _folder("user_data_dir") / "retain.db"


def today() -> str | None:
    """The day to think of as today, as the environment writes it, or None for the clock's."""
    return os.environ.get("RETAIN_TODAY") or None


def time_zone() -> str | None:
    """The name of the shop's time zone, or None for the machine's own."""
    return os.environ.get("RETAIN_TZ") or read_settings().timezone


def notify_settings() -> NotifySettings | None:
    """What the settings file says of channels, or None where it says nothing."""
    values, path = read_settings().notify, settings_path()
    return None if values is None or path is None else NotifySettings(values, path)


def settings_path() -> Path | None:
    """Where the settings file is looked for, or None where there is no home folder to look in."""
    if named := os.environ.get("RETAIN_CONFIG"):
        return Path(named)
    if not (os.environ.get("HOME") or os.environ.get("XDG_CONFIG_HOME") or os.name == "nt"):
        return None
    return _folder("user_config_dir") / "retain.toml"


def read_settings() -> Settings:
    """The settings file, or nothing where there is none; BadConfiguration names what is wrong with it."""
    path = settings_path()
    if path is None:
        return Settings()
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise BadConfiguration(f"{path} is larger than 1 MiB", "A settings file has a few lines.")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if os.environ.get("RETAIN_CONFIG"):
            raise BadConfiguration(f"there is no {path}", "Correct RETAIN_CONFIG or take it away.") from None
        return Settings()
    except (OSError, UnicodeDecodeError) as problem:
        raise BadConfiguration(f"{path} cannot be read", "It has to be a text file in UTF-8.") from problem
    return _settings(text, path)


def _settings(text: str, path: Path) -> Settings:
    import tomllib

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise BadConfiguration(f"{path} is not TOML: {problem}", "Correct that line.") from problem
    for name, value in values.items():
        if name not in Settings._fields:
            known = ", ".join(Settings._fields)
            raise BadConfiguration(f"{path} has an unknown setting {name!r}", f"Known are: {known}.")
        if name == "notify":
            if not isinstance(value, dict):
                raise BadConfiguration(
                    f"{path}: notify has to be a section", "Write [notify] on a line of its own."
                )
        elif not isinstance(value, str):
            raise BadConfiguration(f"{path}: {name} has to be a text", f'Write {name} = "…".')
    return Settings(**values)


def _folder(kind: str) -> Path:
    import platformdirs

    try:
        folder = Path(str(getattr(platformdirs, kind)("retain", appauthor=False)))
    except RuntimeError:
        folder = Path()
    if not folder.is_absolute():
        raise BadConfiguration(
            "there is no home folder to keep the database in",
            "Set RETAIN_DB to the path of the database.",
            code="home-missing",
        )
    return folder
