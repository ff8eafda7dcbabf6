"""How often is too often, and who serves whom: through the list."""

import pytest


@pytest.fixture
def shop(retain, csv_file):
    """Ann is an A and Bo a B; both are due from 23 November 2026 on."""
    orders = "1,Ann,East,2026-11-01,1000\n2,Bo,West,2026-11-01,10\n3,Cy,east,2026-11-01,5\n4,Di,,2026-11-01,4\n"
    retain("import", csv_file("o.csv", "Customer ID,Name,Area,Date,Amount\n" + orders))
    retain("classify")


def names(retain, *options, today="2026-11-23"):
    return [line["customer"]["name"] for line in retain("due", *options, "-f", "json", today=today).data]


@pytest.mark.usefixtures("shop")
def test_enough_contacts_in_the_days_before_are_enough_for_the_grade(retain):
    retain("policy", "set", "touches_a", 2)
    retain("policy", "set", "touch_days", 60)
    # From here on only the return visit is due to her, and it is no service call.
    retain("log-visit", "Ann", "--service", "maintenance", "--service", "senior visit")
    for day in ("2026-12-01", "2026-12-02"):
        retain("log-visit", "Ann", today=day)
    # Due again on 2 January.
    assert "Ann" not in names(retain, today="2027-01-04")
    (line,) = retain("due", "--suppressed", "-f", "json", today="2027-01-04").data
    assert (line["customer"]["name"], line["suppressed"]) == ("Ann", "contacted often enough")
    # The first of the two is 60 days ago on 30 January, and no longer counted.
    assert "Ann" not in names(retain, today="2027-01-29")
    assert "Ann" in names(retain, today="2027-01-30")
    retain("policy", "set", "touches_a", 0)
    assert "Ann" in names(retain, today="2027-01-04")


@pytest.mark.usefixtures("shop")
def test_service_calls_and_what_was_agreed_are_never_too_many(retain):
    retain("policy", "set", "touches_a", 1)
    retain("policy", "set", "touch_days", 60)
    # A contact that was a service call is not counted.
    retain("log-visit", "Ann", "--service", "maintenance", today="2026-12-01")
    assert "Ann" in names(retain, today="2027-01-02")
    retain("log-visit", "Ann", "--next", "2026-12-15", today="2026-12-03")
    assert "Ann" in names(retain, today="2026-12-15")
    assert "Ann" not in names(retain, today="2026-12-14")


@pytest.mark.usefixtures("shop")
def test_who_was_not_reached_was_not_contacted(retain):
    retain("policy", "set", "touches_a", 1)
    retain("log-visit", "Ann", "--outcome", "not-reached")
    assert "Ann" in names(retain)


@pytest.mark.usefixtures("shop")
def test_a_log_tells_what_it_settled_even_where_it_was_one_contact_enough(retain):
    retain("policy", "set", "touches_a", 1)
    retain("log-visit", "Ann", today="2026-12-01")
    retain("log-visit", "Ann", "--on", "2026-12-31", "--next", "2027-01-05", today="2027-01-02")
    settled = retain("log-visit", "Ann", "-f", "json", today="2027-01-05").data["settled"]
    assert [one["service"] for one in settled] == ["follow-up"]


@pytest.mark.usefixtures("shop")
def test_filters_choose_before_the_limit_cuts(retain):
    everybody = names(retain, today="2027-12-31")
    assert len(everybody) == 4
    assert set(names(retain, "--area", "EAST", today="2027-12-31")) == {"Ann", "Cy"}
    assert names(retain, "--area", "west", "--limit", 1, today="2027-12-31") == ["Bo"]
    assert set(names(retain, "--grade", "c", today="2027-12-31")) == set(everybody) - {"Ann", "Bo"} - (
        set(names(retain, "--grade", "b", today="2027-12-31"))
    )
    assert names(retain, "--grade", "none", today="2027-12-31") == []
    assert names(retain, "--reason", "senior visit", today="2027-12-31") == ["Ann"]
    assert "Ann" in names(retain, "--channel", "visit", today="2027-12-31")
    assert "Cy" not in names(retain, "--channel", "visit", today="2027-12-31")
    for option, word in (("--grade", "D"), ("--reason", "boredom"), ("--channel", "pigeon"), ("--by", "moon")):
        assert retain("due", option, word).code == 2


@pytest.mark.usefixtures("shop")
def test_a_line_found_for_one_reason_is_shown_with_all_of_them(retain):
    (line,) = retain("due", "--reason", "senior visit", "-f", "json", today="2027-12-31").data
    assert {"return visit", "maintenance", "senior visit"} <= {reason["service"] for reason in line["reasons"]}


@pytest.mark.usefixtures("shop")
def test_a_round_is_put_together_by_area_and_begins_where_most_is_worth(retain):
    whole = retain("due", "-f", "json", today="2027-12-31").data
    lines = retain("due", "--by", "area", "-f", "json", today="2027-12-31").data
    assert sorted(one["customer"]["id"] for one in lines) == sorted(one["customer"]["id"] for one in whole)
    areas = [line["customer"]["area"] for line in lines]
    assert areas[0] == whole[0]["customer"]["area"] == "East"
    assert areas[-1] is None
    shown = retain("due", "--by", "area", today="2027-12-31").out
    assert "West: 1 customer" in shown
    assert "No area: 1 customer" in shown


@pytest.mark.usefixtures("shop")
def test_weights_of_the_policy_make_the_order(retain):
    def score():
        line = next(one for one in retain("due", "-f", "json").data if one["customer"]["name"] == "Ann")
        return line["score"], line["why"]

    before, terms = score()
    assert before == round(sum(term["value"] for term in terms), 1)
    assert all(term["value"] == round(term["part"] * term["weight"], 1) for term in terms)
    retain("policy", "set", "weight_grade", 30)
    assert score()[0] == round(before + 20, 1)
    retain("policy", "set", "reason_weights", "return visit:1.3")
    assert score()[0] == round(before + 30, 1)
    retain("policy", "set", "weight_grade", "--usual")
    assert score()[0] == round(before + 10, 1)


@pytest.fixture
def team(retain, shop):
    """Wang looks after Ann, Li after Bo, and stands in for Wang, who is away until 5 December 2026."""
    for name in ("Wang", "Li"):
        retain("staff", "add", name)
    retain("staff", "set", "Wang", "--backup", "Li")
    retain("staff", "assign", 1, "--to", "Wang")
    retain("staff", "assign", 2, "--to", "Li")
    retain("staff", "away", "Wang", "2026-11-20", "2026-12-05")


@pytest.mark.usefixtures("team")
def test_what_somebody_covers_for_a_colleague_is_on_their_list_with_whose_it_is(retain):
    lines = retain("due", "--staff", "li", "-f", "json", today="2026-12-05").data
    mine = {line["customer"]["name"]: (line["owner"], line["served_by"]) for line in lines}
    assert mine["Ann"] == ("Wang", "Li")
    assert names(retain, "--staff", "Wang", today="2026-12-05") == []
    shown = retain("due", "--staff", "li", today="2026-12-05").out
    assert "Wang's" in shown
    assert "Li stands in for Wang today." in shown
    assert "Wang is not there today; Li stands in." in retain("due", "--staff", "wang", today="2026-12-05").out
    # Back on the sixth: nothing had to be moved there and back.
    assert names(retain, "--staff", "Wang", today="2026-12-06") == ["Ann"]
    assert "Ann" not in names(retain, "--staff", "Li", today="2026-12-06")


@pytest.mark.usefixtures("team")
def test_the_list_of_somebody_who_left_says_since_when_and_whose_their_customers_are_to_become(retain):
    def told(name, today):
        shown = retain("due", "--staff", name, "-f", "json", today=today).json
        assert shown["data"] == []
        return next(note for note in shown["problems"] if name in note)

    retain("staff", "add", "Wei Wei")
    retain("staff", "retire", "Li", today="2026-11-10")
    retain("staff", "retire", "Wang", today="2026-11-12")
    retain("staff", "retire", "Wei Wei", today="2026-11-13")
    assert told("Wang", "2026-12-08") == (
        "Wang left on 2026-11-12 and still has 1 customer; nobody stands in. "
        "Give them to others: retain staff hand-over Wang --to NAME"
    )
    assert told("Wei Wei", "2026-12-08") == (
        "Wei Wei left on 2026-11-13 and has no customers any more. See who is there: retain staff."
    )
    retain("staff", "add", "Mei")
    retain("staff", "set", "Wang", "--backup", "Mei")
    retain("staff", "retire", "Wang", today="2026-12-05")
    # Not gone yet, and away until the fifth, which is the first day without them.
    assert told("Wang", "2026-12-04") == "Wang is not there today; Mei stands in."
    assert "Wang left on 2026-12-05 and still has 1 customer; Mei stands in." in told("Wang", "2026-12-05")
    assert retain("staff", "hand-over", "Wang", "--to", "Mei", "--yes", today="2026-12-08").code == 0
    assert told("Wang", "2026-12-08").startswith("Wang left on 2026-12-05 and has no customers any more.")


@pytest.mark.usefixtures("team")
def test_whom_nobody_serves_is_told_and_listed_for_nobody(retain):
    today = "2027-12-31"
    assert set(names(retain, "--staff", "nobody", today=today)) == {"Cy", "Di"}
    told = retain("due", "--staff", "li", "-f", "json", today=today).json["problems"]
    assert "2 customers on nobody's list: retain due --staff nobody." in told
    # With Li away as well there is nobody left for either.
    retain("staff", "away", "Li", "2026-11-20", "2026-12-05")
    assert "Ann" in names(retain, "--staff", "nobody", today="2026-12-05")
    everybody = names(retain, today="2026-12-05")
    parts = [names(retain, "--staff", who, today="2026-12-05") for who in ("wang", "li", "nobody")]
    assert sorted(name for part in parts for name in part) == sorted(everybody)
    assert retain("due", "--staff", "Zhou").code == 2
