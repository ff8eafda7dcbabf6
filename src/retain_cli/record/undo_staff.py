"""People whom an import added to the staff, taken away again unless somebody counts on them since."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from retain_cli.store.question import Question, Text
from retain_cli.store.rows import delete_row, read_row
from retain_cli.store.store import Store


class Kept(NamedTuple):
    """What stays as it is, and why."""

    customer_id: int | None
    customer: str
    what: str
    why: str


# Records name people by their names; nothing in the base would break without them, but a person would be missed.
_STAFF_USED = Question(
    """
    select case
        when exists (select 1 from customer where owner_id = :staff) then 'customers'
        when exists (select 1 from staff where backup_id = :staff) then 'somebody to stand in for'
        when exists (select 1 from absence where staff_id = :staff) then 'days away'
        when exists (select 1 from staff_skill where staff_id = :staff) then 'skills'
        when exists (select 1 from goal where staff_id = :staff or owner = :name) then 'goals'
        when exists (select 1 from visit where staff = :name) then 'visits'
        when exists (select 1 from promise where owner = :name) then 'promises'
        when exists (select 1 from ticket where owner = :name) then 'tickets'
        when exists (select 1 from feedback where owner = :name) then 'feedback'
    end
    """,
    Text,
)


def take_staff_back(store: Store, added: Mapping[int, str]) -> tuple[int, list[Kept]]:
    """Take away whose rows are still as they were `added`, by number; how many went, and who stays."""
    removed, kept = 0, []
    for number, as_added in added.items():
        row = read_row(store, "staff", number)
        if row is None:
            continue
        used = store.first(_STAFF_USED, staff=number, name=row["name"])
        if row != json.loads(as_added):
            kept.append(Kept(None, row["name"], "staff", "was changed since"))
        elif used is not None and used.value is not None:
            kept.append(Kept(None, row["name"], "staff", f"has {used.value} since"))
        else:
            delete_row(store, "staff", number)
            removed += 1
    return removed, kept
