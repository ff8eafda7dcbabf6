"""The layout of a file from the words in its header, or from what was said by hand."""

from collections.abc import Mapping, Sequence

from retain_cli.errors import BadInput, WrongUse
from retain_cli.importing import recipe as recipes
from retain_cli.importing.fields import (
    IDENTIFIES,
    KINDS,
    NAME_PARTS,
    Kind,
    normal,
)
from retain_cli.importing.layout import Layout
from retain_cli.importing.recipe import Made, Recipe
from retain_cli.importing.recognise import (
    LEFT_OUT,
    chosen_kind,
    name_of_parts,
    with_named_customers,
    with_whole_names,
)
from retain_cli.importing.source import Source

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "space": " "}

NO_BRAND = "none"
"""What `--brand` says to have a file read by the words of its header alone."""

_SEVERAL_COLUMNS = ("phone", "email")


def layout(
    source: Source,
    *,
    kind: str | None = None,
    mapping: Mapping[str, str] | None = None,
    columns: Sequence[str] | None = None,
    delimiter: str | None = None,
    brand: str | None = None,
    currency: str | None = None,
) -> Layout:
    """Read the layout from the header, or from what was said by hand; BadInput where it cannot be told.

    `mapping` gives fields to header names (`-` leaves a column out), `columns` names the fields of a file without a
    header (`-` skips one), `brand` is the program that wrote the file. A `currency` said by hand stands before
    the brand's.
    """
    separator = _separator(source, delimiter)
    if columns:
        names = [name.strip() for name in columns]
        wanted = {name: name for name in names if name != LEFT_OUT}
    else:
        names = [name.strip() for name in _first_cells(source, separator)]
        wanted = dict(mapping or {})
    if not names:
        raise BadInput(f"{source.name} is empty", "Export it again.", code="file-empty")
    if kind is not None and kind not in KINDS:
        raise WrongUse(f"there is no kind {kind!r}", f"Choose one of {', '.join(KINDS)}.")
    _check_mapping(source, names, wanted)
    found = None
    if not columns and brand != NO_BRAND and (brand is not None or not _is_plain(names, wanted, kind)):
        from retain_cli.importing.brands import brand_layout

        found = brand_layout(source, names, separator, wanted, kind=kind, brand=brand, currency=currency)
    return found or _plain_layout(source, kind, names, wanted, separator, has_header=not columns)


def _plain_layout(
    source: Source,
    kind: str | None,
    names: list[str],
    wanted: Mapping[str, str],
    separator: str,
    *,
    has_header: bool,
) -> Layout:
    chosen, matches, likeness = chosen_kind(source, kind, names, wanted, separator)
    _check_fields(chosen, wanted)
    if not wanted and has_header:
        matches = with_named_customers(matches, names, source, separator)
    columns: dict[str, int] = {}
    made: list[Made] = []
    for field, numbers in with_whole_names(matches, names).items():
        if field in NAME_PARTS:
            continue
        same = [n for n in numbers if names[n] == names[numbers[0]]]
        if len(same) > 1 and field not in _SEVERAL_COLUMNS:
            raise BadInput(
                f"{source.name} has two columns {names[same[0]]!r}",
                f"Rename one of them; both could be {field}.",
                code="column-twice",
            )
        if len(numbers) > 1 and field in _SEVERAL_COLUMNS:
            columns[field] = len(names) + len(made)
            made.append(recipes.first_of([names[n] for n in numbers], numbers))
        else:
            columns[field] = numbers[0]
    if name := name_of_parts(matches, names):
        columns["name"] = len(names) + len(made)
        made.append(name)
    recipe = Recipe(made) if made else None
    likeness = {field: score for field, score in likeness.items() if field in columns}
    found = Layout(chosen, separator, names, columns, has_header, recipe, likeness=likeness)
    check_usable(source, found)
    return found


def check_usable(source: Source, found: Layout) -> None:
    """BadInput where the file lacks what its kind needs, or does not say whom it is about."""
    chosen = found.kind
    if missing := [field for field in chosen.needs if field not in found.columns]:
        raise BadInput(
            f"{source.name} has no column for {' and '.join(missing)}",
            f'Its columns are {", ".join(found.names)}; say which with --map "COLUMN={missing[0]}".',
            code="column-missing",
        )
    if not any(field in found.columns for field in IDENTIFIES):
        raise BadInput(
            f"{source.name} does not say whom its {chosen.name} are about",
            f"It needs a column for one of {', '.join(IDENTIFIES)}; a name alone may fit two people.",
            code="customer-missing",
        )


def _separator(source: Source, asked: str | None) -> str:
    if asked is not None:
        separator = DELIMITERS.get(asked, asked.replace("\\t", "\t"))
        if len(separator) != 1 or separator in '"\r\n':
            raise WrongUse(
                f"--delimiter {asked!r} is not a mark between cells", f"Say {', '.join(DELIMITERS)} or a character."
            )
        return separator
    return source.delimiter


def _first_cells(source: Source, separator: str) -> list[str]:
    return next((cells for _, cells in source.rows(separator)), [])


def _check_mapping(source: Source, names: list[str], wanted: Mapping[str, str]) -> None:
    for column in wanted:
        if column not in names:
            raise BadInput(
                f"{source.name} has no column {column!r}",
                f"Its columns are {', '.join(names)}.",
                code="column-missing",
            )


def _check_fields(kind: Kind, wanted: Mapping[str, str]) -> None:
    for field in wanted.values():
        if field not in kind.words and field != LEFT_OUT:
            raise WrongUse(f"{kind.name} have no field {field!r}", f"Their fields are {', '.join(kind.words)}.")


def _is_plain(names: list[str], wanted: Mapping[str, str], asked: str | None) -> bool:
    """Whether one kind has a word for every column, so that no brand has to be asked."""
    words = [normal(name) for name in names if name not in wanted]
    kinds = (KINDS[asked],) if asked else KINDS.values()
    return any(all(kind.knows(word) for word in words if word) for kind in kinds)
