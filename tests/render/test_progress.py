"""A bar on stderr, for work that takes longer than a second, where a person watches."""

import io
import sys

import pytest

from retain_cli.render import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def watched(monkeypatch):
    """Stderr from now on, as somebody watches it."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm-256color")
    return stream


def test_where_nobody_watches_nothing_is_drawn(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "SECONDS_BEFORE_IT_SHOWS", 0)
    with progress.progress() as advance:
        advance("orders.csv", 1, 2)
    assert stream.getvalue() == ""


def test_in_the_first_second_nothing_is_drawn(monkeypatch):
    terminal = watched(monkeypatch)
    seconds = iter([0.0, 0.5, 0.99])
    monkeypatch.setattr(progress, "monotonic", lambda: next(seconds))
    with progress.progress() as advance:
        advance("orders.csv", 1, 2)
        advance("orders.csv", 2, 2)
    assert terminal.getvalue() == ""


def test_after_it_the_bar_says_what_is_being_read_and_is_gone_in_the_end(monkeypatch):
    terminal = watched(monkeypatch)
    monkeypatch.setattr(progress, "SECONDS_BEFORE_IT_SHOWS", 0)
    with progress.progress() as advance:
        advance("first.csv", 0, 0)
        advance("\x1b]0;x\x07[bold].csv", 1, 2)
    drawn = terminal.getvalue()
    assert "\\x1b]0;x\\x07[bold].csv" in drawn
    assert "\x1b]" not in drawn
    assert "\x07" not in drawn
    assert drawn.rstrip().endswith(("\x1b[2K", "\x1b[?25h", "\x1b[1A"))


def test_a_bar_is_taken_away_when_the_work_fails(monkeypatch):
    terminal = watched(monkeypatch)
    monkeypatch.setattr(progress, "SECONDS_BEFORE_IT_SHOWS", 0)

    def work():
        with progress.progress() as advance:
            advance("orders.csv", 1, 2)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        work()
    assert terminal.getvalue().count("\x1b[?25l") == terminal.getvalue().count("\x1b[?25h") > 0
