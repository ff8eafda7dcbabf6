"""`retain brief`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

    from retain_cli.document import Document
    from retain_cli.due.brief import Brief
    from retain_cli.store.policy import Policy
    from retain_cli.store.store import Store

ADVICE_SHOWN = 3


def brief(
    workspace: Workspace,
    customer: Annotated[str, typer.Argument(help="Id, phone, e-mail, #number or part of the name.")],
) -> None:
    """The page to read before contacting a customer.

    Why today, the last words, what they bought, need and were promised, what they can use, and what they like.
    """
    from retain_cli.commands.advise import make_index
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    make_index(workspace)
    with workspace.open() as store:
        policy = read_policy(store)
        page = brief_document(store, policy, workspace.today, find_customer(store, policy, customer).id)
    workspace.show(page)


def brief_document(store: "Store", policy: "Policy", today: "date", customer: int) -> "Document":
    """The brief as an answer, with what is expected of the customer and what to offer them."""
    from retain_cli.advise.listing import advice_for_customer
    from retain_cli.commands.expectations import as_data
    from retain_cli.document import Document
    from retain_cli.due.brief import brief
    from retain_cli.predict.reading import prediction_of

    found = brief(store, policy, today, customer)
    advised = advice_for_customer(store, policy, today, customer, limit=ADVICE_SHOWN)
    data = _data(found, policy)
    data["prediction"] = as_data(prediction_of(store, customer), today)
    data["advice"] = [
        {"tip": one.kind, "product": one.tip.product, "because": one.tip.because, "due_on": one.tip.due_on}
        for one in advised.advice
    ]
    data["offer"] += [f"{one['product']}: {one['because']}" for one in data["advice"]]
    return Document(data, _blocks(found, data, today), [data["customer"]])


def _data(found: "Brief", policy: "Policy") -> dict[str, Any]:
    from retain_cli.commands.parameters import birthday_text, money

    return {
        "customer": found.who._asdict()
        | {
            "amount": money(found.who.amount, policy.currency),
            "address": found.about.address,
            "birthday": birthday_text(*found.about[1:6]),
            "do_not_contact": bool(found.about.do_not_contact),
            "note": found.about.note,
        },
        "due": [
            {"reason": o.reason, "service": o.service, "about": o.about or None, "due_on": o.due_on,
             "days_late": o.days_late, "channel": o.channel}
            for o in found.due
        ],
        "contacts": [
            one._asdict()
            | {"services": found.services.get(one.id, []), "cost": money(one.cost, one.currency or policy.currency)}
            for one in found.contacts
        ],
        "purchases": [one._asdict() | {"amount": money(one.amount, one.currency)} for one in found.purchases],
        "needs": [
            {"id": one.id, "what": one.what, "amount": money(one.amount, one.currency or ""),
             "wanted_on": one.wanted_on}
            for one in found.needs
        ],
        "promises": [
            {"id": one.id, "words": one.words, "due_on": one.due_on, "owner": one.owner} for one in found.promises
        ],
        "tickets": [
            {"id": one.id, "kind": one.kind, "words": one.words, "promised_on": one.promised_on, "owner": one.owner}
            for one in found.tickets
        ],
        "satisfaction": found.satisfaction and found.satisfaction._asdict(),
        "benefits": {
            "points": found.points.points,
            "level": found.points.level,
            "coupons": [
                {"id": one.id, "amount": money(one.amount, one.currency), "percent": one.percent,
                 "min_spend": money(one.min_spend, one.currency), "expires_on": one.expires_on}
                for one in found.coupons
            ],
            "gifts": [{"id": one.id, "what": one.what, "for_on": one.for_on} for one in found.gifts],
        },
        "preferences": [{"id": one.id, "kind": one.kind, "words": one.words} for one in found.preferences],
        "you_said_we_did": [
            {"id": one.id, "words": one.words, "said_on": one.said_on, "result": one.result, "done_on": one.done_on}
            for one in found.did
        ],
        "offer": list(found.offers),
        "terms": found.terms,
        "left_out": found.left_alone,
        "refuses": list(found.refuses),
    }  # fmt: skip


def _blocks(found: "Brief", data: dict[str, Any], today: "date") -> list[Any]:
    from retain_cli.commands.due_answer import titled
    from retain_cli.commands.expectations import as_pairs
    from retain_cli.commands.parameters import birthday_words
    from retain_cli.document import Figures

    who = data["customer"]
    why = [f"{titled(o)}, {_since(o.due_on, today)}" for o in found.due]
    bought = [f"{p.bought_on} {p.product or p.category or p.order_number}" for p in found.purchases]
    pairs: list[tuple[str, Any]] = [
        ("Grade", who["grade"] or "none yet"),
        ("Reach", ", ".join(filter(None, (who["phone"], who["email"])))),
        ("Where", ", ".join(filter(None, (who["address"], who["area"])))),
        ("Careful", ", ".join(filter(None, (found.left_alone, *(f"not by {way}" for way in found.refuses))))),
        ("Birthday", birthday_words(*found.about[1:6], today=today)),
        ("Why today", why or ["nothing is due"]),
        *((known.kind.capitalize(), known.words) for known in found.preferences),
        ("Note", who["note"]),
        ("Promised", [f"{one.words}, by {one.due_on} (promise {one.id})" for one in found.promises]),
        ("Waiting", [f"{one.kind}: {one.words}, by {one.promised_on} (ticket {one.id})" for one in found.tickets]),
        ("Needs", [_need(one) for one in data["needs"]]),
        ("You said", [f"{one.words}. We did: {one.result} (feedback {one.id})" for one in found.did]),
        ("Satisfied", _satisfied(found)),
        ("To use", _benefits(found)),
        ("Terms", found.terms),
        ("Gifts", [f"{one.what}" + (f", for {one.for_on}" if one.for_on else "") for one in found.gifts]),
        ("Last spoke", [_contact(found, one) for one in found.contacts] or ["nobody was there yet"]),
        ("Bought", bought),
        *as_pairs(data["prediction"]),
        ("Offer", data["offer"]),
    ]
    return [Figures([pair for pair in pairs if pair[1]], who["name"])]


def _since(due_on: "date", today: "date") -> str:
    from retain_cli.wording import count_of

    days = (today - due_on).days
    if days == 0:
        return "today"
    return f"for {count_of(days, 'day')}" if days > 0 else f"in {count_of(-days, 'day')}"


def _need(one: dict[str, Any]) -> str:
    about = f", about {one['amount']}" if one["amount"] else ""
    return (
        f"{one['what']}{about}"
        + (f", from {one['wanted_on']}" if one["wanted_on"] else "")
        + f" (need {one['id']})"
    )


def _satisfied(found: "Brief") -> str | None:
    if found.satisfaction is None:
        return None
    mean, scores, last = found.satisfaction
    return f"{last} of 5 the last time; {mean:.1f} in {scores}" if scores > 1 else f"{last} of 5"


def _benefits(found: "Brief") -> list[str]:
    from retain_cli.commands.parameters import money

    level = f" ({found.points.level})" if found.points.level else ""
    said = [f"{found.points.points:,} points{level}"] if found.points.points else []
    for one in found.coupons:
        off = money(one.amount, one.currency) if one.amount is not None else f"{one.percent} %"
        said.append(f"coupon {one.id}: {off} off" + (f", until {one.expires_on}" if one.expires_on else ""))
    return said


def _contact(found: "Brief", one: Any) -> str:
    services = ", ".join(found.services.get(one.id, []))
    words = " ".join(filter(None, (f"[{services}]" if services else "", one.note)))
    return f"{one.visited_on} {one.channel}, {one.outcome}" + (f": {words}" if words else "")
