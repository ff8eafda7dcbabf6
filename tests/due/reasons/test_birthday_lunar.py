"""Lunar birthdays on the list and in the coverage, on the days the Hong Kong Observatory gives them."""

import pytest


def shop(retain, csv_file, birthday):
    people = csv_file("people.csv", f"Customer ID,Name,Birthday\nA,Wang,{birthday}\n")
    sales = csv_file("sales.csv", "Customer ID,Date,Amount\nA,2024-12-02,10.00\n")
    assert retain("import", people, sales, today="2024-12-03").code == 0
    assert retain("classify", today="2024-12-03").code == 0


def birthdays(retain, day):
    lines = retain("due", "-f", "json", today=day).data
    found = lines["lines"] if isinstance(lines, dict) else lines
    return [reason["due_on"] for line in found for reason in line["reasons"] if reason["reason"] == "birthday"]


# The middle of the eighth month was 6 October 2025, and is 25 September 2026. 2025 had a leap sixth month: the 6th
# began on 25 June, the leap sixth on 25 July; in 2026 there is none, and the sixth begins on 14 July. The twelfth
# month of 2025 had 29 days, the last of them 16 February 2026.
@pytest.mark.parametrize(
    ("birthday", "day"),
    [
        ("农历八月十五", "2025-10-06"),
        ("农历八月十五", "2026-09-25"),
        ("农历六月初一", "2025-06-25"),
        ("闰六月初一", "2025-07-25"),
        ("闰六月初一", "2026-07-14"),
        ("腊月三十", "2026-02-16"),
        ("1980-10-06", "2025-10-06"),
    ],
)
def test_a_birthday_is_on_the_list_on_its_day_of_the_year(retain, csv_file, birthday, day):
    shop(retain, csv_file, birthday)
    assert birthdays(retain, day) == [day]


@pytest.mark.parametrize(
    ("birthday", "day"),
    [("农历八月十五", "2025-08-15"), ("农历六月初一", "2025-07-25"), ("闰六月初一", "2025-06-25")],
)
def test_it_is_not_there_on_another_day(retain, csv_file, birthday, day):
    shop(retain, csv_file, birthday)
    assert birthdays(retain, day) == []


def test_the_customers_page_says_that_it_is_lunar(retain, csv_file):
    shop(retain, csv_file, "闰四月初八")
    assert retain("show", "A", "-f", "json").data["customer"]["birthday"] == "lunar leap --04-08"
    people = csv_file("again.csv", "Customer ID,Birthday\nA,闰四月初八\n")
    assert retain("import", people, "-f", "json").data[0]["unchanged"] == 1
    solar = csv_file("solar.csv", "Customer ID,Birthday\nA,1980-04-08\n")
    assert retain("import", solar, "-f", "json").data[0]["updated"] == 1
    assert retain("show", "A", "-f", "json").data["customer"]["birthday"] == "1980-04-08"
