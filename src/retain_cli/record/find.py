"""Naming a customer: by external id, phone in any notation, e-mail, `#12`, or a part of the name."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.model.name import search_key
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question
from retain_cli.store.store import Store

_SHOWN = 10


class Found(NamedTuple):
    """A customer, as far as naming them goes."""

    id: int
    external_id: str | None
    name: str
    phone: str | None
    grade: str | None


_COLUMNS = "select id, external_id, name, phone, grade from customer left join enrolment on customer_id = id"
_BY_ID = Question(f"{_COLUMNS} where id = :id", Found)
_BY_EXTERNAL_ID = Question(
    f"""
    {_COLUMNS} where external_id = :words
        or id in (select customer_id from customer_identity where customer_identity.external_id = :words)
    order by id limit :most
    """,
    Found,
)
_BY_PHONE = Question(f"{_COLUMNS} where phone = :phone order by id limit :most", Found)
_BY_EMAIL = Question(f"{_COLUMNS} where email = :words order by id limit :most", Found)
_BY_NAME = Question(
    rf"""
    {_COLUMNS} where search_key like :pattern escape '\'
    order by case when search_key = :whole then 0 else 1 end, search_key, id limit :most
    """,
    Found,
)


def named_customers(store: Store, numbers: Iterable[int]) -> dict[int, str]:
    """The names of the customers with these numbers; who is not there is left out."""
    found = (store.first(_BY_ID, id=number) for number in numbers)
    return {one.id: one.name for one in found if one is not None}


def like_pattern(words: str) -> str:
    """The words as a part to look for with LIKE … ESCAPE '\\'; `%` and `_` mean themselves."""
    part = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{part}%"


def find_customer(store: Store, policy: Policy, words: str) -> Found:
    """The one customer meant; WrongUse lists the candidates where several fit, and says so where none does.

    The surest way of naming wins: an external id, then a phone, then an e-mail, then the whole name, then a part.
    """
    for found in _ways(store, policy, words.strip()):
        if len(found) == 1:
            return found[0]
        if found:
            raise WrongUse(
                f"{words!r} fits more than one customer: {', '.join(map(_named, found[:_SHOWN]))}"
                + (" and more" if len(found) > _SHOWN else ""),
                "Name one by its #number, external id, phone or e-mail.",
                code="customer-ambiguous",
            )
    raise WrongUse(
        f"no customer fits {words!r}", "See them with: retain list --search WORDS.", code="customer-unknown"
    )


def _ways(store: Store, policy: Policy, words: str) -> Iterator[list[Found]]:
    if words.startswith("#") and words[1:].isdecimal() and len(words) < 18:
        yield store.ask(_BY_ID, id=int(words[1:]))
        return
    if not words:
        return
    yield store.ask(_BY_EXTERNAL_ID, words=words, most=_SHOWN + 1)
    if "@" in words:
        yield store.ask(_BY_EMAIL, words=words.casefold(), most=_SHOWN + 1)
    if sum(character.isdecimal() for character in words) >= 5:
        from retain_cli.model.phone import e164

        if phone := e164(words, policy.region):
            yield store.ask(_BY_PHONE, phone=phone, most=_SHOWN + 1)
    whole = search_key(words)
    named = store.ask(_BY_NAME, pattern=like_pattern(whole), whole=whole, most=_SHOWN + 1)
    yield [found for found in named if search_key(found.name) == whole]
    yield named


def _named(found: Found) -> str:
    about = " ".join(filter(None, (found.external_id, found.phone)))
    return f"#{found.id} {found.name}" + (f" ({about})" if about else "")
