"""What an export is asked for."""

from datetime import date
from typing import Any, NamedTuple

from retain_cli.store.policy import Policy
from retain_cli.store.question import Question, Text
from retain_cli.store.store import Store

Record = dict[str, Any]

AS_KEPT = "retain_"
"""What columns begin with that an import passes over and only a restore reads: numbers of rows, and the like."""


class Asked(NamedTuple):
    """Whose data, as of which day; `source` is the program whose customer ids they are."""

    store: Store
    policy: Policy
    today: date
    source: str
    for_contact: bool = False
    """Whether only those are wanted who may be contacted."""


_SOURCES = Question("select distinct source from customer order by source", Text)


def sources(store: Store) -> list[str]:
    """The programs that customer ids came from: two of them may give one id to two people."""
    return [row.value or "" for row in store.ask(_SOURCES)]


def identity(external_id: str | None, phone: str | None, email: str | None) -> Record:
    """By what an import finds the customer again: the id where there is one, else the phone, else the address."""
    return {
        "external_id": external_id,
        "phone": None if external_id else phone,
        "email": None if external_id or phone else email,
    }
