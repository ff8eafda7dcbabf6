"""Whole tables as they are kept, for whoever takes their records elsewhere."""

from collections.abc import Iterator
from typing import Any

from retain_cli.store.store import Store

RECORDS = {
    "absences": "absence",
    "benefit-points": "points_entry",
    "campaign-contacts": "campaign_contact",
    "campaigns": "campaign",
    "coupons": "coupon",
    "customer-days": "customer_day",
    "customer-ids": "customer_identity",
    "decisions": "decision",
    "events": "event",
    "feedback": "feedback",
    "gifts": "gift",
    "goals": "goal",
    "grades": "enrolment",
    "grades-before": "past_enrolment",
    "held-out": "holdout_member",
    "holdouts": "holdout",
    "invitations": "invitation",
    "moved-days": "moved_day",
    "needs": "need",
    "offers": "offer",
    "pins": "pin",
    "plan": "plan_line",
    "policy": "policy",
    "preferences": "preference",
    "promises": "promise",
    "ratings": "rating",
    "referrals": "referral",
    "referred": "referred",
    "segments": "segment",
    "services": "service",
    "staff": "staff",
    "staff-skills": "staff_skill",
    "terms": "terms",
    "ticket-events": "ticket_event",
    "tickets": "ticket",
    "visits-before-correction": "visit_original",
}
"""What each is called outside, and the table it is kept in."""

_SAYS_WHO = ", customer.external_id as customer_external_id, customer.name as customer_name"


def records(store: Store, name: str) -> tuple[list[str], Iterator[dict[str, Any]]]:
    """The columns of a table of `RECORDS`, and its rows in the order they were kept.

    Rows about a customer say the customer's external id and name as well.
    """
    table = RECORDS[name]
    about_customer = "customer_id" in _columns(store, table)
    who = _SAYS_WHO if about_customer else ""
    join = " left join customer on customer.id = kept.customer_id" if about_customer else ""
    cursor = store.run(f"select kept.*{who} from {table} as kept{join} order by 1")
    columns = [column[0] for column in cursor.description]
    return columns, (dict(zip(columns, row, strict=True)) for row in cursor)


def _columns(store: Store, table: str) -> set[str]:
    return {column[0] for column in store.run(f"select * from {table} limit 0").description}
