"""What the models see of a customer, and what is learned from all of them."""

from typing import NamedTuple

from retain_cli.predict.minimise import Matrix

BG, MBG = "bg-nbd", "mbg-nbd"

DAYS_A_WEEK = 7


class History(NamedTuple):
    """What counts of a customer's purchases: repeats after the first, days from it to the last, and to today."""

    repeats: int
    last: int
    age: int


class Parameters(NamedTuple):
    """`alpha` in weeks."""

    r: float
    alpha: float
    a: float
    b: float


class Fitted(NamedTuple):
    """The parameters, the logarithm of their likelihood with time in weeks, and how sure they are.

    `covariance` is that of the parameters' logarithms: the inverse of the negative Hessian at the maximum.
    """

    model: str
    parameters: Parameters
    log_likelihood: float
    customers: int
    covariance: Matrix
    evaluations: int
