"""In which order the days of a column are written: decided from all its cells, and asked where they do not tell."""

from collections.abc import Iterator
from itertools import islice

from retain_cli.errors import BadInput
from retain_cli.importing import cells
from retain_cli.importing.header import Layout
from retain_cli.importing.source import Source

_ROWS_THAT_SHOW_IT = 100


def date_order(source: Source, layout: Layout, field: str, asked: str | None) -> str:
    """`ymd`, `dmy` or `mdy` for the field's column; BadInput with the question where both of the last two fit."""
    if asked is not None:
        return asked
    if all(parts is None for parts in islice(_parts(source, layout, field), _ROWS_THAT_SHOW_IT)):
        return "ymd"
    day_first = month_first = False
    example = ""
    for parts in _parts(source, layout, field):
        if parts is None:
            continue
        example = example or f"{parts[0]}/{parts[1]}"
        day_first |= parts[0] > 12
        month_first |= parts[1] > 12
    if day_first != month_first:
        return "dmy" if day_first else "mdy"
    says = "mixes days first and months first" if day_first else f"does not tell days from months ({example}/…)"
    raise BadInput(
        f"{source.name}: the column {layout.title(field)!r} {says}",
        "Which comes first? Say --date-order dmy or --date-order mdy.",
        code="date-order",
    )


def _parts(source: Source, layout: Layout, field: str) -> Iterator[tuple[int, int] | None]:
    return (cells.year_last_parts(cell) for cell in layout.cells(source, field) if cell.strip())
