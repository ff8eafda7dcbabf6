"""Numpy's sums are those of plain Python."""

import random
import sys
from array import array
from collections import Counter

import pytest

from retain_cli.predict import with_numpy
from retain_cli.predict.bg_nbd import fit_columns
from retain_cli.predict.histories import BG, MBG, History
from retain_cli.predict.likelihood import Likelihood, grouped_rows

LOGS = [0.1, 0.5, -0.3, 0.2]


def grouped(counted):
    return [(History(*history), customers) for history, customers in counted.items()]


def each(counted):
    """A column of each part of everyone's history, in no order."""
    everyone = [history for history, customers in counted.items() for _ in range(customers)]
    random.Random(8).shuffle(everyone)
    return [array("i", column) for column in zip(*everyone, strict=True)]


@pytest.mark.parametrize("model", [BG, MBG])
@pytest.mark.parametrize("logs", [LOGS, [2.0, -9.0, 1.0, -2.0]])
def test_values_and_both_derivatives_are_the_same(calibration, model, logs):
    pytest.importorskip("numpy", reason="numpy is not installed")
    # One silence is so long that its odds would overflow.
    counted = calibration | Counter({(400, 400, 40_000): 3})
    plain = Likelihood(grouped_rows(grouped(counted)), model)
    sums, some = with_numpy.grouped(*each(counted), int(model == MBG), 500)
    by_numpy = Likelihood(sums, model)
    assert set(some) <= set(grouped(counted))
    assert 500 <= len(some) < 1000
    value, gradient = plain.value(logs)
    assert by_numpy.value(logs)[0] == pytest.approx(value, rel=1e-12)
    assert by_numpy.value(logs)[1] == pytest.approx(gradient, rel=1e-9)
    for ours, theirs in zip(plain.hessian(logs), by_numpy.hessian(logs), strict=True):
        assert theirs == pytest.approx(ours, rel=1e-8)


@pytest.mark.parametrize("model", [BG, MBG])
def test_a_large_base_is_fitted_alike_with_and_without_it(buyers, model, monkeypatch):
    pytest.importorskip("numpy", reason="numpy is not installed")
    columns = each(buyers((0.6, 8.0, 0.9, 2.5), 18_000, 3))
    with_it = fit_columns(*columns, model=model)
    monkeypatch.setitem(sys.modules, "numpy", None)
    without = fit_columns(*columns, model=model)
    assert with_it.customers == without.customers == 18_000
    assert with_it.log_likelihood == pytest.approx(without.log_likelihood, abs=1e-3)
    assert with_it.parameters == pytest.approx(without.parameters, rel=1e-3)


def test_without_numpy_there_are_no_columns(monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert with_numpy.grouped([1], [2], [3], 0, 8_000) is None


def test_a_small_base_never_waits_for_numpy(calibration, monkeypatch):
    def asked(*_):
        raise AssertionError("numpy was asked for")

    monkeypatch.setattr(with_numpy, "grouped", asked)
    assert fit_columns(*each(calibration)) is not None
