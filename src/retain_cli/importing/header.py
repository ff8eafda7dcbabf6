"""Which kind of file it is, and which column is which field, from the words in its header."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from retain_cli.errors import BadInput, WrongUse
from retain_cli.importing.fields import IDENTIFIES, KINDS, Kind
from retain_cli.importing.source import Source

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "space": " "}


class Layout(NamedTuple):
    """How a file is laid out."""

    kind: Kind
    delimiter: str
    names: list[str]
    """What the columns are called, for messages and rejects."""
    columns: dict[str, int]
    """The column of each field that the file has."""
    has_header: bool

    @property
    def unused(self) -> list[str]:
        """Columns that no field was found for."""
        used = set(self.columns.values())
        return [name for number, name in enumerate(self.names) if number not in used and name not in ("", "-")]


def layout(
    source: Source,
    *,
    kind: str | None = None,
    mapping: Mapping[str, str] | None = None,
    columns: Sequence[str] | None = None,
    delimiter: str | None = None,
) -> Layout:
    """Read the layout from the header, or from what was said by hand; BadInput where it cannot be told.

    `mapping` gives fields to header names, `columns` names the fields of a file without a header (`-` skips one).
    """
    separator = _separator(source, delimiter)
    if columns:
        names = [name.strip() for name in columns]
        wanted = {name: name for name in names if name != "-"}
    else:
        names = [name.strip() for name in _first_cells(source, separator)]
        wanted = dict(mapping or {})
    if not names:
        raise BadInput(f"{source.name} is empty", "Export it again.", code="file-empty")
    chosen = _chosen_kind(source, kind, names, wanted)
    found = _columns(source, chosen, names, wanted)
    if missing := [field for field in chosen.needs if field not in found]:
        raise BadInput(
            f"{source.name} has no column for {' and '.join(missing)}",
            f'Its columns are {", ".join(names)}; say which with --map "COLUMN={missing[0]}".',
            code="column-missing",
        )
    if not any(field in found for field in IDENTIFIES):
        raise BadInput(
            f"{source.name} does not say whom its {chosen.name} are about",
            f"It needs a column for one of {', '.join(IDENTIFIES)}; a name alone may fit two people.",
            code="customer-missing",
        )
    return Layout(chosen, separator, names, found, not columns)


def normal(word: str) -> str:
    """A header word without case, blanks and punctuation."""
    return "".join(character for character in word.casefold() if character.isalnum())


def _separator(source: Source, asked: str | None) -> str:
    if asked is not None:
        separator = DELIMITERS.get(asked, asked.replace("\\t", "\t"))
        if len(separator) != 1 or separator in '"\r\n':
            raise WrongUse(
                f"--delimiter {asked!r} is not a mark between cells", f"Say {', '.join(DELIMITERS)} or a character."
            )
        return separator
    line = source.first_line()
    known = {word for kind in KINDS.values() for words in kind.words.values() for word in words}
    return max(
        ",;\t|", key=lambda mark: (sum(normal(cell) in known for cell in line.split(mark)), line.count(mark))
    )


def _first_cells(source: Source, separator: str) -> list[str]:
    return next((cells for _, cells in source.rows(separator)), [])


def _chosen_kind(source: Source, asked: str | None, names: list[str], wanted: Mapping[str, str]) -> Kind:
    if asked is not None:
        if asked not in KINDS:
            raise WrongUse(f"there is no kind {asked!r}", f"Choose one of {', '.join(KINDS)}.")
        return KINDS[asked]
    fits = []
    for kind in KINDS.values():
        found = _matches(kind, names, wanted)
        if all(field in found for field in kind.needs) and any(field in found for field in kind.tells):
            fits.append(kind)
    special = [kind for kind in fits if kind.name != "customers"]
    if len(special) == 1:
        return special[0]
    if not special and fits:
        return fits[0]
    says = "could be purchases or visits" if special else "has no columns that say what it is"
    raise BadInput(
        f"{source.name} {says}: {', '.join(names)}",
        'Say it with --kind, and --map "COLUMN=field" for columns with other names.',
        code="kind-unknown",
    )


def _matches(kind: Kind, names: list[str], wanted: Mapping[str, str]) -> dict[str, list[int]]:
    """The columns that may be each field, in the order of the field's words."""
    said = {column for column, field in wanted.items() if field in kind.words}
    normals = [normal(name) for name in names]
    found: dict[str, list[int]] = {}
    for field, words in kind.words.items():
        by_hand = [n for n, name in enumerate(names) if wanted.get(name) == field]
        by_word = [n for word in words for n, name in enumerate(normals) if name == word and names[n] not in said]
        if by_hand or by_word:
            found[field] = by_hand or by_word
    return found


def _columns(source: Source, kind: Kind, names: list[str], wanted: Mapping[str, str]) -> dict[str, int]:
    for column, field in wanted.items():
        if field not in kind.words:
            raise WrongUse(f"{kind.name} have no field {field!r}", f"Their fields are {', '.join(kind.words)}.")
        if column not in names:
            raise BadInput(
                f"{source.name} has no column {column!r}",
                f"Its columns are {', '.join(names)}.",
                code="column-missing",
            )
    found = _matches(kind, names, wanted)
    for field, numbers in found.items():
        if len(numbers) > 1 and names[numbers[0]] == names[numbers[1]]:
            raise BadInput(
                f"{source.name} has two columns {names[numbers[0]]!r}",
                f"Rename one of them; both could be {field}.",
                code="column-twice",
            )
    return {field: numbers[0] for field, numbers in found.items()}
