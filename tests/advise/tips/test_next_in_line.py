"""What buyers of a product bought after it is offered next."""

import pytest


@pytest.fixture
def sofas(shop):
    """Three of four sofa buyers bought a rug 30, 40 and 60 days later; six others bought a chair."""
    shop(
        [f"{n},2026-01-01,sofa" for n in (1, 2, 3)]
        + ["1,2026-01-31,rug", "2,2026-02-10,rug", "3,2026-03-02,rug", "4,2026-10-01,sofa"]
        + [f"{n},2026-01-01,chair" for n in range(5, 11)]
    )


def test_it_says_how_many_did_and_after_how_long(sofas, offers):
    tip = offers("4")["next in line"]["rug"]
    assert (tip["support"], tip["confidence"], tip["lift"]) == (3, 0.75, 2.5)
    assert tip["due_on"] == "2026-11-10"
    assert (
        tip["because"] == "3 of 4 who bought sofa later bought rug, usually after 40 days; theirs is of 2026-10-01."
    )


def test_turned_round_it_names_who_may_want_it_next(sofas, retain):
    told = retain("advise", "--product", "rug", "-f", "json").data
    assert [(one["customer"]["external_id"], one["tip"]) for one in told] == [("4", "next in line")]


def test_what_was_bought_before_comes_not_after(sofas, shop, offers):
    shop(["11,2026-10-01,rug"], "more.csv")
    assert "sofa" not in offers("11").get("next in line", {})


def test_a_purchase_of_a_later_day_than_today_is_not_known_yet(sofas, offers):
    assert offers("4", today="2026-10-02")["next in line"]
    assert offers("1", today="2026-02-15") == {}
