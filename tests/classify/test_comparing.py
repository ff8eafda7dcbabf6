"""Two schemes side by side, without changing anything."""

import pytest


@pytest.fixture
def shop(retain, csv_file):
    """Five buyers of floors, for 900 to 5, and one of a lamp for 1."""
    amounts = enumerate((900, 60, 20, 15, 5), start=1)
    rows = "\n".join(f"{who},2026-10-01,floors,{amount}" for who, amount in amounts)
    retain("import", csv_file("o.csv", f"Customer ID,Date,Category,Amount\n{rows}\n6,2026-10-01,lamps,1\n"))
    retain("classify")


def test_it_says_who_would_change_from_what_to_what_and_why(retain, shop, grades):
    before = grades()
    answer = retain("classify", "--compare", "amount", "category", "-f", "json").data
    # Six customers: by amount two A and one B. Of five buyers of floors one A, two B; the only one of lamps is A.
    assert answer["customers"] == 6
    changes = {c["customer"]["external_id"]: (c["from"], c["to"]) for c in answer["changes"]}
    assert changes == {"2": ("A", "B"), "6": ("C", "A")}
    assert answer["table"]["A"] == {"A": 1, "B": 1, "C": 0}
    assert answer["table"]["C"] == {"A": 1, "B": 0, "C": 2}
    because = {c["customer"]["external_id"]: (c["from_because"], c["to_because"]) for c in answer["changes"]}
    assert because["6"] == ("bought 1.00 CNY", "best in lamps")
    assert grades() == before
    assert retain("classify", "-f", "json").data["changed"] == 0


def test_a_scheme_compared_with_itself_changes_nobody(retain, shop):
    for scheme in ("amount", "rfm", "category"):
        assert retain("classify", "--compare", scheme, scheme, "-f", "json").data["changes"] == []


def test_two_questions_at_once_are_refused(retain, shop):
    assert retain("classify", "--compare", "amount", "rfm", "--scores").code == 2
