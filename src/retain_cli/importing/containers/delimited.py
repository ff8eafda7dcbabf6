"""Text with delimiters: CSV, TSV and their kin, in any usual encoding."""

import codecs
import csv
import io
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import BinaryIO

from retain_cli.errors import BadInput
from retain_cli.importing.dialect import Dialect, Record, Unreadable, find_dialect, records_of
from retain_cli.importing.encoding import PLAIN, Encoding, first_fault, named, recognise, undecodable

_BLOCK = 256 << 10
_SAMPLE = 64 << 10


class Delimited:
    """A text file as records; its bytes are looked through once, before anything is read from it."""

    def __init__(
        self,
        name: str,
        stream: BinaryIO,
        size: int,
        encoding: str | None,
        known: Collection[str],
        delimiter: str | None,
    ) -> None:
        self.name = name
        self.size = size
        self._stream = stream
        self._known = known
        self.quoted = self.has_nul = False
        self.encoding = self._encoding(named(encoding) if encoding else None)
        self._dialects: dict[str | None, Dialect] = {}
        self._delimiter = delimiter
        self.notes: list[str] = []

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._stream.tell()

    @property
    def delimiter(self) -> str:
        """What parts the cells."""
        return self.dialect(self._delimiter).delimiter

    def dialect(self, delimiter: str | None = None) -> Dialect:
        """How the cells are parted, once found; `delimiter` where somebody said it."""
        delimiter = delimiter or self._delimiter
        if delimiter not in self._dialects:
            with self.text() as text:
                sample = text.read(_SAMPLE)
            cut = sample.rfind("\n") if len(sample) == _SAMPLE else -1
            found = find_dialect(sample[: cut + 1] if cut > 0 else sample, self._known, delimiter)
            self._dialects[delimiter] = self._dialects[found.delimiter] = found
        return self._dialects[delimiter]

    def records(self, delimiter: str | None = None, width: int = 0) -> Iterator[Record]:
        """Every record; BadInput names the line and the cell that cannot be read."""
        dialect = self.dialect(delimiter)
        if width:
            dialect = replace(dialect, width=width)
        with self.text() as text:
            try:
                # Without a quote no record has a second line and none can be broken: nothing need stand in between.
                yield from records_of(text, dialect) if self.quoted or dialect.padded else _plain(text, dialect)
            except Unreadable as problem:
                raise BadInput(
                    f"{self.name}:{problem.line}: cell {problem.cell}: {problem}",
                    "Check the quotes of that record.",
                    code="quotes",
                ) from problem

    @contextmanager
    def text(self) -> Iterator[io.TextIOWrapper]:
        """The decoded text from its start, its line ends as they are."""
        self._stream.seek(0)
        codec = "utf-8-sig" if self.encoding.codec == PLAIN else self.encoding.codec
        text = io.TextIOWrapper(self._stream, encoding=codec, newline="")
        try:
            yield text
        finally:
            # The bytes are read again; closing the text would close them too.
            if not self._stream.closed:
                text.detach()

    def _encoding(self, asked: Encoding | None) -> Encoding:
        """The encoding that reads every byte; where the first part is plain ASCII, later parts decide."""
        self._stream.seek(0)
        sample = self._stream.read(_BLOCK)
        encoding = asked or recognise(self.name, sample, cut=len(sample) == _BLOCK)
        fault = self._look_through(encoding)
        if fault is None:
            return encoding
        at, before, lines, ascii_so_far = fault
        if asked or encoding.codec != PLAIN or not ascii_so_far:
            raise undecodable(self.name, before, at, encoding, lines)
        self._stream.seek(max(0, self._stream.tell() - _BLOCK))
        sample = self._stream.read(_BLOCK)
        first = next((n for n, byte in enumerate(sample) if byte > 127), 0)
        sample = sample[sample.rfind(b"\n", 0, first) + 1 :]
        later = recognise(self.name, sample, cut=True)
        if later.codec == PLAIN:
            raise undecodable(self.name, before, at, encoding, lines)
        again = self._look_through(later)
        if again is not None:
            raise undecodable(self.name, again[1], again[0], later, again[2])
        return later

    def _look_through(self, encoding: Encoding) -> tuple[int, bytes, int, bool] | None:
        """Read all of it: where a byte cannot be decoded (in which block, below how many lines), if one cannot."""
        decoder = codecs.getincrementaldecoder(encoding.codec)("strict")
        lines, ascii_so_far, kept = 0, True, b""
        self.quoted = self.has_nul = False
        self._stream.seek(0)
        wide = encoding.codec.startswith(("utf-16", "utf-32"))
        while block := self._stream.read(_BLOCK):
            if len(block) == _BLOCK and b"\n" not in block and b"\r" not in block:
                raise BadInput(
                    f"{self.name}:{lines + 1}: the line is longer than {_BLOCK:,} bytes",
                    "It is no table, or a quote or line end is missing.",
                    code="line-long",
                )
            self.quoted = self.quoted or b'"' in block or b"'" in block
            self.has_nul = self.has_nul or (not wide and b"\0" in block)
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                whole = kept + block
                at = first_fault(whole, encoding.codec, cut=True)
                ahead = ascii_so_far and whole[:at].isascii()
                return (at or 0), whole, lines, ahead
            ascii_so_far = ascii_so_far and block.isascii()
            # What the decoder still waits for belongs to the next block.
            kept = b"" if wide else decoder.getstate()[0]
            lines += block.count(b"\n")
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return 0, kept or b"\0", lines, ascii_so_far
        return None


def _plain(text: io.TextIOWrapper, dialect: Dialect) -> Iterator[Record]:
    reader = csv.reader(
        text, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE, skipinitialspace=dialect.blanks_after
    )
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as problem:
        raise Unreadable(reader.line_num, 1, "a cell is longer than 131,072 characters") from problem
