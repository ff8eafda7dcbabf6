"""`retain next`: the list gone through, one answer a line."""

import pytest

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
def answers(tmp_path):
    """Write answers to a file and give its path."""

    def write(*lines):
        path = tmp_path / "answers.txt"
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write


def due(retain):
    return [line["customer"]["external_id"] for line in retain("due", "-f", "json").data]


def visits(retain, customer):
    return retain("show", customer, "-f", "json").data["visits"]


def test_it_begins_with_who_is_most_worth_it_and_keeps_what_is_said(retain, answers):
    first, second, *rest = due(retain)
    file = answers(
        "done can't come --sat 4 --next 2w --promise 'quote by fri' --cost 12.5 --minutes 25", "not-reached", "quit"
    )
    before = len(visits(retain, first)), len(visits(retain, second))
    data = retain("next", "--answers", file, "-f", "json").data
    assert [(one["customer"]["external_id"], one["did"]) for one in data["answers"]] == [
        (first, "done"), (second, "not-reached"),
    ]  # fmt: skip
    visit = visits(retain, first)[0]
    assert len(visits(retain, first)) == before[0] + 1
    assert (visit["outcome"], visit["note"], visit["satisfaction"]) == ("done", "can't come", 4)
    assert (visit["next_on"], visit["cost"]["amount"], visit["minutes"]) == ("2026-12-07", "12.50", 25)
    assert visits(retain, second)[0]["outcome"] == "not-reached"
    assert len(visits(retain, second)) == before[1] + 1
    assert [one["words"] for one in retain("promise", "-f", "json").data] == ["quote"]
    assert due(retain) == [second, *rest] or first in due(retain)
    assert data["left"] == len(due(retain))


def test_it_says_what_an_answer_settled_and_what_stays(retain, answers):
    assert due(retain)[0] == "K1"
    said = retain("next", "--answers", answers("done rang about the stairs", "quit")).err
    assert "Not settled: birthday gift, senior visit. If it was done: retain log-visit '#1' --correct" in said
    assert "Settled: follow-up (due 2026-11-20), return visit" in said
    assert "Next: " in said


def test_the_end_of_the_input_is_quit_and_nothing_is_kept(retain, shop):
    before = shop.read_bytes()
    answer = retain("next", stdin=b"")
    assert (answer.code, "nothing kept" in answer.out) == (0, True)
    assert shop.read_bytes() == before


def test_what_cannot_be_read_is_asked_again_and_nothing_is_kept_of_it(retain, answers, shop):
    before = shop.read_bytes()
    file = answers("", "dunno", "done --sat 9", "done --next yesterday", "done --promise soon", "done --pay 3",
                   "done --minutes long", "done --sat", "snooze", "snooze yesterday", "skip", "quit")  # fmt: skip
    answer = retain("next", "--answers", file)
    assert answer.code == 0
    assert shop.read_bytes() == before


def test_the_same_answers_again_log_nobody_twice(retain, answers):
    everybody = due(retain)
    file = answers(*["done"] * len(everybody))
    before = {customer: len(visits(retain, customer)) for customer in everybody}
    retain("next", "--answers", file)
    retain("next", "--answers", file)
    once = {customer: len(visits(retain, customer)) - count for customer, count in before.items()}
    seen_twice = [customer for customer, count in once.items() if count > 1]
    assert set(seen_twice) <= set(due(retain)), "whoever is done is not asked for again"
    assert all(once.values())


def test_whoever_was_logged_while_the_brief_was_read_is_not_logged_again(retain, monkeypatch):
    from retain_cli.cli import main
    from retain_cli.workspace import Workspace

    first = due(retain)[0]
    before = len(visits(retain, first))
    lines = iter(["done", None])

    def ask(self, question):
        line = next(lines)
        if line:
            assert main(["log-visit", first]) == 0
        return line

    monkeypatch.setattr(Workspace, "ask", ask)
    assert "logged meanwhile" in retain("next").err
    assert len(visits(retain, first)) == before + 1


def test_skip_and_snooze_are_decisions(retain, answers):
    first, second, *_ = due(retain)
    data = retain("next", "--answers", answers("s on holiday", "z 2w"), "-f", "json").data
    assert [one["did"] for one in data["answers"]] == ["skip", "snooze"]
    assert second not in due(retain)
    assert visits(retain, first) == visits(retain, first)
    assert all(one["visit"] is None for one in data["answers"])


def test_later_goes_on_to_the_next_and_a_limit_stops(retain, answers):
    everybody = due(retain)
    data = retain("next", "--answers", answers(*["later"] * 9), "--limit", 2, "-f", "json").data
    assert [one["customer"]["external_id"] for one in data["answers"]] == everybody[:2]
    assert due(retain) == everybody


def test_a_file_of_answers_that_is_not_there_is_said(retain):
    assert retain("next", "--answers", "nowhere.txt").code == 66
