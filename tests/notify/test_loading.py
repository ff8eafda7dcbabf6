"""What telling people needs is loaded by nobody else, and telling them needs no models."""

import json
import subprocess
import sys

import pytest

LOOKED_AT = """
import json, sys
from retain_cli.cli import main
code = main(sys.argv[1:])
sys.stdout.flush()
heavy = ("sqlmodel", "sqlalchemy", "pydantic", "alembic", "apprise", "requests", "icalendar")
print(json.dumps([code, [name for name in heavy if name in sys.modules]]), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("argv", "code", "met"),
    [
        (["due"], 0, []),
        (["due", "--notify", "--dry-run"], 0, []),
        (["notify", "status"], 0, []),
        (["cron", "remove", "--help"], 0, []),
        (["due", "-f", "ics"], 0, ["icalendar"]),
        (["due", "--notify"], 0, ["apprise", "requests"]),
        (["due", "--notify", "--today", "2026-05-30"], 0, []),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_loads_no_more_than_it_needs(shop, receiver, monkeypatch, argv, code, met):
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", receiver.url)
    monkeypatch.setenv("RETAIN_TODAY", "2026-11-23")
    done = subprocess.run([sys.executable, "-c", LOOKED_AT, *argv], capture_output=True, text=True, check=True)
    assert json.loads(done.stderr.splitlines()[-1]) == [code, met]
