"""Brands: how other programs write their exports, one small file for each under `formats/`.

The files are read when a header has words that no field goes by. Each says how its brand is told from others, which
column is which field, which rows to leave out, and where in that program the button is that writes the file:

    name, kind, export   what people call it, what it holds, the way to its export
    program              whose ids its customers have, where it is not the first word of the file's name
    required, absent     headers that have to be there (a list: one of them), and headers that tell another brand
    columns              the description of each field's cell; see `recipe.Cook`
    carries              `key` and `columns`: lines that go on with the one above
    skips                `column`, `because` and one of `is`, `is_not`, `begins`, `holds`, `filled`, `blank`
    strips, nothing      marks before cells that keep spreadsheets off, and words that stand for an empty cell
    date_order, decimal  how the brand writes days, and the sign before its decimals
    currency             what its amounts are in
    whole_orders         whether each file has all lines of its orders, as they stand now; see `orders_again`
    refuses              why such a file cannot serve unless somebody is named by hand
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from retain_cli.errors import BadInput, WrongUse
from retain_cli.importing.cook import Cleaner, Cook
from retain_cli.importing.fields import IDENTIFIES, KINDS, Kind, normal
from retain_cli.importing.header import NO_BRAND, check_usable
from retain_cli.importing.layout import Layout
from retain_cli.importing.recipe import Carry, Made, Recipe, Skip
from retain_cli.importing.recognise import LEFT_OUT
from retain_cli.importing.source import Source


class Brand(NamedTuple):
    """What one file under `formats/` says."""

    code: str
    """What `--brand` calls it: the name of its file."""
    name: str
    program: str
    """Whose ids its customers have; several brands may be exports of one program."""
    kind: Kind
    export: str
    required: Sequence[frozenset[str]]
    """One header of each set has to be there."""
    absent: frozenset[str]
    columns: Mapping[str, Any]
    carries: Mapping[str, Any] | None
    skips: Sequence[Mapping[str, Any]]
    strips: Sequence[str]
    nothing: Sequence[str]
    date_order: str | None
    decimal: str | None
    currency: str | None
    refuses: str
    whole_orders: bool

    def fits(self, headers: frozenset[str]) -> bool:
        """Whether a file with these normal headers is one of this brand."""
        return all(headers & one for one in self.required) and not self.absent & headers


@cache
def brands() -> Mapping[str, Brand]:
    """Every brand by its code."""
    import tomllib

    folder = files("retain_cli.importing") / "formats"
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return {
        brand.code: brand
        for file in found
        for brand in [_brand(file.name.removesuffix(".toml"), tomllib.loads(file.read_text(encoding="utf-8")))]
    }


def brand_layout(
    source: Source,
    names: list[str],
    delimiter: str,
    wanted: Mapping[str, str],
    *,
    kind: str | None,
    brand: str | None,
    currency: str | None,
) -> Layout | None:
    """The layout of a file by the brand it is of, or None; BadInput where it could be two, or cannot serve."""
    headers = frozenset(normal(name) for name in names)
    if brand is not None:
        chosen = _asked(source, brand, headers)
    else:
        fits = [one for one in brands().values() if one.fits(headers) and kind in (None, one.kind.name)]
        if not fits:
            return None
        if len(fits) > 1:
            raise BadInput(
                f"{source.name} could be {' or '.join(one.name for one in fits)}",
                f"Say which: {' or '.join(f'--brand {one.code}' for one in fits)}.",
                code="brand-ambiguous",
            )
        chosen = fits[0]
    if chosen.refuses and not any(field in IDENTIFIES for field in wanted.values()):
        raise BadInput(
            f"{source.name} is {chosen.name}: {chosen.refuses}", _hint(chosen), code="brand-cannot-serve"
        )
    return _layout(source, chosen, names, delimiter, wanted, currency)


def _asked(source: Source, asked: str, headers: frozenset[str]) -> Brand:
    word = normal(asked)
    chosen = next((one for one in brands().values() if word in (normal(one.code), normal(one.name))), None)
    if chosen is None:
        raise WrongUse(f"there is no brand {asked!r}", f"Choose one of {', '.join(brands())}, or {NO_BRAND}.")
    if missing := ["/".join(sorted(one)) for one in chosen.required if not headers & one]:
        raise BadInput(
            f"{source.name} is not {chosen.name}: it has no column {', '.join(missing)}",
            f"--brand {NO_BRAND} reads it by its header alone.",
            code="brand-does-not-fit",
        )
    return chosen


def _hint(brand: Brand) -> str:
    if "identity" not in brand.columns:
        return "Export customers or orders from the program the shop sells with."
    return f'If one column does tell customers apart, say it: --map "{brand.columns["identity"]}=external_id".'


def _layout(
    source: Source, brand: Brand, names: list[str], delimiter: str, wanted: Mapping[str, str], currency: str | None
) -> Layout:
    number_of: dict[str, int] = {}
    for number, name in enumerate(names):
        number_of.setdefault(normal(name), number)
    clean = Cleaner(brand.strips, brand.nothing)
    cook = Cook(number_of, normal, clean)
    described = {field: what for field, what in brand.columns.items() if field in brand.kind.words}
    if brand.currency and not currency and "amount" in described:
        described.setdefault("currency", {"always": brand.currency})
    for field in wanted.values():
        if field not in brand.kind.words and field != LEFT_OUT:
            fields = ", ".join(brand.kind.words)
            raise WrongUse(f"{brand.kind.name} have no field {field!r}", f"Their fields are {fields}.")
    described |= {field: _by_hand(field, wanted) for field in wanted.values() if field != LEFT_OUT}
    left_out = {number_of[normal(name)] for name, field in wanted.items() if field == LEFT_OUT}
    found = {
        field: one for field, what in described.items() if (one := cook.make(what)) and not left_out & set(one.of)
    }
    if "address" in found and "area" in found and found["address"].of == found["area"].of:
        # The name of a town is no address.
        del found["address"]
    columns: dict[str, int] = {}
    made: list[Made] = []
    for field, one in found.items():
        what = described[field]
        if isinstance(what, str) and not clean:
            columns[field] = one.of[0]
        else:
            columns[field] = len(names) + len(made)
            made.append(one)
    skips = [skip for said in brand.skips if (skip := _skip(said, cook))]
    carry = _carry(brand.carries, cook) if brand.carries else None
    needs_recipe = made or skips or carry
    recipe = Recipe(made, skips, carry, clean) if needs_recipe else None
    if recipe is not None and brand.whole_orders and {"order_number", "bought_on"} <= columns.keys():
        recipe.order = columns["order_number"], columns["bought_on"]
    layout = Layout(
        brand.kind, delimiter, names, columns, True, recipe, brand, brand.date_order, brand.decimal,
        sums=_is_sum(described.get("amount")),
    )  # fmt: skip
    check_usable(source, layout)
    return layout


def _is_sum(what: Any) -> bool:
    return isinstance(what, dict) and ("plus" in what or "times" in what)


def _by_hand(field: str, wanted: Mapping[str, str]) -> Any:
    columns = [column for column, asked in wanted.items() if asked == field]
    return columns[0] if len(columns) == 1 else columns


def _carry(said: Mapping[str, Any], cook: Cook) -> Carry | None:
    key = cook.column(said["key"])
    columns = tuple(column for name in said["columns"] if (column := cook.column(name)) is not None)
    return None if key is None else Carry(key, columns)


def _skip(said: Mapping[str, Any], cook: Cook) -> Skip | None:
    headers = [said["column"]] if isinstance(said["column"], str) else said["column"]
    columns = tuple(column for header in headers if (column := cook.column(header)) is not None)
    return Skip(columns, said["because"], _wanted(said)) if columns else None


def _wanted(said: Mapping[str, Any]) -> Callable[[str], bool]:
    if "is" in said:
        words = frozenset(word.casefold() for word in said["is"])
        return lambda cell: cell.casefold() in words
    if "is_not" in said:
        kept = frozenset(word.casefold() for word in said["is_not"])
        return lambda cell: cell.casefold() not in kept
    if "begins" in said:
        beginnings = tuple(said["begins"])
        return lambda cell: cell.startswith(beginnings)
    if "holds" in said:
        mark = said["holds"]
        return lambda cell: mark in cell
    return bool if said.get("filled") else lambda cell: not cell


def _brand(code: str, said: Mapping[str, Any]) -> Brand:
    return Brand(
        code,
        said["name"],
        said.get("program", code.partition("-")[0]),
        KINDS[said["kind"]],
        said["export"],
        [frozenset(map(normal, [one] if isinstance(one, str) else one)) for one in said["required"]],
        frozenset(map(normal, said.get("absent", ()))),
        said["columns"],
        said.get("carries"),
        said.get("skips", ()),
        said.get("strips", ()),
        said.get("nothing", ()),
        said.get("date_order"),
        said.get("decimal"),
        said.get("currency"),
        said.get("refuses", ""),
        said.get("whole_orders", False),
    )
