"""`retain show`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from retain_cli.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

    from retain_cli.record.find import Found
    from retain_cli.record.history import About
    from retain_cli.store.policy import Policy
    from retain_cli.store.store import Store

_ROWS_SHOWN = 10


def show(
    workspace: Workspace,
    customer: Annotated[str, typer.Argument(help="Id, phone, e-mail, #number or part of the name.")],
) -> None:
    """Everything known of one customer."""
    from retain_cli.commands.parameters import birthday_words
    from retain_cli.document import Document
    from retain_cli.record import history
    from retain_cli.record.find import find_customer
    from retain_cli.store.policy import read_policy

    with workspace.open() as store:
        policy = read_policy(store)
        found = find_customer(store, policy, customer)
        about = history.about(store, found.id)
        data = _data(store, policy, found, about, workspace)
    birthday = birthday_words(*about[1:6], today=workspace.today)
    workspace.show(Document(data, _blocks(data, birthday, workspace.today), [data["customer"]]))


def _data(store: "Store", policy: "Policy", found: "Found", about: "About", workspace: Workspace) -> dict[str, Any]:
    import json

    from retain_cli.classify.explanation import history as grades
    from retain_cli.commands.expectations import as_data
    from retain_cli.commands.our_word import our_word
    from retain_cli.commands.parameters import birthday_text, money
    from retain_cli.commands.plan_answer import plan_entries, plan_of_one, usual
    from retain_cli.commands.ratings import as_list
    from retain_cli.due.listing import coming_up
    from retain_cli.model.grade import NONE_YET
    from retain_cli.predict.reading import prediction_of
    from retain_cli.record import history
    from retain_cli.record.customers import customer
    from retain_cli.record.days import own_days
    from retain_cli.record.decisions import in_force
    from retain_cli.record.rating import ratings_by_visit
    from retain_cli.record.terms import terms_of_customer
    from retain_cli.record.visit import originals

    number = found.id
    rendered = history.services_by_contact(store, number)
    rated = ratings_by_visit(store, number)
    corrected = originals(store, number)
    coming = coming_up(store, policy, workspace.today, number)
    listed = customer(store, policy, number)
    decided = [
        one._asdict() for one in in_force(store, number) if one.until_on is None or one.until_on > workspace.today
    ]
    return {
        "decisions": decided,
        "plan": plan_entries(plan_of_one(store, number, listed.grade), usual(store), policy),
        "terms": [one.words for one in terms_of_customer(store, number, workspace.today)],
        "days": [{"name": day.name, "when": day.words} for day in own_days(store, number)],
        "customer": listed._asdict()
        | {
            "amount": money(listed.amount, policy.currency),
            "address": about.address,
            "birthday": birthday_text(*about[1:6]),
            "do_not_contact": bool(about.do_not_contact),
            "note": about.note,
            "created_on": about.created_on,
            "graded_on": about.grade_since_on,
        },
        "served": _served(store, number, workspace.today),
        "prediction": as_data(prediction_of(store, number), workspace.today),
        "next": [
            {"reason": o.reason, "service": o.service, "due_on": o.due_on, "days_late": o.days_late} for o in coming
        ],
        "visits": [
            visit._asdict()
            | {
                "services": rendered.get(visit.id, []),
                "ratings": as_list(rated.get(visit.id, {})),
                "cost": money(visit.cost, visit.currency or policy.currency),
                "originals": [
                    {"corrected_on": one.corrected_on, "said": json.loads(one.said)}
                    for one in corrected.get(visit.id, [])
                ],
            }
            for visit in history.contacts(store, number)
        ],
        "purchases": [
            bought._asdict() | {"amount": money(bought.amount, bought.currency)}
            for bought in history.purchases(store, number)
        ],
        "grades": [
            {"on": past.changed_on, "from": past.from_grade or NONE_YET, "to": past.to_grade or NONE_YET}
            for past in grades(store, number)
        ],
        **our_word(store, policy, found, workspace.today),
    }


def _served(store: "Store", number: int, today: "date") -> dict[str, Any]:
    """Who looks after them, and who serves them today, which is somebody else while the owner is away."""
    from retain_cli.plan.staff import who_serves
    from retain_cli.record.owner import owner_of

    owner = owner_of(store, number)
    duty = who_serves(store, today).get(owner[0]) if owner else None
    return {"owner": owner and owner[1], "served_by": duty and duty.server}


def _blocks(data: dict[str, Any], birthday: str | None, today: "date") -> list[Any]:
    from retain_cli.commands.expectations import as_pairs
    from retain_cli.commands.our_word import word_blocks, word_pairs
    from retain_cli.document import Column, Figures, Note, Table
    from retain_cli.wording import count_of

    who = data["customer"]
    next_days = ", ".join(f"{o['service']} on {o['due_on']}" for o in data["next"][:3])
    bought = (
        f"{who['amount']} on {count_of(who['orders'], 'day')}, the last {who['last_on']}" if who["orders"] else ""
    )
    pairs = [
        ("Number", f"#{who['id']}"),
        ("Id", who["external_id"]),
        ("Grade", f"{who['grade'] or 'none yet'}" + (f", since {who['graded_on']}" if who["graded_on"] else "")),
        ("Phone", who["phone"]),
        ("E-mail", who["email"]),
        ("Address", ", ".join(filter(None, (who["address"], who["area"])))),
        ("Birthday", birthday),
        ("Contact", _contact(data)),
        ("Served by", _whose(data["served"])),
        ("Own days", ", ".join(f"{day['name']} {day['when']}" for day in data["days"])),
        ("Own plan", _own_plan(data["plan"])),
        ("Terms", ", ".join(data["terms"])),
        *word_pairs(data),
        ("Bought", bought),
        *as_pairs(data["prediction"]),
        ("Next", next_days),
        ("Note", who["note"]),
    ]
    blocks: list[Any] = [Figures([pair for pair in pairs if pair[1]], who["name"])]
    words = word_blocks(data, today)
    blocks += words
    if visits := data["visits"]:
        columns = [
            Column("", "right", wraps=False),
            Column("Day", wraps=False),
            Column("How"),
            Column("Outcome"),
            Column("Sat.", "right"),
            Column("Words"),
        ]
        rows = [
            (v["id"], v["visited_on"], v["channel"], v["outcome"], v["satisfaction"], _words(v)) for v in visits
        ]
        blocks += [Table(columns, rows[:_ROWS_SHOWN], "Contacts"), *_more(len(rows))]
    if purchases := data["purchases"]:
        columns = [Column("Day", wraps=False), Column("Product"), Column("Category"), Column("Amount", "right")]
        lines = [(p["bought_on"], p["product"] or p["order_number"], p["category"], p["amount"]) for p in purchases]
        blocks += [Table(columns, lines[:_ROWS_SHOWN], "Purchases"), *_more(len(lines))]
    if not words and not visits and not purchases:
        blocks.append(Note("Nothing bought and nobody there yet."))
    return blocks


def _whose(served: dict[str, Any]) -> str | None:
    owner: str | None = served["owner"]
    server: str | None = served["served_by"]
    if owner is None or owner == server:
        return owner
    return f"{server}, while {owner} is away" if server else f"nobody, while {owner} is away"


def _contact(data: dict[str, Any]) -> str:
    """Whether and how they may be contacted, where anything was decided about it."""
    said = ["asked not to be contacted"] if data["customer"]["do_not_contact"] else []
    for one in data["decisions"]:
        if one["kind"] == "never":
            said.append(f"not by {one['channel']}" if one["channel"] else "asked not to be contacted")
        elif one["kind"] == "pause":
            said.append(f"paused until {one['until_on']}")
        elif one["kind"] == "snooze":
            said.append(f"{one['service']} put off until {one['until_on']}")
        elif one["kind"] != "skip":
            said.append(one["kind"])
    return ", ".join(dict.fromkeys(said))


def _own_plan(lines: list[dict[str, Any]]) -> str:
    """What is planned for them alone; what their grade gets is in `retain plan`."""
    from retain_cli.commands.plan_answer import how_often

    own = [line for line in lines if line["customer"]]
    return ", ".join(
        f"{line['service']} {how_often(line['every'], line['anchor'], line['of'] or '', line['after'])}"
        for line in own
    )


def _words(visit: dict[str, Any]) -> str:
    from retain_cli.commands.ratings import in_words

    services = f"[{', '.join(visit['services'])}]" if visit["services"] else ""
    corrected = f"(corrected {visit['originals'][-1]['corrected_on']})" if visit["originals"] else ""
    rated = f"({in_words(visit['ratings'])})" if visit["ratings"] else ""
    return " ".join(filter(None, (services, visit["note"], rated, corrected)))


def _more(rows: int) -> list[Any]:
    from retain_cli.document import Note

    return [Note(f"and {rows - _ROWS_SHOWN:,} more; -f json has them all.")] if rows > _ROWS_SHOWN else []
