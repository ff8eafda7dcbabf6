"""Contact cards as 20 programs really write them: whom each is of, and how to reach them.

What is expected was read off the cards by eye: fax machines and pagers are no phones, and the mobile comes first.
"""

from pathlib import Path

import pytest

from retain_cli.importing.opening import read_table

ROOT = Path(__file__).parents[3]
CARDS = ROOT.parent / "shared" / "data" / "vcards"

pytestmark = pytest.mark.skipif(not CARDS.is_dir(), reason="the cards of others are not beside the project")

N_TILDES = ["Ñ" * 14]
JOHN = "john.doe@ibm.com"
SENIOR = "Mr. John Richter, James Doe Sr."
# For each card its name, its phones, its e-mails and its birthday.
EXPECTED = {
    "ezvcard_John_Doe_ANDROID": [
        ("", [], ["john.doe@company.com"], ""),
        ("", [], ["jane.doe@company.com"], ""),
        ("Ñ Ñ Ñ Ñ Ñ", ["123456789"], [], ""),
        (" ".join("Ñ" * 11), ["123456", "3456789", "234567", "45678901"], [], ""),
        ("Ñ Ñ Ñ Ñ", ["123456"], ["bob@company.com", *N_TILDES], ""),
        ("ÑÑÑÑ", ["55556666"], ["henry@company.com"], ""),
    ],
    "ezvcard_John_Doe_BLACK_BERRY": [("John Doe", ["+96123456789"], [], "")],
    "ezvcard_John_Doe_EVOLUTION": [(SENIOR, ["905-666-1234", "905-555-1234"], [JOHN], "1980-03-22")],
    "ezvcard_John_Doe_GMAIL": [(SENIOR, ["905-555-1234", "905-666-1234"], [JOHN], "1980-03-22")],
    "ezvcard_John_Doe_IPHONE": [
        (
            "Mr. John Richter James Doe Sr.",
            ["905-555-1234", "905-666-1234", "905-777-1234", "905-222-1234"],
            [JOHN],
            "2012-06-06",
        )
    ],
    "ezvcard_John_Doe_LOTUS_NOTES": [
        ("Mr. Doe John I Johny", ["+1 (212) 204-34456"], [JOHN, "billy_bob@gmail.com"], "1980-05-21")
    ],
    "ezvcard_John_Doe_MAC_ADDRESS_BOOK": [
        (
            "Mr. John Richter,James Doe Sr.",
            ["905-555-1234", "905-777-1234", "905-666-1234", "905-222-1234"],
            [JOHN],
            "2012-06-06",
        )
    ],
    "ezvcard_John_Doe_MS_OUTLOOK": [
        ("Mr. John Richter James Doe Sr.", ["(905) 555-1234", "(905) 666-1234"], ["john.doe@ibm.cm"], "1980-03-22")
    ],
    "ezvcard_fullcontact": [
        (
            "Prefix FirstName MiddleName LastName Suffix",
            [f"555-555-111{n}" for n in (3, 4, 1, 2, 5, 8, 9)],
            [f"{where}@example.com" for where in ("home", "work", "school", "other", "custom")],
            "2016-08-01",
        )
    ],
    "ezvcard_gmail-list": [
        ("Arnold Smith", [], ["asmithk@gmail.com"], ""),
        ("Chris Beatle", [], ["chrisy55d@yahoo.com"], ""),
        ("Doug White", [], ["dwhite@gmail.com"], ""),
    ],
    "ezvcard_gmail-single": [
        ("Greg Dartmouth", ["555 555 1111", "555 555 2222"], ["gdartmouth@hotmail.com"], "1960-09-10")
    ],
    "ezvcard_gmail-single2": [
        (
            "VCard Test",
            [f"55555511{n}" for n in (15, 11, 12, 13, 14, 16, 19, 21)],
            [
                f"{whose}@example.com"
                for whose in ("email", "homeemail", "workemail", "otheremail", "customcategory")
            ],
            "1912-06-23",
        )
    ],
    "ezvcard_issue114": [("Dummy, Dummy", ["+49 1234 56789", "+49 9876 54321"], ["dummy.dummy@dummy.com"], "")],
    "ezvcard_outlook-2003": [
        ("John Doe III", ["MobilePhone", "BusinessPhone", "HomePhone"], ["jdoe@hotmail.com"], "1980-03-21")
    ],
    "ezvcard_outlook-2007": [
        (
            "Mr. Michael Angstadt Jr.",
            ["(111) 555-4444", "(111) 555-1111", "(111) 555-2222"],
            ["mike.angstadt@gmail.com"],
            "1922-03-10",
        )
    ],
    "ezvcard_rfc2426-example": [
        ("Frank Dawson", ["+1-919-676-9515"], ["Frank_Dawson@Lotus.com", "fdawson@earthlink.net"], ""),
        ("Tim Howes", ["+1-415-937-3419"], ["howes@netscape.com"], ""),
    ],
    "ezvcard_rfc6350-example": [
        ("Simon Perreault", ["+1-418-262-6501", "+1-418-656-9254"], ["simon.perreault@viagenie.ca"], "--02-03")
    ],
    "ezvcard_thunderbird-MoreFunctionsForAddressBook-extension": [
        (
            "John Doe",
            ["555-555-5555", "555-555-1111", "555-555-2222"],
            ["doe.john@hotmail.com", *(f"additional-email{n}@company.com" for n in ("", 1, 2, 3))],
            "1970-09-21",
        )
    ],
    "roundcube_apple": [("Apple Computer AG", [], [], "")],
    "roundcube_johndoe": [
        ("John Doë", ["+987654321", "+123456789"], ["roundcube@gmail.com", "inbox@roundcube.net"], "")
    ],
    "roundcube_photo": [("Apple Computer AG", [], [], "")],
    "roundcube_thebat": [("Piotr Iksiñski", [], ["piotr.iksinski@somedomain.com"], "")],
    "roundcube_utf-16_sample": [("Ǽgean ĽdaMonté", [], [], "")],
}


def test_every_file_of_cards_is_expected_to_say_something() -> None:
    assert {path.stem for path in CARDS.glob("*.vcf")} == set(EXPECTED)


@pytest.mark.parametrize("stem", EXPECTED)
def test_a_real_card_says_whom_it_is_of_and_how_to_reach_them(stem: str) -> None:
    table = read_table(str(CARDS / f"{stem}.vcf"))
    assert table.problems == []
    assert len(table.rows) == len(EXPECTED[stem])
    for row, (name, phones, mails, birthday) in zip(table.rows, EXPECTED[stem], strict=True):
        card = dict(zip(table.names, row, strict=True))
        first = [(values or [""])[0] for values in (phones, mails)]
        assert [card["Name"], card["Phone"], card["Email"], card["Birthday"]] == [name, *first, birthday]
        for what, further in (("other phones: ", phones[1:]), ("other e-mails: ", mails[1:])):
            said = [part.removeprefix(what) for part in card["Note"].split(" · ") if part.startswith(what)]
            assert said == ([", ".join(further)] if further else [])


def test_the_cards_of_a_phone_are_imported_with_all_they_say(retain, rows) -> None:
    assert retain("import", CARDS / "ezvcard_rfc6350-example.vcf").code == 0
    assert rows("select name, phone, email, birth_month, birth_day, birth_year, note from customer") == [
        (
            "Simon Perreault",
            "+14182626501",
            "simon.perreault@viagenie.ca",
            2,
            3,
            None,
            "other phones: +1-418-656-9254",
        )
    ]
