"""Recency, frequency and amount: against the published scores, and by hand."""

import csv
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).parents[4] / "shared" / "data" / "rfm_orders"


def test_all_995_customers_get_the_published_scores(retain, csv_file):
    if not DATA.is_dir():
        pytest.skip("the published scores are not here")
    with (DATA / "rfm_data_orders.csv").open(newline="") as file:
        orders = list(csv.DictReader(file))
    # Each row of the file is an order of its own, also where two fall on one day.
    rows = [f"{r['customer_id']},N{n},{r['order_date']},{r['revenue']}" for n, r in enumerate(orders)]
    path = csv_file("orders.csv", "Customer ID,Order No,Date,Amount\n" + "\n".join(rows) + "\n")
    assert retain("import", path).code == 0
    asked = ("classify", "--scores", "--with", "months=120", "-f", "json")
    ours = {one["customer"]["external_id"]: one for one in retain(*asked, today="2006-12-31").data}
    with (DATA / "published_rfm_orders_segments.csv").open(newline="") as file:
        published = list(csv.DictReader(file))
    # The published names have titles; both files are in the order of first appearance.
    names = list(dict.fromkeys(row["customer_id"] for row in orders))
    assert len(published) == len(names) == len(ours) == 995
    for name, theirs in zip(names, published, strict=True):
        assert name.casefold() in theirs["customer_docs"].casefold()
        assert ours[name]["orders"] == int(theirs["orders"])
        assert ours[name]["amount"]["amount"] == f"{theirs['spend']}.00"
        assert ours[name]["score"] == theirs["score"], name


@pytest.fixture
def ten(retain, csv_file):
    """Customer n bought n orders of 10 a piece, the last of them n days before the end of October."""
    lines = ["Customer ID,Order No,Date,Amount"]
    for n in range(1, 11):
        lines += [f"{n},N{n}-{k},2026-{10 if k == 0 else 9}-{31 - n:02d},10" for k in range(n)]
    assert retain("import", csv_file("o.csv", "\n".join(lines) + "\n")).code == 0


def scores(retain, *settings):
    words = [word for setting in settings for word in ("--with", setting)]
    answer = retain("classify", "--scores", *words, "-f", "json", today="2026-10-31").data
    return {one["customer"]["external_id"]: (one["score"], one["segment"]) for one in answer}


def test_fifths_of_the_customers_make_the_scores(retain, ten):
    # Ten customers: the ends of the fifths are, counted from 0, the 2nd, 4th, 6th and 8th value of nine steps.
    found = {who: score for who, (score, _) in scores(retain).items()}
    assert [found[str(n)] for n in range(1, 11)] == [
        "511", "511", "511", "422", "422", "333", "333", "244", "244", "155",
    ]  # fmt: skip


def test_fixed_borders_make_the_scores_where_they_are_set(retain, ten):
    fixed = ("recency=2,4,6,8", "frequency=1,3,5,9", "amount=20,40,60,80.5")
    found = {who: score for who, (score, _) in scores(retain, *fixed).items()}
    # Customer 5: 5 days ago is beyond 2 and 4; 5 orders are more than 1 and 3; 50 more than 20 and 40.
    assert found["5"] == "333"
    assert found["2"] == "521"
    assert found["10"] == "155"


def test_segments_have_the_names_of_the_trade_and_make_the_grades(retain, ten, grades):
    named = scores(retain)
    assert named["1"] == ("511", "new")
    assert named["10"] == ("155", "can't lose")
    assert named["8"] == ("244", "at risk")
    assert named["6"] == ("333", "needs attention")
    assert named["4"] == ("422", "potential loyalist")
    answer = retain("classify", "--scheme", "rfm", "-f", "json", today="2026-10-31").data
    assert answer["scheme"] == "rfm"
    assert {change["customer"]["external_id"]: change["because"] for change in answer["changes"]}["10"] == (
        "can't lose, RFM 155"
    )
    by_grade = {"10": "A", "8": "B", "9": "B", "6": "B", "7": "B"}
    assert grades() == {str(n): by_grade.get(str(n), "C") for n in range(1, 11)}


def test_the_table_of_segments_can_be_edited(retain, ten, csv_file):
    table = retain("classify", "--segments", "-f", "csv").out
    assert len(table.splitlines()) == 11
    path = csv_file("segments.csv", table.replace("at risk,1-2,3-4,B", "drifting,1-2,3-4,A"))
    assert retain("classify", "--segments-from", path).code == 0
    assert scores(retain)["8"] == ("244", "drifting")
    answer = retain("classify", "--scheme", "rfm", "-f", "json", today="2026-10-31").data
    assert answer["grades"]["A"]["customers"] == 3


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("at risk,1-2,3-4,B", "", "no segment has recency 1 with frequency and amount 3"),
        ("at risk,1-2,3-4,B", "at risk,0-2,3-4,B", "line 5"),
        ("at risk,1-2,3-4,B", "at risk,1-2,3-4,D", "line 5"),
        ("at risk,1-2,3-4,B", "at risk,1-2,3-4", "line 5"),
    ],
)
def test_a_table_of_segments_with_a_fault_is_refused_and_changes_nothing(retain, ten, csv_file, old, new, words):
    table = retain("classify", "--segments", "-f", "csv").out
    answer = retain("classify", "--segments-from", csv_file("s.csv", table.replace(old, new)))
    assert answer.code == 65
    assert words in answer.err
    assert retain("classify", "--segments", "-f", "csv").out == table


def test_the_explanation_shows_all_three_scores_with_their_borders(retain, ten):
    retain("classify", "--scheme", "rfm", "--from-now-on", today="2026-10-31")
    why = retain("classify", "--explain", "8", "-f", "json", today="2026-10-31").data
    said = {line["what"]: line["value"] for line in why["comes_from"]}
    assert said["Segment"].startswith("at risk")
    assert said["F"] == "4 of 5: 8 orders; a point for each of 3, 5, 7, 9 exceeded"
    assert why["thresholds"] == {"A": None, "B": None}


def test_five_hundred_equal_customers_get_one_score(retain, csv_file):
    rows = "\n".join(f"{n},2026-10-01,5" for n in range(500))
    retain("import", csv_file("o.csv", f"Customer ID,Date,Amount\n{rows}\n"))
    assert Counter(score for score, _ in scores(retain).values()) == {"511": 500}
