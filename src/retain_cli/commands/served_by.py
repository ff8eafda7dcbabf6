"""Naming one of the team as whoever serves the customers that are asked for."""

from typing import TYPE_CHECKING, NamedTuple

from retain_cli.errors import WrongUse

if TYPE_CHECKING:
    from datetime import date

    from retain_cli.plan.staff import Person
    from retain_cli.store.store import Store


class ServedBy(NamedTuple):
    """One of the staff, or `NOBODY`, and sentences on whom they stand in for today, or who does for them."""

    number: int
    name: str
    said: list[str]


def served_by(store: "Store", today: "date", written: str) -> ServedBy:
    """Who is meant; WrongUse names the team where nobody, or several, are called so."""
    from retain_cli.due.filters import NOBODY, NOBODY_WORDS
    from retain_cli.model.name import search_key
    from retain_cli.plan.staff import called, customers_of, team, who_serves

    if search_key(written) in NOBODY_WORDS:
        return ServedBy(NOBODY, "nobody's customers", [])
    people = team(store)
    found = called(people, written)
    if len(found) != 1:
        names = ", ".join(one.name for one in found or people)
        said = (
            f"{written!r} fits several of the team" if found else f"there is nobody called {written!r} in the team"
        )
        raise WrongUse(said, f"Name one of: {names}." if names else "See: retain staff.", code="staff-unknown")
    (person,) = found
    duties = who_serves(store, today).values()
    covers = [
        f"{person.name} stands in for {one.owner} today."
        for one in duties
        if one.covered and one.server_id == person.id
    ]
    own = [one for one in duties if one.owner_id == person.id and one.server_id != person.id]
    if person.retired_on is not None and person.retired_on <= today:
        left = customers_of(store).get(person.id, 0)
        return ServedBy(person.id, person.name, [_gone(person, left, one.server) for one in own])
    away = [f"{person.name} is not there today; {one.server or 'nobody'} stands in." for one in own]
    return ServedBy(person.id, person.name, [*away, *covers])


def _gone(person: "Person", customers: int, server: str | None) -> str:
    """That somebody does not serve any more, and whose their customers are to become."""
    from shlex import quote

    from retain_cli.wording import count_of

    gone = f"{person.name} left on {person.retired_on}"
    if not customers:
        return f"{gone} and has no customers any more. See who is there: retain staff."
    return (
        f"{gone} and still has {count_of(customers, 'customer')}; {server or 'nobody'} stands in. "
        f"Give them to others: retain staff hand-over {quote(person.name)} --to NAME"
    )
