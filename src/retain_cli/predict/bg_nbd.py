"""How often customers buy and when they stop: BG/NBD and MBG/NBD by maximum likelihood.

A customer buys at a rate of their own (gamma, `r` and `alpha`) until they stop, which after each purchase they do
with a chance of their own (beta, `a` and `b`). Of a history only three numbers count: how many purchases followed
the first, when the last of them was, and how long ago the first was.

BG/NBD: Fader, Hardie and Lee (2005), "Counting Your Customers" the Easy Way: An Alternative to the Pareto/NBD
Model, Marketing Science 24(2); its likelihood is equation (6). Whoever bought once is sure to be a customer still.
MBG/NBD: Batislam, Denizel and Filiztekin (2007), Empirical validation and comparison of models for customer base
analysis, International Journal of Research in Marketing 24(3): a customer may stop right after the first purchase
too, which suits a shop with many one-time buyers. With k = x + 1 in place of x wherever stopping is concerned its
likelihood is that of BG/NBD, so that one code does both.

Histories are kept in whole days; `alpha` is in weeks, as in the papers.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from retain_cli.predict.histories import BG, DAYS_A_WEEK, Fitted, History, Parameters
from retain_cli.predict.likelihood import Likelihood, grouped_rows, stops_of
from retain_cli.predict.minimise import Matrix, minimise

_FIRST_FITTED_ON = 8_000
"""Of more different histories than twice this, that many are fitted first, to begin near the end."""


def fit_columns(
    repeats: Sequence[int],
    last: Sequence[int],
    age: Sequence[int],
    *,
    model: str = BG,
    start: Parameters | None = None,
) -> Fitted | None:
    """The same as `fit` for a column of each part of everyone's history; fast where numpy is installed."""
    if len(repeats) > 2 * _FIRST_FITTED_ON:
        from retain_cli.predict import with_numpy

        by_numpy = with_numpy.grouped(repeats, last, age, stops_of(model), _FIRST_FITTED_ON)
        if by_numpy is not None:
            sums, some = by_numpy
            return _fit(Likelihood(sums, model), some, start)
    counted = Counter(zip(repeats, last, age, strict=True))
    return fit([(History._make(history), n) for history, n in counted.items()], model=model, start=start)


def fit(
    histories: Iterable[tuple[History, int]],
    *,
    model: str = BG,
    start: Parameters | None = None,
    units_a_week: int = DAYS_A_WEEK,
) -> Fitted | None:
    """The likeliest parameters for histories and how many customers have each; None where there is no such point.

    `start` is what a former fit found, `units_a_week` how many of the histories' units of time are a week.
    """
    grouped = list(histories)
    # Every so manieth: whoever made the list may have put it in some order.
    some = grouped[:: len(grouped) // _FIRST_FITTED_ON] if len(grouped) > 2 * _FIRST_FITTED_ON else []
    return _fit(Likelihood(grouped_rows(grouped), model, units_a_week), some, start)


def _fit(likelihood: Likelihood, some: list[tuple[History, int]], start: Parameters | None) -> Fitted | None:
    """The fit; of a large base `some` histories from all over it are fitted first, to begin near the end."""
    if not likelihood.can_be_fitted:
        return None
    metric: Matrix | None = None
    if start is None and some:
        few = fit(some, model=likelihood.model, units_a_week=likelihood.units_a_week)
        if few is not None:
            start = few.parameters
            metric = [[part * few.customers for part in row] for row in few.covariance]
    return likelihood.fitted(minimise(likelihood.mean_loss, likelihood.logs(start), metric))
