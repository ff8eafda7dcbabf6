"""What changed the base as a whole: imports, merges and undos, each with the number that undoes it."""

from datetime import date
from typing import NamedTuple

from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Batch(NamedTuple):
    """One import, merge or undo; `waiting` are its rows that still wait for a decision."""

    id: int
    imported_on: date
    kind: str
    file: str
    source: str
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    review: int
    suppressed: int
    waiting: int
    undone_by: int | None


_BATCH = """
    select id, imported_on, kind, file, source, rows, created, updated, unchanged, rejected, review, suppressed,
        (select count(*) from review_item where batch_id = import_batch.id and decision is null), undone_by
    from import_batch
"""
_ALL = Question(f"{_BATCH} order by id desc limit :most", Batch)
_ONE = Question(f"{_BATCH} where id = :number", Batch)


def batches(store: Store, most: int | None = None) -> list[Batch]:
    """Every change of the base, the newest first."""
    return store.ask(_ALL, most=-1 if most is None else most)


def batch(store: Store, number: int) -> Batch | None:
    """One of them."""
    return store.first(_ONE, number=number)
