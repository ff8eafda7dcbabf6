"""The list of a large base costs what a small one's does: every reason asks an index for the days come."""

from datetime import date

import pytest

from retain_cli.classify.grading import grade_everyone
from retain_cli.due import clock, decisions, moved, standing
from retain_cli.due.reasons import (
    after_purchase,
    anniversary,
    birthday,
    drifting_away,
    event,
    follow_up,
    holiday,
    likely_order,
)
from retain_cli.plan.changing import index_for
from retain_cli.plan.enrolment import enrol
from retain_cli.store.policy import Policy
from retain_cli.store.store import open_store

QUESTIONS = {
    "clock_by_last": clock._BY_LAST,
    "clock_by_first": clock._BY_FIRST,
    "enrolment_by_first": clock._WAITING,
    "visit_by_next": follow_up._EVERYBODY,
    "moved_day_by_nominal": moved._EVERYBODY,
    "customer_day_by_day": anniversary._SOLAR,
    "customer_day_by_rule": anniversary._BY_RULE,
    "purchase_by_day": after_purchase._BOUGHT,
    "enrolment_by_grade": holiday._OF_GRADE,
    "event_by_day": event._EVERYBODY,
    "prediction_by_next": likely_order._EVERYBODY,
    "prediction_by_end": drifting_away._EVERYBODY,
    "customer_by_birthday": birthday._SOLAR,
    "decision_of_customer": decisions._DECIDED,
    "customer USING INTEGER PRIMARY KEY": standing._STANDING,
    "customer_by_lunar_birthday": birthday._LUNAR,
}


class Nothing(dict):
    """Parameters by any name."""

    def __missing__(self, name):
        return None


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A fresh shop."""
    path = tmp_path_factory.mktemp("indexes") / "shop.db"
    with open_store(path, writes=True, creates=True) as opened:
        grade_everyone(opened, Policy(), date(2026, 11, 23))
        enrol(opened, Policy(), date(2026, 11, 23))
        index_for(opened, "purchase")
        index_for(opened, "holiday")
        yield opened


@pytest.mark.parametrize(("index", "question"), QUESTIONS.items(), ids=QUESTIONS)
def test_the_days_that_have_come_are_found_by_index(store, index, question):
    steps = [step for *_, step in store.run(f"explain query plan {question.sql}", Nothing())]
    assert index in steps[0]
    assert not [step for step in steps if step.startswith("SCAN")]
