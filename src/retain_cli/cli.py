"""The front page: every subcommand in its panel, and the one way out, with its exit code."""

import functools
import inspect
import io
import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

from retain_cli import __version__
from retain_cli.errors import RetainError
from retain_cli.render.streams import discard_output


class Listed(NamedTuple):
    """A subcommand as the front page lists it; its module is `commands/` and its name."""

    name: str
    panel: str
    sentence: str


# In the order of a salesperson's day; `--help` prints it so.
COMMANDS = (
    Listed("due", "Every day", "Whom to contact today, where, why, and what was said last."),
    Listed("agenda", "Every day", "How much the days ahead hold, as a bar for each."),
    Listed("brief", "Every day", "The page to read before contacting a customer."),
    Listed("next", "Every day", "Go through the list: a brief, what happened, the next one."),
    Listed("log-visit", "Every day", "Note what happened, and see what comes next."),
    Listed("skip", "Every day", "Leave out what is due to a customer this time, and say why."),
    Listed("snooze", "Every day", "Put off what is due to a customer until a day."),
    Listed("pause", "Every day", "Leave a customer alone until a day."),
    Listed("contact", "Every day", "Note that a customer is not to be contacted, or not by one channel."),
    Listed("show", "Every day", "Everything known of one customer."),
    Listed("list", "Every day", "Find customers by grade, area, words or a condition."),
    Listed("advise", "Every day", "What to offer a customer, or whom to tell about a product."),
    Listed("segment", "Every day", "Customers by a condition, under a name to use in lists."),
    Listed("promise", "Our word", "What we said we would do, and whether we did."),
    Listed("need", "Our word", "What customers said they may want, and when."),
    Listed("ticket", "Our word", "Complaints, repairs, maintenance and questions, until they are rated."),
    Listed("preference", "Our word", "How customers like to be reached, what they like and own."),
    Listed("feedback", "Our word", "What customers said we should do better, and what we did."),
    Listed("offer", "Our word", "Who took the services we offered, who declined, and why."),
    Listed("refer", "Our word", "Note who brought a customer."),
    Listed("referrals", "Our word", "Who brought whom, and what came of it."),
    Listed("benefit", "Our word", "Points, coupons and gifts: granted, used, expired."),
    Listed("event", "Our word", "Forums, tastings and parties: who is invited, who came."),
    Listed("campaign", "Our word", "A message to chosen customers: look, send, and see what came of it."),
    Listed("import", "The shop's data", "Take in customers, purchases or visits from CSV, Excel and vCard files."),
    Listed("review", "The shop's data", "Rows that fit several customers: say whom they are about."),
    Listed("batches", "The shop's data", "What was imported, merged and undone."),
    Listed("undo", "The shop's data", "Take an import or a merge back."),
    Listed("dupes", "The shop's data", "Customers who may be one person."),
    Listed("merge", "The shop's data", "Make one customer of two who are the same person."),
    Listed("classify", "The shop's data", "Grade customers A, B, C from what they bought."),
    Listed("pin", "The shop's data", "Give a customer a grade by hand, with a reason."),
    Listed("unpin", "The shop's data", "Take a grade given by hand away."),
    Listed("plan", "The shop's data", "Which grade gets which service how often."),
    Listed("service", "The shop's data", "The catalogue of care: what it usually costs and takes."),
    Listed("day", "The shop's data", "A customer's own days, such as a wedding day."),
    Listed("staff", "The shop's data", "Who serves the customers, their hours, and who stands in for them."),
    Listed("policy", "The shop's data", "The shop's own rules: what weighs how much, how often is too often."),
    Listed("report", "Did it work", "Who was served and who was not, what came back, what it cost."),
    Listed("backtest", "Did it work", "Which ranking would have found those who bought."),
    Listed("holdout", "Did it work", "Leave some C customers out, to see what the routine does."),
    Listed("notify", "By itself", "How the digests fare: what was sent, what failed, and a test."),
    Listed("cron", "By itself", "Let the digest of the day be sent every morning."),
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


def _format_option(command: str) -> Any:
    """`--format` with the formats that the command has."""
    from retain_cli.workspace import formats

    names = "|".join(formats(command))
    return Annotated[
        str, typer.Option("--format", "-f", metavar=names, help="How to answer.", rich_help_panel="Everywhere")
    ]


YesOption = Annotated[
    bool, typer.Option("--yes", help="Agree to whatever would be asked.", rich_help_panel="Everywhere")
]


_HELP_OPTIONS = {"help_option_names": ["--help", "-h"]}


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
        module = import_module(_MODULES[cmd_name])
        if hasattr(module, "ACTIONS"):
            return _with_actions(listed, module)
        function = getattr(module, _MODULES[cmd_name].rpartition(".")[2])
        page = typer.Typer(add_completion=False)
        page.command(listed.name, rich_help_panel=listed.panel, help=_help(listed, function))(
            _with_workspace(function, listed.name)
        )
        return typer.main.get_command(page)


class Actions(TyperGroup):
    """The actions of one subcommand, such as `add` and `close`; the first is meant where none is named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The words behind the subcommand, with the action written out."""
        if not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names):
            args = [self.list_commands(ctx)[0], *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the module."""
        return list(self.commands)


def _with_actions(listed: Listed, module: ModuleType) -> Any:
    """The subcommand whose module has `ACTIONS`: the name and the function of each."""
    page = typer.Typer(add_completion=False, cls=Actions, context_settings=_HELP_OPTIONS)
    page.callback(help=_help(listed, module))(lambda: None)
    for name, function in module.ACTIONS.items():
        page.command(name)(_with_workspace(function, listed.name if name == "show" else f"{listed.name} {name}"))
    made: Any = typer.main.get_command(page)
    # Typer takes both from where a group is added, which none is here.
    made.name, made.rich_help_panel = listed.name, listed.panel
    return made


def _help(listed: Listed, about: Callable[..., Any] | ModuleType) -> str:
    """The sentence of the front page, then what the docstring says beyond its own first line."""
    rest = inspect.cleandoc(about.__doc__ or "").partition("\n")[2].strip()
    return f"{listed.sentence}\n\n{rest}" if rest else listed.sentence


def _with_workspace(function: Callable[..., Any], command: str) -> Callable[..., Any]:
    """The function as Typer sees it: its own options, then those that every subcommand has."""
    own = inspect.signature(function, eval_str=True)
    parameters = [p for p in own.parameters.values() if p.name != "workspace"]
    shared = {
        "db": (DatabaseOption, None),
        "today": (TodayOption, None),
        "form": (_format_option(command), "table"),
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
    context_settings=_HELP_OPTIONS,
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
    try:
        with _interruptible():
            answered = app(argv, prog_name="retain", standalone_mode=False)
            return answered if isinstance(answered, int) else 0
    except RetainError as problem:
        return _tell(problem, argv)
    except _Stopped as stopped:
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
    except UnicodeEncodeError as problem:
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


def _wrong_use(problem: typer.TyperException) -> RetainError:
    context = getattr(problem, "ctx", None)
    path = context.command_path if context else "retain"
    message = " ".join(problem.format_message().split()).rstrip(".")
    return RetainError(message[:1].lower() + message[1:], f"See: {path} --help.", code="usage")


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


class _Stopped(BaseException):
    """A signal, as an exception, so that whatever is open is closed and rolled back.

    Neither KeyboardInterrupt nor any Exception: Typer would make something else of those.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def told(self) -> RetainError:
        word = "interrupted" if self.number == signal.SIGINT else "terminated"
        return RetainError(f"{word}; whatever was not finished was taken back", code=word)


class _interruptible:  # noqa: N801
    """While the command runs, SIGINT, SIGTERM and SIGHUP end it as an error would."""

    def __enter__(self) -> None:
        self._before = {}
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            # `nohup` and a shell's background jobs ask for some of them to be ignored.
            if number is None or signal.getsignal(number) == signal.SIG_IGN:
                continue
            try:
                self._before[number] = signal.signal(number, self._raise)
            except ValueError:  # not the main thread: nobody to signal
                return

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @staticmethod
    def _raise(number: int, _frame: object) -> None:
        raise _Stopped(number)
