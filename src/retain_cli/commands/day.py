"""A customer's own days, such as a wedding day.

Each comes every year under its name: `2015-06-12`, `06-12` where the year is not known, `lunar 8-15`, or by the
week, `3rd Monday of March`. What the plan has for anniversaries falls on them.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.dates.weekday_rule import WeekdayRule
    from retain_cli.document import Document
    from retain_cli.model.partial_date import PartialDate
    from retain_cli.record.days import OwnDay
    from retain_cli.record.find import Found

CustomerArgument = Annotated[
    str, typer.Argument(metavar="CUSTOMER", help="Id, phone, e-mail, #number or part of the name.")
]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="What the day is called.")]


def list_(workspace: Workspace, customer: CustomerArgument) -> None:
    """Show a customer's days."""
    from retain_cli.record.days import own_days
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        found = find_customer(store, read_policy(store), customer)
        days = own_days(store, found.id)
    workspace.show(_document(found, days))


def add(
    workspace: Workspace,
    customer: CustomerArgument,
    name: NameArgument,
    when: Annotated[
        str, typer.Argument(metavar="WHEN", help="2015-06-12, 06-12, lunar 8-15, 3rd Monday of March.")
    ],
) -> None:
    """Keep a day of a customer's; one of the same name is replaced."""
    from retain_cli.commands.parameters import text_option
    from retain_cli.errors import WrongUse
    from retain_cli.record.days import day_name, own_days, put_day
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    named, day = day_name(text_option(name, "NAME")), _when(when)
    if not 1 <= len(named) <= 60:
        raise WrongUse("a day has a name of 1 to 60 letters", "Write a shorter one.")
    with workspace.change() as store:
        found = find_customer(store, read_policy(store), customer)
        put_day(store, found.id, named, day)
        days = own_days(store, found.id)
    workspace.show(_document(found, days))


def remove(workspace: Workspace, customer: CustomerArgument, name: NameArgument) -> None:
    """Forget a day of a customer's."""
    from retain_cli.errors import WrongUse
    from retain_cli.record.days import day_name, forget_day, own_days
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    with workspace.change() as store:
        found = find_customer(store, read_policy(store), customer)
        if not forget_day(store, found.id, day_name(name)):
            known = ", ".join(day.name for day in own_days(store, found.id)) or "none"
            raise WrongUse(f"{found.name} has no day called {name!r}", f"Known: {known}.", code="day-unknown")
        days = own_days(store, found.id)
    workspace.show(_document(found, days))


_HEADER = ("customer", "name", "when")
"""The columns of the CSV form."""
ACTIONS = {"list": list_, "add": add, "remove": remove}


def _when(written: str) -> "PartialDate | WeekdayRule":
    import re

    from retain_cli.dates.weekday_rule import weekday_rule
    from retain_cli.errors import WrongUse
    from retain_cli.model.partial_date import partial_date

    pattern = r"(?:(lunar)\s+)?(?:(leap)\s+)?(?:(\d{4})-|--)?(\d{1,2})-(\d{1,2})"
    try:
        if found := re.fullmatch(pattern, written.strip().lower()):
            lunar, leap, year, month, day = found.groups()
            calendar = "lunar" if lunar else "solar"
            return partial_date(int(month), int(day), int(year) if year else None, calendar, bool(leap))
        return weekday_rule(written)
    except ValueError:
        raise WrongUse(
            f"WHEN {written!r} is not a day of the year",
            "Write 2015-06-12, 06-12, lunar 8-15 or '3rd Monday of March'.",
            code="day-unreadable",
        ) from None


def _document(found: "Found", days: "list[OwnDay]") -> "Document":
    from retain_cli.document import Column, Document, Note, Table

    data = [
        {
            "customer": {"id": found.id, "external_id": found.external_id, "name": found.name},
            "name": day.name,
            "when": day.words,
        }
        for day in days
    ]
    records = [{"customer": found.external_id, "name": day.name, "when": day.words} for day in days]
    if not days:
        return Document(data, [Note(f"{found.name} has no day of their own.")], records, header=_HEADER)
    table = Table([Column("Day"), Column("When")], [(day.name, day.words) for day in days], found.name)
    return Document(data, [table], records, header=_HEADER)
