"""The example shop, as `retain demo --keep` leaves it."""

import io
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from retain_cli.cli import main


@pytest.fixture(scope="session")
def lived_through(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's database, made once."""
    path = tmp_path_factory.mktemp("demo") / "shop.db"
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        assert main(["demo", "--keep", str(path), "--today", "2026-11-23"]) == 0
    return path


@pytest.fixture
def shop(lived_through: Path, machine: Path) -> Path:
    """A copy of it, to do with as a test likes."""
    return Path(shutil.copy(lived_through, machine / "demo.db"))
