"""Importing files: all of them in one transaction, all or nothing."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, tzinfo
from pathlib import Path
from typing import NamedTuple

from retain_cli import settings
from retain_cli.importing import customers, purchases, visits
from retain_cli.importing.batch import Batch, Counts
from retain_cli.importing.header import layout
from retain_cli.importing.layout import Layout
from retain_cli.importing.opening import open_source
from retain_cli.importing.people import USUAL_SOURCE, People
from retain_cli.importing.preview import Preview
from retain_cli.importing.problems import Rejects
from retain_cli.importing.review import Queue
from retain_cli.importing.source import Hints, Source
from retain_cli.store.policy import is_set, read_policy, set_policy
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store

_LOADERS = {"customers": customers.load, "purchases": purchases.load, "visits": visits.load}

_BEGIN = """
    insert into import_batch (file, kind, source, imported_on, rows, created, updated, unchanged, rejected, review)
    values (?, ?, ?, ?, 0, 0, 0, 0, 0, 0)
"""
_END = """
    update import_batch set rows = :rows, created = :created, updated = :updated, unchanged = :unchanged,
        rejected = :rejected, review = :review, suppressed = :suppressed, bought_from = :bought_from,
        bought_until = :bought_until, currencies = :currencies
    where id = :id
"""
_COUNTED = ("rows", "created", "updated", "unchanged", "rejected", "review", "suppressed")
_HAS_PURCHASES = Question("select count(*) from (select 1 from purchase limit 1) as any_purchase", Number)


@dataclass(frozen=True, slots=True)
class HowToRead:
    """What was said by hand about the files."""

    kind: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    columns: Sequence[str] | None = None
    delimiter: str | None = None
    date_order: str | None = None
    currency: str | None = None
    brand: str | None = None
    source: str | None = None
    """The program whose customer ids the files have."""
    on_conflict: str = "review"
    encoding: str | None = None
    sheet: str | None = None
    decimal: str | None = None
    """The decimal sign of its amounts, `.` or `,`."""


class Imported(NamedTuple):
    """What one file brought."""

    file: str
    layout: Layout
    counts: Counts
    batch: int
    encoding: str | None = None
    """What its text is written in; None where it is no text."""
    notes: Sequence[str] = ()
    """What people should know of how it was read."""


def import_files(
    store: Store,
    paths: Sequence[str],
    how: HowToRead,
    today: date,
    rejects: Rejects,
    advance: Callable[[str, int, int], None],
    preview: Preview | None = None,
    agree: Callable[[str, str], None] | None = None,
) -> list[Imported]:
    """Take in the files, customers first, then purchases, then visits; the answer is in the order given.

    Where an encoding is a guess, `agree` is told what the text says by it, and what to do if that is wrong, before
    anything is written; it raises where nobody agrees.
    """
    with _opened(paths, how) as sources, _no_search_for_cycles():
        read = [(source, _layout(source, how)) for source in sources]
        for source, found in read:
            if agree is not None and (doubt := source.doubt(found.names)):
                assert source.encoding is not None  # noqa: S101
                agree(doubt, f"Say --encoding {source.encoding.codec} or --yes if that is right, or the right one.")
        order = sorted(
            range(len(read)), key=lambda n: ("customers", "purchases", "visits").index(read[n][1].kind.name)
        )
        done = {n: _import(store, *read[n], how, today, rejects, advance, preview) for n in order}
    return [done[n] for n in range(len(read))]


def _import(
    store: Store,
    source: Source,
    found: Layout,
    how: HowToRead,
    today: date,
    rejects: Rejects,
    advance: Callable[[str, int, int], None],
    preview: Preview | None,
) -> Imported:
    policy = read_policy(store)
    if how.currency:
        _settle_currency(store, how.currency)
        policy = policy._replace(currency=how.currency)
    kind, ids = found.kind.name, how.source or (found.brand.program if found.brand else USUAL_SOURCE)
    number = store.run(_BEGIN, (_file_name(source.name), kind, ids, today.isoformat())).lastrowid
    assert number is not None  # noqa: S101
    batch = Batch(
        store, policy, source, found, People(store, today, number, ids), rejects, number, today, advance,
        Queue(store, number, kind, ids, today), how.date_order or found.date_order, how.on_conflict, preview,
        "." if found.sums else how.decimal or found.decimal, how.currency, _zone(),
    )  # fmt: skip
    _LOADERS[kind](batch)
    store.run(
        _END,
        {
            **{name: getattr(batch.counts, name) for name in _COUNTED},
            "bought_from": batch.bought.first_on,
            "bought_until": batch.bought.last_on,
            "currencies": " ".join(sorted(batch.bought.currencies)) or None,
            "id": number,
        },
    )
    return Imported(
        source.name, found, batch.counts, number, source.encoding.name if source.encoding else None, source.notes
    )


def _settle_currency(store: Store, currency: str) -> None:
    """The first import of a shop that says a currency says what the shop counts in."""
    purchases_there = store.first(_HAS_PURCHASES)
    if not is_set(store, "currency") and not (purchases_there and purchases_there.value):
        set_policy(store, "currency", currency)


def _layout(source: Source, how: HowToRead) -> Layout:
    return layout(
        source,
        kind=how.kind,
        mapping=how.mapping,
        columns=how.columns,
        delimiter=how.delimiter,
        brand=how.brand,
        currency=how.currency,
    )


def _zone() -> tzinfo:
    from zoneinfo import ZoneInfo

    zone = settings.time_zone()
    return ZoneInfo(zone) if zone else UTC


def _file_name(path: str) -> str:
    """The name to keep; bytes in it that are no text are written out, since the database holds text."""
    return Path(path).name.encode("utf-8", "backslashreplace").decode("utf-8")


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Rows are freed as soon as nobody holds them; Python's search for cycles among them would find none."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _opened(paths: Sequence[str], how: HowToRead) -> Iterator[list[Source]]:
    columns = how.columns
    hints = Hints(how.encoding, how.sheet, header_rows=0 if columns else None, width=len(columns or ()))
    with ExitStack() as stack:
        yield [stack.enter_context(open_source(path, hints)) for path in paths]
