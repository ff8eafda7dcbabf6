"""What command tests have: a small shop in the middle of its work, and answers kept as they were printed."""

import contextlib
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retain_cli.cli import main

FILES = {
    "customers.csv": """\
Customer ID,Name,Phone,E-mail,Area,Address,Birthday,DNC,Note
K1,Wang Fang,13800138001,wang@example.cn,Pudong,Century Avenue 1,1980-11-25,,prefers mornings
K2,Li Lei,13800138002,li@example.cn,Minhang,,--02-29,,
K3,Zhao Min,13800138003,,Pudong,,,,
K4,Chen Jie,13800138004,,Minhang,,,yes,
K5,王小红,13800138005,,浦东（新区）,世纪大道 100 号,1990-05-06,,
K6,Wang Wei,,wei@example.cn,,,,,
""",
    "orders.csv": """\
Order,Date,Customer,Product,Category,Amount
A1,2026-03-02,K1,oak floor,floors,12000.00
A2,2026-10-02,K1,floor oil,care,300.00
A3,2026-04-10,K2,carpet,carpets,4500.00
A4,2026-05-05,K3,tiles,tiles,2000.00
A5,2026-05-20,K3,tiles,tiles,-500.00
A6,2026-02-01,K4,carpet,carpets,900.00
A7,2026-05-30,K5,蜂蜡,care,80.00
""",
    "visits.csv": """\
Customer,Date,Channel,Outcome,Service,Sat,Cost,Notes,Next
K1,2026-07-01,visit,done,maintenance,5,120,asked for oil,
K1,2026-10-05,call,done,,4,,wants a quote for the stairs,2026-11-20
K2,2026-08-10,call,not reached,,,,,
""",
}


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop, made once: it began on 2026-06-01 with what it had sold and visited since."""
    folder = tmp_path_factory.mktemp("shop")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    database = folder / "shop.db"
    everywhere = ["--db", str(database), "--today", "2026-06-01"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        assert main(["import", *(str(folder / name) for name in FILES), *everywhere]) == 0
        assert main(["classify", *everywhere]) == 0
    return database


@pytest.fixture
def shop(template: Path, machine: Path) -> Path:
    """The shop's database and its exports, in the test's own folder."""
    for found in template.parent.iterdir():
        shutil.copy(found, machine / found.name)
    return machine / template.name


@pytest.fixture
def about_when_due(retain: Callable[..., Any]) -> Callable[..., list[str]]:
    """What the list says a reason is about for a customer: `about_when_due("ticket waiting", "K1", today=…)`."""

    def about(reason: str, customer: str, **how: str) -> list[str]:
        return [
            one["about"]
            for line in retain("due", "-f", "json", **how).data
            if line["customer"]["external_id"] == customer
            for one in line["reasons"]
            if one["reason"] == reason
        ]

    return about


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare an answer with the one kept under a name; `pytest --write` keeps it anew."""

    def compare(name: str, answer: str) -> None:
        path = request.path.parent / "snapshots" / f"{name}.txt"
        if request.config.getoption("--write"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(answer, encoding="utf-8")
        assert path.exists(), f"nothing is kept as {path.name}; pytest --write keeps it"
        assert answer == path.read_text(encoding="utf-8"), "pytest --write keeps it as it is now"

    return compare
