"""`retain cron`, against programs that behave as crontab and systemctl do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.usefixtures("shop"),
    pytest.mark.skipif(sys.platform == "win32", reason="there is no cron"),
]

OTHERS = b"# my own\nMAILTO=me@example.com\n\n0 5 * * *  tar cf /backup.tar \xff\xe9 \\% # caf\xe9\r\n\n"

# Keeps the table in a file as cron does, refuses one without an end of line, and counts how often it is written.
CRONTAB = """#!/bin/sh
if [ -e "{folder}/broken" ]; then echo "crontab: your account is locked" >&2; exit 1; fi
case "$1" in
-l) if [ -e "{folder}/table" ]; then cat "{folder}/table"; else echo "no crontab for ann" >&2; exit 1; fi ;;
-) cat > "{folder}/new"
   if [ -s "{folder}/new" ] && [ -n "$(tail -c 1 "{folder}/new")" ]; then echo "premature EOF" >&2; exit 1; fi
   mv "{folder}/new" "{folder}/table"; echo x >> "{folder}/written" ;;
*) exit 64 ;;
esac
"""


@pytest.fixture
def programs(machine, monkeypatch) -> Path:
    """A folder in front of PATH with both programs; `table` in it is the user's crontab."""
    folder = machine / "programs"
    folder.mkdir()
    for name, text in {
        "crontab": CRONTAB.format(folder=folder),
        "systemctl": f'#!/bin/sh\necho "$@" >> "{folder}/asked"\n',
    }.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


def lines(table: Path) -> list[str]:
    return [line for line in os.fsdecode(table.read_bytes()).splitlines() if line and not line.startswith("#")]


def test_it_writes_one_line_that_runs_on_work_days_and_says_so(retain, programs, shop):
    answer = retain("cron", "install", "--at", "6:05")
    assert answer.code == 0
    (line,) = lines(programs / "table")
    *when, command = line.split(maxsplit=5)
    assert when == ["5", "6-11", "*", "*", "1,2,3,4,5,6"]
    assert f"RETAIN_DB={shop}" in command
    assert command.endswith("due --notify")
    assert "".join(line.split()) in "".join(answer.out.split())


def test_the_command_it_writes_runs_where_cron_runs_it(retain, programs, machine, monkeypatch):
    """The command of the line, given to `sh` with no more than cron gives."""
    config = machine / "retain.toml"
    config.write_text(f'[notify]\ncommand = ["touch", "{machine}/told"]\n')
    config.chmod(0o600)
    monkeypatch.setenv("RETAIN_CONFIG", "retain.toml")
    monkeypatch.setenv("RETAIN_TZ", "Asia/Shanghai")
    retain("cron", "install")
    (line,) = lines(programs / "table")
    command = line.split(maxsplit=5)[5].replace("\\%", "%")
    sources = str(Path(__file__).parents[2] / "src")
    done = subprocess.run(
        [
            "env",
            "-i",
            "PATH=/usr/bin:/bin",
            f"PYTHONPATH={sources}",
            "RETAIN_TODAY=2026-11-23",
            "sh",
            "-c",
            command,
        ],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (machine / "told").exists()


def test_every_other_byte_stays_as_it_was(retain, programs):
    table = programs / "table"
    table.write_bytes(OTHERS)
    retain("cron", "install")
    assert table.read_bytes().startswith(OTHERS)
    assert len(table.read_bytes()) > len(OTHERS)
    table.write_bytes(table.read_bytes() + b"1 1 * * * after\n")
    retain("cron", "install", "--at", "9:00")
    assert table.read_bytes().startswith(OTHERS)
    assert table.read_bytes().endswith(b"\n1 1 * * * after\n")
    assert retain("cron", "remove").code == 0
    assert table.read_bytes() == OTHERS + b"1 1 * * * after\n"


def test_a_last_line_without_an_end_gets_one_and_keeps_its_bytes(retain, programs):
    table = programs / "table"
    table.write_bytes(b"0 5 * * * backup")
    retain("cron", "install")
    assert table.read_bytes().startswith(b"0 5 * * * backup\n#")
    retain("cron", "remove")
    assert table.read_bytes() == b"0 5 * * * backup\n"


def test_the_same_again_writes_nothing(retain, programs):
    retain("cron", "install")
    before = (programs / "table").read_bytes()
    again = retain("cron", "install")
    assert "has it" in again.out
    assert (programs / "table").read_bytes() == before
    assert (programs / "written").read_text() == "x\n"
    retain("cron", "remove")
    assert "nothing to take away" in retain("cron", "remove").out
    assert (programs / "written").read_text() == "x\nx\n"


def test_two_shops_have_a_line_each(retain, programs, shop, machine):
    other = machine / "50% of it, ours.db"
    other.write_bytes(shop.read_bytes())
    retain("cron", "install")
    retain("cron", "install", "--db", other)
    assert len(lines(programs / "table")) == 2
    assert "50\\% of it, ours.db'" in (programs / "table").read_text()
    retain("cron", "remove")
    (line,) = lines(programs / "table")
    assert "50\\%" in line


def test_show_changes_nothing(retain, programs):
    assert "Nothing runs by itself" in retain("cron", "show").out
    retain("cron", "install")
    before = (programs / "table").read_bytes()
    data = retain("cron", "show", "-f", "json").data
    assert data["by"] == "crontab"
    assert data["written"][0]["text"].encode() == before
    assert (programs / "table").read_bytes() == before


def test_a_crontab_that_cannot_be_read_is_not_written_over(retain, programs):
    (programs / "table").write_bytes(OTHERS)
    (programs / "broken").touch()
    for word in ("install", "remove", "show"):
        answer = retain("cron", word)
        assert answer.code == 77
        assert "your account is locked" in answer.err
    assert (programs / "table").read_bytes() == OTHERS


def test_a_block_that_lost_its_end_is_left_to_the_person(retain, programs):
    retain("cron", "install")
    table = programs / "table"
    broken = table.read_bytes().rpartition(b"# retain due")[0] + b"0 5 * * * backup\n"
    table.write_bytes(broken)
    for word in ("install", "remove"):
        assert retain("cron", word).code == 78
    assert table.read_bytes() == broken


def test_addresses_are_not_written_into_the_crontab(retain, programs, monkeypatch):
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", "ntfy://s3cret")
    answer = retain("cron", "install")
    assert "s3cret" not in (programs / "table").read_text() + answer.out + answer.err
    assert "retain.toml" in answer.err


@pytest.mark.parametrize("at", ["25:00", "7", "7:60", "seven", "7:3", "-1:00"])
def test_a_time_that_is_none_is_refused(retain, programs, at):
    assert retain("cron", "install", f"--at={at}").code == 2
    assert not (programs / "table").exists()


def test_late_hours_end_with_the_day(retain, programs):
    retain("cron", "install", "--at", "23:15")
    assert lines(programs / "table")[0].startswith("15 23 * * 1,2,3,4,5,6 ")


def test_without_cron_systemd_is_named(retain, machine, monkeypatch):
    monkeypatch.setenv("PATH", str(machine))
    for argv, hint in ((["install"], "--systemd"), (["install", "--systemd"], "Leave --systemd away")):
        answer = retain("cron", *argv)
        assert answer.code == 78
        assert hint in answer.err
    assert retain("cron", "show").code == 0


def test_a_timer_of_systemd_is_two_files_of_its_own(retain, programs, shop, machine):
    answer = retain("cron", "install", "--systemd", "--at", "6:05", "-f", "json")
    service, timer = (Path(one["where"]) for one in answer.data["written"])
    assert service.parent == timer.parent == machine / "home" / ".config" / "systemd" / "user"
    assert "OnCalendar=Mon,Tue,Wed,Thu,Fri,Sat *-*-* 06..11:05:00\n" in timer.read_text()
    assert "Persistent=true\n" in timer.read_text()
    assert f'Environment="RETAIN_DB={shop}"\n' in service.read_text()
    asked = (programs / "asked").read_text().splitlines()
    assert asked == ["--user daemon-reload", f"--user enable --now {timer.name}"]
    assert "The timer is there" in retain("cron", "install", "--systemd", "--at", "6:05").out
    assert retain("cron", "show", "-f", "json").data["by"] == "systemd"
    retain("cron", "remove")
    assert not service.exists()
    assert not timer.exists()
    assert f"--user disable --now {timer.name}" in (programs / "asked").read_text()


def test_what_means_something_to_systemd_is_written_out_in_a_timer(retain, programs, shop, machine):
    """As systemd.syntax(7), systemd.unit(5) on specifiers and systemd.service(5) on command lines have it."""
    odd = machine / 'a %h $HOME "b" .db'
    odd.write_bytes(shop.read_bytes())
    service = retain("cron", "install", "--systemd", "--db", odd, "-f", "json").data["written"][0]["text"]
    assert f'Environment="RETAIN_DB={machine}/a %%h $HOME \\"b\\" .db"\n' in service
    (command,) = [line for line in service.splitlines() if line.startswith("ExecStart=")]
    assert command.endswith(' "due" "--notify"')
    assert command.startswith('ExecStart="/')


def test_systemd_itself_reads_the_timer_as_it_is_meant(retain, programs, shop, machine):
    """systemd-analyze is an outside reader; the shop's path has what systemd gives a meaning of its own."""
    import shutil

    analyze = shutil.which("systemd-analyze", path="/usr/bin:/bin")
    if analyze is None:
        pytest.skip("there is no systemd-analyze")
    odd = machine / 'a %h $HOME "b" .db'
    odd.write_bytes(shop.read_bytes())
    written = retain("cron", "install", "--systemd", "--db", odd, "-f", "json").data["written"]
    done = subprocess.run(
        [analyze, "verify", "--user", "--man=no", *(one["where"] for one in written)],
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_RUNTIME_DIR": str(machine)},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
