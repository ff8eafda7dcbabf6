"""Which kind of file a header is of, and which column is which field, alone from the words of the header."""

from pathlib import Path

import pytest

from retain_cli.errors import BadInput
from retain_cli.importing.header import layout
from retain_cli.importing.layout import Layout
from retain_cli.importing.opening import open_source


@pytest.fixture
def of_header(tmp_path: Path):
    """The layout of a file with a header and a row of as many cells."""

    def read(header: str, **said: object) -> Layout:
        path = tmp_path / "file.csv"
        path.write_text(header + "\n" + ",".join(f"x{n}" for n in range(header.count(",") + 1)) + "\n", "utf-8")
        with open_source(str(path)) as source:
            return layout(source, brand="none", **said)  # type: ignore[arg-type]

    return read


def fields(found: Layout) -> dict[str, str]:
    return {field: found.title(field) for field in found.columns}


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Customer ID,Name,Phone", "customers"),
        ("Customer ID,Order date,Amount", "purchases"),
        ("Customer ID,Visit date,Outcome", "visits"),
        ("客户编号,姓名,手机", "customers"),
        ("会员号,下单日期,实付金额", "purchases"),
        ("客户编号,回访日期,回访结果", "visits"),
        ("Kundennummer,Bestelldatum,Betrag", "purchases"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_header(of_header, header: str, kind: str) -> None:
    assert of_header(header).kind.name == kind


@pytest.mark.parametrize("header", ["When,What,How much", "Colour,Size"])
def test_a_header_that_says_nothing_is_asked_about(of_header, header: str) -> None:
    with pytest.raises(BadInput) as refusal:
        of_header(header)
    assert refusal.value.code == "kind-unknown"
    assert "--kind" in (refusal.value.hint or "")


@pytest.mark.parametrize(
    ("header", "field", "column"),
    [
        ("Custmer ID,Name", "external_id", "Custmer ID"),
        ("Customer ID,Birthdya", "birthday", "Birthdya"),
        ("Customer ID,Addres", "address", "Addres"),
    ],
)
def test_a_word_with_a_slip_is_taken_and_said_how_nearly(of_header, header: str, field: str, column: str) -> None:
    found = of_header(header, kind="customers")
    assert found.title(field) == column
    assert 0.8 <= found.likeness[field] < 1


# One letter from nomclient, a name, and one from numclient, a number: nobody knows which was meant.
@pytest.mark.parametrize(
    "header",
    ["Customer ID,Unit,Date,Amount", "Customer ID,Nane,Date,Amount,Name", "Phone,Nimclient,Date,Amount"],
)
def test_short_or_taken_words_are_never_guessed(of_header, header: str) -> None:
    assert of_header(header).likeness == {}


def test_what_was_said_by_hand_stands_before_the_words(of_header) -> None:
    said = {"Phone": "-", "Handset": "phone"}
    assert fields(of_header("Customer ID,Phone,Handset", mapping=said, kind="customers")) == {
        "external_id": "Customer ID", "phone": "Handset",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Customer ID,First name,Last name", "First name + Last name"),
        ("Customer ID,Prénom,Nom", "Prénom + Nom"),
        ("Customer ID,Nombre,Apellidos", "Nombre + Apellidos"),
        ("Customer ID,Vorname,Name", "Vorname + Name"),
        ("Customer ID,Nom", "Nom"),
        ("Customer ID,Name,First name,Last name", "Name or First name + Last name"),
    ],
)
def test_a_name_is_whole_or_joined_from_its_parts(of_header, header: str, name: str) -> None:
    assert of_header(header, kind="customers").title("name") == name


@pytest.mark.parametrize(
    "header",
    [
        "Order No,Date,Customer,Phone,Price incl VAT",
        "Rechnungsnr.,Datum,Kundennummer,Telefon,Wert brutto,Menge",
        "会员号,手机,购买日期,商品,折后",
    ],
)
def test_sales_whose_amounts_go_by_no_known_word_are_not_taken_for_customers(retain, csv_file, header):
    row = ",".join("1" for _ in header.split(","))
    answer = retain("import", csv_file("sales.csv", f"{header}\n{row}\n"), "-f", "json")
    assert (answer.code, answer.json["error"]["code"]) == (65, "column-missing")
    assert "=amount" in answer.json["error"]["hint"]


def test_customers_may_still_be_taken_from_such_a_list(retain, csv_file):
    path = csv_file("sales.csv", "Order No,Date,Customer,Phone,Price incl VAT\n1,2026-01-05,K7,13800138001,5.00\n")
    assert retain("import", path, "--kind", "customers", "-f", "json").data[0]["created"] == 1


def test_sales_that_name_their_customers_are_read_by_words_that_are_like(retain, csv_file):
    path = csv_file("sales.csv", "Customer ID,Name,Phone,Order Date,Product,Qty,Ammount\n1,A,,2026-01-05,Tea,1,5\n")
    done = retain("import", path, "-f", "json").data[0]
    assert (done["kind"], done["created"]) == ("purchases", 1)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("會員編號,姓名,手機號碼,電子郵件", "A1,陳大文,13800138001,a@x.org"),
        ("顧客編號,客戶姓名,聯繫電話,郵箱", "A1,陳大文,13800138001,a@x.org"),
    ],
)
def test_traditional_signs_name_the_same_as_simplified_ones(retain, machine, header, row):
    (machine / "members.csv").write_bytes(f"{header}\n{row}\n".encode("big5"))
    assert retain("import", "members.csv").code == 0
    customer = retain("list", "-f", "json").data[0]
    assert [customer[name] for name in ("external_id", "name", "phone", "email")] == [
        "A1", "陳大文", "+8613800138001", "a@x.org",
    ]  # fmt: skip


def test_a_title_with_one_word_more_is_no_slip_of_the_pen(of_header):
    with pytest.raises(BadInput, match="whom"):
        of_header("Date,Name,Net,To Email Address,Transaction ID")


def test_a_column_called_client_gives_the_names_it_holds(retain, csv_file, rows):
    text = "Nº pedido;Fecha;Cliente;Teléfono;Importe total\n55;13/12/2025;Juan Pérez;+34612345678;5,00 €\n"
    assert retain("import", csv_file("ventas.csv", text)).code == 0
    assert rows("select name, order_number from customer join purchase on customer_id = customer.id") == [
        ("Juan Pérez", "55")
    ]
