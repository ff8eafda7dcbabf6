"""The way in and the way out: one command line, its answer, and its exit code."""

import gc
import io
import os
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from retain_cli import __version__
from retain_cli.errors import RetainError
from retain_cli.interruption import Stopped, interruptible
from retain_cli.render.streams import discard_output

if TYPE_CHECKING:
    import typer


_CLOSE = 0.65
"""How alike two words are, from 0 to 1, of which one may have been meant for the other."""

_OBJECTS_BETWEEN_LOOKS = 100_000
"""So many more have to live than were let go before anybody looks for garbage; a start makes none."""


def run() -> None:
    """The console script."""
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS, 20, 20)
    sys.exit(main(sys.argv[1:]))


def main(argv: list[str]) -> int:
    """Run one command line and return its exit code; errors are told on stderr, or on stdout as JSON."""
    _prepare_streams()
    try:
        code = _run(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        discard_output()
        return 141
    except OSError as problem:
        discard_output()
        said = f"could not write the answer: {problem.strerror or problem}"
        return _tell(RetainError(said, code="io-failed"), argv, exit_code=74)
    return code


def _prepare_streams() -> None:
    """What was closed is nowhere: nothing that is opened later may stand in its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
        elif mode == "w" and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if isinstance(getattr(sys.stdout, "buffer", None), io.RawIOBase):
        # Under PYTHONUNBUFFERED a write that is cut short would be taken for a whole one.
        encoding, number = sys.stdout.encoding, sys.stdout.fileno()
        sys.stdout = open(number, "w", encoding=encoding, errors="backslashreplace", closefd=False)  # noqa: SIM115


def _run(argv: list[str]) -> int:
    if argv == ["--version"]:
        # Nothing but the start of the program is waited for.
        print(f"retain {__version__}")  # noqa: T201
        return 0
    import typer

    from retain_cli.front_page import app

    try:
        with interruptible():
            answered = app(argv, prog_name="retain", standalone_mode=False, obj=main)
            return answered if isinstance(answered, int) else 0
    except RetainError as problem:
        return _tell(problem, argv)
    except Stopped as stopped:
        return _tell(stopped.told(), argv, exit_code=128 + stopped.number)
    except typer.Abort:
        return _tell(RetainError("stopped", code="interrupted"), argv, exit_code=130)
    except SystemExit as leaving:
        # Typer leaves with 1 where the reader of the pipe has gone.
        if isinstance(leaving.__context__, BrokenPipeError):
            raise leaving.__context__ from None
        return leaving.code if isinstance(leaving.code, int) else 0
    except typer.TyperException as problem:
        # Without a word behind `retain` the help was the answer, and there is nothing to add.
        return _tell(_wrong_use(problem), argv, exit_code=2) if problem.format_message() else 2
    except ValueError as problem:
        if _holds_bytes(argv):
            said = RetainError("a word of the command line is not UTF-8 text", "Type it again.", code="usage")
            return _tell(said, argv, exit_code=2)
        return _tell(_crashed(problem), argv)
    except OSError:
        raise
    except Exception as problem:
        return _tell(_crashed(problem), argv)


def _crashed(problem: Exception) -> RetainError:
    from retain_cli.crash import crash_report

    return crash_report(problem)


def _holds_bytes(argv: list[str]) -> bool:
    """Whether a word holds bytes that are no text, which Python hands on as lone surrogates."""
    return any("\udc80" <= character <= "\udcff" for word in argv for character in word)


def _wrong_use(problem: "typer.TyperException") -> RetainError:
    import re

    context = getattr(problem, "ctx", None)
    path = context.command_path if context else "retain"
    message = " ".join(problem.format_message().split()).rstrip(".")
    guess = ""
    if meant := re.search(r"\.? \(?(?:Possible options:|Did you mean) (.*?)[?)]*$", message):
        guess = _close(message, meant[1].split(", "))
        message = message[: meant.start()]
    return RetainError(message[:1].lower() + message[1:], f"{guess}See: {path} --help.", code="usage")


def _close(message: str, guesses: list[str]) -> str:
    """Those of the guesses that are close without the dashes, which alone make `--by` look like `--db`."""
    import re
    from difflib import SequenceMatcher

    written = re.search(r"'([^']*)'|(-\S+)", message)
    word = (written[1] or written[2]).strip("-.") if written else ""
    near = [one for one in guesses if SequenceMatcher(None, word, one.strip("'-")).ratio() >= _CLOSE]
    return f"Did you mean {', '.join(near)}? " if near else ""


def _tell(problem: RetainError, argv: list[str], *, exit_code: int | None = None) -> int:
    """Say what happened and what to do, once, and return the exit code."""
    from retain_cli.render.safe import safe

    code = problem.exit_code if exit_code is None else exit_code
    try:
        if _wants_json(argv):
            from retain_cli.render.json_writer import write_error

            write_error(problem, sys.stdout)
            sys.stdout.flush()
        else:
            for fault in problem.problems:
                print(safe(fault), file=sys.stderr)  # noqa: T201
            said = f"retain: error: {safe(problem.message)}." + (f" {safe(problem.hint)}" if problem.hint else "")
            print(said, file=sys.stderr)  # noqa: T201
    except OSError:
        # Nobody can be told; the exit code still says it.
        discard_output()
    return code


def _wants_json(argv: list[str]) -> bool:
    """Whether JSON was asked for; read from the words themselves, since parsing them may be what failed."""
    pairs = pairwise(argv)
    return (
        any(option in ("-f", "--format") and value == "json" for option, value in pairs)
        or "--format=json" in argv
        or "-fjson" in argv
    )
