"""`retain need`, and its reason on the list."""

import pytest

pytestmark = pytest.mark.usefixtures("shop")


def need(retain, *words, **how):
    return retain("need", *words, "-f", "json", **how).data


@pytest.mark.parametrize(
    ("words", "what", "amount", "wanted"),
    [
        ("new sofa, ~8000, March", "new sofa", "8000.00", "2027-03-01"),
        ("new sofa, in March 2028, about 8k", "new sofa", "8000.00", "2028-03-01"),
        ("沙发，约2万，3月", "沙发", "20000.00", "2027-03-01"),
        ("沙发，8千，12月", "沙发", "8000.00", "2026-12-01"),
        ("rug", "rug", None, None),
        ("rug, the blue one, November", "rug, the blue one", None, "2026-11-23"),
        ("rug, 2w", "rug", None, "2026-12-07"),
    ],
)
def test_what_how_much_and_when_are_read_from_the_words(retain, words, what, amount, wanted):
    made = need(retain, "add", "K1", words)
    assert (made["what"], made["wanted_on"]) == (what, wanted)
    assert made["amount"] == (amount and {"amount": amount, "currency": "CNY"})


def test_it_ripens_thirty_days_before_the_time_they_named(retain, about_when_due):
    need(retain, "add", "K1", "new sofa, March")
    assert about_when_due("need ripening", "K1", today="2027-01-29") == []
    assert about_when_due("need ripening", "K1", today="2027-01-30") == ["new sofa"]
    assert about_when_due("need ripening", "K1", today="2027-06-01") == ["new sofa"]


def test_a_contact_in_that_time_has_spoken_of_it_and_it_stays_open(retain, about_when_due):
    need(retain, "add", "K1", "new sofa, March")
    retain("log-visit", "K1", today="2027-01-29")
    assert about_when_due("need ripening", "K1", today="2027-01-30") == ["new sofa"]
    retain("log-visit", "K1", "--outcome", "not-reached", today="2027-01-30")
    assert about_when_due("need ripening", "K1", today="2027-01-30") == ["new sofa"]
    retain("log-visit", "K1", today="2027-01-30")
    assert about_when_due("need ripening", "K1", today="2027-01-30") == []
    assert [one["status"] for one in need(retain)] == ["open"]


def test_a_purchase_asks_and_never_closes(retain, csv_file):
    need(retain, "add", "K2", "something for the hall", "--category", "Carpets", "--on", "2026-04-11")
    need(retain, "add", "K2", "oak floor")
    order = csv_file(
        "more.csv", "Order,Date,Customer,Product,Category,Amount\nB1,2026-11-20,K2,runner,carpets,800\n"
    )
    assert need(retain, "list", "--maybe-met") == []
    retain("import", order)
    (asked,) = need(retain, "list", "--maybe-met")
    assert (asked["id"], asked["status"]) == (1, "open")
    (bought,) = asked["maybe_met_by"]
    assert (bought["bought_on"], bought["product"]) == ("2026-11-20", "runner")
    met = need(retain, "met", "1", "--by", bought["id"])
    assert (met["status"], met["met_by_id"], met["closed_on"]) == ("met", bought["id"], "2026-11-20")
    assert [one["id"] for one in need(retain)] == [2]


def test_what_was_bought_before_it_was_said_or_taken_back_is_no_answer(retain, csv_file):
    need(retain, "add", "K2", "carpet", "--category", "carpets")
    retain(
        "import", csv_file("r.csv", "Order,Date,Customer,Product,Category,Amount\nB1,2026-11-23,K2,x,carpets,-8\n")
    )
    assert need(retain, "list", "--maybe-met") == []


def test_somebody_elses_purchase_meets_nothing(retain):
    need(retain, "add", "K2", "carpet")
    assert retain("need", "met", "1", "--by", "1").code == 2
    assert need(retain)[0]["status"] == "open"


def test_a_closed_need_is_closed_until_it_is_opened_again(retain, about_when_due):
    need(retain, "add", "K2", "carpet, March")
    assert need(retain, "gone", "1")["status"] == "gone"
    assert retain("need", "met", "1").code == 2
    assert about_when_due("need ripening", "K2", today="2027-03-01") == []
    assert need(retain, "reopen", "1")["status"] == "open"
    assert need(retain, "move", "1", "--to", "May")["wanted_on"] == "2027-05-01"
