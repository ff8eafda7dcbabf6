"""Which customers may be one person: by how unlikely it is that strangers agree in so much.

The weights are those of Fellegi and Sunter (A Theory for Record Linkage, 1969): what two customers share counts the
more the fewer others share it too, and what they differ in counts against them. Only pairs with something in
common are compared: the same phone, e-mail, birthday, address or written name, or the same beginning of a name in
one area.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from math import log2
from typing import Any, NamedTuple

from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Person(NamedTuple):
    """What tells one customer from another."""

    id: int
    external_id: str | None
    source: str
    name: str
    search_key: str
    phone: str | None
    email: str | None
    address: str | None
    area: str | None
    birth_month: int | None
    birth_day: int | None
    birth_year: int | None


class Pair(NamedTuple):
    """Two customers who may be one; `probability` is what is left of the doubt, `reasons` say why."""

    first: Person
    second: Person
    probability: float
    reasons: list[str]


_PEOPLE = Question(
    """
    select id, external_id, source, name, search_key, phone, email, address, area, birth_month, birth_day,
        birth_year
    from customer order by id
    """,
    Person,
)

LIKELY = 0.9
"""Pairs less probable than this are not shown unless asked for."""

_LARGEST_BLOCK = 60
"""More customers than this who agree in a thing agree by chance: a placeholder, a switchboard, a large town."""
_ALMOST = 0.92
"""From this likeness of Jaro and Winkler on, two names are the same with a slip of the pen."""

# How often one person's two records agree in a thing, by what typists get wrong; strangers agree as often as the
# values are common in this base.
_AGREE = {"phone": 0.85, "email": 0.85, "birthday": 0.9, "address": 0.7, "name": 0.6}
_NAME_ALMOST = 0.3
_STRANGERS_ALMOST = 0.005
# One person has two phones or has moved more often than two birthdays.
_DIFFER = {"phone": 0.5, "email": 0.5, "birthday": 0.06, "address": 0.6, "name": 0.1}


def duplicates(store: Store, at_least: float = LIKELY) -> list[Pair]:
    """Every pair that is at least so probable, the surest first."""
    people = store.ask(_PEOPLE)
    rules = _Rules(people)
    found = []
    for first, second in _candidates(people):
        pair = rules.judge(first, second)
        if pair.probability >= at_least:
            found.append(pair)
    found.sort(key=lambda pair: (-pair.probability, pair.first.id, pair.second.id))
    return found


def _candidates(people: list[Person]) -> Iterator[tuple[Person, Person]]:
    """Pairs with something in common, each once."""
    seen: set[tuple[int, int]] = set()
    for block_of in _BLOCKS:
        blocks: defaultdict[object, list[Person]] = defaultdict(list)
        for person in people:
            for key in block_of(person):
                blocks[key].append(person)
        for block in blocks.values():
            if 2 <= len(block) <= _LARGEST_BLOCK:
                for first, second in combinations(block, 2):
                    if (first.id, second.id) not in seen:
                        seen.add((first.id, second.id))
                        yield first, second


def _birthday(person: Person) -> tuple[int, int, int | None] | None:
    if person.birth_month is None or person.birth_day is None:
        return None
    return (person.birth_month, person.birth_day, person.birth_year)


def _letters(words: str | None) -> str:
    return "".join(c for c in words.casefold() if c.isalnum()) if words else ""


def _sorted_name(person: Person) -> str:
    """The words of a name in one order, since some write the family first."""
    return " ".join(sorted(person.search_key.replace(",", " ").split()))


def _one(value: object) -> Iterable[object]:
    return (value,) if value else ()


_BLOCKS: tuple[Callable[[Person], Iterable[object]], ...] = (
    lambda person: _one(person.phone),
    lambda person: _one(person.email),
    lambda person: _one(_birthday(person) and (_birthday(person), _sorted_name(person)[:1])),
    lambda person: _one(_birthday(person)),
    lambda person: _one(_sorted_name(person)),
    lambda person: _one(_letters(person.address)),
    lambda person: ((word[:3], _letters(person.area)) for word in person.search_key.split() if person.area),
    lambda person: ((word[:4], (person.email or "")[:4]) for word in person.search_key.split() if person.email),
    lambda person: ((word[:4], person.phone[-4:]) for word in person.search_key.split() if person.phone),
)


class _Rules:
    """The weights, from how common each value is in this base."""

    def __init__(self, people: list[Person]) -> None:
        from jellyfish import jaro_winkler_similarity

        self._alike = jaro_winkler_similarity
        self._people = max(len(people), 2)
        # Among all pairs one customer in twenty is entered twice: what must be outweighed before anything is sure.
        self._prior = log2(0.05 / self._people)
        self._common: dict[str, Counter[Any]] = {
            "phone": Counter(person.phone for person in people if person.phone),
            "email": Counter(person.email for person in people if person.email),
            "birthday": Counter(found for person in people if (found := _birthday(person))),
            "address": Counter(address for person in people if (address := _letters(person.address))),
            "name": Counter(map(_sorted_name, people)),
        }
        self._known = {thing: max(counts.total(), 2) for thing, counts in self._common.items()}

    def judge(self, first: Person, second: Person) -> Pair:
        """How probable it is that two customers are one, with what speaks for it."""
        reasons: list[str] = []
        weight = self._prior + self._name(first, second, reasons)
        weight += self._thing("phone", first.phone, second.phone, reasons)
        weight += self._thing("email", first.email, second.email, reasons)
        weight += self._thing("birthday", _birthday(first), _birthday(second), reasons)
        weight += self._thing("address", _letters(first.address), _letters(second.address), reasons)
        if first.external_id and second.external_id and first.source == second.source:
            # The shop's own program took them for two.
            weight += log2(0.5)
        return Pair(first, second, 1 / (1 + 2.0**-weight), reasons)

    def _thing(self, thing: str, ours: Any, theirs: Any, reasons: list[str]) -> float:
        if not ours or not theirs:
            return 0
        if thing == "birthday" and not _year_fits(ours, theirs):
            return log2(_DIFFER[thing])
        if thing != "birthday" and ours != theirs:
            return log2(_DIFFER[thing])
        reasons.append(f"same {'e-mail' if thing == 'email' else thing}")
        # Of a birthday without its year, one day in 365 agrees.
        share = max(self._common[thing][ours], 2) / self._known[thing]
        if thing == "birthday" and None in (ours[2], theirs[2]):
            share = max(share, 1 / 365)
        return log2(_AGREE[thing] / max(share, 1 / self._people))

    def _name(self, first: Person, second: Person, reasons: list[str]) -> float:
        ours, theirs = _sorted_name(first), _sorted_name(second)
        if ours == theirs:
            reasons.append("same name")
            share = max(self._common["name"][ours], 2) / self._known["name"]
            return log2(_AGREE["name"] / max(share, 1 / self._people))
        likeness = self._alike(ours, theirs)
        if likeness >= _ALMOST:
            reasons.append("near name")
            return log2(_NAME_ALMOST / _STRANGERS_ALMOST)
        return log2(_DIFFER["name"])


def _year_fits(ours: Any, theirs: Any) -> bool:
    return ours[:2] == theirs[:2] and (ours[2] == theirs[2] or None in (ours[2], theirs[2]))
