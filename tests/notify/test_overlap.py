"""Two runs at once, as real processes: one sends."""

import subprocess
import sys
from pathlib import Path

import pytest

WORDS = [sys.executable, "-m", "retain_cli", "due", "--notify", "--today", "2026-11-23"]


@pytest.fixture(autouse=True)
def _shop(shop, receiver, monkeypatch, clock):
    """Every test here has the shop, and one channel."""
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", receiver.url)


def test_a_run_that_begins_while_another_is_sending_ends_with_75_and_sends_nothing(receiver):
    second = []

    def begin_another():
        receiver.before_answer = lambda: None
        second.append(subprocess.run(WORDS, capture_output=True, text=True, check=False))

    receiver.before_answer = begin_another
    first = subprocess.run(WORDS, capture_output=True, text=True, check=False)
    assert (first.returncode, first.stderr) == (0, "")
    assert second[0].returncode == 75
    assert second[0].stderr.startswith("retain: error: another run is sending")
    assert len(receiver.got) == 1


def test_many_at_once_send_once(receiver):
    running = [subprocess.Popen(WORDS, stderr=subprocess.DEVNULL) for _ in range(6)]
    codes = [process.wait() for process in running]
    assert set(codes) <= {0, 75}
    assert 0 in codes
    assert len(receiver.got) == 1


def test_where_a_folder_knows_no_locks_the_claim_alone_keeps_the_second_from_sending(
    receiver, retain, monkeypatch, clock
):
    monkeypatch.setattr("retain_cli.notify.lock._locked", lambda _: False)
    codes = []

    def begin_another():
        receiver.before_answer = lambda: None
        script = (
            "import sys, retain_cli.notify.lock as lock; lock._locked = lambda number: False\n"
            "from retain_cli.cli import main; sys.exit(main(sys.argv[1:]))"
        )
        codes.append(subprocess.run([sys.executable, "-c", script, *WORDS[3:]], check=False).returncode)

    clock("2099-01-01T00:00:00")  # the claim's lease is long in the other's eyes
    receiver.before_answer = begin_another
    assert retain("due", "--notify").code == 0
    assert codes == [69]
    assert len(receiver.got) == 1


def test_a_claim_of_another_machine_is_left_alone_until_its_lease_is_over(receiver, retain, monkeypatch, clock):
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("platform.node", lambda: "another-machine")
        elsewhere.setattr("retain_cli.notify.ledger.mark_sent", _dies)
        assert retain("due", "--notify").code == 70
    clock("2026-11-23T07:39:59")
    early = retain("due", "--notify")
    assert (early.code, early.err, len(receiver.got)) == (69, "", 1)
    clock("2026-11-23T07:40:01")
    assert retain("due", "--notify").code == 0
    assert len(receiver.got) == 2
    assert len(set(receiver.keys)) == 1


def _dies(*_: object) -> None:
    raise ZeroDivisionError


def test_a_claim_that_was_cut_off_is_unknown_in_the_status_once_its_lease_is_over(
    receiver, retain, monkeypatch, clock
):
    with monkeypatch.context() as broken:
        broken.setattr("retain_cli.notify.ledger.mark_sent", _dies)
        retain("due", "--notify")
    (entry,) = retain("notify", "status", "-f", "json").data
    assert entry["state"] == "sending"
    clock("2026-11-23T07:41:00")
    (entry,) = retain("notify", "status", "-f", "json").data
    assert entry["state"] == "unknown"


def test_the_lock_is_an_empty_file_of_the_owner_alone_and_follows_a_link(retain, shop, machine):
    link = machine / "link.db"
    link.symlink_to(shop)
    retain("due", "--notify", "--db", link)
    left = Path(machine / ".shop.db.notify")
    assert left.stat().st_size == 0
    assert left.stat().st_mode & 0o777 == 0o600
    assert not (machine / ".link.db.notify").exists()
