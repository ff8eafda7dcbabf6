"""The list as a whole: who is on it, in which order, and who is left out."""

import random
from decimal import Decimal

import pytest

from retain_cli.due.listing import reason_sentences


@pytest.fixture
def shop(retain, csv_file):
    """Import people (id, name, birthday, do not contact) and orders (id, day, amount), and grade them."""

    def open_shop(people, orders, today="2026-11-23"):
        customers = csv_file("c.csv", "Customer ID,Name,Birthday,Do not contact\n" + "\n".join(people) + "\n")
        bought = csv_file("o.csv", "Customer ID,Date,Amount\n" + "\n".join(orders) + "\n")
        assert retain("import", customers, bought, today=today).code == 0
        assert retain("classify", today=today).code == 0

    return open_shop


@pytest.fixture
def busy(retain, shop):
    """A shop of 60 customers after half a year in which somebody was visited now and then."""
    chance = random.Random(7)
    people = [
        f"{n},{chance.choice('abcdefg')}{n},--{chance.randint(5, 6):02}-{chance.randint(1, 28):02},"
        for n in range(60)
    ]
    shop(people, [f"{n},2026-10-{n % 28 + 1:02},{chance.choice([100, 100, 250, 900])}" for n in range(60)])
    for n in range(0, 60, 9):
        retain(
            "log-visit",
            n,
            "--on",
            "2027-01-15",
            "--next",
            "2027-05-20",
            "--note",
            "Call in May",
            today="2027-01-15",
        )


def test_the_most_worth_comes_first_then_who_bought_more_then_by_name(retain, busy):
    lines = retain("due", "-f", "json", today="2027-06-01").data
    bought = {c["id"]: Decimal(c["amount"]["amount"]) for c in retain("list", "-f", "json").data}
    order = [(-line["score"], -bought[line["customer"]["id"]], line["customer"]["name"]) for line in lines]
    assert len(order) == 60
    assert order == sorted(order)
    assert len({score for score, _, _ in order}) < len(order)


def test_of_equal_scores_the_larger_amount_comes_first_and_of_equal_amounts_the_name(retain, shop):
    people = [f"{n},{name},," for n, name in enumerate(["Dan", "cy", "Bo", "Ann"])]
    shop(people, ["0,2026-10-01,1000.00", "1,2026-10-01,1000.01", "2,2026-10-01,1000.00", "3,2026-10-01,1000.00"])
    # So long after, everyone is late by a whole interval and both services are due.
    lines = retain("due", "-f", "json", today="2029-06-01").data
    assert len({line["score"] for line in lines[1:]}) == 1
    assert [line["customer"]["name"] for line in lines] == ["cy", "Ann", "Bo", "Dan"]


def test_the_terms_of_a_score_add_up_to_it_exactly(retain, busy):
    for today in ("2026-11-23", "2027-01-30", "2027-05-25", "2028-06-01"):
        for line in retain("due", "-f", "json", today=today).data:
            assert sum(Decimal(str(term["value"])) for term in line["why"]) == Decimal(str(line["score"]))


def test_why_prints_the_terms_and_their_sum(retain, shop, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    shop(["1,Ann,,"], ["1,2026-10-01,100"])
    shown = retain("due", "--why").out
    # The only customer is the border of A: the whole grade, half the value, one reason of weight 0.3.
    assert "18.0 = grade 10.0 + reason 3.0 + late 0.0 + value 5.0" in shown
    assert "grade 10.0" not in retain("due").out


def test_the_limit_cuts_the_ranked_list(retain, busy):
    whole = retain("due", "-f", "json", today="2027-06-01").data
    assert retain("due", "--limit", 7, "-f", "json", today="2027-06-01").data == whole[:7]
    assert retain("due", "--limit", 1000, "-f", "json", today="2027-06-01").data == whole
    assert "and 53 more" in retain("due", "--limit", 7, today="2027-06-01").out


def test_looking_ahead_adds_who_comes_and_takes_nobody_away(retain, busy):
    today = {line["customer"]["id"] for line in retain("due", "-f", "json", today="2027-01-15").data}
    week = retain("due", "--days", 7, "-f", "json", today="2027-01-15").data
    assert today < {line["customer"]["id"] for line in week}
    assert max(reason["due_on"] for line in week for reason in line["reasons"]) == "2027-01-22"


def test_who_asked_not_to_be_contacted_is_counted_and_never_listed(retain, shop):
    shop(["1,Ann,,", "2,Bo,11-23,yes", "3,Cy,11-23,"], [f"{n},2026-10-01,100" for n in (1, 2, 3)])
    for ahead in (0, 30, 366):
        answer = retain("due", "--days", ahead, "-f", "json")
        assert "2" not in {line["customer"]["external_id"] for line in answer.data}
    table = retain("due", "--days", 366).out
    assert "Bo" not in table
    assert "1 customer left out" in table


def test_a_follow_up_with_who_asked_not_to_be_contacted_is_not_listed_either(retain, shop):
    shop(["1,Ann,,yes"], ["1,2026-10-01,100"])
    retain("log-visit", 1, "--next", "2026-12-01")
    assert retain("due", "-f", "json", today="2026-12-05").data == []
    assert "1 customer left out" in retain("due", today="2026-12-05").out


def test_nothing_due_vanishes_until_it_is_done(retain, shop):
    shop(["1,Ann,,"], ["1,2026-10-01,100"])
    seen = []
    for today in ("2026-11-23", "2026-12-22", "2026-12-23", "2027-02-28", "2027-11-23"):
        (line,) = retain("due", "-f", "json", today=today).data
        visit = next(reason for reason in line["reasons"] if reason["service"] == "return visit")
        seen.append((visit["due_on"], visit["days_late"], visit["late"], visit["missed"]))
    # One line for the customer, however many months went by; missed are those that a later one overtook.
    assert seen == [
        ("2026-11-23", 0, False, 0),
        ("2026-11-23", 29, True, 0),
        ("2026-11-23", 30, True, 1),
        ("2026-11-23", 97, True, 3),
        ("2026-11-23", 365, True, 12),
    ]
    retain("log-visit", 1, "--service", "maintenance", "--service", "senior visit", today="2027-11-23")
    assert retain("due", "-f", "json", today="2027-12-22").data == []
    assert len(retain("due", "-f", "json", today="2027-12-23").data) == 1


def test_one_customer_is_one_line_with_every_reason_the_weightiest_first(retain, shop):
    shop(["1,Ann,06-25,"], ["1,2026-10-01,100"])
    retain("log-visit", 1, "--next", "2027-06-01")
    (line,) = retain("due", "-f", "json", today="2027-06-20").data
    assert [reason["reason"] for reason in line["reasons"]] == [
        "birthday",
        "follow-up",
        "maintenance",
        "senior visit",
        "return visit",
    ]
    assert (line["reason"], line["service"], line["due_on"]) == ("birthday", "birthday gift", "2027-06-25")


def test_the_line_brings_the_last_words_and_the_last_purchase(retain, csv_file):
    orders = "Customer ID,Name,Date,Amount,Product\n1,Ann,2026-10-01,100,Oak floor\n1,Ann,2026-10-05,-20,Rug\n"
    retain("import", csv_file("o.csv", orders))
    retain("classify")
    retain("log-visit", 1, "--on", "2026-10-10", "--note", "Wants a sample")
    retain("log-visit", 1, "--on", "2026-10-20", "--outcome", "not-reached")
    (line,) = retain("due", "-f", "json", today="2027-06-01").data
    assert (line["last_words"], line["last_words_on"]) == ("Wants a sample", "2026-10-10")
    assert "Oak floor, bought 2026-10-01" in line["say"]
    assert "Rug" not in line["say"]


def test_every_reason_has_a_sentence_and_every_listed_reason_is_one_of_them(retain, busy):
    sentences = reason_sentences()
    assert all(sentence.endswith(".") and len(sentence) > 20 for sentence in sentences.values())
    listed = {
        reason["reason"]
        for today in ("2027-05-25", "2027-06-01")
        for line in retain("due", "-f", "json", today=today).data
        for reason in line["reasons"]
    }
    assert {"return visit", "maintenance", "birthday", "follow-up"} <= listed <= set(sentences)


def test_a_quiet_list_says_with_its_exit_code_alone_that_there_is_something_to_do(retain, shop):
    shop(["1,Ann,,"], ["1,2026-10-01,100"])
    for today, code in (("2026-11-22", 0), ("2026-11-23", 1)):
        answer = retain("due", "--quiet", today=today)
        assert (answer.code, answer.out, answer.err) == (code, "", "")
