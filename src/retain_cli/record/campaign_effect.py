"""What came of a campaign: who answered and who bought after it reached them."""

from datetime import date, timedelta
from typing import NamedTuple

from retain_cli.record.campaign import the_campaign
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Effect(NamedTuple):
    """What came of a campaign within so many days of the day each got it; `amount` is net, in minor units."""

    contacted: int
    answered: int
    bought: int
    amount: int
    still_open: int
    """Those whose days are not over yet."""


class _Day(NamedTuple):
    sent_on: date


class _OfDay(NamedTuple):
    contacted: int
    answered: int
    bought: int
    amount: int


_DAYS = Question(
    "select distinct sent_on from campaign_contact where campaign_id = :number and state = 'sent' order by sent_on",
    _Day,
)
_OF_DAY = Question(
    """
    select count(*), count(case when answered_on <= :last then 1 end), count(case when exists (
            select 1 from purchase where purchase.customer_id = campaign_contact.customer_id and amount > 0
                and bought_on between :day and :last) then 1 end),
        coalesce(sum((
            select sum(amount) from purchase where purchase.customer_id = campaign_contact.customer_id
                and currency = :currency and bought_on between :day and :last)), 0)
    from campaign_contact where campaign_id = :number and state = 'sent' and sent_on = :day
    """,
    _OfDay,
)


def effect(store: Store, number: int, today: date, days: int) -> Effect:
    """Who answered and who bought on the day they got it or within so many days after it, as of `today`."""
    campaign = the_campaign(store, number)
    found = Effect(0, 0, 0, 0, 0)
    for one in store.ask(_DAYS, number=number):
        last = one.sent_on + timedelta(days=days)
        asked = {"day": one.sent_on.isoformat(), "last": min(last, today).isoformat()}
        row = store.first(_OF_DAY, number=number, currency=campaign.currency, **asked)
        assert row is not None  # noqa: S101
        still_open = row.contacted if last > today else 0
        found = Effect(*(sum(pair) for pair in zip(found, (*row, still_open), strict=True)))
    return found
