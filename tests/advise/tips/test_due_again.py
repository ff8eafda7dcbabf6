"""What is bought in a rhythm is offered when its day comes."""


def wax(customer, *days):
    return [f"{customer},{day},wax" for day in days]


def test_the_own_rhythm_of_a_customer_decides(shop, offers):
    # 90, 91 and 92 days apart: due 91 days after 2026-09-01, on 2026-12-01.
    shop(wax(1, "2025-12-01", "2026-03-01", "2026-05-31", "2026-08-31"))
    tip = offers("1")["due again"]["wax"]
    assert tip["due_on"] == "2026-11-30"
    assert tip["because"] == "They buy it every 91 days, last on 2026-08-31: due on 2026-11-30."


def test_it_is_offered_from_three_weeks_before_and_until_three_rhythms_have_passed(shop, offers):
    shop(wax(1, "2026-01-01", "2026-02-10", "2026-03-22"))
    # Every 40 days: due on 2026-05-01; stale after 2026-03-22 and three times 40 days, 2026-07-20.
    answers = {day: bool(offers("1", day)) for day in ("2026-04-09", "2026-04-10", "2026-07-20", "2026-07-21")}
    assert list(answers.values()) == [False, True, True, False]


def test_who_bought_once_is_measured_by_the_others(shop, offers):
    others = [line for n in range(2, 7) for line in wax(n, "2026-01-01", f"2026-03-{n:02d}")]
    shop([*wax(1, "2026-10-01"), *others])
    # The others' gaps are 60 to 64 days: 62 in the middle, seen five times.
    tip = offers("1")["due again"]["wax"]
    assert (tip["due_on"], tip["support"]) == ("2026-12-02", 5)
    assert tip["because"].startswith("Customers buy it again after 62 days")


def test_too_few_gaps_make_no_cycle(shop, offers):
    shop([*wax(1, "2026-10-01"), *(line for n in range(2, 6) for line in wax(n, "2026-01-01", "2026-03-04"))])
    assert offers("1") == {}


def test_everybody_whose_day_has_come_is_told(retain, shop):
    shop(wax(1, "2026-05-01", "2026-07-30", "2026-10-28") + wax(2, "2026-02-01", "2026-05-02", "2026-07-31"))
    # Both every 90 days: 1 is due in January, 2 since 2026-10-29.
    told = retain("advise", "--product", "wax", "-f", "json").data
    assert [(one["customer"]["external_id"], one["due_on"]) for one in told] == [("2", "2026-10-29")]
