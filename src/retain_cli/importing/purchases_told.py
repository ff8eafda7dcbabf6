"""What becomes of each row of purchases, row by row, for a dry run."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from retain_cli.importing.batch import Batch
from retain_cli.importing.block import Block
from retain_cli.importing.people import Changes
from retain_cli.importing.source import Row

_Line = tuple[Any, ...]


class PurchasesTold:
    """The row each line came from: lines are taken in in the order of their keys.

    `read` makes the line of a row, the customer first, or nothing where the row is none.
    """

    def __init__(self, batch: Batch, read: Callable[[Row], _Line | None]) -> None:
        self._batch = batch
        self._read = read
        self._numbers: dict[_Line, list[int]] = defaultdict(list)

    def lines(self, block: Block) -> Iterator[_Line]:
        """The lines of the rows, one after the other."""
        for row in block.rows():
            if line := self._read(row):
                self._numbers[line].append(row[0])
                yield line

    def tell(self, line: _Line, what: str, changes: Changes) -> None:
        """Say what became of a line; equal lines are told in the order of their rows."""
        numbers = self._numbers[line]
        number = numbers.pop(0)
        if not numbers:
            del self._numbers[line]
        why = {"created": "a line not known yet", "unchanged": "the same line is known"}.get(what, "")
        self._batch.tell(number, what, line[0], changes, why or "the line is known, with other words")
