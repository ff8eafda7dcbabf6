"""`retain goal`: any measure of the report, its pace and its history."""

import pytest


@pytest.fixture
def shop(retain, csv_file):
    """Ten customers; each month from July 2026 on one more of them buys a second time."""
    orders = "".join(f"{n},2026-06-0{n % 9 + 1},100\n" for n in range(1, 11))
    orders += "".join(f"{n},2026-{month:02}-15,100\n" for n, month in enumerate(range(7, 13), start=1))
    assert retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n" + orders), today="2026-12-31").code == 0
    retain("classify", today="2026-12-31")


@pytest.fixture
def goal(retain, shop):
    """Run `retain goal` and give its data."""
    return lambda *words, **how: retain("goal", *words, "-f", "json", **how).data


def test_it_is_on_track_on_the_straight_line_and_behind_under_it(goal):
    # On 1 July none of ten came back; by 31 December six have.
    (made,) = goal("set", "repeat-rate", "60%", "--by", "2026-12-31", "--owner", "li", today="2026-07-01")
    assert (made["start"], made["now"], made["target"], made["owner"]) == (0.0, 0.0, 0.6, "li")
    # After 46 of 183 days 15.08 % were needed, and two of ten had come back; a day before it was one of ten.
    (one,) = goal(today="2026-08-16")
    assert (one["now"], one["pace"]) == (0.2, "on track")
    assert one["expected"] == pytest.approx(0.6 * 46 / 183, abs=0.0001)
    assert one["value"] == {"rate": 0.2, "numerator": 2, "denominator": 10}
    (one,) = goal(today="2026-08-14")
    assert (one["now"], one["pace"]) == (0.1, "behind")
    (one,) = goal(today="2026-12-15")
    assert one["pace"] == "reached"


@pytest.mark.parametrize(("target", "pace"), [("60%", "reached"), ("61%", "missed")])
def test_after_its_day_it_is_reached_or_missed_as_of_that_day(retain, goal, csv_file, target, pace):
    # Who comes back after the day is too late for it.
    retain("import", csv_file("late.csv", "Customer ID,Date,Amount\n9,2027-01-15,100\n"), today="2027-01-16")
    goal("set", "repeat-rate", target, "--by", "2026-12-31", "--months", "24", today="2026-07-01")
    (one,) = goal(today="2027-02-01")
    assert (one["pace"], one["now"]) == (pace, 0.6)


def test_less_is_better_where_the_measure_says_so(retain, goal):
    goal("set", "complaints", "1", "--by", "2026-12-31", today="2026-07-01")
    for _ in range(2):
        retain("ticket", "open", 1, "complaint", "too late", today="2026-08-01")
    (one,) = goal(today="2026-08-02")
    assert (one["start"], one["now"], one["pace"]) == (0, 2, "behind")


def test_of_fewer_than_five_nothing_is_told(goal):
    # Six who bought for 200 are an A, being equal; four bought for 100.
    for grade in ("a", "c"):
        goal("set", "repeat-rate", "50%", "--by", "2027-06-30", "--grade", grade, today="2026-12-31")
    best, rest = goal(today="2026-12-31")
    assert (best["grade"], best["now"], best["pace"]) == ("A", 1.0, "reached")
    assert (rest["grade"], rest["now"], rest["pace"]) == ("C", None, "too few to tell")
    assert rest["value"] == {"rate": None, "numerator": 0, "denominator": 4}


def test_without_a_figure_to_start_from_there_is_no_line_to_be_on(retain, goal):
    goal("set", "satisfaction", "4.5", "--by", "2026-12-31", today="2026-07-01")
    assert [(one["start"], one["now"], one["pace"]) for one in goal(today="2026-07-02")] == [
        (None, None, "too few to tell")
    ]
    retain("log-visit", 1, "--sat", "4", today="2026-07-03")
    assert [(one["start"], one["now"], one["pace"]) for one in goal(today="2026-07-03")] == [
        (None, 4, "not reached yet")
    ]


def test_one_of_the_staff_has_a_goal_of_their_own(retain, goal):
    retain("staff", "add", "Li")
    retain("staff", "assign", *range(1, 6), "--to", "Li")
    goal("set", "repeat-rate", "90%", "--by", "2027-06-30", "--staff", "li", today="2026-12-31")
    (one,) = goal(today="2026-12-31")
    assert (one["staff"], one["now"]) == ("Li", 1.0)


def test_money_is_a_goal_in_the_shop_s_currency(goal):
    (made,) = goal("set", "net-sales", "2000.50", "--by", "2027-06-30", today="2026-12-31")
    assert made["target"] == {"amount": "2000.50", "currency": "CNY"}
    assert made["now"] == {"amount": "1600.00", "currency": "CNY"}


def test_its_history_is_the_figure_of_every_month(goal):
    goal("set", "repeat-rate", "60%", "--by", "2026-12-31", today="2026-07-01")
    (one,) = goal("list", "--history", today="2026-09-20")
    assert [(point["on"], point["value"]["numerator"]) for point in one["history"]] == [
        ("2026-07-01", 0), ("2026-08-01", 1), ("2026-09-01", 2), ("2026-09-20", 3),
    ]  # fmt: skip


def test_a_new_goal_takes_the_place_of_the_old_and_a_dropped_one_stays_known(goal, retain):
    goal("set", "repeat-rate", "60%", "--by", "2026-12-31", today="2026-07-01")
    goal("set", "repeat-rate", "50%", "--by", "2026-12-31", today="2026-08-01")
    goal("set", "repeat-rate", "40%", "--by", "2026-12-31", "--grade", "c", today="2026-08-01")
    assert [one["target"] for one in goal(today="2026-08-02")] == [0.5, 0.4]
    assert goal("drop", "2", today="2026-08-03") == {"id": 2, "dropped_on": "2026-08-03"}
    assert [one["target"] for one in goal(today="2026-08-04")] == [0.4]
    assert [(one["target"], one["pace"]) for one in goal("list", "--all", today="2026-08-04")][:2] == [
        (0.6, "dropped"), (0.5, "dropped"),
    ]  # fmt: skip
    assert retain("goal", "drop", "2", today="2026-08-04").code == 2
    assert retain("goal", "drop", "9", today="2026-08-04").code == 2


@pytest.mark.parametrize(
    "words",
    [
        ["repeat-rate", "0.35", "--by", "2027-06-30"],
        ["repeat-rate", "135%", "--by", "2027-06-30"],
        ["repeat-rate", "-5%", "--by", "2027-06-30"],
        ["repeat-rate", "much", "--by", "2027-06-30"],
        ["repeat-rate", "nan", "--by", "2027-06-30"],
        ["complaints", "5%", "--by", "2027-06-30"],
        ["happiness", "5", "--by", "2027-06-30"],
        ["repeat-rate", "35%", "--by", "2026-12-31"],
        ["net-sales", "1.234", "--by", "2027-06-30"],
    ],
)
def test_a_goal_that_cannot_be_is_refused(retain, goal, words):
    assert retain("goal", "set", *words, today="2026-12-31").code == 2
    assert goal(today="2026-12-31") == []


def test_the_report_tells_of_goals(retain, goal):
    goal("set", "repeat-rate", "60%", "--by", "2026-12-31", today="2026-07-01")
    section = retain("report", "goals", "-f", "json", today="2026-08-14").data["goals"]
    assert [(one["measure"], one["now"], one["pace"]) for one in section["goals"]] == [
        ("repeat-rate", 0.1, "behind")
    ]
    # As of a day before it was set there is none.
    assert (
        retain("report", "goals", "--to", "2026-06-30", "-f", "json", today="2026-08-14").data["goals"]["goals"]
        == []
    )


def test_every_measure_can_be_aimed_at(retain, goal):
    known = goal("measures", today="2026-12-31")
    assert {"repeat-rate", "served-rate", "satisfaction", "kept-rate", "referral-rate"} <= {
        m["measure"] for m in known
    }
    for one in known:
        answers = [
            retain("goal", "set", one["measure"], target, "--by", "2027-06-30", today="2026-12-31").code
            for target in ("10%", "10")
        ]
        assert sorted(answers) == [0, 2], one["measure"]
