"""The best buyer of floors is an A for floors."""

import pytest

LINES = [
    *(f"{n},2026-10-01,floors,{1000 - n}" for n in range(1, 6)),
    *(f"{n},2026-10-01,lamps,{100 - n}" for n in range(6, 16)),
    "1,2026-10-01,lamps,1",
]


@pytest.fixture
def shop(retain, csv_file):
    """Floors: 1 to 5 buy 999 to 995. Lamps: 6 to 15 buy 94 to 85, and 1 for 1."""
    retain("import", csv_file("o.csv", "Customer ID,Date,Category,Amount\n" + "\n".join(LINES) + "\n"))


def test_everyone_has_the_best_grade_of_their_categories(retain, shop, grades):
    answer = retain("classify", "--scheme", "category", "-f", "json").data
    # Of five buyers of floors one is A and two more B; of eleven of lamps three and three (2.2 and 5.5 rounded up).
    assert {who for who, grade in grades().items() if grade == "A"} == {"1", "6", "7", "8"}
    assert {who for who, grade in grades().items() if grade == "B"} == {"2", "3", "9", "10", "11"}
    because = {change["customer"]["external_id"]: change["because"] for change in answer["changes"]}
    assert because["1"] == "best in floors"
    assert because["6"] == "best in lamps"
    assert because["15"] == "bought lamps, not among the best"


def test_one_category_alone_may_count(retain, shop, grades):
    retain("classify", "--scheme", "category", "--with", "category=lamps")
    assert {who for who, grade in grades().items() if grade == "A"} == {"6", "7", "8"}
    assert grades()["1"] == "C"


def test_equal_amounts_get_equal_grades(retain, csv_file, grades):
    rows = "\n".join(f"{n},2026-10-01,floors,5" for n in range(20))
    retain("import", csv_file("o.csv", f"Customer ID,Date,Category,Amount\n{rows}\n"))
    retain("classify", "--scheme", "category")
    assert set(grades().values()) == {"A"}


def test_the_explanation_has_the_place_in_each_category(retain, shop):
    why = retain("classify", "--explain", "1", "--scheme", "category", "-f", "json").data
    assert why["comes_from"] == [
        {"what": "floors", "value": "A: 999.00 CNY, place 1 of 5"},
        {"what": "lamps", "value": "C: 1.00 CNY, place 11 of 11"},
    ]
