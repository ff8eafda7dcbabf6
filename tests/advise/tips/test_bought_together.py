"""What others have in the same order is offered to who lacks it."""

import pytest


@pytest.fixture
def floors(shop):
    """Of four orders with a floor three have glue; of ten orders in all three have glue."""
    shop(
        [f"{n},2026-01-05,{product}" for n in (1, 2, 3) for product in ("floor", "glue")]
        + ["4,2026-01-05,floor"]
        + [f"{n},2026-01-05,chair" for n in range(5, 11)]
    )


def test_it_says_support_confidence_and_lift(floors, offers):
    tip = offers("4")["bought together"]["glue"]
    # Three quarters of the orders with a floor have glue, three tenths of all orders do: 2.5 times as many.
    assert (tip["support"], tip["confidence"], tip["lift"]) == (3, 0.75, 2.5)
    assert tip["because"] == "3 of 4 orders with floor have glue too, 2.5 times as many as of all."


def test_who_has_it_is_not_offered_it(floors, offers):
    assert "glue" not in offers("1").get("bought together", {})


def test_turned_round_it_names_the_owners_who_lack_it(floors, retain):
    told = retain("advise", "--product", "glue", "-f", "json").data
    assert [(one["customer"]["external_id"], one["confidence"]) for one in told] == [("4", 0.75)]
    assert told[0]["because"].startswith("Has floor of 2026-01-05. 3 of 4 orders with floor have glue too")


def test_what_everybody_has_anyway_is_no_tip(shop, offers):
    bags = [f"{n},2026-01-05,bag" for n in range(1, 10)]
    shop(bags + [f"{n},2026-01-05,floor" for n in range(1, 5)] + ["10,2026-01-05,floor"])
    # Four of five orders with a floor have a bag, and so have nine of ten orders at all.
    assert offers("10") == {}


def test_the_order_of_another_day_is_another_order(shop, offers):
    shop(
        [f"{n},2026-01-05,floor" for n in (1, 2, 3, 4)]
        + [f"{n},2026-01-06,glue" for n in (1, 2, 3)]
        + [f"{n},2026-01-05,chair" for n in range(5, 11)]
    )
    assert "bought together" not in offers("4")
