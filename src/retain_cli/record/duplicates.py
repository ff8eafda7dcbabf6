"""Which customers may be one person: by how unlikely it is that strangers agree in so much.

The weights are those of Fellegi and Sunter (A Theory for Record Linkage, 1969): what two customers share counts the
more the fewer others share it too, and what they differ in counts against them. Only pairs that share a phone, an
e-mail, an address, a birthday or a name are compared at all.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, product
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


class _Known(NamedTuple):
    """A person as pairs are compared."""

    person: Person
    name: str
    """The words of the name in one order, since some write the family first; nothing where there is no name."""
    letters: str
    phone: str | None
    email: str | None
    address: str
    birthday: tuple[int, int, int | None] | None
    own_id: tuple[str, str] | None


_PEOPLE = Question(
    """
    select id, external_id, source, name, search_key, phone, email, address, area, birth_month, birth_day,
        birth_year
    from customer order by id
    """,
    Person,
)

LIKELY = 0.5
"""Pairs less probable than this are not shown unless asked for."""

_LARGEST_BLOCK = 60
"""More customers than this who agree in a thing agree by chance: a placeholder, a switchboard, a usual name."""
_SHORTEST, _LONG = 5, 12
"""A slip of the pen makes another name of one shorter than the first; from the second on there may be two slips."""
_SHORTENED = frozenset({"road", "rd", "street", "str", "st", "avenue", "ave", "apartment", "apt", "no", "nr"})

_FAMILY_FIRST = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_ENTERED_TWICE = 0.05
# How often the two records of one person agree in a thing that both have, and how often they differ in it against
# how often strangers do.
_AGREE = {"phone": 0.8, "email": 0.8, "address": 0.7, "birthday": 0.95, "name": 0.6, "near name": 0.35}
_DIFFER = {"phone": 0.4, "email": 0.4, "address": 0.5, "birthday": 0.05, "name": 0.05}
# How many others share somebody's phone, e-mail or address as a family or a company does.
_HOUSEHOLD = {"phone": 0.1, "email": 0.05, "address": 0.4}
# Who shares one of them with a family shares the others too: after the first, each says little.
_FURTHER = log2(2)
# How rare a value is before the base itself has said so: birthdays of some forty years, and names.
_RARITY = {"birthday": 1 / 15_000, "name": 1 / 3_000}
_AS_IF = 1_000
_STRANGERS_NEAR = 0.001


def duplicates(store: Store, at_least: float = LIKELY) -> list[Pair]:
    """Every pair that is at least so probable, the surest first."""
    people = [_known(person) for person in store.stream(_PEOPLE)]
    rules = _Rules(people)
    found = []
    for first, second in _candidates(people, lambda name: rules.is_telling(name, at_least)):
        if (pair := rules.judge(first, second, at_least)) is not None:
            found.append(pair)
    found.sort(key=lambda pair: (-pair.probability, pair.first.id, pair.second.id))
    return found


def _known(person: Person) -> _Known:
    words = person.search_key.replace(",", " ").split()
    if person.name in (person.external_id, person.phone, person.email):
        words = []  # called so only for want of a name
    if words and all(map(_FAMILY_FIRST.fullmatch, words)):
        # Some write a blank between the family and the given name, and most do not.
        words = ["".join(words)]
    birthday = None
    if person.birth_month is not None and person.birth_day is not None:
        birthday = (person.birth_month, person.birth_day, person.birth_year)
    return _Known(
        person,
        " ".join(sorted(words)),
        "".join(words),
        person.phone,
        person.email,
        _address(person.address),
        birthday,
        (person.source, person.external_id) if person.external_id else None,
    )


def _address(written: str | None) -> str:
    """An address without case, punctuation and the words that some shorten."""
    if not written:
        return ""
    words = "".join(c if c.isalnum() else " " for c in written.casefold()).split()
    return "".join(word for word in words if word not in _SHORTENED)


_BLOCKS: tuple[Callable[[_Known], object], ...] = (
    lambda known: known.phone,
    lambda known: known.email,
    lambda known: known.address,
    lambda known: known.birthday,
)


def _candidates(people: list[_Known], is_telling: Callable[[str], bool] = bool) -> Iterator[tuple[_Known, _Known]]:
    """Pairs with something in common, each once; a name alone counts where it `is_telling`."""
    seen: set[int] = set()

    def telling_name(known: _Known) -> object:
        return known.name if is_telling(known.name) else ""

    for key_of in (*_BLOCKS, telling_name):
        blocks: defaultdict[object, list[_Known]] = defaultdict(list)
        for person in people:
            if key := key_of(person):
                blocks[key].append(person)
        for block in blocks.values():
            if 2 <= len(block) <= _LARGEST_BLOCK:
                for first, second in combinations(block, 2):
                    pair = first.person.id << 32 | second.person.id
                    if pair not in seen:
                        seen.add(pair)
                        yield first, second
    for first, second in _with_and_without_year(people):
        if first.person.id << 32 | second.person.id not in seen:
            yield first, second


def _with_and_without_year(people: list[_Known]) -> Iterator[tuple[_Known, _Known]]:
    """Birthdays of which one has its year and the other not, where the names begin alike."""
    days: defaultdict[object, tuple[list[_Known], list[_Known]]] = defaultdict(lambda: ([], []))
    for person in people:
        if person.birthday:
            days[person.birthday[:2], person.name[:2]][person.birthday[2] is None].append(person)
    for with_year, without in days.values():
        if len(with_year) * len(without) <= _LARGEST_BLOCK**2:
            for first, second in product(with_year, without):
                yield (first, second) if first.person.id < second.person.id else (second, first)


class _Rules:
    """The weights, from how common each value is in this base."""

    def __init__(self, people: list[_Known]) -> None:
        from jellyfish import damerau_levenshtein_distance

        self._slips = damerau_levenshtein_distance
        self._people = max(len(people), 2)
        self._prior = log2(_ENTERED_TWICE / self._people)
        self._common: dict[str, Counter[Any]] = {
            thing: Counter(value for person in people if (value := getattr(person, thing)))
            for thing in ("phone", "email", "address", "birthday", "name")
        }

    def judge(self, first: _Known, second: _Known, at_least: float) -> Pair | None:
        """How probable it is that two customers are one, with what speaks for it; None below `at_least`."""
        reasons: list[str] = []
        contacts = self._contacts(first, second, reasons)
        if not reasons and first.name != second.name and not self._is_near(first, second):
            return None  # a birthday alone, which is what most pairs share
        weight = self._prior + contacts
        weight += self._birthday(first.birthday, second.birthday, reasons)
        weight += self._name(first, second, reasons)
        if first.own_id and second.own_id and first.own_id[0] == second.own_id[0]:
            # The shop's own program took them for two.
            weight -= 1
        probability = 1 / (1 + 2.0**-weight)
        return Pair(first.person, second.person, probability, reasons) if probability >= at_least else None

    def is_telling(self, name: str, at_least: float) -> bool:
        """Whether two customers of this name may be that probably one although they share nothing else."""
        if not name:
            return False
        weight = self._prior + log2(_AGREE["name"] / self._share("name", name))
        return bool(1 / (1 + 2.0**-weight) >= at_least)

    def _contacts(self, first: _Known, second: _Known, reasons: list[str]) -> float:
        weight, shared = 0.0, []
        for thing, ours, theirs in (
            ("phone", first.phone, second.phone),
            ("email", first.email, second.email),
            ("address", first.address, second.address),
        ):
            if ours and ours == theirs:
                reasons.append("same e-mail" if thing == "email" else f"same {thing}")
                others = (self._common[thing][ours] - 1) * _HOUSEHOLD[thing]
                shared.append(log2(_AGREE[thing] * self._people / others))
            elif ours and theirs:
                weight += log2(_DIFFER[thing])
        return weight + (max(shared) + _FURTHER * (len(shared) - 1) if shared else 0)

    def _name(self, first: _Known, second: _Known, reasons: list[str]) -> float:
        if not first.name or not second.name:
            return 0
        if first.name == second.name:
            reasons.append("same name")
            return log2(_AGREE["name"] / self._share("name", first.name))
        if self._is_near(first, second):
            reasons.append("near name")
            return log2(_AGREE["near name"] / _STRANGERS_NEAR)
        return log2(_DIFFER["name"])

    def _is_near(self, first: _Known, second: _Known) -> bool:
        """Whether one name is the other with a letter left out, put in, mistaken or exchanged with the next."""
        lengths = len(first.letters), len(second.letters)
        most = 0 if min(lengths) < _SHORTEST else 1 if min(lengths) < _LONG else 2
        if abs(lengths[0] - lengths[1]) > most or not most:
            return False
        return bool(
            self._slips(first.letters, second.letters) <= most or self._slips(first.name, second.name) <= most
        )

    def _birthday(self, ours: Any, theirs: Any, reasons: list[str]) -> float:
        if ours is None or theirs is None:
            return 0
        without_year = ours[2] is None or theirs[2] is None
        if ours[:2] != theirs[:2] or (ours[2] != theirs[2] and not without_year):
            return log2(_DIFFER["birthday"])
        reasons.append("same birthday")
        share = self._share("birthday", ours)
        return log2(_AGREE["birthday"] / (max(share, 1 / 365) if without_year else share))

    def _share(self, thing: str, value: object) -> float:
        """How many strangers agree in it: those beside the two themselves, with what is known of such things."""
        others = max(self._common[thing][value] - 2, 0)
        return (others + _AS_IF * _RARITY[thing]) / (self._people + _AS_IF)
