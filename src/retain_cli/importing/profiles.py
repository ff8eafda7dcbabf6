"""Profiles: how a file was read, kept under a name for the next one like it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from typing import Any, NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.importing.files import HowToRead, Imported
from retain_cli.importing.layout import Layout
from retain_cli.importing.recognise import LEFT_OUT
from retain_cli.store.question import Question
from retain_cli.store.store import Store

_LONGEST_NAME = 60
_OF_ONE_RUN = ("on_conflict",)


class _Profile(NamedTuple):
    name: str
    reading: str


_ALL = Question("select name, reading from import_profile order by name", _Profile)
_KEEP = """
    insert into import_profile (name, reading) values (?, ?)
    on conflict (name) do update set reading = excluded.reading
"""


def with_profile(store: Store, name: str, said: HowToRead) -> HowToRead:
    """What the profile says, where the command line says nothing; WrongUse where there is no such profile."""
    known = {profile.name: profile.reading for profile in store.ask(_ALL)}
    if name not in known:
        names = ", ".join(known) or "none yet"
        raise WrongUse(f"there is no profile {name!r}", f"Profiles are: {names}. --save-profile makes one.")
    usual, kept = HowToRead(), json.loads(known[name])
    silent = {
        field.name: kept[field.name]
        for field in fields(HowToRead)
        if field.name in kept and getattr(said, field.name) == getattr(usual, field.name)
    }
    mapping = {**kept.get("mapping", {}), **said.mapping}
    return replace(said, **silent | {"mapping": mapping})


def save_profile(store: Store, name: str, how: HowToRead, done: Sequence[Imported]) -> None:
    """Keep how one file was read; what was found out about it is kept like what was said."""
    if not name.strip() or len(name) > _LONGEST_NAME:
        raise WrongUse("a profile needs a name", f"Of at most {_LONGEST_NAME} characters, such as till.")
    if len(done) != 1:
        raise WrongUse("a profile is of one file", "Import one file with --save-profile.")
    found = done[0].layout
    orders = done[0].counts.date_orders - {"ymd"}
    kept: dict[str, Any] = {
        key: value for key, value in asdict(how).items() if key not in _OF_ONE_RUN and value not in (None, {})
    }
    kept |= {"kind": found.kind.name, "delimiter": found.delimiter}
    if done[0].encoding:
        kept["encoding"] = done[0].encoding
    if len(orders) == 1:
        kept |= {"date_order": orders.pop()}
    if found.brand is not None:
        kept["brand"] = found.brand.code
    elif found.has_header:
        kept["mapping"] = {**_mapping(found), **kept.get("mapping", {})}
    store.run(_KEEP, (name, json.dumps(kept, ensure_ascii=False)))


def _mapping(found: Layout) -> dict[str, str]:
    """The field of each column, and which columns are left out, so that the next file is not guessed at."""
    width = len(found.names)
    mapping = {found.names[column]: field for field, column in found.columns.items() if column < width}
    for field, column in found.columns.items():
        if column >= width and found.recipe is not None and field != "name":
            # A name made of its parts is known by their headers, which are words of fields themselves.
            mapping |= {found.names[part]: field for part in found.recipe.made[column - width].of}
    return mapping | dict.fromkeys(found.unused, LEFT_OUT)
