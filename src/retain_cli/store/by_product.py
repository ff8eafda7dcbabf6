"""The index that leads from a product to its buyers, made when advice first needs it.

An import writes a million lines in half the time without it, so a large one drops it, and the next advice makes it
again in a few seconds; small imports keep it.
"""

from retain_cli.store.policy import is_set, set_policy
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store

FEWEST_PURCHASES = 20_000
"""Of fewer all are read as quickly."""

MADE = "index_by_product"
"""The entry in the policy that says the index is there."""

_PURCHASES = Question("select max(id) from purchase", Number)


def is_missing(store: Store) -> bool:
    """Whether advice on this base would be faster with the index."""
    purchases = store.first(_PURCHASES)
    return bool(purchases and (purchases.value or 0) > FEWEST_PURCHASES) and not is_set(store, MADE)


def make(store: Store) -> None:
    """Make the index."""
    store.run(
        "create index if not exists purchase_by_product"
        " on purchase (product, customer_id, bought_on, amount, order_number)"
    )
    set_policy(store, MADE, 1)


def forget(store: Store) -> None:
    """Drop the index; the next advice makes it again."""
    if is_set(store, MADE):
        store.run("drop index if exists purchase_by_product")
        store.run("delete from policy where name = ?", (MADE,))
