"""The rows of one exported table into the database, each checked by what its model says."""

from collections.abc import Iterator
from typing import Any

from retain_cli.errors import BadInput
from retain_cli.model.shape import Column, Shape, shape
from retain_cli.restoring import cells, rules
from retain_cli.restoring.contents import File
from retain_cli.restoring.fault import NEXT, fault
from retain_cli.restoring.layout import Layout, layout
from retain_cli.restoring.reading import Row, rows
from retain_cli.store.store import Store
from retain_cli.store.whole_tables import BrokenRule, Inserting, broken_link


class Loader:
    """Takes in the files of one table; amounts without a currency of their own are in the shop's."""

    def __init__(self, store: Store, file: File, currency: str) -> None:
        self._store = store
        self._file = file
        self._currency = currency
        self._layout: Layout = layout(file.table)
        self._shape: Shape = shape(self._layout.table)
        self._is_csv = file.path.suffix == ".csv"

    def load(self) -> Iterator[int]:
        """Insert every row; gives how many there were, now and then, and in the end.

        BadInput names the file, the line and the column of what cannot be.
        """
        columns = list(self._shape.columns)
        into = Inserting(self._store, self._layout.table, columns)
        count = 0
        for line, values in self._values():
            try:
                into.insert([values.get(column) for column in columns])
            except BrokenRule as broken:
                raise self._broken(line, values, broken) from None
            count += 1
            if count % 10_000 == 0:
                yield count
        yield count
        if count != self._file.rows:
            raise BadInput(
                f"{self._file.path} has {count:,} rows, and the list of the export says {self._file.rows:,}",
                "If rows were changed on purpose, correct the list; else export again. Nothing was taken in.",
            )

    def find(self, rowid: int) -> Row | None:
        """The row that became the row of this number, with the cells of all columns."""
        [*key] = self._shape.key
        number = self._shape.columns[key[0]]
        if len(key) > 1 or number.kind != "whole":
            # Rows without a number of their own are counted as they come.
            return next((row for n, row in enumerate(self._rows(), 1) if n == rowid), None)
        read = cells.reader(number, csv=self._is_csv)
        place = self._layout.columns.index(self._layout.called(number.name))
        return next((row for row in self._rows() if read(row[1][place]) == rowid), None)

    def wrong(self, row: Row, column: str, why: str) -> BadInput:
        """The error about a column of the table in a row of the file."""
        called = self._layout.called(column)
        return fault(self._file.path, row[0], called, row[1][self._layout.columns.index(called)], why)

    def _rows(self) -> Iterator[Row]:
        return rows(self._file.path, self._layout.columns)

    def _values(self) -> Iterator[tuple[int, dict[str, Any]]]:
        at = {name: place for place, name in enumerate(self._layout.columns)}
        of, table = self._shape.columns, self._layout.table
        plain = [
            (at[name], column, cells.reader(of[column], csv=self._is_csv), (table, column) in rules.RULES)
            for name, column in self._layout.kept_as.items()
        ]
        apart = [(at[name], take) for name, take in self._layout.taken_apart.items()]
        amounts = [
            (at[name], column, cells.reader(of[column]._replace(kind="whole"), csv=self._is_csv))
            for name, column in self._layout.amounts.items()
        ]
        text = cells.reader(Column("", "text", required=False), csv=self._is_csv)
        for line, row in self._rows():
            values: dict[str, Any] = {}
            place = 0
            try:
                for place, column, read, has_rule in plain:
                    value = values[column] = read(row[place])
                    if has_rule and value is not None:
                        rules.check(table, column, value)
                for place, take in apart:
                    values |= take(text(row[place]) or "")
                for place, column, read in amounts:
                    cell = row[place]
                    currency = values.get("currency") or self._currency
                    values[column] = read(cell if cell in (None, "") else cells.amount(cell, currency))
            except ValueError as problem:
                name = self._layout.columns[place]
                raise fault(self._file.path, line, name, row[place], str(problem)) from None
            yield line, values

    def _broken(self, line: int, values: dict[str, Any], broken: BrokenRule) -> BadInput:
        known = self._shape.checks.get(broken.rule)
        columns, why = known or (broken.columns, str(broken))
        names = ", ".join(map(self._layout.called, columns))
        said = ", ".join("" if values.get(column) is None else str(values[column]) for column in columns)
        return fault(self._file.path, line, names, said, why)


def refuse_broken_links(store: Store, files: list[File]) -> None:
    """BadInput about the first number that stands for no row, with its file, line and column."""
    broken = broken_link(store)
    if broken is None:
        return
    to = next((file.path.name for file in files if layout(file.table).table == broken.to), broken.to)
    for file in files:
        if layout(file.table).table == broken.table:
            loader = Loader(store, file, "")
            if row := loader.find(broken.rowid):
                raise loader.wrong(row, broken.column, f"there is no such row in {to}")
    raise BadInput(f"a row of {broken.table} names one of {broken.to} that is not there", NEXT)
