"""Which ranking would have found those who bought: the last backtest, as it was made."""

from typing import Any

from retain_cli.document import Note
from retain_cli.predict.kept_backtest import last_backtest
from retain_cli.report.backtested import backtest_blocks, backtest_charts, backtest_data, backtest_records
from retain_cli.report.section import Asked, Measure, Section

TITLE = "Prediction"
ORDER = 13
MEASURES: dict[str, Measure] = {}
"""A backtest hides months of its own: there is no earlier period to hold it against, and nothing to aim at."""
MEANINGS = {
    "Caught by the best": "Of each ranking made from what was known before the hidden months: the share of what "
    "was then ordered that its best 10, 20 and 30 of a hundred customers ordered.",
    "Expected against placed": "What the model expected of each tenth of the customers, with an interval of 95 %, "
    "and what they then ordered.",
}


def section(asked: Asked) -> Section:
    """The last backtest of the shop as it was made, whatever the period."""
    kept = last_backtest(asked.store)
    if kept is None:
        return Section({"backtest": None}, [Note("Nobody has looked back yet: retain backtest --months 6.")], [])
    data: dict[str, Any] = {"made_on": kept.made_on, **backtest_data(kept.found, kept.currency)}
    blocks = [Note(f"Made on {kept.made_on}."), *backtest_blocks(kept.found, data), *backtest_charts(kept.found)]
    return Section({"backtest": data}, blocks, backtest_records(data))
