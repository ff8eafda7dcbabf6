"""The front page: every subcommand in its panel, and the one way out, with its exit code."""

import functools
import inspect
import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

from retain_cli import __version__
from retain_cli.errors import RetainError


class Listed(NamedTuple):
    """A subcommand as the front page lists it; its module is `commands/` and its name."""

    name: str
    panel: str
    sentence: str


# In the order of a salesperson's day; `--help` prints it so.
COMMANDS = (
    Listed("due", "Every day", "Whom to contact today, where, why, and what was said last."),
    Listed("log-visit", "Every day", "Note what happened, and see what comes next."),
    Listed("show", "Every day", "Everything known of one customer."),
    Listed("list", "Every day", "Find customers by grade, area or words."),
    Listed("import", "The shop's data", "Take in customers, purchases or visits from CSV files."),
    Listed("classify", "The shop's data", "Grade customers A, B, C from what they bought."),
    Listed("plan", "The shop's data", "Which grade gets which service how often."),
    Listed("report", "Did it work", "Who was served and who was not, what came back, what it cost."),
    Listed("demo", "First steps", "Try everything on a small shop's own exports."),
)

_MODULES = {listed.name: "retain_cli.commands." + listed.name.replace("-", "_") for listed in COMMANDS}
_MODULES["import"] = "retain_cli.commands.import_files"
_MODULES["list"] = "retain_cli.commands.list_customers"

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="PATH",
        help="The database file; else RETAIN_DB, else one in your data folder.",
        rich_help_panel="Everywhere",
    ),
]
TodayOption = Annotated[
    str | None,
    typer.Option(
        "--today",
        metavar="YYYY-MM-DD",
        envvar="RETAIN_TODAY",
        show_envvar=False,
        help="The day to think of as today; else RETAIN_TODAY, else the clock.",
        rich_help_panel="Everywhere",
    ),
]
FormatOption = Annotated[
    str,
    typer.Option("--format", "-f", metavar="table|json|csv", help="How to answer.", rich_help_panel="Everywhere"),
]
YesOption = Annotated[
    bool, typer.Option("--yes", help="Agree to whatever would be asked.", rich_help_panel="Everywhere")
]


class FrontPage(TyperGroup):
    """The group of subcommands; a subcommand's module is imported only when it is the one asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the day."""
        return [listed.name for listed in COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The subcommand, built from the function in its module."""
        listed = next((listed for listed in COMMANDS if listed.name == cmd_name), None)
        if listed is None:
            return None
        function = getattr(import_module(_MODULES[cmd_name]), _MODULES[cmd_name].rpartition(".")[2])
        page = typer.Typer(add_completion=False)
        page.command(listed.name, rich_help_panel=listed.panel, help=_help(listed, function))(
            _with_workspace(function, listed.name)
        )
        return typer.main.get_command(page)


def _help(listed: Listed, function: Callable[..., Any]) -> str:
    """The sentence of the front page, then what the function's docstring says beyond its own first line."""
    rest = inspect.cleandoc(function.__doc__ or "").partition("\n")[2].strip()
    return f"{listed.sentence}\n\n{rest}" if rest else listed.sentence


def _with_workspace(function: Callable[..., Any], command: str) -> Callable[..., Any]:
    """The function as Typer sees it: its own options, then those that every subcommand has."""
    own = inspect.signature(function, eval_str=True)
    parameters = [p for p in own.parameters.values() if p.name != "workspace"]
    shared = {
        "db": (DatabaseOption, None),
        "today": (TodayOption, None),
        "form": (FormatOption, "table"),
        "yes": (YesOption, False),
    }
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [p.replace(kind=keyword) for p in parameters]
    parameters += [
        inspect.Parameter(name, keyword, default=default, annotation=annotation)
        for name, (annotation, default) in shared.items()
    ]

    @functools.wraps(function)
    def with_workspace(db: str | None, today: str | None, form: str, yes: bool, **given: Any) -> Any:
        from retain_cli.workspace import workspace

        return function(workspace(command, db, today, form, yes), **given)

    with_workspace.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    with_workspace.__annotations__ = {p.name: p.annotation for p in parameters}
    del with_workspace.__wrapped__
    return with_workspace


app = typer.Typer(
    cls=FrontPage,
    name="retain",
    help="Whom of your old customers to contact today, why, and whether it worked.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _print_version(asked: bool) -> None:
    if asked:
        print(f"retain {__version__}")  # noqa: T201
        raise typer.Exit


@app.callback()
def front_page(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version.")
    ] = False,
) -> None:
    """The front page."""


def run() -> None:
    """The console script."""
    sys.exit(main(sys.argv[1:]))


def main(argv: list[str]) -> int:
    """Run one command line and return its exit code; errors are told on stderr, or on stdout as JSON."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(argv)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        return _reader_gone()
    except OSError as problem:
        return _tell(RetainError(f"could not write the answer: {problem.strerror}"), argv, exit_code=74)
    return code


def _run(argv: list[str]) -> int:
    try:
        with _interruptible():
            answered = app(argv, prog_name="retain", standalone_mode=False)
            return answered if isinstance(answered, int) else 0
    except RetainError as problem:
        return _tell(problem, argv)
    except typer.Abort:
        return _tell(RetainError("stopped"), argv, exit_code=130)
    except KeyboardInterrupt:
        return _tell(RetainError("interrupted; nothing was changed", code="interrupted"), argv, exit_code=130)
    except _Terminated:
        return _tell(RetainError("terminated; nothing was changed", code="terminated"), argv, exit_code=143)
    except typer.TyperException as problem:
        # Without a word behind `retain` the help was the answer, and there is nothing to add.
        return _tell(_wrong_use(problem), argv, exit_code=2) if problem.format_message() else 2
    except OSError:
        raise
    except Exception as problem:
        from retain_cli.crash import crash_report

        return _tell(crash_report(problem), argv)


def _wrong_use(problem: typer.TyperException) -> RetainError:
    context = getattr(problem, "ctx", None)
    path = context.command_path if context else "retain"
    message = " ".join(problem.format_message().split()).rstrip(".")
    return RetainError(message[:1].lower() + message[1:], f"See: {path} --help.", code="usage")


def _tell(problem: RetainError, argv: list[str], *, exit_code: int | None = None) -> int:
    """Say what happened and what to do, once, and return the exit code."""
    from retain_cli.render.safe import safe

    if _wants_json(argv):
        from retain_cli.render.json_writer import write_error

        write_error(problem, sys.stdout)
        sys.stdout.flush()
    else:
        for fault in problem.problems:
            print(safe(fault), file=sys.stderr)  # noqa: T201
        said = f"retain: error: {safe(problem.message)}." + (f" {safe(problem.hint)}" if problem.hint else "")
        print(said, file=sys.stderr)  # noqa: T201
    return problem.exit_code if exit_code is None else exit_code


def _wants_json(argv: list[str]) -> bool:
    """Whether JSON was asked for; read from the words themselves, since parsing them may be what failed."""
    pairs = pairwise(argv)
    return (
        any(option in ("-f", "--format") and value == "json" for option, value in pairs)
        or "--format=json" in argv
        or "-fjson" in argv
    )


def _reader_gone() -> int:
    """The reader closed the pipe: end quietly, and let nothing be written at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141


class _Terminated(BaseException):
    """SIGTERM, as an exception, so that whatever is open is closed and rolled back."""


class _interruptible:  # noqa: N801
    """While the command runs, SIGTERM and SIGHUP end it as an error would."""

    def __enter__(self) -> None:
        self._before = {}
        try:
            for name in ("SIGTERM", "SIGHUP"):
                if hasattr(signal, name):
                    number = getattr(signal, name)
                    self._before[number] = signal.signal(number, self._raise)
        except ValueError:  # not the main thread: nobody to signal
            self._before = {}

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @staticmethod
    def _raise(number: int, _frame: object) -> None:
        raise _Terminated
