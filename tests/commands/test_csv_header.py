"""A CSV answer has its header even where nothing is to be told, so that a script finds its columns."""

import contextlib
import csv
import io
import shlex
import sys
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from retain_cli.cli import main
from retain_cli.command_list import COMMANDS, MODULES
from retain_cli.commands.demo import DAY
from retain_cli.report.building import section_names
from retain_cli.store.store import open_store

ROOT = Path(__file__).parents[2]
MUSIC = ROOT / "examples" / "cdnow" / "CDNOW_sample.txt"


class Listing(NamedTuple):
    """A command line that lists something, and one that finds nothing to list."""

    full: str
    empty: str = ""
    """Asked of the shop as well, where only one of its customers or campaigns has nothing; else the same of a shop
    that has nothing at all."""
    music: bool = False
    """Whether it takes more customers than the shop has."""
    channel: bool = False
    """Whether it takes a channel to tell somebody through."""


LISTINGS = [
    Listing("due --days 30"),
    Listing("due --suppressed --days 366"),
    Listing("due --notify", channel=True),
    Listing("agenda --by value", music=True),
    Listing("next --answers later.txt --limit 1"),
    Listing("list"),
    Listing("list", "list --search nobody", music=True),
    Listing("list --sort expected", music=True),
    Listing("segment"),
    Listing("promise list"),
    Listing("promise list --closed"),
    Listing("promise list --of K1043", "promise list --of K1001"),
    Listing("need list"),
    Listing("need list --maybe-met"),
    Listing("ticket list"),
    Listing("ticket list --resolved"),
    Listing("preference list"),
    Listing("feedback list"),
    Listing("feedback list --all"),
    Listing("offer list"),
    Listing("referrals"),
    Listing("referrals --tree"),
    Listing("benefit terms"),
    Listing("event list"),
    Listing("event show 1", "event show 2"),
    Listing("campaign list"),
    Listing("campaign show 1", "campaign show 2"),
    Listing("campaign preview 1", "campaign preview 2"),
    Listing("campaign export 1", "campaign export 2"),
    Listing("campaign send 1 --dry-run", "campaign send 2 --dry-run"),
    Listing("import c.csv --dry-run", "import nobody.csv --dry-run"),
    Listing("review"),
    Listing("batches"),
    Listing("dupes"),
    Listing("doctor"),
    Listing("classify --scheme rfm --dry-run"),
    Listing("classify --compare amount rfm"),
    Listing("classify --scores"),
    Listing("pin"),
    Listing("plan show --customer K1001", "plan show --customer X1"),
    Listing("plan check"),
    Listing("day list K1001", "day list K1002"),
    Listing("staff list"),
    Listing("staff hand-over Zhou --to Liu --dry-run", "staff hand-over Idle --to Liu --dry-run"),
    Listing("staff skill"),
    Listing("goal list"),
    Listing("backtest"),
    Listing("advise K1002", "advise K1044"),
    Listing("advise --product 'Hard wax oil 1 l'", "advise --product 'TV stand'"),
    Listing("advise --rules"),
    Listing("holdout"),
    Listing("notify"),
]

ONE_THING = {
    "brief", "log-visit", "skip", "snooze", "pause", "contact", "show", "refer", "undo", "merge", "erase",
    "unpin", "demo", "restore", "cron", "policy list", "policy set", "goal measures", "goal set", "goal drop",
    "report", "export", "backup",
    "promise add", "promise keep", "promise break", "promise move", "promise reopen",
    "need add", "need met", "need gone", "need move", "need reopen",
    "ticket show", "ticket open", "ticket note", "ticket change", "ticket resolve", "ticket rate", "ticket reopen",
    "preference add", "preference drop", "feedback add", "feedback plan", "feedback done", "feedback told",
    "offer add", "benefit balance", "benefit grant", "benefit use", "benefit buy",
    "event create", "event invite", "event answer", "event attended", "event cost",
    "campaign create", "campaign choose", "campaign sent", "campaign answer", "campaign cost", "campaign remove",
    "plan set", "plan remove", "plan export", "plan import", "service list", "service add", "service set",
    "service retire", "day add", "day remove",
    "staff add", "staff set", "staff away", "staff retire", "staff assign", "staff show",
}  # fmt: skip
"""Commands that say what became of one thing, or list what is never empty."""

LACKS = """\
staff add Idle
pin K1001 A --reason architect
day add K1001 wedding 06-12
feedback add K1005 "open on Sundays"
need add K1001 "oil" --category care --on 2026-01-05
preference add K1001 likes tea
staff skill add Chen sanding
contact K1044 --never
campaign create Empty --text "Dear {name}"
event create Empty --on 2026-12-12
import c.csv o.csv
import w.csv
holdout set 10%
"""
"""What the example shop does not have."""
CUSTOMERS = "Customer ID,Name,Phone\nX1,Wang Fang,13800138001\nX2,Wang Fang,13800138001\n"
PURCHASES = "Customer ID,Date,Category,Amount\nK1001,2026-06-02,care,100.00\n"
WAITS = "Date,Amount,Phone\n2026-01-02,5.00,13800138001\n"


def _run(line, *words):
    """A command line that has to go well; what it answers."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([*shlex.split(line), *words])
    assert code in (0, 1, 3), f"{line}: {err.getvalue()}"
    return out.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A shop in which everything has an answer, one in which nothing has, and one with very many customers."""
    made = tmp_path_factory.mktemp("shops")
    (made / "later.txt").write_text("later\n")
    for name, text in (
        ("c.csv", CUSTOMERS),
        ("o.csv", PURCHASES),
        ("w.csv", WAITS),
        ("nobody.csv", "Customer ID,Name\n"),
    ):
        (made / name).write_text(text)
    full, music = ("--db", str(made / "full.db")), ("--db", str(made / "music.db"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        _run("demo --whole --keep full.db")
        for line in LACKS.splitlines():
            _run(line, *full, "--today", str(DAY), "--yes")
        how = "--kind purchases --delimiter space --columns external_id,-,bought_on,quantity,amount --currency USD"
        _run(f"import {shlex.quote(str(MUSIC))} {how}", *music, "--today", "1998-07-01")
        _run("classify", *music, "--today", "1998-07-01")
        (made / "channel.toml").write_text(f"[notify]\ncommand = ['{sys.executable}', '-c', '']\n")
        (made / "channel.toml").chmod(0o600)
        patch.setenv("RETAIN_CONFIG", "channel.toml")
        _run("due --notify", *full, "--today", str(DAY))
    with open_store(made / "empty.db", writes=True, creates=True):
        pass
    return made


@pytest.fixture
def asked(folder, monkeypatch):
    """The header and the rows that a command line has as CSV, asked of one of the shops."""
    monkeypatch.chdir(folder)

    def ask(line, shop):
        day = "1998-07-01" if shop == "music" else str(DAY)
        text = _run(line, "--db", f"{shop}.db", "--today", day, "-f", "csv")
        assert text, f"{line} has no header"
        header, *rows = csv.reader(io.StringIO(text))
        return header, rows

    return ask


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda one: one.full)
def test_the_header_is_the_same_with_rows_and_without(asked, listing, monkeypatch):
    if listing.channel:
        monkeypatch.setenv("RETAIN_CONFIG", "channel.toml")
    shop = "music" if listing.music else "full"
    header, rows = asked(listing.full, shop)
    without, none = asked(listing.empty, shop) if listing.empty else asked(listing.full, "empty")
    assert rows
    assert none == []
    assert header == without
    assert len(set(header)) == len(header)
    assert {len(row) for row in rows} == {len(header)}
    filled = {name for row in rows for name, cell in zip(header, row, strict=True) if cell}
    assert filled, "no row says anything"


def test_a_section_of_the_report_without_a_figure_has_a_header_too(asked):
    without_a_line = []
    for section in section_names():
        header, rows = asked(f"report {section}", "empty")
        assert header[0] == "section"
        if not rows:
            without_a_line.append(section)
    assert "goals" in without_a_line


def test_every_command_is_known_to_list_something_or_to_say_one_thing():
    """Whoever adds a command says here how it is empty; a listing is then held to its header."""
    named = set()
    for command in COMMANDS:
        actions = getattr(import_module(MODULES[command.name]), "ACTIONS", None)
        named |= {f"{command.name} {action}" for action in actions} if actions else {command.name}
    said = {listing.full for listing in LISTINGS}
    listed = {name for name in named if any(f"{line} ".startswith(f"{name} ") for line in said)}
    assert named == listed | ONE_THING
    assert not listed & ONE_THING
