"""What customers were given."""

import pytest


def test_points_that_were_not_used_expire_with_the_day_after_their_last(done, ask):
    done("benefit", "grant", 1, "points", 100, "--expires", "2026-11-30")
    done("benefit", "grant", 2, "points", 40, "--expires", "2027-11-30")
    done("benefit", "use", 1, "points", 30, "--on", "2026-11-23")
    assert ask("benefits")["points"] == {"granted": 140, "used": 30, "expired": 70}
    assert ask("benefits", today="2026-11-30")["points"]["expired"] == 0
    assert ask("benefits", first="2026-12-02")["points"] == {"granted": 0, "used": 0, "expired": 0}
    assert ask("benefits", first="2026-12-01")["points"]["expired"] == 70


def test_coupons_are_used_or_expire(done, ask, rate):
    for customer in range(1, 6):
        done("benefit", "grant", customer, "coupon", "--amount", 10, "--expires", "2026-12-10")
    done("benefit", "use", 1, "coupon", 1, "--spend", 200)
    section = ask("benefits")["coupons"]
    assert (section["granted"], section["used"], section["expired"]) == (5, 1, 4)
    assert section["used_of_granted"] == rate(1, 5)
    assert section["saved"] == [{"amount": "10.00", "currency": "CNY"}]


@pytest.mark.usefixtures("done")
def test_nothing_given_says_so(retain):
    assert "No benefit was granted" in retain("report", "benefits").out
