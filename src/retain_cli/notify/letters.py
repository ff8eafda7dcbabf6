"""What a campaign says to each customer, and who is left out and why."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from retain_cli.due.addressing import who_may_be_addressed
from retain_cli.due.several import ANY_OF, several
from retain_cli.model.money import Money
from retain_cli.notify.message import Safe
from retain_cli.notify.to_customers import lacks
from retain_cli.record import benefit
from retain_cli.record.campaign import CampaignOf, Contact
from retain_cli.record.template import Missing, Template, fill, parse, places
from retain_cli.record.terms import terms_of_customer
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Letter(NamedTuple):
    """What one customer gets."""

    customer_id: int
    external_id: str | None
    name: str
    phone: str | None
    email: str | None
    subject: str
    text: str


class LeftOut(NamedTuple):
    """Who gets nothing, and why."""

    customer_id: int
    external_id: str | None
    name: str
    why: str


class Letters(NamedTuple):
    """The letters in the order of the list, and those who get none."""

    letters: list[Letter]
    left_out: list[LeftOut]

    @property
    def counts(self) -> dict[str, int]:
        """How many are left out, by the why."""
        found: dict[str, int] = {}
        for one in self.left_out:
            found[one.why] = found.get(one.why, 0) + 1
        return found


class _Facts(NamedTuple):
    customer_id: int
    external_id: str | None
    name: str
    phone: str | None
    email: str | None
    area: str | None
    grade: str | None
    owner: str | None
    last_product: str | None
    last_bought_on: date | None


_FACTS = Question(
    f"""
    select customer.id, external_id, customer.name, phone, email, area, grade, staff.name, (
            select product from purchase
            where purchase.customer_id = customer.id and product <> '' and amount > 0 and bought_on <= :day
            order by bought_on desc, amount desc, id desc limit 1), (
            select max(bought_on) from purchase
            where purchase.customer_id = customer.id and amount > 0 and bought_on <= :day)
    from customer left join enrolment on enrolment.customer_id = customer.id
        left join staff on staff.id = owner_id
    where customer.id in ({ANY_OF})
    """,
    _Facts,
)


def letters(
    store: Store,
    policy: Policy,
    day: date,
    campaign: CampaignOf,
    contacts: Iterable[Contact],
    needs: tuple[str, ...],
    *,
    safe: Safe,
) -> Letters:
    """What these customers of a campaign's list get on `day`; `needs` is what reaching them takes.

    Whoever the suppression rule leaves alone, cannot be reached, or of whom something the text needs is not known,
    is left out.
    """
    asked = list(contacts)
    subject, text = parse(campaign.subject or _as_it_is(campaign.name)), parse(campaign.text)
    may = who_may_be_addressed(store, policy, day, (one.customer_id for one in asked), campaign.channel)
    facts = {
        row.customer_id: row
        for row in several(store, _FACTS, (one.customer_id for one in asked), day=day.isoformat())
    }
    made: list[Letter] = []
    left_out: list[LeftOut] = []
    for one in asked:
        known = facts[one.customer_id]
        why = may.why.get(one.customer_id) or lacks({"email": known.email, "phone": known.phone}, needs)
        letter = None if why else _letter(store, policy, day, known, subject, text, safe)
        if isinstance(letter, Letter):
            made.append(letter)
        else:
            said = why or f"nothing known for {{{letter.word if letter else ''}}}"
            left_out.append(LeftOut(one.customer_id, one.external_id, one.name, said))
    return Letters(made, left_out)


def _letter(
    store: Store, policy: Policy, day: date, facts: _Facts, subject: Template, text: Template, safe: Safe
) -> Letter | Missing:
    words: dict[str, str | None] = {
        "name": facts.name,
        "phone": facts.phone,
        "email": facts.email,
        "area": facts.area,
        "grade": facts.grade,
        "owner": facts.owner,
        "last_product": facts.last_product,
        "last_bought_on": facts.last_bought_on.isoformat() if facts.last_bought_on else None,
    }
    for word in places(subject, text) & _ASKED_FOR.keys():
        words[word] = _ASKED_FOR[word](store, policy, day, facts.customer_id)
    known = {word: safe(" ".join(said.split())) if said else None for word, said in words.items()}
    filled = [fill(template, known) for template in (subject, text)]
    for one in filled:
        if isinstance(one, Missing):
            return one
    return Letter(
        facts.customer_id, facts.external_id, facts.name, facts.phone, facts.email, str(filled[0]), str(filled[1])
    )


def _points(store: Store, policy: Policy, day: date, customer: int) -> str | None:
    return f"{benefit.balance(store, policy, customer, day).points:,}"


def _level(store: Store, policy: Policy, day: date, customer: int) -> str | None:
    return benefit.balance(store, policy, customer, day).level


def _coupon(store: Store, policy: Policy, day: date, customer: int) -> str | None:
    for one in benefit.coupons(store, customer):
        if benefit.can_be_used(one, day):
            off = Money(one.amount, one.currency) if one.amount is not None else None
            said = f"{off.plain()} {off.currency}" if off else f"{one.percent} %"
            return f"{said} off" + (f" until {one.expires_on}" if one.expires_on else "")
    return None


def _terms(store: Store, policy: Policy, day: date, customer: int) -> str | None:
    return "; ".join(one.words for one in terms_of_customer(store, customer, day)) or None


_ASKED_FOR: dict[str, Callable[[Store, Policy, date, int], str | None]] = {
    "points": _points,
    "level": _level,
    "coupon": _coupon,
    "terms": _terms,
}
"""What costs a question for each customer, and is asked only where the text has a place for it."""


def _as_it_is(text: str) -> str:
    """A text that stands for itself as a template."""
    return text.replace("{", "{{").replace("}", "}}")
