"""`retain merge`: what it says it moved."""

import pytest

pytestmark = pytest.mark.usefixtures("shop")


def test_what_was_moved_is_said_in_words(retain):
    for _ in range(2):
        retain("benefit", "grant", "K2", "points", 5)
        retain("feedback", "add", "K2", "opens too late")
    retain("refer", "K3", "--brought", "K2")
    said = " ".join(retain("merge", "K1", "K2", "--yes").out.split())
    assert "2 entries of points" in said
    assert "2 feedback," in said
    assert "1 referral moved" in said or "1 referral," in said
