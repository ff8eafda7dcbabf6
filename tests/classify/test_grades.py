"""Grades, against a brute force that knows the rules and not the program."""

import random
from collections import Counter

import pytest


def by_brute_force(purchases, after, today, currency="CNY"):
    """The best fifth is A, the next three tenths B, the rest who bought C; who equals an A is an A."""
    net = Counter()
    for customer, day, amount, code in purchases:
        if after < day <= today and code == currency:
            net[customer] += amount
    amounts = sorted(net.values(), reverse=True)
    lowest_a = amounts[-(-len(amounts) // 5) - 1] if amounts else 0
    lowest_b = amounts[-(-len(amounts) // 2) - 1] if amounts else 0
    return {c: "A" if amount >= lowest_a else "B" if amount >= lowest_b else "C" for c, amount in net.items()}


@pytest.fixture
def graded(retain, csv_file):
    """Import purchases (customer, day, amount in fen, currency), classify, and give everyone's grade."""

    def grade(purchases, today="2026-11-23", exports=1):
        for n in range(exports):
            lines = [f"{c},{day},{fen / 100:.2f},{code}\n" for c, day, fen, code in purchases[n::exports]]
            file = csv_file(f"{n}.csv", "Customer ID,Date,Amount,Currency\n" + "".join(lines))
            assert retain("import", file, today=today).code == 0
        assert retain("classify", today=today).code == 0
        listed = retain("list", "-f", "json", today=today).data
        return {customer["external_id"]: customer["grade"] for customer in listed if customer["grade"]}

    return grade


@pytest.mark.parametrize(
    "odd",
    [
        ("old", "2024-11-23", 9000, "CNY"),
        ("to come", "2026-11-24", 9000, "CNY"),
        ("abroad", "2026-10-01", 9000, "USD"),
        ("returned", "2026-10-01", -9000, "CNY"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_one_odd_purchase_in_an_export_of_its_own_is_told_from_the_rest(graded, odd, first):
    usual = bought([900, 800, 700, 600, 500])
    purchases = [odd, *usual] if first else [*usual, odd]
    assert graded(purchases, exports=6) == by_brute_force(purchases, "2024-11-23", "2026-11-23")


@pytest.mark.parametrize("seed", range(4))
def test_a_shop_that_came_in_many_exports_is_graded_as_one(graded, seed):
    chance = random.Random(seed)
    days = ["2023-01-01", "2024-11-23", "2024-11-24", "2026-01-01", "2026-11-23", "2026-11-24", "2027-01-01"]
    purchases = [
        (
            f"c{chance.randint(1, 12)}",
            chance.choice(days),
            chance.choice([-300, 100, 500]),
            chance.choice(["CNY", "USD"]),
        )
        for _ in range(30)
    ]
    assert graded(purchases, exports=10) == by_brute_force(purchases, "2024-11-23", "2026-11-23")


def bought(amounts, day="2026-10-01", currency="CNY"):
    return [(f"c{number}", day, amount, currency) for number, amount in enumerate(amounts, start=1)]


@pytest.mark.parametrize("seed", range(6))
def test_a_random_shop_is_graded_as_the_rules_say(graded, seed):
    chance = random.Random(seed)
    days = [
        f"{year}-{month:02}-{day:02}" for year in range(2023, 2027) for month in range(1, 13) for day in (1, 23, 24)
    ]
    purchases = [
        (f"c{chance.randint(1, 60)}", chance.choice(days), chance.choice([-500, 100, 500, 500, 12_345]), code)
        for code in chance.choices(["CNY", "CNY", "CNY", "USD"], k=chance.randint(1, 250))
    ]
    assert graded(purchases) == by_brute_force(purchases, "2024-11-23", "2026-11-23")


@pytest.mark.parametrize("customers", [1, 2, 3, 4, 5, 6, 11, 20, 21])
def test_few_customers_do_not_break_it(graded, customers):
    purchases = bought(range(1000, 1000 + customers))
    assert graded(purchases) == by_brute_force(purchases, "2024-11-23", "2026-11-23")


def test_twenty_customers_are_four_six_and_ten(graded):
    assert Counter(graded(bought(range(100, 120))).values()) == {"A": 4, "B": 6, "C": 10}


def test_one_customer_is_the_best_there_is(graded):
    assert graded(bought([1])) == {"c1": "A"}


def test_two_thousand_equal_ones_get_one_grade(graded):
    assert Counter(graded(bought([5000] * 2000)).values()) == {"A": 2000}


def test_who_ties_at_a_border_is_on_its_better_side(graded):
    # Ten customers: A ends at the second, B at the fifth; the ties reach one place further.
    grades = graded(bought([900, 800, 800, 500, 400, 400, 300, 200, 100, 50]))
    assert "".join(grades[f"c{number}"] for number in range(1, 11)) == "AAABBBCCCC"


def test_returns_subtract(graded):
    purchases = [*bought([900, 800, 700, 600, 500]), ("c1", "2026-10-02", -850, "CNY")]
    assert graded(purchases) == {"c1": "C", "c2": "A", "c3": "B", "c4": "B", "c5": "C"}


@pytest.mark.parametrize(
    ("day", "grade"),
    [("2024-11-23", None), ("2024-11-24", "A"), ("2026-11-23", "A"), ("2026-11-24", None)],
)
def test_the_window_is_24_months_up_to_and_with_today(graded, day, grade):
    assert graded([("old", day, 5000, "CNY"), ("usual", "2026-10-01", 5000, "CNY")]).get("old") == grade


def test_the_window_ends_on_the_same_day_of_a_shorter_month(graded):
    """24 months before 29 February 2028 there was no 29th: purchases after 28 February 2026 count."""
    purchases = [("out", "2026-02-28", 9, "CNY"), ("in", "2026-03-01", 9, "CNY"), ("usual", "2028-02-01", 9, "CNY")]
    assert graded(purchases, today="2028-02-29") == {"in": "A", "usual": "A"}


def test_amounts_of_another_currency_are_never_added(graded):
    purchases = [("local", "2026-10-01", 100, "CNY"), ("abroad", "2026-10-01", 900_000, "USD")]
    assert graded([*purchases, ("abroad", "2026-10-02", 99, "CNY"), ("abroad only", "2026-10-01", 100, "USD")]) == {
        "local": "A",
        "abroad": "C",
    }


def test_the_totals_of_the_answer_are_those_of_the_customers(retain, graded):
    graded([*bought(range(100, 120)), ("gone", "2020-01-01", 5000, "CNY")])
    answer = retain("classify", "-f", "json").data
    assert answer["as_of"] == "2026-11-23"
    assert (answer["scheme"], answer["window_months"]) == ("amount", 24)
    assert {
        grade: (entry["customers"], entry["amount"]["amount"]) for grade, entry in answer["grades"].items()
    } == {
        "A": (4, "4.70"),
        "B": (6, "6.75"),
        "C": (10, "10.45"),
        "none": (1, "0.00"),
    }


def test_nobody_changes_on_a_second_run(retain, graded):
    graded(bought([300, 300, 200, 100, 100, 50]))
    again = retain("classify", "-f", "json").data
    assert (again["changed"], again["changes"]) == (0, [])


def test_everyone_who_changed_is_named_with_the_reason(retain, csv_file):
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-10-01,10\n2,2026-10-01,20\n"))
    first = retain("classify", "-f", "json").data["changes"]
    assert [(c["customer"]["external_id"], c["from"], c["to"], c["because"]) for c in first] == [
        ("2", "none", "A", "bought 20.00 CNY, at least 20.00 CNY"),
        ("1", "none", "C", "bought 10.00 CNY, below 20.00 CNY"),
    ]
    retain("import", csv_file("more.csv", "Customer ID,Date,Amount\n1,2026-11-01,30\n"))
    second = retain("classify", "-f", "json").data
    assert second["changed"] == 2
    assert [(c["customer"]["external_id"], c["from"], c["to"]) for c in second["changes"]] == [
        ("1", "C", "A"),
        ("2", "A", "C"),
    ]


def test_a_grade_is_lost_when_the_purchases_leave_the_window(retain, graded):
    graded([("gone", "2025-01-10", 900, "CNY"), ("here", "2026-11-01", 100, "CNY")])
    changes = retain("classify", "-f", "json", today="2027-01-10").data["changes"]
    assert [(c["customer"]["external_id"], c["from"], c["to"], c["because"]) for c in changes] == [
        ("here", "C", "A", "bought 1.00 CNY, at least 1.00 CNY"),
        ("gone", "A", "none", "bought nothing in the last 24 months"),
    ]


def test_a_dry_run_says_what_would_change_and_changes_nothing(retain, csv_file, machine):
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-10-01,10\n2,2026-10-01,20\n"))
    before = (machine / "shop.db").read_bytes()
    assert retain("classify", "--dry-run", "-f", "json").data["changed"] == 2
    assert (machine / "shop.db").read_bytes() == before
