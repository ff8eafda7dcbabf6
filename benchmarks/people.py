"""A seeded base of customers in which some were entered twice, and some share a home with another."""

import random
from typing import Any

_FAMILY = [
    "wang",
    "li",
    "zhang",
    "liu",
    "chen",
    "yang",
    "zhao",
    "huang",
    "zhou",
    "wu",
    "xu",
    "sun",
    "hu",
    "zhu",
    "gao",
    "lin",
    "he",
    "guo",
    "ma",
    "luo",
]
_STARTS = [
    "an",
    "ba",
    "bei",
    "cai",
    "chun",
    "da",
    "fang",
    "guang",
    "hai",
    "jia",
    "jing",
    "ke",
    "lan",
    "lei",
    "min",
    "ning",
    "ping",
    "qi",
    "rong",
    "shan",
    "tao",
    "wei",
    "xin",
    "ya",
    "yu",
    "zhi",
]
_ENDS = ["", "jun", "hong", "lin", "mei", "na", "ping", "qing", "wen", "xia", "yan", "ying"]

FIELDS = ("Customer ID", "Name", "Phone", "Email", "Birthday", "Address", "Area")


def write_down(people: int, seed: int = 1) -> tuple[list[dict[str, str]], set[tuple[int, int]]]:
    """The rows of a customer file, and the pairs of rows (from 0) that are one person.

    One in twenty was entered twice, with slips, gaps and changes; one in six lives with the person before them.
    """
    rng = random.Random(seed)
    rows: list[dict[str, str]] = []
    for number in range(people):
        rows.append(_person(rng, number, rows[-1] if number and rng.random() < 1 / 6 else None))
    same = set()
    for number in rng.sample(range(people), people // 20):
        same.add((number, len(rows)))
        rows.append(_again(rng, rows[number], len(rows)))
    return rows, same


def _person(rng: random.Random, number: int, lives_with: dict[str, str] | None) -> dict[str, str]:
    family = lives_with["Name"].split()[-1] if lives_with else _family(rng)
    given = rng.choice(_STARTS) + rng.choice(_ENDS)
    home = lives_with or {}
    return {
        "Customer ID": f"C{number:06d}",
        "Name": f"{given.title()} {family.title()}",
        "Phone": home["Phone"] if home and rng.random() < 0.4 else _phone(rng),
        "Email": "" if rng.random() < 0.5 else f"{given}{rng.randrange(10**6)}@example.com",
        "Birthday": "" if rng.random() < 0.3 else _birthday(rng),
        "Address": home.get("Address")
        or f"{rng.randrange(1, 400)} {rng.choice(_STARTS)}{rng.choice(_STARTS)} road",
        "Area": home.get("Area") or rng.choice(["north", "south", "east", "west", "centre"]),
    }


def _family(rng: random.Random) -> str:
    return rng.choices(_FAMILY, [1 / (n + 1) for n in range(len(_FAMILY))])[0]


def _phone(rng: random.Random) -> str:
    return f"13{rng.randrange(10**9):09d}"


def _birthday(rng: random.Random) -> str:
    return f"{rng.randrange(1950, 2005)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"


def _again(rng: random.Random, person: dict[str, str], number: int) -> dict[str, str]:
    """The same person, as somebody else wrote them down at another counter."""
    new: dict[str, Any] = dict(person)
    new["Customer ID"] = f"D{number:06d}" if rng.random() < 0.5 else ""
    kind = rng.random()
    if kind < 0.15:
        new["Name"] = _slip(rng, person["Name"])
    elif kind < 0.25:
        new["Name"] = " ".join(reversed(person["Name"].split()))
    chance = rng.random()
    if chance < 0.2:
        new["Phone"] = _phone(rng)
    elif chance < 0.35:
        new["Phone"] = ""
    if rng.random() < 0.4:
        new["Email"] = ""
    if rng.random() < 0.3:
        new["Birthday"] = ""
    chance = rng.random()
    if chance < 0.3:
        new["Address"] = ""
    elif chance < 0.5:
        new["Address"] = person["Address"].title().replace(" Road", " Rd")
    if not (new["Phone"] or new["Email"] or new["Customer ID"]):
        new["Customer ID"] = f"D{number:06d}"
    return new


def _slip(rng: random.Random, name: str) -> str:
    at = rng.randrange(1, len(name) - 1)
    return (
        name[:at] + name[at + 1] + name[at] + name[at + 2 :] if rng.random() < 0.5 else name[:at] + name[at + 1 :]
    )
