"""Makes the cells that the description of a brand's file asks for: sums, days in three columns, names in parts."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from retain_cli.importing.cells.money import decimal_sign, plain
from retain_cli.importing.recipe import Made, columns_of, first_of_parts, joined, person, titles

_AROUND_AMOUNTS = re.compile(r"[\s$€£¥￥元]")


class Cook:
    """Makes the cells that a brand's file describes, for one header.

    A description is a header, a list of descriptions of which the first that is not blank counts, or a table with
    one of: `join` and `with`; `given`, `middle`, `family`; `times`, `plus`, `less`; `year`, `month`, `day`;
    `column` with `dates`, `until`, `strip`, `unless`, `nothing`; `always`. Columns the file lacks are passed over.
    """

    def __init__(self, number_of: Mapping[str, int], normal: Callable[[str], str], clean: "Cleaner") -> None:
        self._number_of = number_of
        self._normal = normal
        self._clean = clean

    def column(self, header: str) -> int | None:
        """The number of a column, or None where the file lacks it."""
        return self._number_of.get(self._normal(header)) if header else None

    def make(self, what: Any) -> Made | None:
        """The cell that is described; None where the file has no column for any of it."""
        if isinstance(what, str):
            return self._plain(what)
        if isinstance(what, list):
            parts = [made for one in what if (made := self.make(one))]
            return first_of_parts(parts) if len(parts) > 1 else next(iter(parts), None)
        for key, maker in (
            ("join", self._joined),
            ("given", self._person),
            ("family", self._person),
            ("times", self._sum),
            ("plus", self._sum),
            ("year", self._day),
            ("column", self._read),
        ):
            if key in what:
                return maker(what)
        return Made(f"always {what['always']}", (), lambda _: str(what["always"]))

    def _plain(self, header: str) -> Made | None:
        number = self.column(header)
        if number is None:
            return None
        clean = self._clean
        return Made(header, (number,), lambda cells: clean(cells[number]))

    def _parts(self, whats: Iterable[Any]) -> list[Made]:
        return [made for what in whats if (made := self.make(what))]

    def _joined(self, what: Mapping[str, Any]) -> Made | None:
        parts = self._parts(what["join"])
        return joined(parts, what.get("with", " ")) if parts else None

    def _person(self, what: Mapping[str, Any]) -> Made | None:
        parts = {name: made for name in ("given", "middle", "family") if (made := self.make(what.get(name, "")))}
        return person(parts.get("given"), parts.get("middle"), parts.get("family")) if parts else None

    def _sum(self, what: Mapping[str, Any]) -> Made | None:
        times, plus, less = (self._parts(what.get(name, ())) for name in ("times", "plus", "less"))
        if len(times) < len(what.get("times", ())) or not (times or plus):
            return None
        return _sum(times, plus, less)

    def _day(self, what: Mapping[str, Any]) -> Made | None:
        parts = self._parts(what[name] for name in ("year", "month", "day"))
        if len(parts) < 3:
            return None
        year, month, day = parts

        def make(cells: Sequence[str]) -> str:
            numbers = [part.make(cells) for part in (year, month, day)]
            if not numbers[1] and not numbers[2]:
                return ""
            return f"{numbers[0] or '-'}-{numbers[1]:0>2}-{numbers[2]:0>2}"

        return Made(titles(parts, " + "), columns_of(parts), make)

    def _read(self, what: Mapping[str, Any]) -> Made | None:
        made = self._plain(what["column"])
        if made is None:
            return None
        formats, until, strip = what.get("dates", ()), what.get("until", ""), what.get("strip", ())
        unless, nothing = what.get("unless", ""), what.get("nothing", ())

        def make(cells: Sequence[str]) -> str:
            cell = made.make(cells)
            if cell in nothing or (unless and unless in cell):
                return ""
            for mark in strip:
                cell = cell.removeprefix(mark)
            if until:
                cell = cell.partition(until)[0].strip()
            return _iso_day(cell, formats)

        return Made(made.title, made.of, make)


class Cleaner:
    """A cell without what programs put around it to keep spreadsheets from changing it."""

    def __init__(self, marks: Iterable[str] = (), nothing: Iterable[str] = ()) -> None:
        self._marks = "".join(marks)
        self._nothing = frozenset(nothing)

    def __bool__(self) -> bool:
        return bool(self._marks or self._nothing)

    def __call__(self, cell: str) -> str:
        words = cell.strip()
        if self._marks and len(words) > 2 and words.startswith('="') and words.endswith('"'):
            words = words[2:-1]
        if self._marks:
            words = words.lstrip(self._marks).strip()
        return "" if words in self._nothing else words


def _sum(times: Sequence[Made], plus: Sequence[Made], less: Sequence[Made]) -> Made:
    def make(cells: Sequence[str]) -> str:
        total = Decimal(0)
        if times:
            written = [part.make(cells) for part in times]
            if not all(written):
                return ""
            numbers = [_number(cell) for cell in written]
            if None in numbers:
                return written[numbers.index(None)]
            product = Decimal(1)
            for number in numbers:
                product *= number or 0
            total += product
        for parts, sign in ((plus, 1), (less, -1)):
            for part in parts:
                cell = part.make(cells)
                number = _number(cell) if cell else Decimal(0)
                if number is None:
                    # Not ours to judge: whoever reads the amount refuses the cell as it was written.
                    return cell
                # What is taken away is written with a minus by some programs and without by others.
                total += abs(number) * sign if sign < 0 else number
        return f"{total:f}"

    title = titles(times, " × ") + "".join(f" + {part.title}" for part in plus)
    return Made(
        title.removeprefix(" + ") + "".join(f" − {part.title}" for part in less),
        columns_of([*times, *plus, *less]),
        make,
    )


def _number(cell: str) -> Decimal | None:
    """The amount, whichever sign it has before its decimals; `1,234` alone is more than a thousand."""
    words = _AROUND_AMOUNTS.sub("", cell)
    if words.startswith("(") and words.endswith(")"):
        words = "-" + words[1:-1]
    try:
        number = Decimal(_with_a_point(words) if "," in words else words)
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() and abs(number) < 10**15 else None


def _with_a_point(words: str) -> str:
    digits = words.lstrip("+-")
    sign = "," if decimal_sign(digits) == "," else "."
    return words[: len(words) - len(digits)] + plain(digits, sign)


def _iso_day(cell: str, formats: Iterable[str]) -> str:
    for form in formats:
        has_year = "%y" in form.lower()
        try:
            # A leap year, so that 29 February is a day where no year is written.
            written, form = (cell, form) if has_year else (f"2000 {cell}", f"%Y {form}")
            found = datetime.strptime(written, form).replace(tzinfo=UTC)
        except ValueError:
            continue
        return f"{found.year if has_year else '-'}-{found.month:02}-{found.day:02}"
    return cell
