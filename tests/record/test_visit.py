"""Logging a contact: what is kept of it."""

import pytest


@pytest.fixture
def logged(retain, csv_file):
    """Log a contact with the one customer, and give what is kept of the newest one."""
    retain("import", csv_file("o.csv", "Customer ID,Name,Date,Amount\n1,Ann,2026-10-01,100\n"))

    def log(*options, today="2026-11-23"):
        answer = retain("log-visit", 1, *options, "-f", "json", today=today)
        assert answer.code == 0, answer.out
        return retain("show", 1, "-f", "json", today=today).data["visits"][0]

    return log


def test_everything_that_was_said_is_kept(logged):
    options = [
        "--channel",
        "call",
        "--outcome",
        "refused",
        "--sat",
        "2",
        "--note",
        "Too dear — 太贵了",
        "--cost",
        "12.5",
        "--minutes",
        "45",
    ]
    visit = logged(
        *options, "--next", "2w", "--on", "yesterday", "--service", "maintenance", "--service", "Return-Visit"
    )
    assert visit == {
        "id": 1,
        "visited_on": "2026-11-22",
        "channel": "call",
        "outcome": "refused",
        "satisfaction": 2,
        "note": "Too dear — 太贵了",
        "cost": {"amount": "12.50", "currency": "CNY"},
        "currency": "CNY",
        "minutes": 45,
        "next_on": "2026-12-06",
        "staff": None,
        "services": ["return visit", "maintenance"],
        "ratings": [],
        "originals": [],
    }


def test_what_was_not_said_is_absent_and_not_nothing(logged):
    visit = logged()
    assert (visit["visited_on"], visit["channel"], visit["outcome"]) == ("2026-11-23", "visit", "done")
    assert {key: visit[key] for key in ("satisfaction", "note", "cost", "next_on", "staff")} == dict.fromkeys(
        ("satisfaction", "note", "cost", "next_on", "staff")
    )
    assert visit["services"] == []


def test_a_visit_that_cost_nothing_is_not_one_whose_cost_is_unknown(logged):
    assert logged("--cost", "0")["cost"] == {"amount": "0.00", "currency": "CNY"}


def test_the_same_service_named_twice_is_rendered_once(logged):
    assert logged("--service", "maintenance", "--service", "MAINTENANCE")["services"] == ["maintenance"]


@pytest.mark.parametrize(
    "options",
    [
        ["--on", "tomorrow"],
        ["--on", "2026-02-30"],
        ["--next", "today"],
        ["--next", "-1d"],
        ["--on", "-3d", "--next", "2026-11-20"],
        ["--sat", "0"],
        ["--sat", "6"],
        ["--cost", "-1"],
        ["--cost", "1.005"],
        ["--cost", "much"],
        ["--channel", "pigeon"],
        ["--outcome", "maybe"],
        ["--service", "massage"],
        ["--note", "red \x1b[31m"],
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(retain, logged, options):
    assert retain("log-visit", 1, *options).code == 2
    assert retain("show", 1, "-f", "json").data["visits"] == []


def test_it_says_what_it_settled_and_what_comes_next(retain, logged):
    retain("classify")
    answer = retain("log-visit", 1, "-f", "json").data
    assert [(one["service"], one["due_on"]) for one in answer["settled"]] == [("return visit", "2026-11-23")]
    assert answer["next_due_on"] == "2026-12-23"
    assert {(one["service"], one["due_on"]) for one in answer["next"]} >= {("return visit", "2026-12-23")}


def test_a_contact_with_nobody_at_home_settles_nothing(retain, logged):
    retain("classify")
    answer = retain("log-visit", 1, "--outcome", "not-reached", "-f", "json").data
    assert answer["settled"] == []
    assert answer["next_due_on"] == "2026-11-23"
