"""Why a customer has their grade, and what would change it."""

import pytest


@pytest.fixture
def shop(retain, csv_file):
    """Five customers with 500, 400, 300, 200 and 100: one A, two B, two C."""
    lines = [
        "1,2026-10-01,450,Flooring",
        "1,2026-10-01,80,Rugs",
        "1,2026-11-02,-30,Rugs",
        "1,2020-01-01,9999,Flooring",
        "2,2026-10-01,400,Flooring",
        "3,2026-10-01,300,Flooring",
        "4,2026-10-01,200,",
        "5,2026-10-01,100,Flooring",
        "6,2020-10-01,900,Flooring",
    ]
    text = "Customer ID,Date,Amount,Category\n" + "\n".join(lines) + "\n"
    assert retain("import", csv_file("o.csv", text)).code == 0


@pytest.fixture
def explained(retain, shop):
    """The explanation of a customer's grade after a grading."""
    retain("classify")

    def explain(customer, today="2026-11-23"):
        return retain("classify", "--explain", customer, "-f", "json", today=today).data

    return explain


def yuan(amount):
    return {"amount": amount, "currency": "CNY"}


def test_it_says_what_was_bought_how_often_and_how_long_ago(explained):
    why = explained("1")
    assert (why["grade"], why["graded_on"], why["window_months"]) == ("A", "2026-11-23", 24)
    assert why["amount"] == yuan("500.00")
    # Two lines of one day are one occasion; a day of returns alone is none, but it was the last day.
    assert why["frequency"] == 1
    assert why["recency_days"] == 21
    assert why["categories"] == [
        {"category": "Flooring", "amount": yuan("450.00")},
        {"category": "Rugs", "amount": yuan("50.00")},
    ]


def test_it_says_which_borders_decided(explained):
    assert explained("3")["thresholds"] == {"A": yuan("500.00"), "B": yuan("300.00")}


@pytest.mark.parametrize(
    ("customer", "grade", "sentence"),
    [
        ("1", "A", "0.00 CNY above the border of A; a fall below it makes a B."),
        ("2", "B", "100.00 CNY more in the window makes an A."),
        ("3", "B", "200.00 CNY more in the window makes an A."),
        ("5", "C", "200.00 CNY more in the window makes a B."),
        ("6", "none", "A purchase brings a grade at the next classify."),
    ],
)
def test_it_says_what_would_change_the_grade(explained, customer, grade, sentence):
    why = explained(customer)
    assert (why["grade"], why["would_change"]) == (grade, sentence)


@pytest.mark.parametrize(("customer", "more", "becomes"), [("2", "100", "A"), ("5", "200", "B")])
def test_what_would_change_the_grade_does(retain, csv_file, explained, customer, more, becomes):
    """For one customer of five, so that the others' places do not move with it."""
    retain("import", csv_file("more.csv", f"Customer ID,Date,Amount\n{customer},2026-11-20,{more}\n"))
    retain("classify")
    assert explained(customer)["grade"] == becomes


def test_explaining_changes_nothing(machine, explained):
    before = (machine / "shop.db").read_bytes()
    explained("1")
    assert (machine / "shop.db").read_bytes() == before


def test_before_the_first_grading_it_says_how_to_get_one(retain, shop):
    why = retain("classify", "--explain", "1", "-f", "json").data
    assert (why["grade"], why["would_change"]) == ("none", "Nobody was graded yet: run retain classify.")


def test_the_history_has_every_change_the_newest_first(retain, csv_file, explained):
    buy = "Customer ID,Date,Amount\n5,{},{}\n"
    retain("import", csv_file("a.csv", buy.format("2026-12-01", 5000)), today="2026-12-01")
    retain("classify", today="2026-12-01")
    retain("classify", today="2029-01-01")
    retain("import", csv_file("b.csv", buy.format("2029-01-02", 1)), today="2029-01-02")
    retain("classify", today="2029-02-01")
    assert explained("5", today="2029-02-01")["history"] == [
        {"on": "2029-02-01", "from": "none", "to": "A"},
        {"on": "2029-01-01", "from": "A", "to": "none"},
        {"on": "2026-12-01", "from": "C", "to": "A"},
        {"on": "2026-11-23", "from": "none", "to": "C"},
    ]


def test_several_changes_on_one_day_keep_their_order(retain, csv_file, explained):
    buy = "Customer ID,Date,Amount\n{},2026-11-20,{}\n"
    for name, customer, amount in (("a", "5", 150), ("b", "5", 1000), ("c", "4", 5000)):
        retain("import", csv_file(f"{name}.csv", buy.format(customer, amount)))
        retain("classify")
    of_one_day = [("2026-11-23", "A", "B"), ("2026-11-23", "C", "A"), ("2026-11-23", "none", "C")]
    assert [(h["on"], h["from"], h["to"]) for h in explained("5")["history"]] == of_one_day
    retain("import", csv_file("d.csv", buy.format("5", 9000)), today="2027-01-01")
    retain("classify", today="2027-01-01")
    later = [(h["on"], h["from"], h["to"]) for h in explained("5", today="2027-01-01")["history"]]
    assert later == [("2027-01-01", "B", "A"), *of_one_day]
