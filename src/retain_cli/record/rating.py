"""Customers' ratings of visits and tickets by question, and what they make of one of the staff."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from retain_cli.errors import WrongUse
from retain_cli.model.name import search_key
from retain_cli.model.scores import SCORES
from retain_cli.store.question import Question
from retain_cli.store.store import Store

LONGEST_QUESTION = 60


class _Answer(NamedTuple):
    question: str
    score: int


class _OfVisit(NamedTuple):
    visit_id: int
    question: str
    score: int


class _OfStaff(NamedTuple):
    about: str
    question: str
    score: int
    times: int


class Rated(NamedTuple):
    """How often customers gave one of the staff each score from 1 to 5."""

    visits: Counter[int]
    """The satisfaction with the visits they made."""
    tickets: Counter[int]
    """The ratings of the tickets they saw to."""
    questions: dict[str, Counter[int]]
    """The answers to each question, about visits and tickets alike; by question, in its order."""


_OF_VISIT = Question("select question, score from rating where visit_id = :number order by question", _Answer)
_OF_TICKET = Question("select question, score from rating where ticket_id = :number order by question", _Answer)
_OF_CUSTOMER = Question(
    """
    select visit_id, question, score from rating where customer_id = :customer and visit_id is not null
    order by visit_id, question
    """,
    _OfVisit,
)
_OF_STAFF = Question(
    """
    select 'visits', '', satisfaction, count(*) from visit
    where staff = :name and satisfaction is not null group by satisfaction
    union all
    select 'tickets', '', rating, count(*) from ticket
    where owner = :name and rating is not null group by rating
    union all
    select 'question', question, score, count(*)
    from rating left join visit on visit.id = rating.visit_id left join ticket on ticket.id = rating.ticket_id
    where coalesce(visit.staff, ticket.owner) = :name group by question, score
    order by 1, 2, 3
    """,
    _OfStaff,
)
_KEEP_OF_VISIT = """
    insert into rating (customer_id, visit_id, question, score) values (?, ?, ?, ?)
    on conflict (visit_id, question) do update set score = excluded.score
"""
_KEEP_OF_TICKET = """
    insert into rating (customer_id, ticket_id, question, score) values (?, ?, ?, ?)
    on conflict (ticket_id, question) do update set score = excluded.score
"""


def said_ratings(written: Sequence[str]) -> dict[str, int]:
    """The score of each question, from words like `politeness=5`; WrongUse where they are not like that.

    One question is one however it is written: large or small, and with any number of blanks.
    """
    ratings: dict[str, int] = {}
    for words in written:
        question, sign, score = (part.strip() for part in search_key(words).rpartition("="))
        if not sign or not question or score not in map(str, SCORES):
            raise WrongUse(
                f"--rate {words!r} is no question with a score from 1 to 5", "Write it like: politeness=5."
            )
        if len(question) > LONGEST_QUESTION:
            raise WrongUse(f"a question has 1 to {LONGEST_QUESTION} letters", "Write a shorter one.")
        if question in ratings:
            raise WrongUse(f"--rate asks about {question!r} twice", "Give one score.")
        ratings[question] = int(score)
    return ratings


def rate_visit(store: Store, customer: int, visit: int, ratings: Mapping[str, int]) -> None:
    """Keep what a customer answered about a visit; a question that was answered before has the new score."""
    store.run_many(_KEEP_OF_VISIT, [(customer, visit, question, score) for question, score in ratings.items()])


def rate_ticket(store: Store, customer: int, ticket: int, ratings: Mapping[str, int]) -> None:
    """Keep what a customer answered about a ticket; a question that was answered before has the new score."""
    store.run_many(_KEEP_OF_TICKET, [(customer, ticket, question, score) for question, score in ratings.items()])


def forget_ratings_of_ticket(store: Store, ticket: int) -> None:
    """Take back what was answered about a ticket."""
    store.run("delete from rating where ticket_id = ?", (ticket,))


def ratings_of_visit(store: Store, number: int) -> dict[str, int]:
    """The score of each question that was asked about a visit."""
    return {row.question: row.score for row in store.ask(_OF_VISIT, number=number)}


def ratings_of_ticket(store: Store, number: int) -> dict[str, int]:
    """The score of each question that was asked about a ticket."""
    return {row.question: row.score for row in store.ask(_OF_TICKET, number=number)}


def ratings_by_visit(store: Store, customer: int) -> dict[int, dict[str, int]]:
    """The same for every visit of a customer that was rated."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for row in store.ask(_OF_CUSTOMER, customer=customer):
        found[row.visit_id][row.question] = row.score
    return found


def ratings_of_staff(store: Store, name: str) -> Rated:
    """Everything that customers ever said of one of the staff, by score."""
    rated = Rated(Counter(), Counter(), {})
    for row in store.ask(_OF_STAFF, name=name):
        if row.about == "question":
            rated.questions.setdefault(row.question, Counter())[row.score] += row.times
        else:
            (rated.visits if row.about == "visits" else rated.tickets)[row.score] += row.times
    return rated
