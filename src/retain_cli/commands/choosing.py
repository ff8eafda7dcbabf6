"""The customers a command is about: named, read from stdin, or meant by a filter."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retain_cli.store.policy import Policy
    from retain_cli.store.store import Store
    from retain_cli.workspace import Workspace

Customers = Annotated[
    list[str] | None,
    typer.Argument(metavar="[CUSTOMER]...", help="Whom; - reads one a line from stdin.", show_default=False),
]
Segment = Annotated[str | None, typer.Option("--segment", metavar="NAME", help="The customers of a segment.")]
Where = Annotated[str | None, typer.Option("--where", metavar="CONDITION", help="Those a condition means.")]
Grade = Annotated[str | None, typer.Option("--grade", metavar="A|B|C|none", help="Those of this grade.")]
Area = Annotated[str | None, typer.Option("--area", metavar="AREA", help="Those who live there.")]


def chosen(
    workspace: "Workspace",
    store: "Store",
    policy: "Policy",
    named: list[str] | None,
    *,
    segment: str | None = None,
    where: str | None = None,
    grade: str | None = None,
    area: str | None = None,
) -> list[int]:
    """The numbers of the customers that were named, or that fit every filter, the best first; each once."""
    from retain_cli.commands.parameters import word_option
    from retain_cli.errors import WrongUse
    from retain_cli.model.grade import GRADES, NONE_YET
    from retain_cli.record.customers import customers
    from retain_cli.record.find import find_customer
    from retain_cli.segments.saved import filter_customers

    filters: list[Any] = [segment, where, grade, area]
    if bool(named) == any(one is not None for one in filters):
        raise WrongUse(
            "it is not said which customers",
            "Name them, or - for stdin, or choose with --segment, --where, --grade or --area.",
        )
    if named:
        words = [one for word in named for one in (_lines() if word == "-" else [word])]
        return list(dict.fromkeys(find_customer(store, policy, word).id for word in words))
    if grade is not None:
        grade = word_option(grade, [*map(str.casefold, GRADES), NONE_YET], "--grade")
        grade = grade if grade == NONE_YET else grade.upper()
    only = filter_customers(store, policy, workspace.today, segment=segment, where=where)
    return [one.id for one in customers(store, policy, grade=grade, area=area, only=only)]


def said_left_out(left_out: "Mapping[str, int]") -> str:
    """`2 are left out: 1 paused, 1 deceased.`, or nothing."""
    if not left_out:
        return ""
    many = sum(left_out.values())
    parts = ", ".join(f"{count:,} {why}" for why, count in left_out.items())
    return f" {many:,} {'is' if many == 1 else 'are'} left out: {parts}."


def _lines() -> list[str]:
    import sys

    return [line.strip() for line in sys.stdin if line.strip()]
