"""Going down, and small matrices."""

import math

import pytest

from retain_cli.predict.minimise import inverse_of, minimise, root


def rosenbrock(at):
    x, y = at
    value = (1 - x) ** 2 + 100 * (y - x * x) ** 2
    return value, [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)]


def test_the_bottom_of_a_curved_valley_is_found():
    found = minimise(rosenbrock, [-1.2, 1.0])
    assert found.found
    assert found.at == pytest.approx([1.0, 1.0], abs=1e-6)


def test_what_is_known_of_the_curve_saves_steps():
    def bowl(at):
        return 50 * (at[0] - 3) ** 2 + (at[1] + 2) ** 2, [100 * (at[0] - 3), 2 * (at[1] + 2)]

    assert (
        minimise(bowl, [0.0, 0.0], [[0.01, 0.0], [0.0, 0.5]]).evaluations < minimise(bowl, [0.0, 0.0]).evaluations
    )


def test_a_slope_without_a_bottom_is_told():
    assert not minimise(lambda at: (-at[0], [-1.0]), [0.0]).found


def test_values_that_are_none_are_stepped_back_from():
    def wall(at):
        return ((at[0] - 1) ** 2, [2 * (at[0] - 1)]) if at[0] < 2 else (math.inf, [0.0])

    assert minimise(wall, [-5.0]).at == pytest.approx([1.0], abs=1e-5)


def test_an_inverse_times_its_matrix_is_the_identity():
    matrix = [[4.0, 2.0, 0.6], [2.0, 5.0, 1.0], [0.6, 1.0, 3.0]]
    inverse = inverse_of(matrix)
    product = [[sum(matrix[i][k] * inverse[k][j] for k in range(3)) for j in range(3)] for i in range(3)]
    assert product == [pytest.approx([float(i == j) for j in range(3)], abs=1e-12) for i in range(3)]


def test_a_matrix_with_a_downward_direction_has_no_root():
    assert root([[1.0, 2.0], [2.0, 1.0]]) is None
    assert inverse_of([[1.0, 1.0], [1.0, 1.0]]) is None
