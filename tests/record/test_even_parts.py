"""A cost that several contacts bear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retain_cli.record.even_parts import even_parts


@given(st.integers(0, 10**12), st.integers(1, 500))
def test_the_parts_make_the_whole_and_differ_by_one_at_most_the_larger_first(whole, parts):
    found = even_parts(whole, parts)
    assert (sum(found), len(found)) == (whole, parts)
    assert max(found) - min(found) <= 1
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize(("whole", "parts"), [(10000, [3334, 3333, 3333]), (2, [1, 1, 0]), (0, [0, 0, 0])])
def test_what_is_left_over_falls_to_the_first(whole, parts):
    assert even_parts(whole, 3) == parts
