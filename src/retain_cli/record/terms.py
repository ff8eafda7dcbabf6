"""Preferential terms: what every customer of a grade is entitled to, such as five per cent off maintenance."""

from datetime import date
from typing import NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Terms(NamedTuple):
    """One of the terms of a grade; `until_on` is the first day on which it does not hold any more."""

    id: int
    grade: str
    words: str
    from_on: date
    until_on: date | None


_TERMS = "select id, grade, words, from_on, until_on from terms"
_HOLD = " where from_on <= :day and (until_on is null or until_on > :day)"
_ONE = Question(_TERMS + " where id = :number", Terms)
_ALL = Question(_TERMS + _HOLD + " order by grade, id", Terms)
_OF_GRADE = Question(_TERMS + _HOLD + " and grade = :grade order by id", Terms)
_OF_CUSTOMER = Question(
    _TERMS + _HOLD + " and grade = (select grade from enrolment where customer_id = :customer) order by id", Terms
)


def set_terms(store: Store, grade: str, words: str, day: date) -> Terms:
    """Give a grade one more of its terms, from `day` on; WrongUse where it has the same already."""
    from retain_cli.model.benefit import GradeTerms

    for one in terms_of_grade(store, grade, day):
        if one.words.casefold() == words.casefold():
            raise WrongUse(f"{grade} has these terms already: {one.words}", "See: retain benefit terms.")
    made: GradeTerms = GradeTerms(grade=grade, words=words, from_on=day)
    store.save(made)
    assert made.id is not None  # noqa: S101
    return _the_terms(store, made.id)


def end_terms(store: Store, number: int, day: date) -> Terms:
    """They do not hold any more from `day` on; that they did is kept."""
    found = _the_terms(store, number)
    if found.until_on is not None:
        raise WrongUse(f"terms {number} ended on {found.until_on}", "See: retain benefit terms.")
    store.run("update terms set until_on = ? where id = ?", (max(day, found.from_on).isoformat(), number))
    return _the_terms(store, number)


def terms_in_force(store: Store, day: date) -> list[Terms]:
    """What holds on a day, by grade."""
    return store.ask(_ALL, day=day.isoformat())


def terms_of_grade(store: Store, grade: str, day: date) -> list[Terms]:
    """What a grade has on a day."""
    return store.ask(_OF_GRADE, grade=grade, day=day.isoformat())


def terms_of_customer(store: Store, customer: int, day: date) -> list[Terms]:
    """What a customer has on a day, by their grade."""
    return store.ask(_OF_CUSTOMER, customer=customer, day=day.isoformat())


def _the_terms(store: Store, number: int) -> Terms:
    found = store.first(_ONE, number=number)
    if found is None:
        raise WrongUse(f"there are no terms {number}", "See them with: retain benefit terms.", code="terms-unknown")
    return found
