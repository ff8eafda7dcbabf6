"""The smallest value of a smooth function of a few numbers, and small matrices.

BFGS with the analytic gradient: Nocedal and Wright, Numerical Optimization (2006), algorithm 6.1, with a step
that is shortened until it falls enough (algorithm 3.1) and an update only where the curvature is positive.
"""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

Vector = list[float]
Matrix = list[list[float]]
WithGradient = Callable[[Vector], tuple[float, Vector]]

MOST_EVALUATIONS = 500
FARTHEST = 16.0
"""Parameters are logarithms: beyond e to this power the data do not say where the parameter ends."""

_SMALL_GRADIENT = 1e-7
_SMALL_FALL = 1e-14
_ENOUGH_FALL = 1e-4


class Minimum(NamedTuple):
    """Where the function is smallest; `found` is False where it kept falling to the border."""

    at: Vector
    value: float
    evaluations: int
    found: bool


def minimise(function: WithGradient, start: Sequence[float], metric: Matrix | None = None) -> Minimum:
    """Go down from `start`; `metric` is what is known of the inverse Hessian there."""
    at = list(start)
    value, gradient = function(at)
    evaluations = 1
    known = metric is not None
    inverse = [list(row) for row in metric] if metric else _identity(len(at))
    while evaluations < MOST_EVALUATIONS:
        if max(map(abs, gradient)) < _SMALL_GRADIENT:
            return Minimum(at, value, evaluations, True)
        direction = [-part for part in times(inverse, gradient)]
        slope = dot(direction, gradient)
        if slope >= 0:
            inverse, known = _identity(len(at)), False
            direction = [-part for part in gradient]
            slope = dot(direction, gradient)
        # No step multiplies a parameter by more than e, which a wrong first metric might.
        step = min(1.0, 1.0 / max(map(abs, direction))) if known else min(1.0, 0.5 / math.sqrt(-slope))
        while True:
            there = [a + step * d for a, d in zip(at, direction, strict=True)]
            new_value, new_gradient = function(there)
            evaluations += 1
            if new_value <= value + _ENOUGH_FALL * step * slope or step < 1e-12:
                break
            step /= (
                2 if not math.isfinite(new_value) else min(10.0, max(1.7, _shorten(value, new_value, slope, step)))
            )
        moved = [b - a for a, b in zip(at, there, strict=True)]
        turned = [b - a for a, b in zip(gradient, new_gradient, strict=True)]
        fall = value - new_value
        at, value, gradient = there, new_value, new_gradient
        if max(map(abs, at)) > FARTHEST:
            return Minimum(at, value, evaluations, False)
        if fall <= _SMALL_FALL * abs(value):
            return Minimum(at, value, evaluations, True)
        inverse = _updated(inverse, moved, turned, known)
        known = True
    return Minimum(at, value, evaluations, False)


def _shorten(value: float, new_value: float, slope: float, step: float) -> float:
    """By how much to divide the step: the parabola through both values and the slope has its lowest point there."""
    curvature = new_value - value - slope * step
    return 2 * curvature / (-slope * step) if curvature > 0 else 2.0


def _updated(inverse: Matrix, moved: Vector, turned: Vector, known: bool) -> Matrix:
    """The inverse Hessian after a step, equation (6.17); before the first one it is scaled, (6.20)."""
    curvature = dot(moved, turned)
    if curvature <= 1e-18:
        return inverse
    if not known:
        scale = curvature / dot(turned, turned)
        inverse = [[scale * part for part in row] for row in inverse]
    through = times(inverse, turned)
    factor = (1 + dot(turned, through) / curvature) / curvature
    size = range(len(moved))
    return [
        [
            inverse[i][j]
            + factor * moved[i] * moved[j]
            - (through[i] * moved[j] + moved[i] * through[j]) / curvature
            for j in size
        ]
        for i in size
    ]


def dot(one: Sequence[float], other: Sequence[float]) -> float:
    """The sum of the products."""
    return sum(a * b for a, b in zip(one, other, strict=True))


def times(matrix: Matrix, vector: Sequence[float]) -> Vector:
    """A matrix and a vector multiplied."""
    return [dot(row, vector) for row in matrix]


def root(matrix: Matrix) -> Matrix | None:
    """The lower triangle whose square is the matrix (Cholesky), or None where it is not positive definite."""
    size = len(matrix)
    lower = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(lower[i][k] * lower[j][k] for k in range(j))
            if i == j:
                if not rest > 1e-12 * abs(matrix[i][i]):
                    return None
                lower[i][i] = math.sqrt(rest)
            else:
                lower[i][j] = rest / lower[j][j]
    return lower


def inverse_of(matrix: Matrix) -> Matrix | None:
    """The inverse of a positive definite matrix, or None where it is none."""
    lower = root(matrix)
    if lower is None:
        return None
    size = len(matrix)
    columns = []
    for unit in range(size):
        down = [0.0] * size
        for i in range(size):
            down[i] = ((1.0 if i == unit else 0.0) - sum(lower[i][k] * down[k] for k in range(i))) / lower[i][i]
        up = [0.0] * size
        for i in reversed(range(size)):
            up[i] = (down[i] - sum(lower[k][i] * up[k] for k in range(i + 1, size))) / lower[i][i]
        columns.append(up)
    return [[columns[j][i] for j in range(size)] for i in range(size)]


def _identity(size: int) -> Matrix:
    return [[1.0 if i == j else 0.0 for j in range(size)] for i in range(size)]
