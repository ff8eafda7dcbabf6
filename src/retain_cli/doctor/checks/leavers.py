"""Nobody who left still has customers."""

from collections.abc import Iterator
from shlex import quote

from retain_cli.doctor.finding import Asked, Finding
from retain_cli.plan.staff import customers_of, team
from retain_cli.wording import count_of

ORDER = 7
ENDS_IT = False


def look(asked: Asked) -> Iterator[Finding]:
    """Staff who left, and the customers they still look after."""
    owned = customers_of(asked.store)
    for person in team(asked.store):
        left, customers = person.retired_on, owned.get(person.id, 0)
        if left is not None and left <= asked.today and customers:
            yield Finding(
                f"{person.name} left on {left} and still has {count_of(customers, 'customer')}",
                f"Give them to others: retain staff hand-over {quote(person.name)} --to NAME",
            )
