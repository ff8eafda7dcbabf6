"""The plan, set and taken back from the command line."""

import pytest


@pytest.fixture
def shop(retain, csv_file):
    """Customer 1 is an A, 2 a B, 3 a C; 4 bought nothing lately. 1 and 2 bought floors."""
    orders = "1,2026-10-01,100,Floor\n2,2026-10-01,50,Floor\n3,2026-11-20,20,Rug\n4,2020-01-01,20,Rug\n"
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount,Category\n" + orders))
    retain("classify")


def reasons(retain, customer, today):
    """The services due to one customer on a day, with their nominal days."""
    return {
        one["service"]: one["due_on"]
        for line in retain("due", "-f", "json", today=today).data
        if line["customer"]["external_id"] == str(customer)
        for one in line["reasons"]
    }


def test_a_line_is_set_as_it_was_said(retain, shop):
    said = ("--every", "2m", "--anchor", "last-done", "--lead", "0", "--grace", "7d", "--channel", "call")
    retain("plan", "set", "A", "return visit", *said, "--cost", "30", "--minutes", "45")
    line = next(x for x in retain("plan", "-f", "json").data if (x["grade"], x["service"]) == ("A", "return visit"))
    assert (line["every"], line["channel"], line["cost"], line["minutes"]) == (
        "2m", "call", {"amount": "30.00", "currency": "CNY"}, 45,
    )  # fmt: skip
    retain("log-visit", "1")
    assert "return visit" not in reasons(retain, 1, "2027-01-22")
    assert reasons(retain, 1, "2027-01-23")["return visit"] == "2027-01-23"


def test_what_is_not_said_stays(retain, shop):
    retain("plan", "set", "A", "return visit", "--grace", "2w")
    line = next(x for x in retain("plan", "-f", "json").data if (x["grade"], x["service"]) == ("A", "return visit"))
    assert (line["every"], line["grace_days"], line["channel"]) == ("1m", 14, "visit")


def test_a_customers_own_line_stands_in_place_of_their_grades(retain, shop):
    retain("log-visit", "2")
    retain("plan", "set", "--customer", "2", "return visit", "--every", "2w")
    assert reasons(retain, 2, "2026-12-06") == {}
    assert reasons(retain, 2, "2026-12-07")["return visit"] == "2026-12-07"
    retain("plan", "remove", "--customer", "2", "return visit")
    assert "return visit" not in reasons(retain, 2, "2027-02-22")
    assert reasons(retain, 2, "2027-02-23")["return visit"] == "2027-02-23"


def test_a_service_can_be_taken_from_one_customer(retain, shop):
    retain("plan", "set", "--customer", "1", "return visit", "--every", "never")
    assert "return visit" not in reasons(retain, 1, "2027-11-23")
    assert "maintenance" in reasons(retain, 1, "2027-11-23")


def test_one_without_a_grade_is_put_on_a_plan_by_hand_and_keeps_it(retain, shop):
    retain("plan", "set", "--customer", "4", "return visit", "--every", "1m")
    assert reasons(retain, 4, "2026-11-23") == {"return visit": "2026-11-23"}
    retain("log-visit", "4")
    retain("classify", today="2026-12-01")
    assert reasons(retain, 4, "2026-12-22") == {}
    assert reasons(retain, 4, "2026-12-23") == {"return visit": "2026-12-23"}


def test_a_service_that_is_taken_out_is_due_to_nobody(retain, shop):
    retain("log-visit", "1")
    retain("plan", "remove", "A", "return visit")
    assert "return visit" not in reasons(retain, 1, "2027-11-23")
    retain("plan", "set", "A", "return visit", "--every", "1m")
    assert "return visit" in reasons(retain, 1, "2027-11-23")


def test_a_service_of_the_shops_own_comes_round(retain, shop):
    retain("log-visit", "1")
    retain("service", "add", "Oiling", "--minutes", "20")
    retain("plan", "set", "A", "oiling", "--every", "4m")
    assert "oiling" in reasons(retain, 1, "2027-03-23")
    retain("log-visit", "1", "--service", "oiling", today="2027-03-24")
    assert "oiling" not in reasons(retain, 1, "2027-07-23")
    assert reasons(retain, 1, "2027-07-24")["oiling"] == "2027-07-24"


def test_maintenance_is_counted_from_the_purchase_until_it_was_done_and_from_then_on(retain, shop):
    retain(
        "plan", "set", "A", "overhaul", "--anchor", "purchase", "--of", "Floor", "--every", "4m", "--grace", "30d"
    )
    # Bought on 1 October: the first is on 1 February 2027, a Monday.
    assert "overhaul" not in reasons(retain, 1, "2027-01-30")
    assert reasons(retain, 1, "2027-02-01")["overhaul"] == "2027-02-01"
    retain("log-visit", "1", "--service", "overhaul", today="2027-02-10")
    assert "overhaul" not in reasons(retain, 1, "2027-06-08")
    assert reasons(retain, 1, "2027-06-10")["overhaul"] == "2027-06-10"


def test_a_day_long_before_the_line_was_made_was_never_planned(retain, shop):
    retain("plan", "set", "A", "overhaul", "--anchor", "purchase", "--every", "1m", today="2027-03-10")
    assert reasons(retain, 1, "2027-04-01")["overhaul"] == "2027-04-01"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("D", "return visit"), "grade"),
        (("A", "singing"), "no service"),
        (("A", "return visit", "--every", "1x"), "--every"),
        (("A", "return visit", "--anchor", "moon"), "--anchor"),
        (("A", "return visit", "--every", "once"), "--every"),
        (("A", "return visit", "--every", "never"), "--every"),
        (("A", "return visit", "--lead", "99"), "--lead"),
        (("none", "return visit"), "--anchor"),
        (("A", "holiday greeting", "--anchor", "holiday"), "--of"),
        (("A", "holiday greeting", "--anchor", "holiday", "--of", "Doomsday"), "Doomsday"),
        (("A", "thank-you", "--anchor", "purchase", "--every", "once"), "--after"),
    ],
)
def test_what_cannot_be_followed_is_refused_and_changes_nothing(retain, shop, words, says):
    before = retain("plan", "export").out
    answer = retain("plan", "set", *words)
    assert (answer.code, says in answer.err) == (2, True), answer.err
    assert retain("plan", "export").out == before


def test_a_file_brings_back_exactly_the_same_plan(retain, shop, machine):
    retain("plan", "set", "A", "return visit", "--cost", "12.50")
    retain("plan", "set", "--customer", "2", "return visit", "--every", "2w")
    retain(
        "plan",
        "set",
        "C",
        "purchase check",
        "--anchor",
        "purchase",
        "--every",
        "once",
        "--after",
        "30d",
        "--of",
        'a "b" 中',
    )
    assert retain("plan", "export", "p.toml").code == 0
    assert retain("plan", "export", "p.toml").code == 73
    before = retain("plan", "export").out
    assert (machine / "p.toml").read_text(encoding="utf-8") == before
    retain("plan", "remove", "A", "maintenance")
    retain("plan", "set", "B", "return visit", "--every", "9m")
    retain("plan", "set", "B", "overhaul", "--every", "9m")
    assert retain("plan", "export").out != before
    assert retain("plan", "import", "p.toml").code == 0
    assert retain("plan", "export").out == before
    assert retain("plan", "import", "-", stdin=before.encode()).code == 0
    assert retain("plan", "export").out == before


@pytest.mark.parametrize(
    ("old", "new", "line_has", "key"),
    [
        ('every = "3m"', 'every = "3x"', 'every = "3x"', "every"),
        ('every = "3m"', "every = 3", "every = 3", "every"),
        ('every = "3m"', 'evry = "3m"', "evry", "evry"),
        ("grace_days = 14", "grace_days = 9999", "grace_days = 9999", "grace_days"),
        ('grade = "B"\nservice = "return visit"', 'grade = "Z"\nservice = "return visit"', 'grade = "Z"', "grade"),
        (
            'name = "overhaul"\nsettled_by = "itself"',
            'name = "overhaul"\nsettled_by = "luck"',
            '"luck"',
            "settled_by",
        ),
        ('currency = "CNY"', 'currency = "USD"', 'currency = "USD"', "currency"),
    ],
)
def test_a_bad_file_is_refused_by_line_and_key_and_changes_nothing(retain, shop, csv_file, old, new, line_has, key):
    before = retain("plan", "export").out
    assert old in before
    bad = before.replace(old, new, 1)
    number = next(n for n, line in enumerate(bad.splitlines(), 1) if line_has in line)
    answer = retain("plan", "import", csv_file("bad.toml", bad))
    assert answer.code == 65
    assert f"bad.toml:{number}: {key} " in answer.err
    assert retain("plan", "export").out == before


def test_what_is_not_toml_is_refused_with_its_line(retain, shop, csv_file):
    answer = retain("plan", "import", csv_file("bad.toml", 'currency = "CNY"\nnonsense\n'))
    assert answer.code == 65
    assert "line 2" in answer.err
    assert retain("plan", "import", "nowhere.toml").code == 66
