"""What a check is asked, and what it found."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from retain_cli.store.policy import Policy
from retain_cli.store.store import Store


class Asked(NamedTuple):
    """The database that is looked at, the file it is in, and the day."""

    store: Store
    policy: Policy
    database: Path
    today: date


class Finding(NamedTuple):
    """Something that is not in order, as a sentence, and what to do about it."""

    said: str
    next_step: str
