"""What every test has: a machine of its own, `retain` as a person or a script calls it, and small shops."""

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from retain_cli.cli import main
from retain_cli.store import migrate

# A machine that is busy with something else is no fault of what is tested.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
# The same examples every time: what is green stays green until something changes. New ones are tried by everybody's
# own runs.
settings.register_profile("repeatable", parent=settings.get_profile("patient"), derandomize=True, database=None)

TODAY = "2026-11-23"
"""A Monday; what tests think of as today unless they say otherwise."""

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """What is kept as the program printed it can be written anew."""
    parser.addoption("--write", action="store_true", help="Rewrite snapshots, and the output shown in the docs.")


@dataclass(frozen=True)
class Answer:
    """What one command line came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The envelope of `-f json`."""
        return json.loads(self.out)

    @property
    def data(self) -> Any:
        """The data of `-f json`, of a command that went well."""
        assert self.code in (0, 3), self.out + self.err
        return self.json["data"]


Retain = Callable[..., Answer]


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home folder of its own, 80 columns, no colours, and none of the user's settings; its folder for files."""
    for name in list(os.environ):
        if name.startswith(("RETAIN_", "XDG_", "FORCE_COLOR", "CLICOLOR")):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("RETAIN_DB", str(tmp_path / "shop.db"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session", autouse=True)
def new_databases_are_copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], None]]:
    """Make the schema once, and copy it from then on; gives what really makes one."""
    really = migrate.create
    made = tmp_path_factory.mktemp("schema") / "new.db"
    really(made)
    schema = made.read_bytes()

    def copy(path: Path) -> None:
        path.write_bytes(schema)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "create", copy)
        yield really


@pytest.fixture
def retain(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Retain:
    """Run one command line in this process: `retain("due", "--limit", 3, today="2026-12-01", stdin=b"…")`."""

    def run(*argv: object, today: str = TODAY, stdin: bytes = b"") -> Answer:
        monkeypatch.setenv("RETAIN_TODAY", today)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        code = main([str(word) for word in argv])
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return run


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[[str, str], str]:
    """Write a CSV file and give its path: `csv_file("orders.csv", "Date,…\\n…")`."""

    def write(name: str, text: str) -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def graded_shop(retain: Retain, csv_file: Callable[[str, str], str]) -> Callable[..., None]:
    """Open a shop of a few customers, graded: `graded_shop("Ann,11-23", "Bo,", titles="Name,Birthday")`.

    They are numbered from 1 on; each bought once, on 1 November 2026, for a little less than the one before.
    """

    def open_shop(*people: str, titles: str = "Name") -> None:
        customers = "".join(f"{number},{person}\n" for number, person in enumerate(people, start=1))
        orders = "".join(f"{number},2026-11-01,{1000 - number}\n" for number in range(1, len(people) + 1))
        files = (
            csv_file("customers.csv", f"Customer ID,{titles}\n{customers}"),
            csv_file("orders.csv", f"Customer ID,Date,Amount\n{orders}"),
        )
        assert retain("import", *files).code == 0
        assert retain("classify").code == 0

    return open_shop


MUSIC = ROOT / "examples" / "cdnow" / "CDNOW_sample.txt"
MUSIC_DAY = "1998-07-01"


@pytest.fixture
def music_shop(retain: Retain) -> Retain:
    """CDNOW's customers, graded."""
    how = ("--kind", "purchases", "--delimiter", "space", "--columns", "external_id,-,bought_on,quantity,amount")
    assert retain("import", MUSIC, *how, "--currency", "USD", today=MUSIC_DAY).code == 0
    assert retain("classify", today=MUSIC_DAY).code == 0
    return retain
