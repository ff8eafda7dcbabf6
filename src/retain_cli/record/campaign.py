"""Campaigns: a message, the customers it is for, who got it, what they answered, and what it cost."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.record.even_parts import bear_cost
from retain_cli.record.template import parse
from retain_cli.record.visit import log_visit, named_services
from retain_cli.store.question import Number, Question
from retain_cli.store.store import Store


class CampaignOf(NamedTuple):
    """One campaign and how many customers it is for, went to, failed for, or may have reached."""

    id: int
    name: str
    made_on: date
    channel: str
    subject: str | None
    text: str
    service: str | None
    cost: int | None
    currency: str
    customers: int
    sent: int
    failed: int
    unsure: int
    """Claimed by a run that was cut off: nobody knows whether it arrived."""


class Contact(NamedTuple):
    """One customer on the list of a campaign."""

    customer_id: int
    external_id: str | None
    name: str
    state: str
    error: str | None
    sent_on: date | None
    by_hand: int
    answered_on: date | None
    answer: str | None
    visit_id: int | None


_CAMPAIGNS = """
    select campaign.id, campaign.name, made_on, campaign.channel, subject, text, service.name, campaign.cost,
        currency, count(customer_id), count(case when state = 'sent' then 1 end),
        count(case when state = 'failed' then 1 end), count(case when state = 'sending' then 1 end)
    from campaign left join campaign_contact on campaign_id = campaign.id
        left join service on service.id = campaign.service_id
    {where} group by campaign.id, service.name order by campaign.id desc
"""
_ALL = Question(_CAMPAIGNS.format(where=""), CampaignOf)
_ONE = Question(_CAMPAIGNS.format(where="where campaign.id = :number"), CampaignOf)
_CONTACTS = """
    select customer_id, external_id, name, state, error, sent_on, by_hand, answered_on, answer, visit_id
    from campaign_contact join customer on customer.id = customer_id
    where campaign_id = :number {of} order by campaign_contact.id
"""
_LIST = Question(_CONTACTS.format(of=""), Contact)
_OF_CUSTOMER = Question(_CONTACTS.format(of="and customer_id = :customer"), Contact)
_NEWEST_SENT = Question(
    "select count(*) from campaign_contact where campaign_id = :number and state in ('sent', 'sending')", Number
)
_CHOOSE = """
    insert into campaign_contact (campaign_id, customer_id, state, by_hand) values (?, ?, 'chosen', false)
    on conflict (campaign_id, customer_id) do nothing
"""


def create(
    store: Store,
    name: str,
    channel: str,
    text: str,
    day: date,
    *,
    subject: str | None,
    service: str | None,
    cost: int | None,
    currency: str,
) -> CampaignOf:
    """Keep a campaign; WrongTemplate where its words cannot be understood. `cost` in minor units."""
    from retain_cli.model.campaign import Campaign

    for template in (subject, text):
        parse(template or "")
    rendered = named_services(store, [service]) if service else []
    made: Campaign = Campaign(
        name=name,
        made_on=day,
        channel=channel,
        subject=subject,
        text=text,
        service_id=rendered[0].id if rendered else None,
        cost=cost,
        currency=currency,
    )
    store.save(made)
    assert made.id is not None  # noqa: S101
    return the_campaign(store, made.id)


def campaigns(store: Store) -> list[CampaignOf]:
    """Every campaign, the newest first."""
    return store.ask(_ALL)


def the_campaign(store: Store, number: int) -> CampaignOf:
    """The campaign of that number; WrongUse where there is none."""
    found = store.first(_ONE, number=number)
    if found is None:
        raise WrongUse(
            f"there is no campaign {number}", "See them with: retain campaign list.", code="campaign-unknown"
        )
    return found


def contacts(store: Store, number: int) -> list[Contact]:
    """Everybody on the list of a campaign, in the order they were chosen."""
    return store.ask(_LIST, number=number)


def the_contact(store: Store, number: int, customer: int) -> Contact | None:
    """A customer on the list of a campaign, or None."""
    return store.first(_OF_CUSTOMER, number=number, customer=customer)


def choose(store: Store, number: int, customers: Iterable[int]) -> int:
    """Put customers on the list, and give how many of them were not there."""
    there = {one.customer_id for one in contacts(store, number)}
    new = [customer for customer in dict.fromkeys(customers) if customer not in there]
    store.run_many(_CHOOSE, [(number, customer) for customer in new])
    return len(new)


def drop(store: Store, number: int, customers: Sequence[int]) -> int:
    """Take customers off the list; WrongUse where one of them got it, or may have got it."""
    found = [one for one in contacts(store, number) if one.customer_id in set(customers)]
    for one in found:
        if one.state in ("sent", "sending"):
            raise WrongUse(f"{one.name} got campaign {number} already", "Leave them out.", code="campaign-sent")
    store.run_many(
        "delete from campaign_contact where campaign_id = ? and customer_id = ?",
        [(number, one.customer_id) for one in found],
    )
    return len(found)


def remove(store: Store, number: int) -> CampaignOf:
    """Take a campaign away; WrongUse where somebody got it, since that is told in the report."""
    found = the_campaign(store, number)
    gone = store.first(_NEWEST_SENT, number=number)
    if gone and gone.value:
        raise WrongUse(
            f"campaign {number} went out already", "It stays, with whoever got it.", code="campaign-sent"
        )
    store.run("delete from campaign_contact where campaign_id = ?", (number,))
    store.run("delete from campaign where id = ?", (number,))
    return found


def claim(store: Store, number: int, customer: int) -> None:
    """Write that it is being sent; to be committed before anything is."""
    store.run(
        "update campaign_contact set state = 'sending', error = null where campaign_id = ? and customer_id = ?",
        (number, customer),
    )


def mark_failed(store: Store, number: int, customer: int, error: str) -> None:
    """It did not arrive, and may be sent again."""
    store.run(
        "update campaign_contact set state = 'failed', error = ? where campaign_id = ? and customer_id = ?",
        (error, number, customer),
    )


def mark_sent(store: Store, number: int, customer: int, day: date, *, by_hand: bool = False) -> bool:
    """They got it, which is a contact; False where they are not on the list any more, or had it before.

    Who calls it lets the plan's clocks follow, and `share_cost` when all are marked.
    """
    found, campaign = the_contact(store, number, customer), the_campaign(store, number)
    if found is None or found.state == "sent":
        return False
    visit = log_visit(
        store,
        customer,
        day,
        channel=campaign.channel,
        outcome="done",
        services=named_services(store, [campaign.service]) if campaign.service else [],
        note=f"campaign: {campaign.name}",
    )
    store.run(
        "update campaign_contact set state = 'sent', error = null, sent_on = ?, by_hand = ?, visit_id = ?"
        " where campaign_id = ? and customer_id = ?",
        (day.isoformat(), by_hand, visit.id, number, customer),
    )
    return True


def take_back(store: Store, number: int, customer: int) -> bool:
    """It was noted by hand and was not so: the contact goes; False where nothing was noted by hand."""
    found = the_contact(store, number, customer)
    if found is None or found.state != "sent" or not found.by_hand:
        return False
    store.run(
        "update campaign_contact set state = 'chosen', sent_on = null, by_hand = false, visit_id = null,"
        " answered_on = null, answer = null where campaign_id = ? and customer_id = ?",
        (number, customer),
    )
    store.run("delete from visit where id = ?", (found.visit_id,))
    return True


def answered(store: Store, number: int, customer: int, words: str, day: date) -> None:
    """What somebody who got it answered; a later answer takes the place of an earlier one."""
    found = the_contact(store, number, customer)
    if found is None or found.state not in ("sent", "sending"):
        raise WrongUse(
            f"they did not get campaign {number}", "See who did: retain campaign show.", code="campaign-not-sent"
        )
    if found.sent_on is not None and day < found.sent_on:
        raise WrongUse(f"they got it on {found.sent_on}", "Nobody answers before that.")
    store.run(
        "update campaign_contact set answered_on = ?, answer = ? where campaign_id = ? and customer_id = ?",
        (day.isoformat(), words, number, customer),
    )


def costs(store: Store, number: int, cost: int) -> CampaignOf:
    """The campaign cost that much in all, in minor units."""
    store.run("update campaign set cost = ? where id = ?", (cost, number))
    share_cost(store, number)
    return the_campaign(store, number)


def share_cost(store: Store, number: int) -> None:
    """Everybody's contact bears its part."""
    found = the_campaign(store, number)
    bear_cost(store, (one.visit_id for one in contacts(store, number)), found.cost, found.currency)
