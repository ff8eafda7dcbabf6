"""How the cells of a text are parted: its delimiter and quotes, found by trial, and single broken lines mended."""

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from retain_cli.importing.rejoined import Column, columns_of, rejoined

_MARKS = (",", "\t", ";", "|", "^", "~", " ")
_LINES_TRIED = 200
_MOST_LINES_OF_A_RECORD = 5_000
_LONGEST_MENDED = 20_000

Record = tuple[int, list[str]]
"""The line a record starts on, counted from 1, and its cells."""


class Unreadable(Exception):
    """The record that starts on `line` cannot be parted into cells; `cell` is the number of the one at fault."""

    def __init__(self, line: int, cell: int, why: str) -> None:
        super().__init__(why)
        self.line = line
        self.cell = cell


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way of parting lines into cells."""

    delimiter: str
    quote: str = '"'
    backslash: bool = False
    """Whether a quote within a quoted cell has a backslash before it, instead of being doubled."""
    blanks_after: bool = False
    """Whether blanks follow the delimiter that belong to no cell."""
    padded: bool = False
    """Whether columns are padded with any number of blanks."""
    width: int = 0
    """How many cells most records have; 0 where nothing is known."""
    columns: tuple[Column, ...] = ()
    """What the columns hold, where blanks part the cells and may also part their words."""

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """The standard reader for it; it raises csv.Error at the first stray quote."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            skipinitialspace=self.blanks_after,
            strict=True,
        )


def find_dialect(sample: str, known: Collection[str], delimiter: str | None = None) -> Dialect:
    """The dialect under which the sample is the most regular table; header words among `known` weigh in."""
    lines = list(islice(sample.splitlines(keepends=True), _LINES_TRIED))
    best, most = Dialect(delimiter or ","), -1.0
    for mark in (delimiter,) if delimiter else _MARKS:
        # A table of one column has no delimiter: blanks within its cells must not win for want of a rival.
        if mark not in sample and mark != "," and not delimiter:
            continue
        found = _with_quotes(mark, sample, lines)
        records = [cells for _, cells in records_of(lines, found, lenient=True)]
        score, width = _regularity(records, known)
        score -= (mark == " ") * 0.3
        if score > most:
            best, most = replace(found, width=width), score
            if mark == " " and not found.padded:
                best = replace(best, columns=columns_of(records, width, mark))
    return best


def records_of(lines: Iterable[str], dialect: Dialect, *, lenient: bool = False) -> Iterator[Record]:
    """Every record; Unreadable where a line cannot be parted, unless `lenient` takes it as it is.

    A record whose quotes do not pair is taken by itself and mended where only one way to do so gives it the usual
    number of cells; the lines below it are read as if nothing had happened.
    """
    if dialect.padded:
        yield from _padded(lines)
        return
    feed = _Feed(lines, dialect.backslash)
    kept = feed.kept
    parts_words = len(dialect.columns) == dialect.width > 0
    line = 1
    while True:
        try:
            for cells in dialect.reader(feed.lines()):
                if len(kept) == 1:
                    if parts_words and len(cells) > dialect.width:
                        cells = rejoined(kept[0], cells, dialect.columns, dialect.delimiter, dialect.quote)
                    yield line, cells
                    line += 1
                    kept.clear()
                    continue
                alone = mended(kept[0], dialect) if dialect.width and len(cells) != dialect.width else None
                used = 1 if alone else len(kept)
                yield line, alone or cells
                line += used
                feed.forget(used)
                if feed.again:
                    break
            else:
                return
        except csv.Error as problem:
            taken = mended(kept[0], dialect)
            if taken is None and lenient:
                taken = kept[0].rstrip("\r\n").split(dialect.delimiter)
            if taken is None:
                raise Unreadable(line, _cell_at_fault(kept[0], dialect), _said(problem)) from problem
            yield line, taken
            line += 1
            feed.forget(1)


def mended(line: str, dialect: Dialect) -> list[str] | None:
    """The cells of a line whose quotes do not pair, where just one best way gives the usual number of cells."""
    text = line.rstrip("\r\n")
    width, mark = dialect.width, dialect.delimiter
    if not width or len(text) > _LONGEST_MENDED or text.count(mark) > 4 * width + 50:
        return None
    # By the start of a cell and how many stand before it: the least cost, in how many ways, and the cells so far.
    ways: dict[int, dict[int, tuple[int, int, tuple[str, ...]]]] = {0: {0: (0, 1, ())}}
    end = len(text) + 1
    for start in sorted({0, *(found.end() for found in re.finditer(re.escape(mark), text))}):
        for count, (cost, number, cells) in ways.pop(start, {}).items():
            if count == width:
                continue
            for cell, extra, stop in _readings(text, start, dialect):
                after = ways.setdefault(stop, {})
                known = after.get(count + 1)
                here = cost + extra
                if known is None or here < known[0]:
                    after[count + 1] = (here, number, (*cells, cell))
                elif here == known[0] and (*cells, cell) != known[2]:
                    after[count + 1] = (here, known[1] + number, known[2])
    found = ways.get(end, {}).get(width)
    return list(found[2]) if found and found[1] == 1 else None


def _readings(text: str, start: int, dialect: Dialect) -> Iterator[tuple[str, int, int]]:
    """Each way to read the cell at `start`: the cell, what is odd about it, and where the next one starts."""
    mark, quote = dialect.delimiter, dialect.quote
    stop = text.find(mark, start)
    plain = text[start:] if stop < 0 else text[start:stop]
    yield plain, 3 * (quote in plain), (len(text) + 1 if stop < 0 else stop + 1)
    skipped = len(text[start:]) - len(text[start:].lstrip(" ")) if dialect.blanks_after else 0
    if text[start + skipped : start + skipped + 1] != quote:
        return
    start += skipped
    close = text.find(quote, start + 1)
    while close >= 0:
        if close + 1 == len(text) or text[close + 1] == mark:
            inner = text[start + 1 : close]
            pairs = inner.replace(quote * 2, "")
            yield inner.replace(quote * 2, quote), 2 * pairs.count(quote), close + 2
        close = text.find(quote, close + 1)


class _Feed:
    """Lines for the reader, kept until their record is done, so that they can be read again."""

    def __init__(self, lines: Iterable[str], backslash: bool) -> None:
        self._lines = map(_doubled, lines) if backslash else iter(lines)
        self.kept: list[str] = []
        self.again: list[str] = []

    def lines(self) -> Iterator[str]:
        """What is to be read again, then what comes after it."""
        kept, again, following = self.kept, self.again, self._lines
        while True:
            while again:
                kept.append(again.pop())
                yield kept[-1]
            for line in following:
                kept.append(line)
                if len(kept) > _MOST_LINES_OF_A_RECORD:
                    raise csv.Error("a quoted cell does not end")
                yield line
                if again:
                    break
            else:
                if not again:
                    return

    def forget(self, lines: int) -> None:
        """The first lines kept are done; the others are to be read again."""
        self.again.extend(reversed(self.kept[lines:]))
        self.kept.clear()


def _doubled(line: str) -> str:
    return re.sub(r'\\(["\\])', lambda found: '""' if found[1] == '"' else "\\", line) if "\\" in line else line


def _padded(lines: Iterable[str]) -> Iterator[Record]:
    for number, written in enumerate(lines, start=1):
        if cells := written.split():
            yield number, cells


def _with_quotes(mark: str, sample: str, lines: list[str]) -> Dialect:
    edge = re.escape(mark)
    double = len(re.findall(rf'(?:^|{edge}) *"', sample, re.MULTILINE))
    single = len(re.findall(rf"(?:^|{edge})'[^\n]*?'(?={edge}|\r?$)", sample, re.MULTILINE))
    quote = "'" if single > 1 and not double else '"'
    spaced = mark != " " and (
        f'{mark} "' in sample or (sample.count(f"{mark} ") == sample.count(mark) and mark in sample)
    )
    padded = mark == " " and quote not in sample
    plain = Dialect(mark, quote, blanks_after=spaced, padded=padded)
    escaped = replace(plain, backslash=True)
    if '\\"' in sample and _faults(lines, escaped) < _faults(lines, plain):
        return escaped
    return plain


def _faults(lines: list[str], dialect: Dialect) -> int:
    """How many lines the standard reader stumbles on, each taken by itself."""
    found = 0
    for line in lines:
        try:
            list(dialect.reader([_doubled(line) if dialect.backslash else line]))
        except csv.Error:
            found += 1
    return found


def _regularity(records: list[list[str]], known: Collection[str]) -> tuple[float, int]:
    """How much like a table the records are, and how many cells most have."""
    widths = Counter(len(cells) for cells in records if any(cell.strip() for cell in cells))
    if not widths:
        return 0, 0
    width, often = max(widths.items(), key=lambda item: (item[1] * (1 - 0.9 / item[0]), item[0]))
    words = max((sum(_word(cell) in known for cell in cells) for cells in records[:40]), default=0)
    return often / widths.total() * (1 - 0.9 / width) + min(words, 4) / 4, width


def _word(cell: str) -> str:
    return "".join(character for character in cell.casefold() if character.isalnum())


def _cell_at_fault(line: str, dialect: Dialect) -> int:
    """The number of the cell whose quote does not pair, as far as one line can tell."""
    odd = 0
    for number, cell in enumerate(line.split(dialect.delimiter), start=1):
        if cell.count(dialect.quote) % 2:
            odd = odd or number
    return odd or 1


def _said(problem: csv.Error) -> str:
    words = str(problem)
    if "limit" in words:
        return "a cell is longer than 131,072 characters"
    if "end of data" in words or "does not end" in words:
        return "a quoted cell does not end"
    return "a quote stands where none may stand"
