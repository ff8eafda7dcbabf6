"""Killed at any moment, without a chance to tidy up: nothing is lost, and a repetition carries the same key."""

import json
import random
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta

import pytest

# Runs command lines in processes of their own, forked from one that has everything loaded. A child kills itself at
# its call number `kill_at`, counting every function of Python and C, so that no test guesses how long things take.
# Without one it tells how many calls it came to, and at which of them the claim was made and the mark begun.
FORKER = """
import json, os, signal, sys
from retain_cli.cli import main
from retain_cli.notify import by_apprise, ledger
from retain_cli.notify.channels import Channel

def child(argv, kill_at):
    calls, marks = 0, []
    def watch(frame, event, arg):
        nonlocal calls
        calls += event in ("call", "c_call")
        if calls == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
    for name in ("claim", "mark_sent"):
        def noting(*given, really=getattr(ledger, name)):
            marks.append(calls)
            return really(*given)
        setattr(ledger, name, noting)
    sys.setprofile(watch)
    code = main(argv)
    sys.setprofile(None)
    os.write(told, json.dumps([calls, *marks]).encode())
    os._exit(code)

main(["due", "--notify", "--dry-run", "-f", "json", "--today", "2026-11-23"])
by_apprise.sender(Channel("warm", url="json://127.0.0.1:9"))
main(["notify", "status", "-f", "json"])
answers = os.fdopen(os.dup(1), "w")
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
print("ready", file=answers, flush=True)
for line in sys.stdin:
    argv, kill_at = json.loads(line)
    heard, told = os.pipe()
    number = os.fork()
    if not number:
        child(argv, kill_at)
    os.close(told)
    _, status = os.waitpid(number, 0)
    said = json.loads(os.read(heard, 100) or "[]")
    os.close(heard)
    print(json.dumps([os.waitstatus_to_exitcode(status), said]), file=answers, flush=True)
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the machine has no such signals")

Run = Callable[..., tuple[int, list[int]]]


@pytest.fixture
def run(shop, receiver, monkeypatch) -> Iterator[Run]:
    """Run `due --notify` on a day, killed at a call or not at all: its exit code, and the calls it came to."""
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", receiver.url)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, "-c", FORKER], text=True, **pipes) as forker:
        assert forker.stdin
        assert forker.stdout
        while forker.stdout.readline() != "ready\n":
            assert forker.poll() is None

        def once(day: date, kill_at: int = 0) -> tuple[int, list[int]]:
            print(json.dumps([["due", "--notify", "--today", str(day)], kill_at]), file=forker.stdin, flush=True)
            code, said = json.loads(forker.stdout.readline())
            return code, said

        yield once
        forker.stdin.close()


def state(shop, day):
    with closing(sqlite3.connect(shop)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        found = connection.execute("select state from notice where digest_on = ?", [str(day)]).fetchone()
        return found[0] if found else None


def check_kills(run, shop, receiver, kills, seed):
    """Kill runs anywhere, and as many between claim and mark; each day's digest has to arrive by the next run."""
    draw = random.Random(seed)
    day = date(2026, 11, 23)
    code, (calls, claimed, marked) = run(day)
    assert (code, len(receiver.keys)) == (0, 1)
    assert claimed < marked < calls
    states, repeated = Counter(), 0
    for number in range(kills):
        day += timedelta(days=1)
        moment = draw.randrange(1, calls) if number % 2 else draw.randrange(claimed, marked + 200)
        before = len(receiver.got)
        code, _ = run(day, moment)
        left = state(shop, day)
        states[left] += 1
        assert code == -9 or left == "sent"
        assert run(day)[0] == 0, moment
        assert state(shop, day) == "sent"
        keys = [one["key"] for one in receiver.got[before:]]
        # Nothing is lost; what came twice was cut off between claim and mark, and has one key.
        assert len(keys) in ((1, 2) if left == "sending" else (1,)), (moment, left)
        assert len(set(keys)) == 1
        repeated += len(keys) - 1
        assert run(day)[0] == 0
        assert len(receiver.got) == before + len(keys)
    assert len(set(receiver.keys)) == kills + 1
    assert repeated <= states["sending"]
    # The kills fell before the claim, within the sending and after it.
    assert states["sending"] > 0
    assert states[None] > 0
    return states, repeated


def test_a_run_that_is_killed_loses_nothing_and_repeats_only_what_it_was_sending(run, shop, receiver):
    check_kills(run, shop, receiver, 20, seed=1)


@pytest.mark.soak
def test_digests_survive_many_kills(run, shop, receiver):
    states, repeated = check_kills(run, shop, receiver, 200, seed=2)
    sys.stderr.write(f"{dict(states)}, repeated under the same key: {repeated}\n")


@pytest.mark.parametrize(("how", "code"), [("kill", -9), ("terminate", 143)])
def test_what_ends_a_run_after_the_receiver_took_it_makes_a_repetition_under_the_same_key(
    shop, receiver, monkeypatch, how, code
):
    """The worst moment: it arrived, and nobody could note it."""
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", receiver.url)
    words = [sys.executable, "-m", "retain_cli", "due", "--notify", "--today", "2026-11-23"]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as running:
        receiver.before_answer = getattr(running, how)
        assert running.wait() == code
    assert state(shop, "2026-11-23") == "sending"
    receiver.before_answer = lambda: None
    assert subprocess.run(words, check=False).returncode == 0
    assert len(receiver.keys) == 2
    assert len(set(receiver.keys)) == 1
