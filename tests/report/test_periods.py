"""The period before, and a year ago."""

from datetime import date

import pytest

from retain_cli.report.periods import period_before, year_before

DAY = date.fromisoformat


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ("2026-11-01", "2026-11-30", ("2026-10-01", "2026-10-31")),
        ("2026-02-01", "2026-03-31", ("2025-12-01", "2026-01-31")),
        ("2026-01-01", "2026-12-31", ("2025-01-01", "2025-12-31")),
        ("2025-11-24", "2026-11-23", ("2024-11-24", "2025-11-23")),
        ("2026-11-16", "2026-11-22", ("2026-11-09", "2026-11-15")),
        ("2026-11-23", "2026-11-23", ("2026-11-22", "2026-11-22")),
        ("2026-01-10", "2026-03-01", ("2025-11-20", "2026-01-09")),
    ],
)
def test_the_period_before_is_as_long_and_whole_months_stay_whole(first, last, before):
    assert period_before(DAY(first), DAY(last)) == tuple(map(DAY, before))


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ("2026-11-01", "2026-11-30", ("2025-11-01", "2025-11-30")),
        ("2024-02-01", "2024-02-29", ("2023-02-01", "2023-02-28")),
        ("2025-02-01", "2025-02-28", ("2024-02-01", "2024-02-29")),
        ("2024-02-10", "2024-02-28", ("2023-02-10", "2023-02-28")),
    ],
)
def test_a_year_ago_is_the_same_days_and_the_end_of_a_month_stays_its_end(first, last, before):
    assert year_before(DAY(first), DAY(last)) == tuple(map(DAY, before))
