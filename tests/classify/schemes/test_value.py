"""Grades by what is expected of each customer."""

from pathlib import Path

SAMPLE = Path(__file__).parents[3] / "examples" / "cdnow" / "CDNOW_sample.txt"
HOW = ("--kind", "purchases", "--delimiter", "space", "--columns", "external_id,-,bought_on,quantity,amount")
TODAY = "1998-07-01"


def test_nothing_expected_yet_is_said(retain, csv_file):
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-11-01,900\n"))
    answer = retain("classify", "--scheme", "value")
    assert answer.code == 2
    assert "nothing is expected of anybody yet" in answer.err


def test_the_best_fifth_by_expected_amount_is_a(retain):
    retain("import", SAMPLE, *HOW, "--currency", "USD", today=TODAY)
    retain("classify", today=TODAY)
    retain("classify", "--scheme", "value", "--with", "hysteresis=0", today=TODAY)
    listed = retain("list", "--sort", "expected-amount", "-f", "json", today=TODAY).data
    grades = [one["grade"] for one in listed]
    # 2,357 customers: 472 and 1,179 are a fifth and a half of them, rounded up.
    assert grades[:472] == ["A"] * 472
    assert grades.count("A") < 480
    assert set(grades[480:1179]) == {"B"}
    assert grades[-1] == "C"
