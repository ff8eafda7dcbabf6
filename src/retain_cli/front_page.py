"""The front page: every subcommand in its panel, with its own options and those that all of them have."""

import functools
import inspect
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from retain_cli import __version__
from retain_cli.command_list import COMMANDS, MODULES, Listed

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
_WITH_A_VALUE = ("--db", "--today", "--format", "-f")
_BEFORE_THE_SUBCOMMAND = "retain_cli.front_page.before_the_subcommand"


class FrontPage(TyperGroup):
    """The group of subcommands; a subcommand's module is imported only when it is the one asked for."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The words behind `retain`; what every subcommand takes may also stand before its name."""
        count = _shared_words(args)
        ctx.meta[_BEFORE_THE_SUBCOMMAND] = args[:count]
        return super().parse_args(ctx, args[count:])

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the day."""
        return [listed.name for listed in COMMANDS]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The subcommand that is asked for; an error names those that are spelt nearly so."""
        try:
            return super().resolve_command(ctx, args)
        except typer.TyperException as problem:
            from difflib import get_close_matches

            # Typer looks among the commands that are loaded, of which there are none.
            near = get_close_matches(args[0], self.list_commands(ctx))
            if near:
                problem.message = f"{problem.message.rstrip('.')}. Did you mean {', '.join(map(repr, near))}?"
            raise

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The subcommand, built from the function in its module."""
        listed = next((listed for listed in COMMANDS if listed.name == cmd_name), None)
        if listed is None:
            return None
        module = import_module(MODULES[cmd_name])
        if hasattr(module, "ACTIONS"):
            return _with_actions(listed, module)
        function = getattr(module, MODULES[cmd_name].rpartition(".")[2])
        page = typer.Typer(add_completion=False)
        page.command(listed.name, cls=OneCommand, rich_help_panel=listed.panel, help=_help(listed, function))(
            _with_workspace(function, listed.name)
        )
        return typer.main.get_command(page)


def _shared_words(args: list[str]) -> int:
    """How many of the first words are options that every subcommand takes, with their values."""
    count = 0
    while count < len(args):
        if args[count] in _WITH_A_VALUE and count + 1 < len(args):
            count += 2
        elif args[count] == "--yes" or args[count].startswith(("--db=", "--today=", "--format=", "-f")):
            count += 1
        else:
            break
    return count


class OneCommand(TyperCommand):
    """A subcommand, or an action of one, that whatever is wrong with its words is told to be about."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The words behind its name; an error of theirs knows the command, whose help is the next step."""
        try:
            return super().parse_args(ctx, [*ctx.meta.get(_BEFORE_THE_SUBCOMMAND, ()), *args])
        except typer.TyperException as problem:
            # Without it where an option's value is missing, or is given to an option that takes none.
            if getattr(problem, "ctx", None) is None:
                problem.ctx = ctx  # type: ignore[attr-defined]
            raise


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
        words = listed.name if name == "show" else f"{listed.name} {name}"
        page.command(name, cls=OneCommand, help=_flowing(function))(_with_workspace(function, words))
    made: Any = typer.main.get_command(page)
    # Typer takes both from where a group is added, which none is here.
    made.name, made.rich_help_panel = listed.name, listed.panel
    return made


def _help(listed: Listed, about: Callable[..., Any] | ModuleType) -> str:
    """The sentence of the front page, then what the docstring says beyond its own first line."""
    rest = _flowing(about).partition("\n")[2].strip()
    return f"{listed.sentence}\n\n{rest}" if rest else listed.sentence


def _flowing(about: Callable[..., Any] | ModuleType) -> str:
    """The docstring with each paragraph on one line, so that the terminal alone breaks it."""
    paragraphs = inspect.cleandoc(about.__doc__ or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


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
    parameters.insert(0, inspect.Parameter("context", keyword, annotation=typer.Context))
    parameters += [
        inspect.Parameter(name, keyword, default=default, annotation=annotation)
        for name, (annotation, default) in shared.items()
    ]

    @functools.wraps(function)
    def with_workspace(
        context: typer.Context, db: str | None, today: str | None, form: str, yes: bool, **given: Any
    ) -> Any:
        from retain_cli.workspace import workspace

        surroundings = workspace(command, db, today, form, yes)
        only_asks = bool(given.get("dry_run"))
        return function(surroundings._replace(run=context.obj, only_asks=only_asks), **given)

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
