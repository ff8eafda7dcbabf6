"""The week shared out by what is at stake, against sums over plain dictionaries made here."""

import sqlite3

import pytest

# Ten customers by amount: two A, three B, five C.
GRADES = dict(zip(range(1, 11), "AABBBCCCCC", strict=True))
# Per customer: the amount expected, and the chance that they are a customer still, each with its low and its high.
EXPECTED = {n: (1000 * n, 800 * n, 1300 * n) for n in GRADES}
ALIVE = {n: (1 - n / 20, 0.9 - n / 20, 1 - n / 40) for n in GRADES}
# The plan as it stands at the beginning, in minutes a year: an A has twelve visits of 30 minutes, two maintenances
# of 90 and a senior visit of 60; a B four visits and a maintenance; a C two visits.
A_YEAR = {"A": 12 * 30 + 2 * 90 + 60, "B": 4 * 30 + 90, "C": 2 * 30}


@pytest.fixture
def shop(retain, csv_file):
    """Ten customers with grades, nothing predicted that is of use; 1, 3 and 6 are Li's."""
    lines = "".join(f"{n},2026-10-01,{2000 - 100 * n}\n" for n in GRADES)
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n" + lines))
    retain("classify")
    retain("staff", "add", "Li")
    for n in (1, 3, 6):
        assert retain("staff", "assign", n, "--to", "Li").code == 0


@pytest.fixture
def predicted(shop):
    """The predictions above, and that only 2 and 7 are likely to order just now."""
    connection = sqlite3.connect("shop.db")
    connection.execute("update fit set model = 'bg-nbd', because = '', horizon_days = 180")
    ids = dict(connection.execute("select id, external_id from customer"))
    for number, name in ids.items():
        n = int(name)
        window = ("2026-11-20", "2026-11-30") if n in (2, 7) else ("2026-12-01", "2026-12-31")
        connection.execute(
            "update prediction set p_alive = ?, p_alive_low = ?, p_alive_high = ?, expected_amount = ?,"
            " expected_amount_low = ?, expected_amount_high = ?, expected_orders = 1, next_from = ?, next_to = ?"
            " where customer_id = ?",
            (*ALIVE[n], *EXPECTED[n], *window, number),
        )
    connection.commit()
    connection.close()


def stakes(customers):
    """What is at stake, at its likeliest, least and most."""
    return (
        sum(EXPECTED[n][0] * (1 - ALIVE[n][0]) for n in customers),
        sum(EXPECTED[n][1] * (1 - ALIVE[n][2]) for n in customers),
        sum(EXPECTED[n][2] * (1 - ALIVE[n][1]) for n in customers),
    )


def by_value(customers, everybody=tuple(GRADES)):
    """Minutes of the week by the rule in words: the share of what is at stake, and the ends of what it can be."""
    week = sum(A_YEAR[GRADES[n]] for n in everybody) * 7 / 365.25
    ours, rest = stakes(customers), stakes([n for n in everybody if n not in customers])
    return {
        "value": week * ours[0] / (ours[0] + rest[0]),
        "low": week * ours[1] / (ours[1] + rest[2]),
        "high": week * ours[2] / (ours[2] + rest[1]),
    }


def check(part, customers, everybody=tuple(GRADES)):
    """A part of the answer against these customers."""
    now = sum(A_YEAR[GRADES[n]] for n in customers) * 7 / 365.25
    then = by_value(customers, everybody)
    assert part["customers"] == len(customers)
    assert part["minutes"] == pytest.approx(now, abs=0.06)
    assert part["minutes_by_value"] == pytest.approx(then, abs=0.06)
    assert part["difference"] == pytest.approx(then["value"] - now, abs=0.06)
    for name, sums in (
        ("at_stake", stakes(customers)),
        ("expected_amount", [sum(EXPECTED[n][k] for n in customers) for k in range(3)]),
    ):
        said = [float(part[name][key]["amount"]) * 100 for key in ("value", "low", "high")]
        assert said == pytest.approx(sums, abs=0.6)


def test_each_grade_and_each_of_the_staff_gets_its_share_of_the_week(retain, predicted):
    data = retain("agenda", "--by", "value", "-f", "json").data
    assert data["because"] is None
    assert data["minutes_per_week"] == pytest.approx(sum(A_YEAR[g] for g in GRADES.values()) * 7 / 365.25, abs=0.06)
    grades = {part["grade"]: part for part in data["grades"]}
    assert list(grades) == ["A", "B", "C"]
    for grade, part in grades.items():
        check(part, [n for n in GRADES if GRADES[n] == grade])
    staff = {part["staff"]: part for part in data["staff"]}
    assert list(staff) == ["Li", "anybody"]
    check(staff["Li"], [1, 3, 6])
    check(staff["anybody"], [2, 4, 5, 7, 8, 9, 10])
    parts = {(part["staff"], part["grade"]): part for part in data["parts"]}
    assert len(parts) == 6
    check(parts["Li", "B"], [3])
    check(parts["anybody", "C"], [7, 8, 9, 10])


def test_nothing_is_won_or_lost_by_sharing_out(retain, predicted):
    data = retain("agenda", "--by", "value", "-f", "json").data
    for shares in (data["parts"], data["grades"], data["staff"]):
        assert sum(part["difference"] for part in shares) == pytest.approx(0, abs=0.4)


def test_who_may_order_soon_is_a_figure(retain, predicted):
    answer = retain("agenda", "--by", "value", "-f", "json").data
    # One A and one C; the plan gives everybody of a grade as much.
    check(answer["order_soon"], [2, 7])
    assert "2 customers who are likely to order soon" in " ".join(retain("agenda", "--by", "value").out.split())


def test_who_bought_since_the_prediction_has_ordered(retain, csv_file, predicted):
    retain("import", csv_file("new.csv", "Customer ID,Date,Amount\n2,2026-11-24,5\n"))
    answer = retain("agenda", "--by", "value", "-f", "json", today="2026-11-25").data
    assert answer["order_soon"]["customers"] == 1


def test_whoever_asked_not_to_be_contacted_counts_on_neither_side(retain, csv_file, predicted):
    retain("import", csv_file("c.csv", "Customer ID,Do not contact\n10,yes\n"))
    answer = retain("agenda", "--by", "value", "-f", "json").data
    assert answer["left_out"] == 1
    (grade,) = [part for part in answer["grades"] if part["grade"] == "C"]
    check(grade, [6, 7, 8, 9], tuple(range(1, 10)))


def test_without_a_model_no_number_is_invented(retain, shop):
    answer = retain("agenda", "--by", "value", "-f", "json").data
    assert answer["because"].startswith("No expected orders: it takes 50 customers who came back")
    assert (answer["parts"], answer["grades"], answer["staff"], answer["order_soon"]) == ([], [], [], None)
    assert "it takes 50 customers" in " ".join(retain("agenda", "--by", "value").out.split())


def test_a_base_that_was_never_graded_is_told_how(retain, csv_file):
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-10-01,5\n"))
    assert "retain classify does it" in " ".join(retain("agenda", "--by", "value").out.split())


def test_where_everybody_surely_stays_nothing_is_at_stake(retain, predicted):
    connection = sqlite3.connect("shop.db")
    connection.execute("update prediction set p_alive = 1, p_alive_low = 1, p_alive_high = 1")
    connection.commit()
    connection.close()
    assert "Nothing is at stake" in retain("agenda", "--by", "value").out


@pytest.mark.parametrize("argv", [("--by", "amount"), ("--by", "value", "--days", 7)])
def test_what_it_does_not_know_is_refused(retain, shop, argv):
    assert retain("agenda", *argv).code == 2


def test_the_table_fits_a_terminal_and_csv_has_each_number_in_a_column(retain, predicted):
    out = retain("agenda", "--by", "value").out
    assert max(map(len, out.splitlines())) <= 80
    header = retain("agenda", "--by", "value", "-f", "csv").out.splitlines()[0]
    assert "minutes_by_value,minutes_by_value_low,minutes_by_value_high,difference" in header
