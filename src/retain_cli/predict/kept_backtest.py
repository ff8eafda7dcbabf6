"""The last backtest, kept so that the report can show it without making it again."""

import json
from datetime import date
from typing import NamedTuple

from retain_cli.predict.backtest import Backtest, Better, Caught, Group, Ranked
from retain_cli.predict.fitting import BaseFit
from retain_cli.store.question import Question
from retain_cli.store.store import Store


class Kept(NamedTuple):
    """A backtest, the day it was made, and the currency of its amounts."""

    made_on: date
    currency: str
    found: Backtest


class _Row(NamedTuple):
    made_on: date
    found: str


_KEEP = "insert into backtest (made_on, found) values (:day, :found)"
_LAST = Question("select made_on, found from backtest order by id desc limit 1", _Row)


def keep_backtest(store: Store, found: Backtest, currency: str, day: date) -> None:
    """Keep it in place of the one before."""
    said = {
        "learned_until": found.learned_until.isoformat(),
        "hidden_until": found.hidden_until.isoformat(),
        "model": found.fit.model,
        "because": found.fit.because,
        "currency": currency,
        "customers": found.customers,
        "orders": found.orders,
        "amount": found.amount,
        "rankings": [
            {"ranking": ranked.ranking, "tops": [top._asdict() for top in ranked.tops]} for ranked in found.rankings
        ],
        "calibration": [group._asdict() for group in found.calibration],
        "better": [one._asdict() for one in found.better],
    }
    store.run("delete from backtest")
    store.run(_KEEP, {"day": day.isoformat(), "found": json.dumps(said, ensure_ascii=False)})


def last_backtest(store: Store) -> Kept | None:
    """The one that was made last; None where none was."""
    row = store.first(_LAST)
    if row is None:
        return None
    said = json.loads(row.found)
    found = Backtest(
        date.fromisoformat(said["learned_until"]),
        date.fromisoformat(said["hidden_until"]),
        BaseFit(said["model"], said["because"], said["customers"], 0),
        said["customers"],
        said["orders"],
        said["amount"],
        [Ranked(one["ranking"], [Caught(**top) for top in one["tops"]]) for one in said["rankings"]],
        [Group(**group) for group in said["calibration"]],
        [Better(**one) for one in said["better"]],
    )
    return Kept(row.made_on, said["currency"], found)
