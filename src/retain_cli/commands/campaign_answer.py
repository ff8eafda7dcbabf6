"""What `retain campaign` answers with."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from retain_cli.commands.choosing import said_left_out
from retain_cli.commands.parameters import Json, money
from retain_cli.document import Block, Column, Document, Figures, Heading, Note, Rate, Table
from retain_cli.wording import count_of

if TYPE_CHECKING:
    from retain_cli.notify.campaign_delivery import Sending
    from retain_cli.notify.letters import Letters
    from retain_cli.record.campaign import CampaignOf, Contact
    from retain_cli.record.campaign_effect import Effect

HEADER = (
    "id", "name", "made_on", "channel", "service", "cost", "cost_currency", "currency", "customers", "sent",
    "failed", "unsure",
)  # fmt: skip
LETTER_HEADER = ("customer_id", "external_id", "name", "phone", "email", "subject", "text")
_CONTACT_HEADER = (
    "customer_id", "external_id", "name", "state", "why", "sent_on", "by_hand", "answered_on", "answer"
)  # fmt: skip
_STATES = {"chosen": "waits", "sending": "not known", "sent": "got it", "failed": "failed"}


def campaign_list(found: "Sequence[CampaignOf]") -> Document:
    """Every campaign in one line."""
    data = [as_data(one) for one in found]
    records = [_record(one) for one in data]
    if not data:
        hint = "There is no campaign yet. Make one with: retain campaign create NAME --text WORDS."
        return Document(data, [Note(hint)], records, header=HEADER)
    columns = [
        Column("", "right"), Column("Campaign"), Column("Made", wraps=False), Column("By"), Column("For", "right"),
        Column("Got it", "right"), Column("Failed", "right"), Column("Not known", "right"), Column("Cost", "right"),
    ]  # fmt: skip
    rows = [
        (one["id"], one["name"], one["made_on"], one["channel"], one["customers"], one["sent"], one["failed"],
         one["unsure"], one["cost"])
        for one in data
    ]  # fmt: skip
    return Document(data, [Table(columns, rows)], records, header=HEADER)


def as_data(found: "CampaignOf") -> Json:
    """A campaign in plain values."""
    return found._asdict() | {"cost": money(found.cost, found.currency)}


def _record(data: Json) -> Json:
    """A campaign as one line of CSV: without its words, which have a page of their own."""
    return {name: cell for name, cell in data.items() if name in HEADER}


def one_campaign(found: "CampaignOf", sentences: Sequence[str], more: Json | None = None) -> Document:
    """A campaign after something was done about it."""
    data = as_data(found) | (more or {})
    return Document(data, [Note(sentence) for sentence in sentences], [_record(data)], header=HEADER)


def letters_document(campaign: "CampaignOf", found: "Letters", had_it: int) -> Document:
    """Each customer with what they would get, and who is left out and why."""
    letters = [one._asdict() for one in found.letters]
    data = {
        "campaign": campaign.id,
        "channel": campaign.channel,
        "letters": letters,
        "left_out": found.counts,
        "left_out_customers": [one._asdict() for one in found.left_out],
        "had_it": had_it,
    }
    blocks: list[Block] = []
    for one in found.letters:
        to = one.email if campaign.channel == "mail" else one.phone
        blocks.append(Heading(f"{one.name} ({', '.join(filter(None, (one.external_id, to))) or campaign.channel})"))
        lines = [one.subject, *one.text.splitlines()] if campaign.channel == "mail" else one.text.splitlines()
        blocks += [Note(f"  {line}") for line in lines]
    return Document(data, [*blocks, *map(Note, said_of(found, had_it))], letters, header=LETTER_HEADER)


def said_of(found: "Letters", had_it: int) -> list[str]:
    """How many would get it, who is left out and why, and how many had it."""
    said = [f"{count_of(len(found.letters), 'customer')} would get it."]
    for why, count in found.counts.items():
        names = [one.name for one in found.left_out if one.why == why]
        more = f" and {count - 5:,} more" if count > 5 else ""
        said.append(f"{count:,} left out, {why}: {', '.join(names[:5])}{more}.")
    if had_it:
        said.append(f"{count_of(had_it, 'customer')} had it before.")
    return said


def sending_document(campaign: "CampaignOf", found: "Sending") -> Document:
    """What became of everybody who was sent to."""
    outcomes = [one._asdict() for one in found.outcomes]
    left_out: dict[str, int] = {}
    for one in found.outcomes:
        if one.result == "left-out" and one.why:
            left_out[one.why] = left_out.get(one.why, 0) + 1
    data = as_data(campaign) | {"outcomes": outcomes, "left_out": left_out, "not_tried": found.not_tried}
    said = [f"Sent {campaign.name} to {count_of(found.count_of('sent'), 'customer')}.{said_left_out(left_out)}"]
    rows = [(one.name, one.result, one.why) for one in found.outcomes if one.result in ("failed", "unsure")]
    if found.not_tried:
        said.append(f"The last attempts all failed; {count_of(found.not_tried, 'customer')} not tried: send again.")
    if found.count_of("unsure"):
        said.append("Whoever is unsure is not sent to again, unless with --unsure.")
    blocks: list[Block] = [Note(one) for one in said]
    if rows:
        blocks.append(Table([Column("Customer"), Column("Result"), Column("Why")], rows))
    return Document(data, blocks, outcomes, header=("customer_id", "external_id", "name", "result", "why"))


def shown(
    campaign: "CampaignOf", listed: "Sequence[Contact]", effect: "Effect", days: int, left_out: "Mapping[int, str]"
) -> Document:
    """One campaign: its words, who got it, who will not and why, and what came of it."""
    contacts = [_contact(one, left_out.get(one.customer_id)) for one in listed]
    answered, bought = Rate(effect.answered, effect.contacted), Rate(effect.bought, effect.contacted)
    amount = money(effect.amount, campaign.currency)
    data = as_data(campaign) | {
        "effect": {
            "within_days": days,
            "contacted": effect.contacted,
            "answered": answered,
            "bought": bought,
            "amount": amount,
            "still_open": effect.still_open,
        },
        "contacts": contacts,
    }
    said: Json = {
        "By": campaign.channel + (f", as {campaign.service}" if campaign.service else ""),
        "Subject": campaign.subject,
        "Text": campaign.text.splitlines(),
        "Got it": f"{campaign.sent:,} of {campaign.customers:,}",
        "Failed": campaign.failed or None,
        "Not known": campaign.unsure or None,
    }
    if effect.contacted:
        days_said = f"within {count_of(days, 'day')}"
        said |= {
            f"Answered {days_said}": answered,
            f"Bought {days_said}": bought,
            "For": amount,
            "Not over yet": f"the {count_of(days, 'day')} of {effect.still_open:,}" if effect.still_open else None,
        }
    said["Cost"] = money(campaign.cost, campaign.currency)
    pairs = [pair for pair in said.items() if pair[1] not in (None, "", [])]
    blocks: list[Block] = [Figures(pairs, f"{campaign.name}, {campaign.made_on}")]
    columns = [Column("Customer"), Column("", wraps=False), Column("On", wraps=False), Column("Answer, or why not")]
    rows = [(one["name"], _state(one), one["sent_on"], one["answer"] or one["why"]) for one in contacts]
    blocks.append(Table(columns, rows) if rows else Note("Nobody is chosen yet: retain campaign choose."))
    return Document(data, blocks, contacts, header=_CONTACT_HEADER)


def _contact(one: "Contact", left_out: str | None) -> dict[str, Any]:
    cells = one._asdict() | {"why": left_out or one.error, "by_hand": bool(one.by_hand)}
    return {name: cells[name] for name in _CONTACT_HEADER}


def _state(contact: Json) -> str:
    return "left out" if contact["state"] == "chosen" and contact["why"] else _STATES[contact["state"]]
