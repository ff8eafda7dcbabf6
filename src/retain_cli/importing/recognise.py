"""Which kind of file a header is of, and which of its columns may be which field: by words, the same or alike."""

import re
from collections.abc import Mapping
from itertools import islice

from retain_cli.errors import BadInput
from retain_cli.importing import recipe as recipes
from retain_cli.importing.fields import KINDS, NAME_PARTS, Kind, normal, without_brackets
from retain_cli.importing.recipe import Made
from retain_cli.importing.source import Source

LEFT_OUT = "-"
"""The field of a column that is not to be read."""

_NAMES_SOMEBODY = re.compile(r"[^\W\d]\D*[\s,]\D*[^\W\d]\.?|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,}")
_CALLED = frozenset(
    ("client", "cliente", "kunde", "kundin", "客户", "客戶", "顾客", "會員", "会员", "顧客", "お客様")
)
_LIKE_ENOUGH = 0.8
_FEWEST_LETTERS = 4
_SAME_LENGTH_BELOW = 6
_FAMILY_NAME_BESIDE = {"nom": "prenom", "name": "vorname", "namn": "fornamn", "naam": "voornaam"}
_GIVEN_NAME_BESIDE = {"nombre": "apellido"}


def chosen_kind(
    source: Source, asked: str | None, names: list[str], wanted: Mapping[str, str], separator: str
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
    if fits and not special and asked is None and _lists_sales(names):
        # Customers would fit any list that names some; sales are not to be lost in one.
        fits = special = _sales(source, names, wanted)
    if len(special) == 1 or (fits and not special):
        kind, found, scores = special[0] if special else fits[0]
        return kind, found, scores or _add_likely(kind, names, wanted, found)
    says = "could be purchases or visits" if special else "has no columns that say what it is"
    if not special and not source.shape(separator).certain:
        raise BadInput(
            f"{source.name} has no header; its first row is {', '.join(names)}",
            "Say what its columns are, such as --columns external_id,bought_on,amount; - skips one."
            + _other_sheets(source),
            code="header-missing",
        )
    raise BadInput(
        f"{source.name} {says}: {', '.join(names)}",
        'Say it with --kind, and --map "COLUMN=field" for columns with other names.' + _other_sheets(source),
        code="kind-unknown",
    )


def _other_sheets(source: Source) -> str:
    """What to do where the workbook has more sheets than the one that was read."""
    told = [note for note in source.notes if note.startswith("the sheet ")]
    return f" This is {told[0]}; --sheet reads another." if told else ""


_SALES = KINDS["purchases"]
_ANY_DAY = frozenset(["date", "day", "datum", "fecha", "createdat", "日期", "日付"])
_MONEY = re.compile("amount|price|total|paid|betrag|preis|summe|montant|prix|importe|precio|金额|金額|价|額")


def _lists_sales(names: list[str]) -> bool:
    """Whether goods stand beside order numbers or days of sale, or money beside both."""
    found = _matches(_SALES, names, {})
    days = {normal(without_brackets(names[n])) for n in found.get("bought_on", ())}
    orders, goods = "order_number" in found, "product" in found or "quantity" in found
    if not days:
        return False
    return (goods and (orders or not days <= _ANY_DAY)) or (
        orders and any(_MONEY.search(normal(name)) for name in names)
    )


def _sales(
    source: Source, names: list[str], wanted: Mapping[str, str]
) -> list[tuple[Kind, dict[str, list[int]], dict[str, float]]]:
    """The header as one of purchases, by words that are like; BadInput where no column is like an amount."""
    found = _matches(_SALES, names, wanted)
    scores = _add_likely(_SALES, names, wanted, found)
    if missing := [field for field in _SALES.needs if field not in found]:
        raise BadInput(
            f"{source.name} looks like purchases, and has no column known as {' and '.join(missing)}: "
            f"{', '.join(names)}",
            f'Say it with --map "COLUMN={missing[0]}"; --kind customers takes in only whom it names.',
            code="column-missing",
        )
    return [(_SALES, found, scores)]


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
        matched = sorted(
            ((_likeness(word, known), field, known) for field, words in kind.words.items() for known in words),
            reverse=True,
        )
        score, field, _ = matched[0]
        rivals = {other for alike, other, _ in matched if alike == score}
        if any(
            _without_a_word(name, known) for alike, other, known in matched if alike == score and other == field
        ):
            # One word more is no slip of the pen: to whom, from whom, of what.
            continue
        if score >= _LIKE_ENOUGH and len(rivals) == 1 and (field not in found or score > scores.get(field, 1)):
            found[field] = [number]
            scores[field] = score
    return scores


def _without_a_word(name: str, known: str) -> bool:
    """Whether a header of several words is the known one and one word more."""
    words = without_brackets(name).split()
    return any(normal("".join(words[:n] + words[n + 1 :])) == known for n in range(len(words)) if len(words) > 1)


def _likeness(word: str, known: str) -> float:
    longest = max(len(word), len(known))
    if min(len(word), len(known)) < _FEWEST_LETTERS or abs(len(word) - len(known)) > longest * (1 - _LIKE_ENOUGH):
        return 0
    if longest < _SAME_LENGTH_BELOW and len(word) != len(known):
        # Short words with one letter more are other words: unit and units, date and dates.
        return 0
    from jellyfish import damerau_levenshtein_distance

    return 1 - damerau_levenshtein_distance(word, known) / longest


def with_named_customers(
    matches: dict[str, list[int]], names: list[str], source: Source, separator: str
) -> dict[str, list[int]]:
    """The matches, where a column called customer holds names: nobody is known again by a name."""
    if not {"name", *NAME_PARTS} & matches.keys():
        held = [n for n, name in enumerate(names) if normal(without_brackets(name)) in _CALLED]
        if held and _holds_names(held[0], source, separator):
            return matches | {"name": held[:1]}
    called = [n for n in matches.get("external_id", ()) if normal(without_brackets(names[n])) == "customer"]
    if not called or not _holds_names(called[0], source, separator):
        return matches
    ids = [n for n in matches["external_id"] if n not in called]
    others = {field: numbers for field, numbers in matches.items() if field != "external_id"}
    named = {"external_id": ids, **others} if ids else others
    return named if {"name", *NAME_PARTS} & named.keys() else named | {"name": called}


def _holds_names(column: int, source: Source, separator: str) -> bool:
    """Whether most of the first cells are several words, or Chinese or Japanese ones, without any digit."""
    said = [row[column].strip() for _, row in islice(source.rows(separator), 1, 100) if len(row) > column]
    filled = [cell for cell in said if cell]
    return sum(_NAMES_SOMEBODY.fullmatch(cell) is not None for cell in filled) * 2 >= max(len(filled), 1)


def with_whole_names(matches: dict[str, list[int]], names: list[str]) -> dict[str, list[int]]:
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


def name_of_parts(matches: dict[str, list[int]], names: list[str]) -> Made | None:
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
