"""`retain staff hand-over`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

    from retain_cli.document import Document
    from retain_cli.plan.hand_over import HandOver
    from retain_cli.plan.staff import Person
    from retain_cli.store.policy import Policy
    from retain_cli.store.store import Store

_TASKS = {"promise": "promises", "ticket": "tickets", "feedback": "feedback", "goal": "goals"}
_TOLD = ("customer", "words", "to")
_HEADER = ("id", "external_id", "name", "grade", "area", "amount", "amount_currency", "to")
"""The columns of the CSV form."""


def hand_over(
    workspace: Workspace,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who leaves.")],
    to: Annotated[list[str], typer.Option("--to", metavar="NAME", help="Who gets the customers; may be repeated.")],
    left: Annotated[
        str | None,
        typer.Option("--from", metavar="DAY", help="The first day on which they are gone; else today."),
    ] = None,
    by: Annotated[
        str, typer.Option("--by", metavar="value|area", help="Share evenly by value, or give whole areas.")
    ] = "value",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say who would get whom, and leave it.")] = False,
) -> None:
    """Give all customers of somebody who leaves to others.

    Open promises, tickets, feedback actions and goals of theirs go along; needs, benefits and the plan are the
    customer's and stay so. Visits and what is closed stay theirs. `retain undo` takes it back.
    """
    from retain_cli.commands.parameters import day_option, word_option
    from retain_cli.commands.staff import level_anew
    from retain_cli.plan.hand_over import SHARES, carry_out
    from retain_cli.plan.hand_over import hand_over as planned
    from retain_cli.plan.staff import team
    from retain_cli.store.journal import begin_change
    from retain_cli.store.policy import read_policy
    from retain_cli.wording import count_of

    share = word_option(by, SHARES, "--by")
    left_on = day_option(left, workspace.today, "--from") if left else workspace.today
    with workspace.open() as store:
        policy = read_policy(store)
        leaver, receivers = _people(store, name, to, left_on)
        done = planned(store, team(store), leaver, receivers, left_on, workspace.today, share)
    if not dry_run:
        others = " and ".join(person.name for person in receivers)
        workspace.confirm(
            f"{leaver.name} leaves on {left_on}; {count_of(len(done.customers), 'customer')} and "
            f"{count_of(len(done.tasks), 'open task')} go to {others}",
            "Add --yes to agree, or --dry-run to see who gets whom.",
        )
    number = None
    if not dry_run:
        with workspace.change() as store:
            number = begin_change(store, "hand-over", f"{leaver.name} to {others}", workspace.today)
            # What was asked about may have changed while the person thought.
            done = planned(store, team(store), leaver, receivers, left_on, workspace.today, share)
            carry_out(store, number, done, workspace.today)
            store.run("update import_batch set updated = ? where id = ?", (len(done.customers), number))
            level_anew(store, workspace.today)
    workspace.show(_document(done, receivers, policy, number))


def _people(store: "Store", name: str, to: list[str], left_on: "date") -> "tuple[Person, list[Person]]":
    from retain_cli.commands.staff import named_person
    from retain_cli.errors import WrongUse

    leaver = named_person(store, name)
    receivers = list({person.id: person for person in (named_person(store, words) for words in to)}.values())
    for person in receivers:
        if person.id == leaver.id:
            raise WrongUse(f"{person.name} cannot take over from themselves", "Name somebody else with --to.")
        if person.retired_on is not None and person.retired_on <= left_on:
            raise WrongUse(
                f"{person.name} serves nobody from {person.retired_on} on", "Name somebody else with --to."
            )
    return leaver, receivers


def _document(done: "HandOver", receivers: "list[Person]", policy: "Policy", number: int | None) -> "Document":
    from retain_cli.document import Column, Document, Note, Table
    from retain_cli.model.money import Money
    from retain_cli.wording import count_of

    people = [_gets(done, person, policy) for person in receivers]
    customers = [
        {"id": given.id, "external_id": given.external_id, "name": given.name, "grade": given.grade,
         "area": given.area, "amount": Money(given.amount, policy.currency), "to": person.name}
        for given, person in done.customers
    ]  # fmt: skip
    tasks: list[dict[str, Any]] = [
        {"kind": task.table, "id": task.id, "customer": task.customer, "words": task.words, "to": person.name}
        for task, person in done.tasks
    ]
    covers = [{"name": person.name, "backup": backup and backup.name} for person, backup in done.covered]
    data = {
        "batch": number, "leaver": done.leaver.name, "left_on": done.left_on, "to": people, "customers": customers,
        "tasks": tasks, "backups": covers,
    }  # fmt: skip
    titles = [
        Column("To"), Column("Customers", "right"), Column("Worth", "right"), Column("Promises", "right"),
        Column("Tickets", "right"), Column("Feedback", "right"), Column("Goals", "right"), Column("Needs", "right"),
    ]  # fmt: skip
    rows = [
        [one[key] for key in ("name", "customers", "amount", "promises", "tickets", "feedback", "goals", "needs")]
        for one in people
    ]
    blocks: list[Any] = [Table(titles, rows)]
    if number is None and customers:
        columns = [Column("Customer"), Column("Grade"), Column("Area"), Column("Worth", "right"), Column("To")]
        shown = [[one[key] for key in ("name", "grade", "area", "amount", "to")] for one in customers]
        blocks.append(Table(columns, shown))
    if number is None and tasks:
        columns = [Column("What"), Column("Customer"), Column("Words"), Column("To")]
        blocks.append(
            Table(
                columns, [[f"{one['kind']} {one['id']}", one["customer"], one["words"], one["to"]] for one in tasks]
            )
        )
    blocks += [Note(f"{one['backup'] or 'Nobody'} stands in for {one['name']} from now on.") for one in covers]
    moved = f"{count_of(len(customers), 'customer')} of {done.leaver.name}"
    if number is None:
        blocks.append(Note(f"{moved} would go to others. A dry run: nothing was changed."))
    else:
        blocks.append(
            Note(f"{moved} went to others; {done.leaver.name} serves nobody from {done.left_on} on. "
                 f"Take it back with: retain undo {number}")
        )  # fmt: skip
    return Document(data, blocks, customers, header=_HEADER)


def _gets(done: "HandOver", person: "Person", policy: "Policy") -> dict[str, Any]:
    from retain_cli.model.money import Money

    theirs = [given for given, whose in done.customers if whose.id == person.id]
    tasks = [task.table for task, whose in done.tasks if whose.id == person.id]
    return {
        "name": person.name,
        "customers": len(theirs),
        "amount": Money(sum(given.amount for given in theirs), policy.currency),
        "areas": sorted({given.area for given in theirs if given.area}),
        **{plural: tasks.count(table) for table, plural in _TASKS.items()},
        "needs": sum(given.needs for given in theirs),
        "coupons": sum(given.benefits for given in theirs),
    }
