"""Which kind of file it is, and which column is which field, from the words in its header."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from retain_cli.errors import BadInput, WrongUse
from retain_cli.importing import recipe as recipes
from retain_cli.importing.fields import (
    IDENTIFIES,
    KINDS,
    NAME_PARTS,
    Kind,
    normal,
    without_brackets,
)
from retain_cli.importing.recipe import Made, Recipe
from retain_cli.importing.source import Source

if TYPE_CHECKING:
    from retain_cli.importing.brands import Brand

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "space": " "}

LEFT_OUT = "-"
"""The field of a column that is not to be read."""

NO_BRAND = "none"
"""What `--brand` says to have a file read by the words of its header alone."""

_LIKE_ENOUGH = 0.8
_FEWEST_LETTERS = 4
_SAME_LENGTH_BELOW = 6
_SEVERAL_COLUMNS = ("phone", "email")
_FAMILY_NAME_BESIDE = {"nom": "prenom", "name": "vorname", "namn": "fornamn", "naam": "voornaam"}
_GIVEN_NAME_BESIDE = {"nombre": "apellido"}


class Layout(NamedTuple):
    """How a file is laid out."""

    kind: Kind
    delimiter: str
    names: list[str]
    """What the columns are called, for messages and rejects."""
    columns: dict[str, int]
    """The column of each field that the file has; those past the file's own are made by the recipe."""
    has_header: bool
    recipe: Recipe | None = None
    """What is done with each row before its cells are read; none where the columns are the fields."""
    brand: "Brand | None" = None
    """The program that wrote the file, where it was known by its header."""
    date_order: str | None = None
    """The order in which that program writes days, where it always writes them so."""
    decimal: str | None = None
    """The decimal sign of its amounts, where that program always writes the same."""
    likeness: Mapping[str, float] = {}
    """How like its header word each field's column is, for those that are not the same."""

    @property
    def unused(self) -> list[str]:
        """Columns that no field was found for."""
        used = set(self.columns.values())
        if self.recipe is not None:
            used.update(column for made in self.recipe.made for column in made.of)
        return [name for number, name in enumerate(self.names) if number not in used and name not in ("", "-")]

    @property
    def optional(self) -> list[int]:
        """The file's own columns in which `N/A` means nothing: no names, no notes, none that every row needs."""
        needed: set[int] = set()
        for field in ("name", "note", *self.kind.needs):
            column = self.columns.get(field)
            if column is not None and column < len(self.names):
                needed.add(column)
            elif column is not None and self.recipe is not None:
                needed.update(self.recipe.made[column - len(self.names)].of)
        return [number for number in range(len(self.names)) if number not in needed]

    def title(self, field: str) -> str:
        """The header of a field's column, or what its cell is made of."""
        column = self.columns[field]
        if self.recipe is None or column < len(self.names):
            return self.names[column]
        return self.recipe.made[column - len(self.names)].title

    def cells(self, source: Source, field: str) -> Iterator[str]:
        """Every cell of a field, as it will be read; rows that are not as wide as the header are passed over."""
        column, width = self.columns[field], len(self.names)
        for _, row in self.rows(source):
            if len(row) == width and (self.recipe is None or self.recipe.follow(row)):
                yield row[column]

    def rows(self, source: Source) -> Iterator[tuple[int, list[str]]]:
        """The data rows as they are written, the recipe ready for the first of them."""
        rows = source.rows(self.delimiter)
        if self.has_header:
            next(rows, None)
        if self.recipe is not None:
            self.recipe.begin()
        return rows


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
    chosen, matches, likeness = _chosen_kind(source, kind, names, wanted)
    _check_fields(chosen, wanted)
    columns: dict[str, int] = {}
    made: list[Made] = []
    for field, numbers in _with_whole_names(matches, names).items():
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
    if name := _name_of_parts(matches, names):
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


def _chosen_kind(
    source: Source, asked: str | None, names: list[str], wanted: Mapping[str, str]
) -> tuple[Kind, dict[str, list[int]], dict[str, float]]:
    """The kind, the columns that may be each of its fields, and how like those are that are only like."""
    fits: list[tuple[Kind, dict[str, list[int]], dict[str, float]]] = []
    for like in (False, True):
        fits = []
        for kind in (KINDS[asked],) if asked else KINDS.values():
            found = _matches(kind, names, wanted)
            scores = _add_likely(kind, names, wanted, found) if like or asked else {}
            has_needs = all(field in found for field in kind.needs)
            known = len({n for numbers in found.values() for n in numbers}) == len(names)
            tells = (*kind.tells, *kind.tells_alone) if known else kind.tells
            if asked or (has_needs and any(field in found for field in tells)):
                fits.append((kind, found, scores))
        if fits:
            break
    special = [fit for fit in fits if fit[0].name != "customers"]
    if len(special) == 1 or (fits and not special):
        kind, found, scores = special[0] if special else fits[0]
        return kind, found, scores or _add_likely(kind, names, wanted, found)
    says = "could be purchases or visits" if special else "has no columns that say what it is"
    raise BadInput(
        f"{source.name} {says}: {', '.join(names)}",
        'Say it with --kind, and --map "COLUMN=field" for columns with other names.',
        code="kind-unknown",
    )


def _matches(kind: Kind, names: list[str], wanted: Mapping[str, str]) -> dict[str, list[int]]:
    """The columns that may be each field, in the order of the field's words."""
    said = {column for column, field in wanted.items() if field in kind.words or field == LEFT_OUT}
    whole = [normal(name) for name in names]
    short = [normal(without_brackets(name)) for name in names]
    found: dict[str, list[int]] = {}
    for field, words in kind.words.items():
        by_hand = [n for column, asked in wanted.items() if asked == field for n in _numbers(names, column)]
        by_word = [
            n for word in words for n, name in enumerate(names) if word in (whole[n], short[n]) and name not in said
        ]
        if by_hand or by_word:
            found[field] = by_hand or list(dict.fromkeys(by_word))
    return found


def _numbers(names: list[str], column: str) -> list[int]:
    return [n for n, name in enumerate(names) if name == column]


def _add_likely(
    kind: Kind, names: list[str], wanted: Mapping[str, str], found: dict[str, list[int]]
) -> dict[str, float]:
    """Give columns nobody knows to fields nobody has, where the header is nearly the field's word; how nearly."""
    taken = {n for numbers in found.values() for n in numbers}
    scores: dict[str, float] = {}
    for number, name in enumerate(names):
        word = normal(without_brackets(name))
        if number in taken or name in wanted or len(word) < _FEWEST_LETTERS:
            continue
        best = sorted(
            ((_likeness(word, known), field) for field, words in kind.words.items() for known in words),
            reverse=True,
        )
        score, field = best[0]
        rivals = {other for alike, other in best if alike == score}
        if score >= _LIKE_ENOUGH and len(rivals) == 1 and (field not in found or score > scores.get(field, 1)):
            found[field] = [number]
            scores[field] = score
    return scores


def _likeness(word: str, known: str) -> float:
    longest = max(len(word), len(known))
    if min(len(word), len(known)) < _FEWEST_LETTERS or abs(len(word) - len(known)) > longest * (1 - _LIKE_ENOUGH):
        return 0
    if longest < _SAME_LENGTH_BELOW and len(word) != len(known):
        # Short words with one letter more are other words: unit and units, date and dates.
        return 0
    from jellyfish import damerau_levenshtein_distance

    return 1 - damerau_levenshtein_distance(word, known) / longest


def _with_whole_names(matches: dict[str, list[int]], names: list[str]) -> dict[str, list[int]]:
    """The matches, where a column called name holds the whole of it and not the part beside the other part."""
    if "name" in matches and _part_of_name(matches, names):
        return {field: numbers for field, numbers in matches.items() if field != "name"}
    return matches


def _part_of_name(matches: dict[str, list[int]], names: list[str]) -> str | None:
    """Which part of the name the column called name is: beside Prénom, Nom is the family name."""
    word = normal(names[matches["name"][0]]) if "name" in matches else ""
    for beside, part, other in (
        (_FAMILY_NAME_BESIDE, "family_name", "given_name"),
        (_GIVEN_NAME_BESIDE, "given_name", "family_name"),
    ):
        expected = beside.get(word)
        if not expected or other not in matches or part in matches:
            continue
        if normal(names[matches[other][0]]).startswith(expected):
            return part
    return None


def _name_of_parts(matches: dict[str, list[int]], names: list[str]) -> Made | None:
    """The name joined from its parts, for a file that has them and no column with the whole name."""
    parts = {
        part: recipes.plain(names[matches[part][0]], matches[part][0]) for part in NAME_PARTS if part in matches
    }
    whole = matches.get("name")
    if whole and (part := _part_of_name(matches, names)):
        parts[part] = recipes.plain(names[whole[0]], whole[0])
        whole = None
    if not parts or set(parts) == {"middle_name"}:
        return None
    name = recipes.person(*(parts.get(part) for part in NAME_PARTS))
    return name if whole is None else recipes.either(recipes.plain(names[whole[0]], whole[0]), name)
