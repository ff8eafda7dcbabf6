"""What is wrong with an export that is to be taken in again."""

from pathlib import Path
from typing import Any

from retain_cli.errors import BadInput
from retain_cli.importing.problems import Problem

NEXT = "Correct it there, or export again; nothing was taken in."


def fault(path: Path, line: int, column: str, cell: Any, why: str) -> BadInput:
    """The error that names the file, the line, the column and the cell."""
    return BadInput(str(Problem(str(path), line, column, "" if cell is None else str(cell), why)), NEXT)
