"""The whole job on real input: the purchases of 2,357 customers of a music shop, 1997 and 1998.

CDNOW sample: Fader and Hardie (2001), as distributed with the Lifetimes package; its licence lies beside it. The
file has no header and is padded with blanks: customer, number in the sample, day, number of CDs, dollars.
"""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "examples" / "cdnow" / "CDNOW_sample.txt"
COLUMNS = "external_id,-,bought_on,quantity,amount"
TODAY = "1998-07-01"
HOW = ("--kind", "purchases", "--delimiter", "space", "--columns", COLUMNS, "--currency", "USD")


def lines():
    return SAMPLE.read_text().splitlines()


def by_brute_force():
    """Everyone's grade, from the file itself; its purchases all lie in the window of 24 months."""
    net = Counter()
    for line in lines():
        customer, _, _, _, dollars = line.split()
        net[customer] += int(Decimal(dollars) * 100)
    amounts = sorted(net.values(), reverse=True)
    lowest_a, lowest_b = amounts[-(-len(amounts) // 5) - 1], amounts[-(-len(amounts) // 2) - 1]
    return {c: "A" if fen >= lowest_a else "B" if fen >= lowest_b else "C" for c, fen in net.items()}


@pytest.fixture
def imported(retain):
    """What the import of the sample answered."""
    return retain("import", SAMPLE, *HOW, "-f", "json", today=TODAY)


def test_every_line_is_a_purchase_and_every_customer_is_one(imported):
    assert imported.code == 0
    (file,) = imported.data
    assert (file["rows"], file["created"], file["customers_created"]) == (6_919, 6_919, 2_357)
    assert (file["updated"], file["unchanged"], file["rejected"], file["review"]) == (0, 0, 0, 0)


def test_the_same_file_again_changes_nothing(retain, imported):
    (file,) = retain("import", SAMPLE, *HOW, "-f", "json", today=TODAY).data
    assert (file["created"], file["updated"], file["unchanged"]) == (0, 0, 6_919)


def test_grades_are_those_of_a_brute_force(retain, imported):
    answer = retain("classify", "-f", "json", today=TODAY).data
    expected = by_brute_force()
    assert {g: answer["grades"][g]["customers"] for g in "ABC"} == Counter(expected.values())
    listed = retain("list", "-f", "json", today=TODAY).data
    assert {customer["external_id"]: customer["grade"] for customer in listed} == expected
    assert sum(Decimal(entry["amount"]["amount"]) for entry in answer["grades"].values()) == Decimal("244091.94")


def test_the_whole_job_from_the_export_to_the_report(retain, imported):
    retain("classify", today=TODAY)
    due = retain("due", "-f", "json", today=TODAY).data
    assert 0 < len(due) <= 20
    first = due[0]["customer"]
    assert by_brute_force()[first["external_id"]] == first["grade"] == "A"
    visit = ("log-visit", first["external_id"], "--service", "maintenance", "--sat", 5, "--cost", "4.50")
    logged = retain(*visit, "-f", "json", today=TODAY).data
    assert "return visit" in [settled["service"] for settled in logged["settled"]]
    assert first["id"] not in [line["customer"]["id"] for line in retain("due", "-f", "json", today=TODAY).data]
    report = retain("report", "--from", "1997-01-01", "-f", "json", today="1998-07-20").data
    assert sum(Decimal(entry["amount"]["amount"]) for entry in report["grades"].values()) == Decimal("244091.94")
    assert report["retention"]["customers"] == 2_357
    days = Counter(customer for customer, _ in {(c, day) for c, _, day, *_ in map(str.split, lines())})
    assert report["retention"]["repeat_purchase"]["numerator"] == sum(count > 1 for count in days.values())
    # Of those who were to be visited in the first days all were missed but the one, who was served on time.
    served = {line["service"]: line["on_time"] for line in report["coverage"]["lines"] if line["grade"] == "A"}
    assert served["return visit"] == 1
    assert report["coverage"]["late"] == 0
    assert report["coverage"]["missed"] > 0
    assert report["satisfaction"]["mean"] == 5.0
    assert report["cost"]["cost"] == {"amount": "4.50", "currency": "USD"}
