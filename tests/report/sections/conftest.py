"""A shop of five customers, and its report."""

import pytest


@pytest.fixture
def five(graded_shop):
    """Ann (1) is an A, Bo (2) and Cy (3) are B, Di (4) and Ed (5) are C; all bought on 1 November 2026."""
    graded_shop("Ann", "Bo", "Cy", "Di", "Ed")


@pytest.fixture
def done(retain, five):
    """Run a command line that has to go well."""

    def run(*words, **how):
        answer = retain(*words, **how)
        assert answer.code == 0, answer.out + answer.err
        return answer

    return run


@pytest.fixture
def ask(retain):
    """One section of the report, as JSON."""

    def run(section, *options, first="2026-11-01", to="2026-12-31", today="2026-12-31"):
        asked = ("report", section, "--from", first, "--to", to, *options, "-f", "json")
        return retain(*asked, today=today).data[section]

    return run


@pytest.fixture
def rate():
    """A rate as JSON has it; no percentage of fewer than five."""

    def make(numerator, denominator):
        share = pytest.approx(numerator / denominator) if denominator >= 5 else None
        return {"rate": share, "numerator": numerator, "denominator": denominator}

    return make
