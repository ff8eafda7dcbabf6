"""A whole export into a database that holds nothing yet: all of it, or nothing."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from retain_cli.errors import BadInput, OutputExists
from retain_cli.plan.days_off import remember_days_off
from retain_cli.restoring import rules
from retain_cli.restoring.contents import File
from retain_cli.restoring.fault import NEXT, fault
from retain_cli.restoring.layout import layout
from retain_cli.restoring.reading import rows
from retain_cli.restoring.tables import Loader, refuse_broken_links
from retain_cli.store.policy import Policy, is_set, read_policy, set_policy, shop_id
from retain_cli.store.store import Store
from retain_cli.store.whole_tables import give_none_again, kept_already, make_room


def refuse_unless_empty(store: Store, path: Path) -> None:
    """OutputExists where somebody has kept something in the database already."""
    if name := kept_already(store):
        raise OutputExists(
            f"{path} has {name} already, and only a new database takes in an export",
            "Name one that is not there yet, such as --db fresh.db.",
        )


def restore(
    store: Store, files: Iterable[File], today: date, advance: Callable[[str, int, int], None]
) -> list[File]:
    """Take in every file, in the transaction of the store; gives them in the order in which they were taken in.

    What the export leaves out is worked out anew: how names are searched, and the public holidays. BadInput names
    the file, line and column of what cannot be.
    """
    # Amounts are in the currency of the shop, which its policy says.
    ordered = sorted(files, key=lambda file: file.table != "policy")
    new_id = shop_id(store)
    make_room(store, {layout(file.table).table for file in ordered})
    policy = Policy()
    for file in ordered:
        for count in Loader(store, file, policy.currency).load():
            advance(file.path.name, count, file.rows)
        if file.table == "policy":
            policy = _checked_policy(store, file)
    refuse_broken_links(store, ordered)
    if not shop_id(store):
        set_policy(store, "shop_id", new_id)
    _know_the_erased(store, ordered)
    for file in ordered:
        if file.last_number is not None:
            give_none_again(store, layout(file.table).table, file.last_number)
    remember_days_off(store, policy, today)
    return ordered


def _checked_policy(store: Store, file: File) -> Policy:
    for check in (lambda _store, name, value: rules.check_kind_of_rule(name, value), rules.check_policy):
        for line, (name, value) in rows(file.path, layout(file.table).columns):
            try:
                check(store, name, value)
            except ValueError as problem:
                raise fault(file.path, line, name, value, str(problem)) from None
    return read_policy(store)


def _know_the_erased(store: Store, files: Iterable[File]) -> None:
    """BadInput where hashes of people who were erased have lost their salt: an import would bring these back."""
    erased = next((file for file in files if file.table == "erased" and file.rows), None)
    if erased and not is_set(store, "erasure_salt"):
        raise BadInput(
            f"{erased.path} knows people who were erased by a salt that the policy of the export has lost", NEXT
        )
