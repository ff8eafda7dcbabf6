"""A grade is kept a little below its border, and lost below that."""

import pytest


@pytest.fixture
def shop(retain, csv_file):
    """Take in more purchases and grade again; ten customers bought 1000, 900 … 100, so that A begins at 900."""
    rows = "\n".join(f"{n},2026-10-01,{1100 - 100 * n}" for n in range(1, 11))
    retain("import", csv_file("o.csv", f"Customer ID,Date,Amount\n{rows}\n"))
    retain("classify")

    def buy(*lines):
        retain("import", csv_file("more.csv", "Customer ID,Date,Amount\n" + "\n".join(lines) + "\n"))
        retain("classify")

    return buy


def test_who_falls_a_little_below_the_border_stays(shop, grades):
    # 3 buys up to 940: the border moves to 940, and 2 with 900 is 4.3 % below it.
    shop("3,2026-11-01,140")
    assert grades()["3"] == "A"
    assert grades()["2"] == "A"


def test_who_falls_further_leaves(shop, grades):
    # The border moves to 960; 2 with 900 is 6 % below it.
    shop("3,2026-11-01,160")
    assert (grades()["3"], grades()["2"]) == ("A", "B")


def test_nobody_comes_in_below_the_border(shop, grades):
    shop("3,2026-11-01,99")
    assert grades()["3"] == "B"


def test_it_can_be_switched_off(retain, shop, grades):
    shop("3,2026-11-01,140")
    retain("classify", "--with", "hysteresis=0")
    assert grades()["2"] == "B"


def test_the_explanation_says_so(retain, shop):
    shop("3,2026-11-01,140")
    why = retain("classify", "--explain", "2", "-f", "json").data
    # 940 less a twentieth of it is 893.
    assert why["would_change"] == (
        "40.00 CNY below the border of A, which is kept down to 893.00 CNY; less makes a B."
    )


def test_b_is_kept_and_c_is_not_promoted_by_it(shop, grades):
    # B is 3 to 5 with 800 to 600. 6 buys up to 620: the border is 620, and 5 with 600 is 3.2 % below it.
    shop("6,2026-11-01,120")
    assert (grades()["5"], grades()["6"], grades()["7"]) == ("B", "B", "C")
