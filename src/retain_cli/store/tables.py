"""Whole tables as they are kept, for whoever takes their records elsewhere."""

from collections.abc import Iterator
from typing import Any

from retain_cli.store.policy import OF_THE_FILE
from retain_cli.store.store import Store

RECORDS = {
    "absences": "absence",
    "backtests": "backtest",
    "batches": "import_batch",
    "benefit-points": "points_entry",
    "campaign-contacts": "campaign_contact",
    "campaigns": "campaign",
    "clocks": "clock",
    "coupons": "coupon",
    "customer-days": "customer_day",
    "customer-ids": "customer_identity",
    "decisions": "decision",
    "erased": "erased",
    "events": "event",
    "feedback": "feedback",
    "fits": "fit",
    "gifts": "gift",
    "goals": "goal",
    "grades": "enrolment",
    "grades-before": "past_enrolment",
    "gradings": "grading",
    "held-out": "holdout_member",
    "holdouts": "holdout",
    "import-profiles": "import_profile",
    "invitations": "invitation",
    "journal": "journal",
    "moved-days": "moved_day",
    "needs": "need",
    "notices": "notice",
    "offers": "offer",
    "pins": "pin",
    "plan": "plan_line",
    "policy": "policy",
    "predictions": "prediction",
    "preferences": "preference",
    "promises": "promise",
    "ratings": "rating",
    "referrals": "referral",
    "referred": "referred",
    "reviews": "review_item",
    "rhythms": "rhythm",
    "segments": "segment",
    "services": "service",
    "staff": "staff",
    "staff-skills": "staff_skill",
    "terms": "terms",
    "ticket-events": "ticket_event",
    "tickets": "ticket",
    "visit-services": "visit_service",
    "visits-before-correction": "visit_original",
}
"""What each is called outside, and the table it is kept in."""

IMPORTED = {"customers": "customer", "purchases": "purchase", "visits": "visit"}
"""The tables that an import takes back, in the order in which it should; their files look as it likes them."""

SAYS_WHO = ("customer_external_id", "customer_name")
"""What the rows about a customer say of them besides, for whoever reads."""

_SAYS_WHO = ", customer.external_id as customer_external_id, customer.name as customer_name"
_WITHOUT = {"policy": f"where name not in {OF_THE_FILE}"}


def records(store: Store, name: str) -> tuple[list[str], Iterator[dict[str, Any]]]:
    """The columns of a table of `RECORDS`, and its rows in the order they were kept.

    Rows about a customer say the customer's external id and name as well.
    """
    table = RECORDS[name]
    about_customer = "customer_id" in _columns(store, table)
    who = _SAYS_WHO if about_customer else ""
    join = " left join customer on customer.id = kept.customer_id" if about_customer else ""
    cursor = store.run(f"select kept.*{who} from {table} as kept{join} {_WITHOUT.get(table, '')} order by 1, 2")
    columns = [column[0] for column in cursor.description]
    return columns, (dict(zip(columns, row, strict=True)) for row in cursor)


def last_numbers(store: Store) -> dict[str, int]:
    """The last number that was given to a row, for each table whose numbers are never given twice."""
    return dict(store.run("select name, seq from sqlite_sequence"))


def _columns(store: Store, table: str) -> set[str]:
    return {column[0] for column in store.run(f"select * from {table} limit 0").description}
