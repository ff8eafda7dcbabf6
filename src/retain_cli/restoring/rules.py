"""Texts of the database that are written by a rule of their own, each with what reads it."""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import get_type_hints

from retain_cli.errors import RetainError
from retain_cli.store.policy import Policy, checked, read_policy
from retain_cli.store.store import Store

Rule = Callable[[str], object]

_DAY = date(2000, 1, 1)
_SECRETS = {"shop_id": 16, "erasure_salt": 32}
"""Entries of the policy that are no rules: so many bytes in hexadecimal."""


def check(table: str, column: str, text: str) -> None:
    """ValueError where the text is not as the program writes it there."""
    rule = RULES.get((table, column))
    if rule is None:
        return
    try:
        rule(text)
    except RetainError as problem:
        raise ValueError(problem.message) from None
    except (ValueError, RecursionError) as problem:
        raise ValueError(str(problem) or "cannot be understood") from None


def check_policy(store: Store, name: str, value: str) -> None:
    """ValueError where an entry of the policy, all of which are there by now, is none that a shop can have."""
    if name in _SECRETS:
        if len(value) != 2 * _SECRETS[name] or set(value) - set("0123456789abcdef"):
            raise ValueError("not as retain writes it")
    elif name not in Policy._fields:
        raise ValueError("there is no such rule")
    else:
        checked(read_policy(store), name, value)


def check_kind_of_rule(name: str, value: str) -> None:
    """ValueError where a rule of the policy that is a number is none."""
    if get_type_hints(Policy).get(name) is int and not (value.isascii() and value.isdecimal()):
        raise ValueError("not a whole number from 0 on")


def _interval(text: str) -> None:
    from retain_cli.dates.recurrence import interval

    if text not in ("once", "never"):
        interval(text)


def _weekday_rule(text: str) -> None:
    from retain_cli.dates.weekday_rule import weekday_rule

    weekday_rule(text)


def _work_days(text: str) -> None:
    from retain_cli.dates.work_days import WEEKDAYS, WorkWeek

    if set(text.split(",")) - set(WEEKDAYS):
        raise ValueError("not weekdays with commas, such as mon,tue,fri")
    WorkWeek(text)


def _condition(text: str) -> None:
    from retain_cli.segments.condition import parse

    parse(text, Policy(), _DAY)


def _template(text: str) -> None:
    from retain_cli.record.template import parse

    parse(text)


def _measure(text: str) -> None:
    from retain_cli.report.goals import known_measures

    if text not in known_measures():
        raise ValueError("not a measure of the report")


def _moment(text: str) -> None:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("not a moment of a time zone")


def _object(text: str) -> None:
    if not isinstance(json.loads(text), dict):
        raise ValueError("not a JSON object")


def _list_of_numbers(text: str) -> None:
    said = json.loads(text)
    if not isinstance(said, list) or not all(isinstance(one, int) for one in said):
        raise ValueError("not a JSON list of numbers")


RULES: dict[tuple[str, str], Rule] = {
    ("backtest", "found"): _object,
    ("campaign", "subject"): _template,
    ("campaign", "text"): _template,
    ("customer_day", "rule"): _weekday_rule,
    ("fit", "parameters"): _object,
    ("goal", "measure"): _measure,
    ("import_profile", "reading"): _object,
    ("journal", "new"): json.loads,
    ("journal", "old"): json.loads,
    ("notice", "lease_until_at"): _moment,
    ("notice", "retry_at"): _moment,
    ("notice", "sent_at"): _moment,
    ("plan_line", "after"): _interval,
    ("plan_line", "every"): _interval,
    ("review_item", "candidates"): _list_of_numbers,
    ("review_item", "row_values"): _object,
    ("segment", "condition"): _condition,
    ("staff", "work_days"): _work_days,
    ("visit_original", "said"): _object,
}
"""By table and column; what is not here is any text."""
