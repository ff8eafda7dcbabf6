"""What tests of digests have: a small shop, a real receiver, a real mail server, a program, and settings."""

import contextlib
import io
import json
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from retain_cli.cli import main

CUSTOMERS = """\
Customer ID,Name,Phone,Area,Address,Birthday,DNC
K1,Wang Fang,13800138001,Pudong,Century Avenue 1,1980-11-25,
K2,Li Lei,13800138002,Minhang,Elm Road 9,,
K3,Zhao Min,13800138003,Pudong,,,
K4,Chen Jie,13800138004,Minhang,,,yes
"""
ORDERS = """\
Order,Date,Customer,Product,Amount
A1,2026-03-02,K1,oak floor,12000.00
A2,2026-04-10,K2,carpet,4500.00
A3,2026-05-05,K3,tiles,2000.00
A4,2026-02-01,K4,carpet,900.00
"""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop, made once: three of its customers wait since the summer, one asked not to be contacted."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    (folder / "orders.csv").write_text(ORDERS, encoding="utf-8")
    database = folder / "shop.db"
    everywhere = ["--db", str(database), "--today", "2026-06-01"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        assert main(["import", str(folder / "customers.csv"), str(folder / "orders.csv"), *everywhere]) == 0
        assert main(["classify", *everywhere]) == 0
    return database


@pytest.fixture
def shop(template: Path, machine: Path) -> Path:
    """A copy of it where RETAIN_DB says."""
    return Path(shutil.copy(template, machine / "shop.db"))


class Receiver:
    """A server on loopback that keeps what it is sent."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.answers: list[int] = []
        """What it answers, in turn; 200 when there is nothing left."""
        self.sends_on_to = ""
        self.before_answer: Callable[[], None] = lambda: None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                code = outer.answers.pop(0) if outer.answers else 200
                sent = {"key": self.headers["Idempotency-Key"], "code": code, "path": self.path}
                outer.got.append(sent | json.loads(body))
                outer.before_answer()
                with contextlib.suppress(OSError):
                    self.send_response(code)
                    self.send_header("Content-Length", "0")
                    if outer.sends_on_to:
                        self.send_header("Location", outer.sends_on_to)
                    self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"json://127.0.0.1:{self._server.server_port}/hook"
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.01])
        self._thread.start()

    @property
    def keys(self) -> list[str]:
        """The idempotency keys of what it took."""
        return [one["key"] for one in self.got if one["code"] == 200]

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A server that takes JSON."""
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def another_receiver() -> Iterator[Receiver]:
    """A second one."""
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def settings(machine: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Write the settings file, readable by nobody else."""

    def write(text: str) -> Path:
        path = machine / "retain.toml"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        monkeypatch.setenv("RETAIN_CONFIG", str(path))
        return path

    return write


class Program:
    """A program that keeps what it is given, one line of JSON for each time it is run."""

    def __init__(self, folder: Path) -> None:
        self.kept = folder / "kept.jsonl"
        self.path = folder / "program.py"
        self.path.write_text(
            "import json, sys\n"
            "line = json.dumps({'argv': sys.argv[1:], 'stdin': json.load(sys.stdin)})\n"
            f"open({str(self.kept)!r}, 'a').write(line + '\\n')\n",
            encoding="utf-8",
        )

    def command(self, *arguments: str) -> str:
        """Its command as TOML writes it."""
        return json.dumps([sys.executable, str(self.path), *arguments])

    @property
    def got(self) -> list[dict[str, Any]]:
        """What it was given each time."""
        text = self.kept.read_text(encoding="utf-8") if self.kept.exists() else ""
        return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def program(machine: Path) -> Program:
    """A program of the user's own."""
    return Program(machine)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the instant it is; days are said by `today`, as ever."""
    from datetime import UTC, datetime

    from retain_cli.workspace import Workspace

    def put(written: str) -> None:
        moment = datetime.fromisoformat(written).replace(tzinfo=UTC)
        monkeypatch.setattr(Workspace, "moment", lambda _: moment)

    put("2026-11-23T07:30:00")
    return put
