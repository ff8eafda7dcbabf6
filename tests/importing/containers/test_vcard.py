"""vCards of every version, as phones and mail programs write them."""

from pathlib import Path

import pytest

from retain_cli.errors import BadInput
from retain_cli.importing.opening import open_source, read_table

NAMES = ["Name", "Phone", "Email", "Address", "Birthday", "Note"]


def _file(folder: Path, content: str | bytes) -> str:
    path = folder / "contacts.vcf"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def _one(folder: Path, lines: str, version: str = "3.0") -> dict[str, str]:
    table = read_table(_file(folder, f"BEGIN:VCARD\r\nVERSION:{version}\r\n{lines}\r\nEND:VCARD\r\n"))
    assert table.names == NAMES
    assert table.problems == []
    assert len(table.rows) == 1
    return dict(zip(table.names, table.rows[0], strict=True))


def test_a_card_of_each_version_says_the_same(tmp_path: Path) -> None:
    who = "N:Wang;Fang;;;\r\nFN:Fang Wang\r\n"
    oldest = who + "TEL;CELL:138 0013 8000\r\nEMAIL;INTERNET:wang@example.com\r\nBDAY:19800229"
    middle = who + "TEL;TYPE=CELL:138 0013 8000\r\nEMAIL:wang@example.com\r\nBDAY:1980-02-29"
    newest = who + "TEL;VALUE=uri;TYPE=cell:tel:138 0013 8000\r\nEMAIL:wang@example.com\r\nBDAY:19800229"
    cards = [_one(tmp_path, *card) for card in ((oldest, "2.1"), (middle, "3.0"), (newest, "4.0"))]
    assert cards[0] == cards[1] == cards[2]
    assert [cards[0][name] for name in NAMES[:5]] == [
        "Fang Wang",
        "138 0013 8000",
        "wang@example.com",
        "",
        "1980-02-29",
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("BDAY:--0203", "--02-03"),
        ("BDAY:--02-03", "--02-03"),
        ("BDAY:1604-02-03", "--02-03"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-03", "--02-03"),
        ("BDAY;X-APPLE-OMIT-YEAR=1900:1900-02-03", "--02-03"),
        ("BDAY;VALUE=date:1980-02-03", "1980-02-03"),
        ("BDAY:1980-02-03T00:00:00Z", "1980-02-03"),
        ("BDAY;VALUE=text:circa 1980", "circa 1980"),
        ("NOTE:none", ""),
    ],
)
def test_a_birthday_is_a_day_with_its_year_or_without(tmp_path: Path, written: str, read: str) -> None:
    assert _one(tmp_path, f"FN:Wang\r\n{written}")["Birthday"] == read


def test_a_lunar_birthday_is_kept_apart(tmp_path: Path) -> None:
    card = _one(tmp_path, "FN:王芳\r\nBDAY:1980-09-23\r\nX-ALTBDAY;CALENDAR=chinese:农历八月十五")
    assert (card["Birthday"], card["Note"]) == ("1980-09-23", "birthday: 农历八月十五")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("X-ALTBDAY;CALENDAR=chinese:农历八月十五", "lunar --08-15"),
        ("X-ALTBDAY;CALENDAR=chinese:闰四月初一", "lunar leap --04-01"),
        ("X-ALTBDAY;X-CALENDAR=lunar:19791003", "lunar --10-03"),
        ("X-ALTBDAY:--1003", "lunar --10-03"),
        ("X-ALTBDAY:in autumn", None),
    ],
)
def test_who_has_only_a_lunar_birthday_has_that_one(retain, tmp_path: Path, written: str, read: str | None) -> None:
    path = tmp_path / "one.vcf"
    path.write_text(f"BEGIN:VCARD\nVERSION:4.0\nFN:王芳\nEMAIL:w@x.org\n{written}\nEND:VCARD\n", encoding="utf-8")
    assert retain("import", path).code == 0
    assert retain("show", "w@x.org", "-f", "json").data["customer"]["birthday"] == read


def test_the_mobile_comes_first_and_no_fax_is_a_phone(tmp_path: Path) -> None:
    phones = ("FAX:1", "HOME:2", "WORK,pref:3", "CELL:4", "PAGER:5")
    card = _one(tmp_path, "\r\n".join(["FN:Wang", *(f"TEL;TYPE={phone}" for phone in phones)]))
    assert (card["Phone"], card["Note"]) == ("4", "other phones: 3, 2")


def test_the_preferred_mail_comes_first(tmp_path: Path) -> None:
    card = _one(tmp_path, "FN:Wang\r\nEMAIL;TYPE=HOME:a@x.org\r\nitem1.EMAIL;PREF=1:b@x.org", "4.0")
    assert (card["Email"], card["Note"]) == ("b@x.org", "other e-mails: a@x.org")


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("FN:Wang\\, Fang", "Wang, Fang"),
        ("FN:Wang, Fang", "Wang, Fang"),
        ("N:Wang;Fang;Mei;;", "Fang Mei Wang"),
        ("N:王;芳;;;", "王芳"),
        ("FN:Fa\r\n ng", "Fang"),
        ("ORG:Tea House;Shop", "Tea House Shop"),
        ("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E8=8A=B3;;;", "王芳"),
        ("FN;ENCODING=QUOTED-PRINTABLE:M=FCller", "Müller"),
        ("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=GBK:=CD=F5=\r\n=B7=BC", "王芳"),
    ],
)
def test_the_name_is_found(tmp_path: Path, lines: str, name: str) -> None:
    assert _one(tmp_path, lines, "2.1" if "QUOTED" in lines else "3.0")["Name"] == name


def test_an_address_is_one_line(tmp_path: Path) -> None:
    card = _one(tmp_path, "FN:Wang\r\nADR;TYPE=HOME:;;1 Tea Street\\, rear;Suzhou;Jiangsu;215000;China")
    assert card["Address"] == "1 Tea Street, rear, Suzhou, Jiangsu, 215000, China"


def test_pictures_are_passed_over(tmp_path: Path) -> None:
    picture = "PHOTO;ENCODING=b;TYPE=JPEG:" + "\r\n ".join(["/9j/4AAQSkZJRgABAQAAAQABAAD/4QBARXhp"] * 3_000)
    assert _one(tmp_path, f"FN:Wang\r\n{picture}\r\nTEL:1")["Phone"] == "1"


@pytest.mark.parametrize("codec", ["utf-16", "gbk", "utf-8-sig"])
def test_cards_in_other_encodings_are_read(tmp_path: Path, codec: str) -> None:
    text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:王芳\r\nNOTE:老客户，喜欢喝茶\r\nEND:VCARD\r\n"
    assert read_table(_file(tmp_path, text.encode(codec))).rows[0][0] == "王芳"


def test_each_card_is_a_row_on_the_line_it_begins(tmp_path: Path) -> None:
    cards = "".join(f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEND:VCARD\n\n" for name in ("Wang", "Li", "Zhao"))
    with open_source(_file(tmp_path, cards)) as source:
        assert [(line, cells[0]) for line, cells in source.rows()][1:] == [(1, "Wang"), (6, "Li"), (11, "Zhao")]


@pytest.mark.parametrize("end", ["", "NOTE:x\n" * 700_000, "NOTE:" + "x" * 5_000_000])
def test_a_card_without_an_end_is_refused_with_its_line(tmp_path: Path, end: str) -> None:
    cards = "BEGIN:VCARD\nVERSION:3.0\nFN:Wang\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Li\n" + end
    with pytest.raises(BadInput, match=r"contacts.vcf:5: the card does not end"):
        read_table(_file(tmp_path, cards))


def test_contacts_are_imported_as_customers(retain, tmp_path: Path) -> None:
    cards = (
        "BEGIN:VCARD\nVERSION:4.0\nFN:Wang Fang\nTEL;TYPE=cell:+8613800138000\nBDAY:--0203\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Li\nEMAIL:Li@Example.com\nEND:VCARD\n"
    )
    answer = retain("import", _file(tmp_path, cards), "-f", "json")
    assert (answer.data[0]["kind"], answer.data[0]["created"]) == ("customers", 2)
    phones = {row["name"]: (row["phone"], row["email"]) for row in retain("list", "-f", "json").data}
    assert phones == {"Wang Fang": ("+8613800138000", None), "Li": (None, "li@example.com")}


def test_further_phones_are_kept_in_the_note_and_are_no_payment_cards(retain, rows, tmp_path: Path) -> None:
    # One in ten numbers of thirteen digits passes the check of a payment card's.
    phones = [f"+8613800138{number:03}" for number in range(100)]
    card = "\n".join(["FN:Wang", "EMAIL:w@x.org", *(f"TEL:{phone}" for phone in phones)])
    answer = retain("import", _file(tmp_path, f"BEGIN:VCARD\nVERSION:3.0\n{card}\nEND:VCARD\n"), "-f", "json")
    assert (answer.data[0]["created"], answer.data[0]["withheld"]) == (1, 0)
    assert rows("select phone, note from customer") == [(phones[0], "other phones: " + ", ".join(phones[1:]))]


def test_a_broken_card_changes_nothing(retain, tmp_path: Path) -> None:
    cards = "BEGIN:VCARD\nVERSION:3.0\nFN:Wang\nTEL:13800138000\nEND:VCARD\nBEGIN:VCARD\nFN:Li\n"
    answer = retain("import", _file(tmp_path, cards))
    assert answer.code == 65
    assert "Traceback" not in answer.err
    with pytest.raises(BadInput), open_source(_file(tmp_path, cards)) as source:
        list(source.rows())


def test_a_card_that_lists_other_cards_is_nobody(tmp_path: Path) -> None:
    group = "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nFN:Family\r\nMEMBER:urn:uuid:1\r\nEND:VCARD\r\n"
    apple = group.replace("KIND:group", "X-ADDRESSBOOKSERVER-KIND:group").replace("4.0", "3.0")
    person = "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:individual\r\nFN:Bo\r\nTEL:+8613800138009\r\nEND:VCARD\r\n"
    table = read_table(_file(tmp_path, group + person + apple))
    assert [row[:2] for row in table.rows] == [["Bo", "+8613800138009"]]
