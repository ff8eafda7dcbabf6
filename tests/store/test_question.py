"""Every question of the program, asked of a fresh schema."""

import re
from datetime import date
from importlib import import_module
from pkgutil import walk_packages
from typing import NamedTuple

import pytest

import retain_cli
from retain_cli.classify.comparing import compare
from retain_cli.classify.grading import grade_everyone
from retain_cli.classify.rhythm import find_rhythms
from retain_cli.importing import orders_again
from retain_cli.plan.enrolment import enrol
from retain_cli.record.undo import undo
from retain_cli.store.journal import begin_change
from retain_cli.store.policy import Policy
from retain_cli.store.question import Question
from retain_cli.store.store import open_store

for found in walk_packages(retain_cli.__path__, "retain_cli."):
    if not re.search(r"\.__main__$|\.migrations\b", found.name):
        import_module(found.name)

OURS = [question for question in Question.asked if question.row.__module__.startswith("retain_cli.")]


class Anything(dict):
    """Parameters by any name."""

    def __missing__(self, name):
        return 1


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A fresh shop in which something was undone and that is just being graded, with the tables this needs."""
    path = tmp_path_factory.mktemp("questions") / "shop.db"
    with open_store(path, writes=True, creates=True) as store:
        undo(store, begin_change(store, "customers", "customers.csv", date(2026, 11, 23)), date(2026, 11, 23))
        compare(store, Policy(), date(2026, 11, 23), "rfm", "category")
        grade_everyone(store, Policy(), date(2026, 11, 23))
        enrol(store, Policy(), date(2026, 11, 23))
        find_rhythms(store, date(2026, 11, 23))
        orders_again.empty_table(store)
        yield store


def test_the_program_asks_questions():
    assert len(OURS) > 30


@pytest.mark.parametrize(
    "question", OURS, ids=lambda question: f"{question.row.__module__}.{question.row.__name__}"
)
def test_a_question_can_be_asked_and_its_columns_are_its_rows_fields(graded, question):
    answer = graded.run(question.sql, Anything())
    assert len(answer.description) == len(question.row._fields)
    assert len({column[0] for column in answer.description}) > 0


@pytest.mark.parametrize("question", [q for q in OURS if q.needs], ids=lambda question: question.needs)
def test_a_table_that_a_question_needs_is_made_for_the_connection_alone(graded, question):
    assert graded.run("select count(*) from temp.sqlite_master where name = ?", (question.needs,)).fetchone() == (
        1,
    )


def test_questions_that_need_no_table_can_be_asked_of_the_schema_alone(tmp_path):
    with open_store(tmp_path / "shop.db", writes=True, creates=True) as store:
        for question in OURS:
            if not question.needs:
                store.run(question.sql, Anything())


def test_days_come_back_as_days_and_absent_ones_as_none(graded):
    class Days(NamedTuple):
        seen_on: date | None
        missing_on: date | None
        word: str

    question = Question("select '2026-02-28', null, '2026-02-28'", Days)
    Question.asked.remove(question)
    assert graded.first(question) == Days(date(2026, 2, 28), None, "2026-02-28")
    assert list(graded.stream(question)) == graded.ask(question)


def test_nothing_found_is_none(graded):
    class One(NamedTuple):
        value: int

    question = Question("select 1 where 1 = :wanted", One)
    Question.asked.remove(question)
    assert graded.first(question, wanted=2) is None
    assert graded.ask(question, wanted=1) == [One(1)]
