"""Values as people read them."""

from datetime import date

import pytest

from retain_cli.document import Rate
from retain_cli.model.money import Money
from retain_cli.render.words import words


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (1234567, "1,234,567"),
        (-1234, "-1,234"),
        (39.0, "39.0"),
        (date(2026, 2, 28), "2026-02-28"),
        ("=1", "=1"),
        (Money(-123450, "CNY"), "-1,234.50 CNY"),
        (Money(1200, "JPY"), "1,200 JPY"),
        (Rate(0, 0), "none to count"),
        (Rate(1, 4), "1 of 4"),
        (Rate(4, 4), "4 of 4"),
        (Rate(1, 5), "20.0% (1 of 5)"),
        (Rate(1, 3000), "0.0% (1 of 3,000)"),
    ],
)
def test_a_value_in_words(value, said):
    assert words(value) == said
