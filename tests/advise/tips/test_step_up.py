"""Something better of a category they buy in."""

import pytest


@pytest.fixture
def floors(shop):
    """Pine at 50, oak at 90 (four buyers), ash at 55 (five), walnut at 200 (five), teak at 100 (two)."""
    lines = ["1,2026-01-05,pine,floors,10,500", "1,2026-01-06,lamp,lamps,1,40"]
    number = 2
    for product, price, buyers in (("oak", 90, 4), ("ash", 55, 5), ("walnut", 200, 5), ("teak", 100, 2)):
        for _ in range(buyers):
            lines.append(f"{number},2026-01-05,{product},floors,10,{price * 10}")
            number += 1
    shop(lines)


def test_it_is_dearer_but_within_reach_and_others_bought_it(floors, offers):
    # Ash is hardly dearer, walnut four times as dear, and two buyers of teak are no habit.
    tips = offers("1")["step up"]
    assert list(tips) == ["oak"]
    assert tips["oak"]["because"] == (
        "In floors they paid 50.00 CNY for pine; 4 customers bought oak at 90.00 CNY."
    )


def test_who_has_the_best_is_offered_nothing(floors, offers):
    walnut_buyer = str(2 + 4 + 5)
    assert offers(walnut_buyer) == {}
