"""`retain merge`."""

from typing import TYPE_CHECKING, Annotated

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from retain_cli.document import Document
    from retain_cli.record.find import Found
    from retain_cli.record.merge import Merged

_WORDS = {
    "purchase": ("purchase", "purchases"),
    "visit": ("visit", "visits"),
    "customer_identity": ("id", "ids"),
    "review_item": ("row to decide", "rows to decide"),
    "points_entry": ("entry of points", "entries of points"),
    "feedback": ("feedback", "feedback"),
    "referred": ("referral", "referrals"),
    "pin": ("pinned grade", "pinned grades"),
    "campaign_contact": ("campaign", "campaigns"),
}


def merge(
    workspace: Workspace,
    keep: Annotated[str, typer.Argument(metavar="KEEP", help="The customer who stays.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The customer who is the same person.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be moved, and leave it.")] = False,
) -> None:
    """Make one customer of two who are the same person.

    Everything of OTHER goes to KEEP; their values fill only what is missing. `retain undo` parts them again.
    """
    from datetime import timedelta

    from retain_cli.errors import WrongUse
    from retain_cli.plan.clocks import follow_visits, renew
    from retain_cli.plan.days_off import work_days
    from retain_cli.plan.lines import own_services
    from retain_cli.record.find import find_customer
    from retain_cli.record.merge import merge
    from retain_cli.store.journal import begin_change, recording
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        policy = read_policy(store)
        kept, second = find_customer(store, policy, keep), find_customer(store, policy, other)
    if kept.id == second.id:
        raise WrongUse(f"{keep!r} and {other!r} are one customer already", "Name two.", code="same-customer")
    if not dry_run:
        workspace.confirm(f"{_named(second)} becomes part of {_named(kept)}")
    with workspace.change(keep=not dry_run) as store:
        kept, second = find_customer(store, policy, f"#{kept.id}"), find_customer(store, policy, f"#{second.id}")
        number = begin_change(
            store, "merge", f"#{second.id} {second.name} into #{kept.id} {kept.name}", workspace.today
        )
        with recording(store, number, (kept.id, second.id)):
            done = merge(store, kept.id, second.id)
            follow_visits(store, kept.id)
            if own_services(store, kept.id):
                # The second's own plan may hold for both from now on.
                week = work_days(store, policy, workspace.today, workspace.today + timedelta(days=31))
                renew(store, kept.id, workspace.today, week.next(workspace.today))
    workspace.show(_document(kept, second, done, None if dry_run else number))


def _named(found: "Found") -> str:
    about = " ".join(filter(None, (found.external_id, found.phone)))
    return f"#{found.id} {found.name}" + (f" ({about})" if about else "")


def _document(kept: "Found", second: "Found", done: "Merged", number: int | None) -> "Document":
    from retain_cli.document import Document, Note
    from retain_cli.wording import count_of

    filled = [name for name in done.filled if name not in ("search_key", "source", "created_on")]
    data = {
        "batch": number,
        "kept": {"id": kept.id, "external_id": kept.external_id, "name": kept.name},
        "merged": {"id": second.id, "external_id": second.external_id, "name": second.name},
        "moved": done.moved,
        "filled": filled,
    }
    moved = [count_of(n, *_WORDS.get(table, (table.replace("_", " "), ""))) for table, n in done.moved.items()]
    becomes = "would become" if number is None else "is now"
    said = f"#{second.id} {second.name} {becomes} part of #{kept.id} {kept.name}"
    notes = [Note(f"{said}: {', '.join(moved) or 'nothing'} moved.")]
    if filled:
        notes.append(Note(f"Filled in: {', '.join(name.replace('_', ' ') for name in filled)}."))
    notes.append(
        Note("A dry run: nothing was changed." if number is None else f"Take it back with: retain undo {number}")
    )
    record = {"batch": number, "kept": kept.id, "merged": second.id, **done.moved}
    return Document(data, notes, [record])
