"""A fault of retain's own: one line for the person, and a report without their customers in it."""

import os
import platform
import traceback
from pathlib import Path

from retain_cli import __version__
from retain_cli.errors import RetainError


def crash_report(problem: BaseException) -> RetainError:
    """Write where it happened, never what was in the variables, and say where the report lies."""
    frames = traceback.extract_tb(problem.__traceback__)
    lines = [f"retain {__version__}, Python {platform.python_version()}, {platform.system()}"]
    lines += [f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
    lines.append(type(problem).__name__)
    if os.environ.get("RETAIN_DEBUG"):
        lines += ["May hold personal data, because RETAIN_DEBUG is set:", str(problem)]
    where = _written("\n".join(lines) + "\n")
    said = f"a fault in retain ({type(problem).__name__} at {lines[len(frames)].partition(' ')[0]})"
    return RetainError(said, f"Please report it; {where}", code="bug")


def _written(report: str) -> str:
    import tempfile

    try:
        handle, name = tempfile.mkstemp(prefix="retain-crash-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(report)
    except OSError:
        return "the report could not be written."
    return f"the report is {name}."
