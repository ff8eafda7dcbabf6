"""Rows that fit several customers: kept whole until a person, or a rule for scripts, says whom they are about."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any, NamedTuple

from retain_cli.importing.fields import IDENTIFIES
from retain_cli.store.question import Question
from retain_cli.store.store import Store

RULES = ("review", "first", "newest", "new", "skip")
"""What `--on-conflict` knows: wait for a person, take who is known longest or shortest, make another, leave out."""


class Item(NamedTuple):
    """One row of the queue."""

    id: int
    batch_id: int
    kind: str
    source: str
    file: str
    line: int
    why: str
    row_values: str
    candidates: str
    decision: str | None
    customer_id: int | None
    imported_on: date

    @property
    def values(self) -> dict[str, Any]:
        """The row's values by field, as they were understood."""
        found: dict[str, Any] = json.loads(self.row_values)
        return found

    @property
    def fits(self) -> list[int]:
        """The numbers of the customers that fitted when the row came."""
        found: list[int] = json.loads(self.candidates)
        return found

    @property
    def who(self) -> tuple[Any, ...]:
        """What the row says about whom it means."""
        return (self.source, *(self.values.get(name) for name in IDENTIFIES))


_ITEM = """
    select review_item.id, batch_id, kind, source, file, line, why, row_values, candidates, decision, customer_id,
        imported_on
    from review_item join import_batch on import_batch.id = batch_id
"""
_BY_DIGEST = Question(f"{_ITEM} where digest = :digest and nth = :nth", Item)
_BY_NUMBER = Question(f"{_ITEM} where review_item.id = :number", Item)
_OPEN = Question(f"{_ITEM} where decision is null order by review_item.id", Item)
_ADD = """
    insert into review_item
        (batch_id, line, why, row_values, candidates, digest, nth, decision, decided_on, customer_id)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_DECIDE = "update review_item set decision = ?, decided_on = ?, customer_id = ? where id = ?"


class Queue:
    """The queue as one import of one file meets it: a row that comes again is the same row."""

    def __init__(self, store: Store, batch: int, kind: str, source: str, today: date) -> None:
        self._store = store
        self._batch = batch
        self._about = (kind, source)
        self._today = today
        self._seen: Counter[str] = Counter()
        self._last = ("", 0)

    def known(self, values: Mapping[str, Any]) -> Item | None:
        """The row as it stands in the queue already, decided or not."""
        digest = self._digest(values)
        self._last = (digest, self._seen[digest])
        self._seen[digest] += 1
        return self._store.first(_BY_DIGEST, digest=digest, nth=self._last[1])

    def add(
        self,
        line: int,
        values: Mapping[str, Any],
        why: str,
        candidates: Sequence[int],
        decision: str | None = None,
        customer: int | None = None,
    ) -> None:
        """Keep the row that `known` was last asked for."""
        decided_on = self._today.isoformat() if decision else None
        self._store.run(
            _ADD,
            (
                self._batch, line, why, json.dumps(values, ensure_ascii=False), json.dumps(list(candidates)),
                *self._last, decision, decided_on, customer,
            ),
        )  # fmt: skip

    def _digest(self, values: Mapping[str, Any]) -> str:
        said = json.dumps([*self._about, values], ensure_ascii=False, sort_keys=True)
        return blake2b(said.encode(), digest_size=16).hexdigest()


def decided_by_rule(rule: str, candidates: Sequence[int]) -> int:
    """The customer that `first` or `newest` takes: numbers are given in the order in which customers came."""
    return min(candidates) if rule == "first" else max(candidates)


def open_items(store: Store) -> list[Item]:
    """Every row that waits for a decision, the oldest first."""
    return store.ask(_OPEN)


def item(store: Store, number: int) -> Item | None:
    """One row of the queue."""
    return store.first(_BY_NUMBER, number=number)


def mark(store: Store, number: int, decision: str | None, today: date, customer: int | None) -> None:
    """Write down what was decided; without a decision the row waits again."""
    store.run(_DECIDE, (decision, today.isoformat() if decision else None, customer, number))
