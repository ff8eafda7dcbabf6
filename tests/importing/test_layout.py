"""How a file is laid out: what is used, what is not, and in which columns a word for nothing is nothing."""

from pathlib import Path

import pytest

from retain_cli.importing import recipe as recipes
from retain_cli.importing.fields import KINDS
from retain_cli.importing.header import layout
from retain_cli.importing.layout import Layout
from retain_cli.importing.opening import open_source
from retain_cli.importing.recipe import Recipe

NAMES = ["Customer ID", "First", "Last", "Shoe size", "", "-"]


def of_parts() -> Layout:
    name = recipes.person(recipes.plain("First", 1), None, recipes.plain("Last", 2))
    columns = {"external_id": 0, "name": len(NAMES)}
    return Layout(KINDS["customers"], ",", NAMES, columns, True, Recipe([name]))


def test_columns_that_a_made_cell_is_made_of_are_used() -> None:
    assert of_parts().unused == ["Shoe size"]
    assert Layout(KINDS["customers"], ",", NAMES, {"external_id": 0}, True).unused == ["First", "Last", "Shoe size"]


def test_the_title_of_a_field_is_its_header_or_what_it_is_made_of() -> None:
    assert (of_parts().title("external_id"), of_parts().title("name")) == ("Customer ID", "First + Last")


def test_a_word_for_nothing_is_a_word_in_names_notes_and_what_every_row_needs() -> None:
    # Columns 1 and 2 make the name.
    assert of_parts().optional == [0, 3, 4, 5]
    names = ["Customer ID", "Date", "Amount", "Product", "Name"]
    columns = {"external_id": 0, "bought_on": 1, "amount": 2, "product": 3, "name": 4}
    assert Layout(KINDS["purchases"], ",", names, columns, True).optional == [0, 3]


def test_a_word_for_nothing_is_an_empty_cell_elsewhere(retain, csv_file, rows) -> None:
    text = "Customer ID,Name,Phone,Note\nC1,N/A,N/A,N/A\nC2,Li,-,fine\n"
    assert retain("import", csv_file("people.csv", text)).code == 0
    assert rows("select name, phone, note from customer order by id") == [
        ("N/A", None, "N/A"),
        ("Li", None, "fine"),
    ]


@pytest.mark.parametrize("torn", ["C9,Zhao", "C9,Zhao,Qian,138,more"])
def test_the_cells_of_a_field_leave_rows_of_another_width_out(tmp_path: Path, torn: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"Customer ID,First name,Last name,Phone\nC1,Ada,Byron,1\n{torn}\nC2,Li,Wang,2\n")
    with open_source(str(path)) as source:
        found = layout(source)
        assert list(found.cells(source, "external_id")) == ["C1", "C2"]
        assert list(found.cells(source, "name")) == ["Ada Byron", "Li Wang"]
        assert next(line for line, _ in found.rows(source)) == 2
