"""A customer's own days: wedding days, days of contracts, whatever has a name and comes every year."""

from typing import NamedTuple

from retain_cli.dates.weekday_rule import WeekdayRule, weekday_rule
from retain_cli.model.partial_date import PartialDate
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class OwnDay(NamedTuple):
    """One day, with its name: month and day, or a rule for the weekday."""

    name: str
    month: int | None
    day: int | None
    year: int | None
    calendar: str
    leap_month: int
    rule: str | None

    @property
    def words(self) -> str:
        """When it is: `2015-06-12`, `--06-12`, `lunar --08-15`, `3rd Monday of March`."""
        if self.rule is not None:
            return str(weekday_rule(self.rule))
        assert self.month is not None and self.day is not None  # noqa: S101, PT018
        return str(PartialDate(self.month, self.day, self.year, self.calendar, bool(self.leap_month)))


_DAYS = Question(
    """
    select name, month, day, year, calendar, leap_month, rule from customer_day where customer_id = :customer
    order by name
    """,
    OwnDay,
)


def own_days(store: Store, customer: int) -> list[OwnDay]:
    """A customer's days, by name."""
    return store.ask(_DAYS, customer=customer)


def put_day(store: Store, customer: int, name: str, when: PartialDate | WeekdayRule) -> None:
    """Keep a day under its name; another one of that name is replaced."""
    from retain_cli.model.service import CustomerDay

    forget_day(store, customer, name)
    if isinstance(when, WeekdayRule):
        store.save(CustomerDay(customer_id=customer, name=name, rule=when.key))
    else:
        store.save(CustomerDay(customer_id=customer, name=name, **when._asdict()))


def forget_day(store: Store, customer: int, name: str) -> bool:
    """Take the day of that name away; whether there was one."""
    sql = "delete from customer_day where customer_id = ? and name = ?"
    return store.run(sql, (customer, name)).rowcount > 0


def day_name(words: str) -> str:
    """A name as it is kept: case folded, so that one day is not kept twice."""
    return " ".join(words.casefold().split())
