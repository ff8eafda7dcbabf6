"""Address books as CSV say what their vCards say."""

import csv
from pathlib import Path
from typing import Any

import pytest
import vobject

from retain_cli.importing.header import layout
from retain_cli.importing.layout import Layout
from retain_cli.importing.opening import open_source

SHARED = Path(__file__).parents[4] / "shared" / "data" / "formats" / "roundcube"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason=f"there is no {SHARED}")

FILES = ["all", "email", "gmail", "outlook", "tb_plain"]


def read(path: Path) -> tuple[Layout, list[dict[str, str]]]:
    """The cells of each field as an import sees them, before they are checked."""
    with open_source(str(path)) as source:
        found = layout(source)
        rows = []
        for _, row in found.rows(source):
            if found.recipe is None or found.recipe.follow(row):
                rows.append({field: row[column].strip() for field, column in found.columns.items()})
    return found, rows


def cards(name: str) -> list[Any]:
    return list(vobject.readComponents((SHARED / f"{name}.vcf").read_text(encoding="utf-8")))


def values(card: Any, what: str) -> list[Any]:
    return [one.value for one in card.contents.get(what, [])]


@pytest.mark.parametrize("name", FILES)
def test_the_first_address_of_the_card_is_the_customers(name):
    _, rows = read(SHARED / f"{name}.csv")
    assert [row["email"] for row in rows] == [values(card, "email")[0] for card in cards(name)]


@pytest.mark.parametrize("name", FILES)
def test_the_name_is_the_one_the_card_is_filed_under(name):
    _, rows = read(SHARED / f"{name}.csv")
    # A card without a name is filed under its address, as an import calls a customer without one.
    assert [row.get("name") or row["email"] for row in rows] == [card.fn.value for card in cards(name)]


@pytest.mark.parametrize("name", FILES)
def test_the_phone_is_one_of_the_cards_and_the_mobile_one_where_it_says(name):
    found, rows = read(SHARED / f"{name}.csv")
    for row, card in zip(rows, cards(name), strict=True):
        phones = card.contents.get("tel", [])
        mobile = [phone.value for phone in phones if "cell" in phone.params.get("TYPE", [])]
        if name == "gmail":
            # Google numbers its phones and keeps their order, whatever they are called.
            assert row["phone"] in [phone.value for phone in phones]
        else:
            assert row.get("phone", "") == (mobile[0] if mobile else "")
    assert found.kind.name == "customers"


@pytest.mark.parametrize(
    ("name", "birthday"), [("all", "20/01/1991"), ("gmail", "1975-12-12"), ("tb_plain", "1970-11-15")]
)
def test_the_birthday_is_the_cards(name, birthday):
    _, rows = read(SHARED / f"{name}.csv")
    assert rows[0]["birthday"] == birthday
    card = values(cards(name)[0], "bday")[0]
    assert card in (birthday, "-".join(reversed(birthday.split("/"))))


@pytest.mark.parametrize("name", ["all", "gmail", "tb_plain"])
def test_the_address_has_every_part_of_the_cards_first_one(name):
    _, rows = read(SHARED / f"{name}.csv")
    address = values(cards(name)[0], "adr")[0]
    parts = {part for part in (address.street, address.code, address.city, address.region, address.country) if part}
    # Google has a post-office box besides.
    assert parts <= set(rows[0]["address"].split(", ")) <= parts | {address.box, "home_pobox", "home_extended"}


def test_a_phone_that_is_none_refuses_its_row_and_names_the_columns(retain):
    answer = retain("import", SHARED / "tb_plain.csv", "--skip-bad", "-f", "json")
    assert answer.code == 3
    assert "'mobile'" in answer.json["problems"][0]


@pytest.mark.parametrize("name", ["email", "outlook"])
def test_addresses_alone_make_customers(retain, name):
    assert retain("import", SHARED / f"{name}.csv").code == 0
    found = {customer["email"] for customer in retain("list", "-f", "json").data}
    assert found == {values(card, "email")[0] for card in cards(name)}


def test_a_birthday_in_days_first_is_read_as_the_card_has_it(retain, tmp_path):
    with (SHARED / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        header, row = list(csv.reader(file))[:2]
    # The sample's phones are placeholders; only they are taken out.
    row = ["" if "Phone" in name or name == "Home Mobile" else cell for name, cell in zip(header, row, strict=True)]
    with (tmp_path / "all.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, row])
    assert retain("import", "all.csv").code == 0
    shown = retain("show", "#1", "-f", "json").data
    assert "1991-01-20" in str(shown)


def test_what_odoo_writes_false_for_is_empty_and_who_is_no_customer_is_left_out(retain, csv_file, rows):
    text = (
        "External ID,Name,Email,Phone,Mobile,City,Street,Country,Company Type,Customer\n"
        "x_1,Azure,False,False,+14805550100,Fremont,False,USA,Company,True\n"
        "x_2,Supplier,s@x.org,False,False,Fremont,False,USA,Company,False\n"
    )
    assert retain("import", csv_file("partners.csv", text)).code == 0
    assert rows("select name, email, phone from customer") == [("Azure", None, "+14805550100")]
