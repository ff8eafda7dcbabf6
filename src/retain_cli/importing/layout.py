"""How a file is laid out: which column is which field, and what its rows are made of."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from retain_cli.importing.fields import Kind
from retain_cli.importing.recipe import Recipe
from retain_cli.importing.source import Source

if TYPE_CHECKING:
    from retain_cli.importing.brands import Brand


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
    sums: bool = False
    """Whether its amounts are worked out, and so have a decimal point however the file writes its own."""
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
