"""What a person sees at 80 columns, kept as it was printed; `pytest --write` keeps it anew."""

import re
from itertools import zip_longest

import pytest
from rich.cells import cell_len

ANSWERS = {
    "due": ["due"],
    "due-why": ["due", "--why", "--limit", "2"],
    "due-nobody": ["due", "--today", "2026-06-01"],
    "list": ["list"],
    "list-nobody": ["list", "--search", "nobody"],
    "show": ["show", "K1"],
    "show-chinese": ["show", "王小红"],
    "show-nothing-yet": ["show", "K6"],
    "report": ["report", "--from", "2026-01-01"],
    "classify": ["classify", "--today", "2028-04-20"],
    "classify-explain": ["classify", "--explain", "Li Lei"],
    "plan": ["plan"],
    "import": ["import", "customers.csv", "orders.csv", "visits.csv"],
    "log-visit": ["log-visit", "Wang Fang", "--sat", "5", "--next", "2w", "--note", "quote sent"],
    "demo": ["demo"],
}


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_looks_as_it_did(retain, snapshot, name):
    answer = retain(*ANSWERS[name])
    assert answer.code == 0, answer.err
    snapshot(name, answer.out)


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    "command", ["retain", *("due", "log-visit", "show", "list", "import", "classify", "plan", "notify", "cron")]
)
def test_a_help_looks_as_it_did(retain, snapshot, command):
    answer = retain("--help") if command == "retain" else retain(command, "--help")
    assert answer.code == 0
    snapshot(f"help-{command}", answer.out)


def columns_of(answer):
    """Every column of an answer as one word, so that what was folded over lines is whole again."""
    lines = [line.split("│") for line in answer.splitlines()]
    return "\n".join("".join("".join(cells).split()) for cells in zip_longest(*lines, fillvalue=""))


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("width", [24, 40, 80, 200])
@pytest.mark.parametrize("name", sorted(set(ANSWERS) - {"log-visit", "classify"}))
def test_nothing_is_cut_and_nothing_is_wider_than_the_columns_that_were_said(retain, monkeypatch, name, width):
    monkeypatch.setenv("COLUMNS", "500")
    whole = retain(*ANSWERS[name])
    monkeypatch.setenv("COLUMNS", str(width))
    answer = retain(*ANSWERS[name])
    assert answer.code == whole.code == 0
    assert "…" not in answer.out
    assert max(map(cell_len, answer.out.splitlines())) <= width
    phones_and_days = re.findall(r"\+86\d+|\d{4}-\d\d-\d\d", whole.out)
    kept = columns_of(answer.out)
    assert [found for found in phones_and_days if found not in kept] == []


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("name", ANSWERS)
def test_no_escape_is_written_where_no_terminal_is(retain, name):
    answer = retain(*ANSWERS[name])
    assert "\x1b" not in answer.out + answer.err
