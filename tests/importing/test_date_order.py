"""The order of the days of a column, decided from all its cells, through the command as a shop uses it."""

from datetime import date, timedelta

import pytest


def import_days(retain, csv_file, *days, options=()):
    lines = [f'c{number},"{day}",1.00' for number, day in enumerate(days)]
    path = csv_file("sales.csv", "\n".join(["Customer ID,Date,Amount", *lines]) + "\n")
    return retain("import", path, "-f", "json", *options)


def bought(retain, days):
    return [
        retain("show", f"c{number}", "-f", "json").data["purchases"][0]["bought_on"] for number in range(len(days))
    ]


# The last cell of each tells; the others could be either.
@pytest.mark.parametrize(
    ("days", "read"),
    [
        (["03/04/2018", "13/04/2018"], ["2018-04-03", "2018-04-13"]),
        (["03/04/2018", "04/13/2018"], ["2018-03-04", "2018-04-13"]),
        (["3.4.18", "13.4.99"], ["2018-04-03", "1999-04-13"]),
        (["99/03/04", "18/03/31"], ["1999-03-04", "2018-03-31"]),
        (["05/05/2018", "06/06/2018"], ["2018-05-05", "2018-06-06"]),
        (["45292", "45293.75"], ["2024-01-01", "2024-01-02"]),
        (["1577836800", "1580515200"], ["2020-01-01", "2020-02-01"]),
        (["1577836800000", "1580515200999"], ["2020-01-01", "2020-02-01"]),
        (["1-Jan-14", "2 January 2014", "2014-01-03"], ["2014-01-01", "2014-01-02", "2014-01-03"]),
        (["1-Jan-14", "03/04/2018", "13/04/2018"], ["2014-01-01", "2018-04-03", "2018-04-13"]),
    ],
)
def test_one_cell_tells_for_the_whole_column(retain, csv_file, days, read):
    assert import_days(retain, csv_file, *days).code == 0
    assert bought(retain, days) == read


def test_the_cell_that_tells_may_be_the_last_of_thousands(retain, csv_file):
    days = ["03/04/2018"] * 3000 + ["13/04/2018"]
    assert import_days(retain, csv_file, *days).code == 0
    assert bought(retain, days[:1]) == ["2018-04-03"]


@pytest.mark.parametrize("day", ["03/04/2018", "3.4.2018", "3-4-18", "12/11/2018 10:00"])
def test_a_column_that_does_not_tell_is_refused_with_the_question(retain, csv_file, day):
    answer = import_days(retain, csv_file, day)
    assert answer.code == 65
    error = answer.json["error"]
    assert error["code"] == "date-order"
    assert repr(day) in error["message"]
    assert "line 2" in error["message"]
    assert "--date-order dmy" in error["hint"]
    assert import_days(retain, csv_file, day, options=["--date-order", "dmy"]).code == 0


def test_two_digits_in_all_three_places_may_also_have_the_year_first(retain, csv_file):
    assert "--date-order ymd" in import_days(retain, csv_file, "13/01/18").json["error"]["hint"]
    assert import_days(retain, csv_file, "13/01/18", options=["--date-order", "ymd"]).code == 0
    assert bought(retain, [0]) == ["2013-01-18"]


def test_a_column_that_mixes_orders_is_refused_with_two_of_its_rows(retain, csv_file):
    answer = import_days(retain, csv_file, "03/04/2018", "13/04/2018", "04/13/2018")
    assert answer.code == 65
    assert "'13/04/2018' in line 3" in answer.json["error"]["message"]
    assert "'04/13/2018' in line 4" in answer.json["error"]["message"]


@pytest.mark.parametrize("day", ["2018-02-29", "1900-01-00", "2018-13-01", "soon"])
def test_an_impossible_day_is_a_rejected_row_and_the_others_are_taken_in(retain, csv_file, day):
    answer = import_days(retain, csv_file, "2018-01-01", day, options=["--skip-bad"])
    assert answer.code == 3
    assert (answer.data[0]["created"], answer.data[0]["rejected"]) == (1, 1)


@pytest.mark.parametrize("number", ["45292", "1577836800", "1577836800000"])
def test_a_bare_number_among_days_is_no_day(retain, csv_file, number):
    answer = import_days(retain, csv_file, "2018-01-01", number, options=["--skip-bad"])
    assert answer.data[0]["rejected"] == 1


@pytest.mark.parametrize("number", ["30000", "60000", "500000000", "9999999999"])
def test_numbers_that_would_be_days_before_1990_or_after_2060_are_no_days(retain, csv_file, number):
    assert import_days(retain, csv_file, number).code == 65


def test_every_spreadsheet_day_from_1990_to_2060_is_the_day_a_spreadsheet_shows():
    # A spreadsheet's day 1 is 1 January 1900, and it counts the 29 February 1900 that was not: 1 March 1900 is 61.
    from retain_cli.importing.cells import days

    number, day = 61, date(1900, 3, 1)
    while day <= date(2060, 12, 31):
        if day >= date(1990, 1, 1):
            assert days.what_it_counts(number) == "serial"
            assert days.of_number(number, "serial") == day
        else:
            assert days.what_it_counts(number) is None
        number, day = number + 1, day + timedelta(days=1)
    assert days.what_it_counts(number) is None
