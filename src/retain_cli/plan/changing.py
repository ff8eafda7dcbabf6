"""Changing the plan: a line set or taken out, and everyone's clocks with it."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from retain_cli.plan.clocks import renew
from retain_cli.plan.days_off import remember_days_off, work_days
from retain_cli.plan.first_days import spread
from retain_cli.plan.lines import Line, read_plan
from retain_cli.plan.purchases import follow_purchases
from retain_cli.plan.terms import Terms, check_terms
from retain_cli.store.policy import Policy
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


class Kept(NamedTuple):
    """A line as it is kept, whether or not it is in force."""

    id: int
    service: str
    every: str
    anchor: str
    anchor_of: str
    after: str | None
    lead_days: int
    grace_days: int
    channel: str
    cost: int | None
    minutes: int | None
    since_on: date | None
    removed_on: date | None

    @property
    def terms(self) -> Terms:
        """What it says."""
        return Terms(
            self.service, self.every, self.anchor, self.anchor_of, self.after, self.lead_days, self.grace_days,
            self.channel, self.cost, self.minutes,
        )  # fmt: skip

    @property
    def has_clocks(self) -> bool:
        """Whether customers on it have clocks that a visit sets."""
        return self.every not in ("never", "once") and self.anchor in ("last-done", "purchase")


class _Member(NamedTuple):
    customer_id: int
    last_on: date | None


_KEPT = """
    select plan_line.id, service.name, every, anchor, anchor_of, after, lead_days, grace_days, plan_line.channel,
        plan_line.cost, plan_line.minutes, since_on, removed_on
    from plan_line join service on service.id = plan_line.service_id where service.name = :service and {whose}
    order by anchor_of
"""
_OF_GRADE = Question(_KEPT.format(whose="grade = :grade"), Kept)
_OF_CUSTOMER = Question(_KEPT.format(whose="plan_line.customer_id = :customer"), Kept)
_SERVICE = Question("select id from service where name = :service", Number)
_INSERT = """
    insert into plan_line (every, anchor, anchor_of, after, lead_days, grace_days, channel, cost, minutes, since_on,
        grade, customer_id, service_id)
    values (:every, :anchor, :of, :after, :lead_days, :grace_days, :channel, :cost, :minutes, :since,
        :grade, :customer, :service)
"""
_UPDATE = """
    update plan_line set every = :every, anchor = :anchor, after = :after, lead_days = :lead_days,
        grace_days = :grace_days, channel = :channel, cost = :cost, minutes = :minutes, since_on = :since,
        removed_on = null
    where id = :id
"""
# Whoever has clocks on their grade's plan and none for this line yet, the best first.
_WITHOUT_CLOCK = Question(
    """
    select enrolment.customer_id, (
        select max(visited_on) from visit join visit_service on visit_service.visit_id = visit.id
        where visit.customer_id = enrolment.customer_id and visit_service.service_id = :service
            and outcome <> 'not-reached'
    )
    from enrolment
    where grade = :grade and waits = 0
        and not exists (
            select 1 from plan_line as own
            where own.customer_id = enrolment.customer_id and own.service_id = :service and own.removed_on is null
        )
        and not exists (
            select 1 from clock
            where clock.customer_id = enrolment.customer_id and plan_line_id = :line and until_on is null
        )
    order by amount desc, enrolment.customer_id
    """,
    _Member,
)
_START = """
    insert into clock (customer_id, service_id, plan_line_id, since_on, until_on, first_on, last_on)
    values (?, ?, ?, ?, null, ?, ?)
"""
_STOP = "update clock set until_on = ? where plan_line_id = ? and until_on is null"
_INDEXES = {
    "purchase": "create index if not exists purchase_by_day on purchase (bought_on, category)",
    "holiday": "create index if not exists enrolment_by_grade on enrolment (grade)",
}


def lines_kept(store: Store, service: str, grade: str | None, customer: int | None) -> list[Kept]:
    """The lines of a service that a grade or a customer has or had."""
    if customer is not None:
        return store.ask(_OF_CUSTOMER, service=service, customer=customer)
    return store.ask(_OF_GRADE, service=service, grade=grade)


def set_line(
    store: Store, policy: Policy, terms: Terms, day: date, *, grade: str | None = None, customer: int | None = None
) -> None:
    """Put one line into the plan of a grade or of one customer, or change it; Unfit where it cannot be followed."""
    check_terms(terms, grade)
    service = store.first(_SERVICE, service=terms.service)
    assert service is not None  # noqa: S101
    index_for(store, terms.anchor)
    remember_days_off(store, policy, day)
    same = [kept for kept in lines_kept(store, terms.service, grade, customer) if kept.anchor_of == terms.of]
    before = same[0] if same else None
    values = {
        **terms._asdict(), "grade": grade, "customer": customer, "service": service.value,
        "since": _since(before, terms, day),
    }  # fmt: skip
    if before is None:
        number = store.run(_INSERT, values).lastrowid
    else:
        number = before.id
        store.run(_UPDATE, {**values, "id": number})
        if before.has_clocks and before.anchor != terms.anchor:
            store.run(_STOP, (day.isoformat(), number))
    _set_clocks(store, policy, day, grade, customer, next((x for x in read_plan(store) if x.id == number), None))


def remove_line(
    store: Store, policy: Policy, kept: Kept, day: date, *, grade: str | None = None, customer: int | None = None
) -> None:
    """Take a line out of the plan; what it had planned until then stays known."""
    store.run("update plan_line set removed_on = ? where id = ?", (day.isoformat(), kept.id))
    store.run("delete from moved_day where plan_line_id = ?", (kept.id,))
    if customer is None:
        store.run(_STOP, (day.isoformat(), kept.id))
    _set_clocks(store, policy, day, grade, customer, None)


def index_for(store: Store, anchor: str) -> None:
    """The index that a line with this anchor needs; a shop without such a line does not pay for it."""
    if anchor in _INDEXES:
        store.run(_INDEXES[anchor])


def _since(before: Kept | None, terms: Terms, day: date) -> str | None:
    """The day from which the line plans anything; the same as long as it is the same anchor."""
    if before is not None and before.removed_on is None and before.anchor == terms.anchor:
        if before.since_on:
            return before.since_on.isoformat()
        if terms.anchor != "purchase":
            return None
    return day.isoformat()


def _set_clocks(
    store: Store, policy: Policy, day: date, grade: str | None, customer: int | None, line: Line | None
) -> None:
    week = work_days(store, policy, day, day)
    if customer is not None:
        renew(store, customer, day, week.next(day))
    elif line is not None and line.anchor == "last-done":
        members = store.ask(_WITHOUT_CLOCK, grade=grade, service=line.service_id, line=line.id)
        slots = spread(len(members), week.next(day), line.interval, week, policy.daily_capacity, Counter())
        for slot in slots:
            for member in members[slot.from_rank : slot.to_rank + 1]:
                days = (
                    day.isoformat(),
                    slot.day.isoformat(),
                    member.last_on.isoformat() if member.last_on else None,
                )
                store.run(_START, (member.customer_id, line.service_id, line.id, *days))
    follow_purchases(store, day)
