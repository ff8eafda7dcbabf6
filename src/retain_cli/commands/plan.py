"""Which grade gets which service how often.

A service is counted from the last time it was rendered, from a purchase, or tied to a day of the year. A customer
may have a plan of their own, which stands in place of their grade's.
"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

    from retain_cli.plan.file import Owned
    from retain_cli.store.policy import Policy
    from retain_cli.store.store import Store

CustomerOption = Annotated[
    str | None, typer.Option("--customer", metavar="CUSTOMER", help="The plan of this one customer.")
]
OfOption = Annotated[
    str | None, typer.Option("--of", metavar="NAME", help="Of which category, anniversary or holiday.")
]


def show(workspace: Workspace, customer: CustomerOption = None) -> None:
    """Show the plan, or the lines that one customer is on."""
    from retain_cli.commands.plan_answer import plan_document, usual
    from retain_cli.plan.file import lines_in_force
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        policy = read_policy(store)
        lines = lines_in_force(store) if customer is None else _lines_of(store, policy, customer)
        known_services = usual(store)
    workspace.show(plan_document(lines, known_services, policy))


def set_(
    workspace: Workspace,
    grade: Annotated[str, typer.Argument(metavar="GRADE", help="A, B, C or none; left out with --customer.")],
    service: Annotated[str | None, typer.Argument(metavar="SERVICE", help="A service of the catalogue.")] = None,
    every: Annotated[
        str | None,
        typer.Option("--every", metavar="TIME", help="2w, 1m, 1y; once after a purchase; never, for one customer."),
    ] = None,
    anchor: Annotated[
        str | None,
        typer.Option("--anchor", metavar="WORD", help="last-done, purchase, birthday, anniversary, holiday."),
    ] = None,
    of: OfOption = None,
    after: Annotated[
        str | None, typer.Option("--after", metavar="TIME", help="From a purchase to the first day: 3d, 6m.")
    ] = None,
    lead: Annotated[str | None, typer.Option("--lead", metavar="DAYS", help="Shown so long before: 7d.")] = None,
    grace: Annotated[str | None, typer.Option("--grace", metavar="DAYS", help="Late after so long: 2w.")] = None,
    channel: Annotated[
        str | None, typer.Option("--channel", metavar="WORD", help="visit, call, message, mail, event, other.")
    ] = None,
    cost: Annotated[str | None, typer.Option("--cost", metavar="AMOUNT", help="What it costs here.")] = None,
    minutes: Annotated[int | None, typer.Option("--minutes", metavar="N", help="How long it takes here.")] = None,
    customer: CustomerOption = None,
) -> None:
    """Put a service on the plan, or change how it is planned; what is not said stays as it was."""
    from retain_cli.commands.parameters import money_option
    from retain_cli.commands.plan_answer import plan_document, usual
    from retain_cli.errors import WrongUse
    from retain_cli.plan.changing import lines_kept, set_line
    from retain_cli.plan.terms import Terms, Unfit
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    letter, name = _whose(grade, service, customer)
    with workspace.change() as store:
        policy = read_policy(store)
        number = find_customer(store, policy, customer).id if customer is not None else None
        known = _service(store, name)
        kept = [line for line in lines_kept(store, known.name, letter, number) if line.removed_on is None]
        if of is not None:
            kept = [line for line in kept if line.anchor_of == of]
        if len(kept) > 1:
            which = ", ".join(line.anchor_of or "any" for line in kept)
            raise WrongUse(
                f"{known.name} is on that plan for {which}", "Say which with --of.", code="plan-ambiguous"
            )
        terms = kept[0].terms if kept else Terms(known.name, channel=known.channel)
        said: dict[str, Any] = {
            "every": every, "anchor": anchor, "of": of, "after": after,
            "channel": channel, "minutes": minutes,
            "lead_days": None if lead is None else _days(lead, "--lead"),
            "grace_days": None if grace is None else _days(grace, "--grace"),
            "cost": None if cost is None else money_option(cost, policy.currency, "--cost"),
        }  # fmt: skip
        terms = terms._replace(**{key: value for key, value in said.items() if value is not None})
        if terms.anchor == "holiday" and terms.of:
            _check_holiday(policy, terms.of, workspace.today)
        try:
            set_line(store, policy, terms, workspace.today, grade=letter, customer=number)
        except Unfit as unfit:
            option = {"service": "SERVICE", "grade": "GRADE"}.get(unfit.key, f"--{unfit.key}")
            raise WrongUse(f"{option} {unfit.why}", unfit.hint) from None
        lines, known_services = _plan_of(store, letter, number), usual(store)
    workspace.show(plan_document(lines, known_services, policy))


def remove(
    workspace: Workspace,
    grade: Annotated[str, typer.Argument(metavar="GRADE", help="A, B, C or none; left out with --customer.")],
    service: Annotated[str | None, typer.Argument(metavar="SERVICE", help="A service on that plan.")] = None,
    of: OfOption = None,
    customer: CustomerOption = None,
) -> None:
    """Take a service out of the plan; a customer without a line of their own is on their grade's again."""
    from retain_cli.commands.plan_answer import plan_document, usual
    from retain_cli.errors import WrongUse
    from retain_cli.plan.changing import lines_kept, remove_line
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    letter, name = _whose(grade, service, customer)
    with workspace.change() as store:
        policy = read_policy(store)
        number = find_customer(store, policy, customer).id if customer is not None else None
        known = _service(store, name)
        kept = [
            line
            for line in lines_kept(store, known.name, letter, number)
            if line.removed_on is None and (of is None or line.anchor_of == of)
        ]
        if not kept:
            raise WrongUse(f"{known.name} is not on that plan", "See it with: retain plan.", code="plan-unknown")
        for line in kept:
            remove_line(store, policy, line, workspace.today, grade=letter, customer=number)
        lines, known_services = _plan_of(store, letter, number), usual(store)
    workspace.show(plan_document(lines, known_services, policy))


def check(
    workspace: Workspace,
    weeks: Annotated[int, typer.Option("--weeks", metavar="N", min=1, max=26, help="So many weeks ahead.")] = 4,
) -> None:
    """Whether the plan can be done: touches, hours and money a week, against who is there."""
    from retain_cli.commands.agenda import check_document
    from retain_cli.plan.feasible import can_it_be_done
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        policy = read_policy(store)
        found = can_it_be_done(store, policy, workspace.today, weeks)
    workspace.show(check_document(found, policy))


def export(
    workspace: Workspace,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A new file, or - for standard output.")] = "-",
) -> None:
    """Write the plan and the catalogue as a TOML file, to be changed and read back."""
    import sys
    from pathlib import Path

    from retain_cli.document import Document, Note
    from retain_cli.errors import OutputExists
    from retain_cli.plan.file import written
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        text = written(store, read_policy(store))
    if file == "-" and workspace.format == "table":
        sys.stdout.write(text)
        return
    if file != "-":
        try:
            with Path(file).open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
        except FileExistsError:
            raise OutputExists(f"{file} is there already", "Name a new file.") from None
        except OSError as problem:
            raise OutputExists(f"{file} cannot be made: {problem.strerror}", "Name another place.") from None
    data = {"file": file, "toml": text}
    workspace.show(Document(data, [Note(f"The plan is in {file}.")], [data]))


def import_(
    workspace: Workspace,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file that `plan export` wrote, or - for input.")],
) -> None:
    """Make the plan what a TOML file says: lines it does not have are taken out; all of it, or nothing."""
    import sys
    from pathlib import Path

    from retain_cli.commands.plan_answer import plan_document, usual
    from retain_cli.errors import BadInput, InputMissing
    from retain_cli.plan.file import lines_in_force, take_in
    from retain_cli.store.policy import read_policy

    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise BadInput(f"{file} is not UTF-8 text", "Save it as UTF-8.", code="plan-bad") from None
    except OSError as problem:
        raise InputMissing(f"{file} cannot be read: {problem.strerror}", "Check its name.") from None
    with workspace.change() as store:
        policy = read_policy(store)
        take_in(store, policy, text, "standard input" if file == "-" else Path(file).name, workspace.today)
        lines, known_services = lines_in_force(store), usual(store)
    workspace.show(plan_document(lines, known_services, policy))


ACTIONS = {"show": show, "set": set_, "remove": remove, "check": check, "export": export, "import": import_}


def _whose(grade: str, service: str | None, customer: str | None) -> tuple[str | None, str]:
    """The grade, or None for a customer's own plan, and the service."""
    from retain_cli.errors import WrongUse
    from retain_cli.model.grade import GRADES, NONE_YET

    if customer is not None:
        if service is not None:
            raise WrongUse("a plan is a grade's or a customer's", "Leave out the grade, or --customer.")
        return None, grade
    letter = next((one for one in (*GRADES, NONE_YET) if one.casefold() == grade.strip().casefold()), None)
    if letter is None:
        known = ", ".join((*GRADES, NONE_YET))
        raise WrongUse(f"there is no grade {grade!r}", f"Choose one of {known}, or name a --customer.")
    if service is None:
        raise WrongUse("no service is named", 'Write it behind the grade: retain plan set A "return visit".')
    return letter, service


def _service(store: "Store", words: str) -> Any:
    from retain_cli.errors import WrongUse
    from retain_cli.plan.services import catalogue

    folded = " ".join(words.casefold().split())
    known = catalogue(store)
    for service in known:
        if folded in (service.name.casefold(), service.name.casefold().replace(" ", "-")):
            return service
    names = ", ".join(service.name for service in known)
    hint = f"Known are: {names}. Add one with: retain service add."
    raise WrongUse(f"there is no service {words!r}", hint, code="service-unknown")


def _days(written: str, option: str) -> int:
    from retain_cli.dates.recurrence import interval
    from retain_cli.errors import WrongUse

    try:
        step = interval(written) if not written.isdecimal() else None
        if step is not None and step.months:
            raise ValueError
    except ValueError:
        raise WrongUse(f"{option} {written!r} is not a number of days", "Write it like 7, 7d or 2w.") from None
    return int(written) if step is None else step.days


def _check_holiday(policy: "Policy", of: str, today: "date") -> None:
    from retain_cli.errors import WrongUse
    from retain_cli.plan.days_off import country_and_holiday, first_day_named, public_days

    country, name = country_and_holiday(of, policy.region)
    days = [(one.day, one.name) for one in public_days(country, (today.year + 1,)) if one.kind == "off"]
    if name and first_day_named(days, name, today.year + 1):
        return
    known = ", ".join(
        dict.fromkeys(called for _, called in days if "(observed)" not in called and "Day off" not in called)
    )
    hint = f"Known are: {known}." if known else "Write the country before it: CN:Spring Festival."
    raise WrongUse(f"{country or 'the shop'} has no holiday {name!r}", hint, code="holiday-unknown")


def _plan_of(store: "Store", grade: str | None, customer: int | None) -> "list[Owned]":
    from retain_cli.plan.file import lines_in_force

    return [line for line in lines_in_force(store) if (line.grade, line.customer_id) == (grade, customer)]


def _lines_of(store: "Store", policy: "Policy", words: str) -> "list[Owned]":
    from retain_cli.commands.plan_answer import plan_of_one
    from retain_cli.record.find import find_customer

    found = find_customer(store, policy, words)
    return plan_of_one(store, found.id, found.grade)
