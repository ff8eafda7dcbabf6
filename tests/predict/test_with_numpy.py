"""Numpy's sums are those of plain Python."""

import sys

import pytest

from retain_cli.predict import bg_nbd, with_numpy
from retain_cli.predict.bg_nbd import BG, MBG, History, Likelihood

LOGS = [0.1, 0.5, -0.3, 0.2]


def grouped(counted):
    return [(History(*history), customers) for history, customers in counted.items()]


@pytest.mark.parametrize("model", [BG, MBG])
@pytest.mark.parametrize("logs", [LOGS, [2.0, -9.0, 1.0, -2.0]])
def test_values_and_both_derivatives_are_the_same(calibration, model, logs, monkeypatch):
    pytest.importorskip("numpy", reason="numpy is not installed")
    # One silence is so long that its odds would overflow.
    rows = [(History(400, 400, 40_000), 3), *grouped(calibration)]
    plain = Likelihood(rows, model)
    monkeypatch.setattr(bg_nbd, "_FIRST_FITTED_ON", 10)
    by_numpy = Likelihood(rows, model)
    assert (plain._columns, by_numpy._columns is None) == (None, False)
    value, gradient = plain.value(logs)
    assert by_numpy.value(logs)[0] == pytest.approx(value, rel=1e-12)
    assert by_numpy.value(logs)[1] == pytest.approx(gradient, rel=1e-9)
    for ours, theirs in zip(plain.hessian(logs), by_numpy.hessian(logs), strict=True):
        assert theirs == pytest.approx(ours, rel=1e-8)


def test_without_numpy_there_are_no_columns(monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert with_numpy.columns({1: [(1, 2, 3)]}, 0) is None


def test_a_small_base_never_waits_for_numpy(calibration, monkeypatch):
    def asked(*_):
        raise AssertionError("numpy was asked for")

    monkeypatch.setattr(with_numpy, "columns", asked)
    assert bg_nbd.fit(grouped(calibration)) is not None
