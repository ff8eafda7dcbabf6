"""`retain log-visit`."""

import re
import shlex

import pytest

pytestmark = pytest.mark.usefixtures("shop")


def logged(retain, *words, **how):
    return retain("log-visit", *words, "-f", "json", **how).data


def test_everything_said_is_kept(retain):
    data = logged(
        retain,
        "K2", "--channel", "call", "--outcome", "done", "--service", "maintenance", "--service", "Return Visit",
        "--sat", "4", "--note", "  likes 茶 ", "--cost", "12.5", "--next", "2w", "--on", "2026-11-20",
    )  # fmt: skip
    visit = data["visit"]
    assert visit["customer"] == {"id": 2, "external_id": "K2", "name": "Li Lei"}
    kept = retain("show", "K2", "-f", "json").data["visits"][0]
    for one in (visit, kept):
        assert (one["visited_on"], one["channel"], one["outcome"]) == ("2026-11-20", "call", "done")
        assert (one["satisfaction"], one["note"], one["next_on"]) == (4, "likes 茶", "2026-12-04")
        assert one["cost"] == {"amount": "12.50", "currency": "CNY"}
    assert sorted(kept["services"]) == ["maintenance", "return visit"]


def test_what_is_not_said_is_the_usual(retain):
    visit = logged(retain, "K2")["visit"]
    assert (visit["visited_on"], visit["channel"], visit["outcome"]) == ("2026-11-23", "visit", "done")
    assert [visit[key] for key in ("satisfaction", "note", "cost", "next_on")] == [None] * 4


def test_it_says_what_is_settled_and_what_comes_next(retain):
    data = logged(retain, "K3")
    assert data["settled"] == [{"reason": "return visit", "service": "return visit", "due_on": "2026-07-17"}]
    assert data["next_due_on"] == "2027-02-23"
    assert "K3" not in [entry["customer"]["external_id"] for entry in retain("due", "-f", "json").data]


def test_what_only_its_name_settles_is_said_with_the_command_that_settles_it(retain):
    # K1's birthday is on 25 November; an A is brought a gift, which a talk does not settle.
    first = retain("log-visit", "K1", "--note", "rang about the stairs")
    said = " ".join(first.out.split())
    command = re.search(
        r"Not settled: birthday gift, senior visit\. If it was done: retain (.*?\") Still due", said
    )
    assert command
    settled = logged(retain, *shlex.split(command[1])[1:])
    assert {one["service"] for one in settled["settled"]} == {"birthday gift", "senior visit"}
    assert settled["unsettled"] == []
    assert retain("show", "K1", "-f", "json").data["visits"][0]["note"] == "rang about the stairs"


def test_nothing_is_called_unsettled_where_nobody_was_reached(retain):
    assert logged(retain, "K1", "--outcome", "not-reached")["unsettled"] == []
    assert {one["service"] for one in logged(retain, "K1")["unsettled"]} == {"birthday gift", "senior visit"}


def test_whoever_was_not_reached_stays_on_the_list(retain):
    data = logged(retain, "K3", "--outcome", "not-reached")
    assert data["settled"] == []
    assert "K3" in [entry["customer"]["external_id"] for entry in retain("due", "-f", "json").data]


@pytest.mark.parametrize(
    ("written", "day"),
    [("2026-12-01", "2026-12-01"), ("tomorrow", "2026-11-24"), ("fri", "2026-11-27"), ("monday", "2026-11-30"),
     ("2w", "2026-12-07"), ("+10d", "2026-12-03"), ("1m", "2026-12-23"), ("1y", "2027-11-23")],
)  # fmt: skip
def test_the_next_day_is_said_as_a_person_does(retain, written, day):
    assert logged(retain, "K3", "--next", written)["visit"]["next_on"] == day


def test_the_next_day_counts_from_the_visit(retain):
    assert logged(retain, "K3", "--on", "yesterday", "--next", "1w")["visit"]["next_on"] == "2026-11-29"


@pytest.mark.parametrize("next_day", ["today", "2026-11-23", "-1d", "yesterday"])
def test_the_next_day_lies_after_the_visit(retain, shop, next_day):
    before = shop.read_bytes()
    assert retain("log-visit", "K3", "--next", next_day).code == 2
    assert shop.read_bytes() == before


@pytest.mark.parametrize("note", ["a\x1b[31mb", "a\x00b", "\u202e", "x" * 2001])
def test_a_note_that_no_import_would_take_is_refused(retain, shop, note):
    before = shop.read_bytes()
    answer = retain("log-visit", "K3", "--note", note)
    assert answer.code == 2
    assert "--note" in answer.err
    assert shop.read_bytes() == before


def test_costs_are_exact(retain):
    for written in ("0.1", "0.2", "1234567.89"):
        logged(retain, "K3", "--cost", written)
    kept = [visit["cost"]["amount"] for visit in retain("show", "K3", "-f", "json").data["visits"]]
    assert kept == ["1234567.89", "0.20", "0.10"]


def test_several_customers_at_one_event_share_its_cost_and_nothing_is_lost(retain):
    data = logged(
        retain, "K1", "--with", "K2", "--with", "K3", "--channel", "event", "--cost", "100", "--staff", "Li"
    )
    assert [one["visit"]["cost"]["amount"] for one in data["visits"]] == ["33.34", "33.33", "33.33"]
    assert [one["visit"]["customer"]["external_id"] for one in data["visits"]] == ["K1", "K2", "K3"]
    assert data["visit"] == data["visits"][0]["visit"]
    for customer in ("K1", "K2", "K3"):
        visit = retain("show", customer, "-f", "json").data["visits"][0]
        assert (visit["visited_on"], visit["channel"], visit["staff"]) == ("2026-11-23", "event", "Li")


def test_nobody_is_logged_where_one_of_them_is_not_known_or_named_twice(retain, shop):
    before = shop.read_bytes()
    assert retain("log-visit", "K1", "--with", "nobody").code == 2
    assert retain("log-visit", "K1", "--with", "13800138001").code == 2
    assert shop.read_bytes() == before


def test_a_gift_is_told_with_the_number_it_has(retain):
    assert "Given: tea (gift 1)." in retain("log-visit", "K1", "--gift", "tea").out


def test_what_came_of_a_visit_is_kept_with_it(retain):
    data = logged(
        retain, "K1", "--need", "new sofa, ~8000, March", "--promise", "quote by fri", "--promise", "sample by 2w",
        "--gift", "tea", "--service", "maintenance", "--service", "return visit", "--staff", "Li",
    )  # fmt: skip
    assert [(one["what"], one["wanted_on"]) for one in data["needs"]] == [("new sofa", "2027-03-01")]
    assert [(one["words"], one["due_on"]) for one in data["promises"]] == [
        ("quote", "2026-11-27"), ("sample", "2026-12-07"),
    ]  # fmt: skip
    (promise, _) = retain("promise", "-f", "json").data
    assert (promise["owner"], promise["made_on"]) == ("Li", "2026-11-23")
    (gift,) = retain("benefit", "balance", "K1", "-f", "json").data["gifts"]
    assert (gift["what"], gift["given_on"]) == ("tea", "2026-11-23")
    assert data["visit"]["services"] == ["maintenance", "return visit"]


def test_a_promise_without_a_day_leaves_no_visit_behind(retain, shop):
    before = shop.read_bytes()
    assert retain("log-visit", "K1", "--promise", "quote soon").code == 2
    assert retain("log-visit", "K1", "--need", ", 8000").code == 2
    assert shop.read_bytes() == before


def test_the_minutes_are_kept_shared_corrected_and_checked(retain):
    visits = logged(retain, "K1", "--with", "K2", "--with", "K3", "--minutes", "100")["visits"]
    assert [one["visit"]["minutes"] for one in visits] == [34, 33, 33]
    number = visits[2]["visit"]["id"]
    data = logged(retain, "K3", "--correct", number, "--minutes", "20")
    assert data["visit"]["minutes"] == 20
    visit = retain("show", "K3", "-f", "json").data["visits"][0]
    assert (visit["minutes"], visit["originals"][0]["said"]) == (20, {"minutes": 33})
    for wrong in ("-1", "1441", "1.5", "long"):
        assert retain("log-visit", "K3", "--minutes", wrong).code == 2


def test_a_correction_changes_what_is_named_and_keeps_the_original(retain):
    number = logged(retain, "K3", "--sat", "5", "--note", "fine", "--cost", "10", "--next", "2w")["visit"]["id"]
    data = logged(retain, "K3", "--correct", number, "--sat", "2", "--service", "maintenance", today="2026-11-24")
    assert (data["visit"]["satisfaction"], data["visit"]["note"], data["visit"]["visited_on"]) == (
        2, "fine", "2026-11-23",
    )  # fmt: skip
    (visit,) = retain("show", "K3", "-f", "json").data["visits"]
    assert (visit["satisfaction"], visit["cost"]["amount"], visit["services"]) == (2, "10.00", ["maintenance"])
    assert visit["originals"] == [{"corrected_on": "2026-11-24", "said": {"satisfaction": 5, "services": []}}]
    logged(retain, "K3", "--correct", number, "--sat", "3")
    (visit,) = retain("show", "K3", "-f", "json").data["visits"]
    assert [one["said"].get("satisfaction") for one in visit["originals"]] == [5, 2]


def test_a_corrected_day_or_outcome_is_counted_from(retain):
    first = logged(retain, "K3")
    number, was_due_on = first["visit"]["id"], first["settled"][0]["due_on"]
    data = logged(retain, "K3", "--correct", number, "--on", "2026-11-20")
    assert data["next_due_on"] == "2027-02-20"
    data = logged(retain, "K3", "--correct", number, "--outcome", "not-reached")
    assert data["next_due_on"] == was_due_on


@pytest.mark.parametrize("options", [["--sat", "4"], ["--next", "2w", "--need", "sofa"], []])
def test_a_correction_that_corrects_nothing_or_more_than_a_visit_is_refused(retain, options):
    number = logged(retain, "K3", "--sat", "4")["visit"]["id"]
    assert retain("log-visit", "K3", "--correct", number, *options).code == 2
    assert retain("log-visit", "K2", "--correct", number, "--sat", "1").code == 2
