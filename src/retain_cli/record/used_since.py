"""What of an import somebody used or changed since, so that undoing it leaves it where it is."""

from typing import NamedTuple

from retain_cli.store.question import Question
from retain_cli.store.rows import OF_CUSTOMERS
from retain_cli.store.store import Store


class _Number(NamedTuple):
    id: int


PLAN = ("enrolment", "clock", "past_enrolment", "rhythm", "prediction")
"""Tables that are worked out for a customer, and go with them."""

# Worked out from the others; or, as what a visit said before, there as long as another row is.
_NO_USE = (*PLAN, "review_item", "visit_original")
# A merge changes whose a row is, not what it says.
_EDITED = """
    select row_id from journal join import_batch on import_batch.id = journal.batch_id
    where table_name = '{table}' and column_name <> '' and journal.batch_id <> :number
        and kind not in ({kinds}) and undone_by is null
"""
_EDITED_PURCHASES = Question(
    "select id from purchase where batch_id = :number and id in ("
    + _EDITED.format(table="purchase", kinds="'merge', 'undo'") + ")",
    _Number,
)  # fmt: skip
_EDITED_CUSTOMERS = Question(
    "select id from customer where batch_id = :number and id in ("
    + _EDITED.format(table="customer", kinds="'undo'") + ")",
    _Number,
)  # fmt: skip
_MET_A_NEED = Question(
    "select distinct purchase.id from purchase join need on met_by_id = purchase.id where batch_id = :number",
    _Number,
)
_CORRECTED_VISITS = Question(
    "select distinct visit.id from visit join visit_original on visit_id = visit.id where batch_id = :number",
    _Number,
)
_USED_SINCE = (
    ("purchase", _EDITED_PURCHASES, "it was changed since"),
    ("purchase", _MET_A_NEED, "it met a need"),
    ("visit", _CORRECTED_VISITS, "it was changed since"),
)
_USES = {
    table: Question(
        f"""
        select distinct customer_id from {table}
        where customer_id in (select id from customer where batch_id = :number)
        """,
        _Number,
    )
    for table in OF_CUSTOMERS
    if table not in _NO_USE
}


def used_rows(store: Store, number: int) -> dict[str, dict[int, str]]:
    """By table, the rows that the batch of that number made and that are used since, and why they are."""
    found: dict[str, dict[int, str]] = {}
    for table, question, why in _USED_SINCE:
        found.setdefault(table, {}).update((row.id, why) for row in store.ask(question, number=number))
    return found


def used_customers(store: Store, number: int) -> dict[int, str]:
    """The customers that the batch made and that are used since, and why they are."""
    used: dict[int, str] = dict.fromkeys(
        (row.id for row in store.ask(_EDITED_CUSTOMERS, number=number)), "was changed since"
    )
    for table, uses in _USES.items():
        what = table.replace("customer_", "").replace("_", " ")
        used |= {row.id: f"has a {what} that came since" for row in store.ask(uses, number=number)}
    return used
