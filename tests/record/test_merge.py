"""Merging two customers who are one person, and parting them again."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CUSTOMERS = "Customer ID,Name,Phone,Email,Birthday,Area,Do not contact\n"
ORDERS = "Customer ID,Phone,Order date,Amount,Product,Category\n"


@pytest.fixture
def take_in(retain, csv_file):
    """Import the text as a file; the number of its batch."""

    def run(text, *options):
        answer = retain("import", csv_file("file.csv", text), *options, "-f", "json")
        assert answer.code == 0, answer.err
        return answer.data[0]["batch"]

    return run


@pytest.fixture
def shop(take_in, retain):
    """Wang Wei twice: as C1 with an e-mail, and from the till without an id; and somebody else."""
    take_in(
        CUSTOMERS
        + "C1,Wang Wei,13800138000,,,East,\n"
        + ",W. Wei,13900139000,wei@example.com,1980-02-29,West,yes\n"
        + "C3,Li Na,13800138001,,,West,\n"
    )
    take_in(
        ORDERS
        + "C1,,2026-10-01,100.00,Tea,drinks\n"
        + ",13900139000,2026-10-01,100.00,Tea,drinks\n"
        + ",13900139000,2026-10-09,30.00,Cup,things\n"
        + "C3,,2026-10-02,500.00,Pot,\n"
    )
    assert retain("classify").code == 0


def merge(retain, *words):
    return retain("merge", *words, "--yes", "-f", "json")


def about(retain, words):
    return retain("show", words, "-f", "json").data


def test_everything_of_the_second_goes_to_the_first(retain, shop):
    retain("log-visit", "#2", "--on", "2026-11-20", "--note", "likes green tea")
    data = merge(retain, "C1", "#2").data
    assert data["moved"] == {"purchase": 2, "visit": 1}
    both = about(retain, "C1")
    assert [p["amount"]["amount"] for p in both["purchases"]] == ["30.00", "100.00", "100.00"]
    assert [v["note"] for v in both["visits"]] == ["likes green tea"]
    assert retain("show", "#2").code == 2


def test_the_second_fills_gaps_and_overwrites_nothing(retain, shop):
    merge(retain, "C1", "#2")
    who = about(retain, "C1")["customer"]
    assert (who["name"], who["phone"], who["area"]) == ("Wang Wei", "+8613800138000", "East")
    assert (who["email"], who["birthday"]) == ("wei@example.com", "1980-02-29")


def test_who_asked_not_to_be_contacted_is_not_contacted_after_a_merge(retain, shop):
    merge(retain, "C1", "#2")
    assert about(retain, "C1")["customer"]["do_not_contact"] is True


def test_the_second_id_finds_the_one_customer_and_so_does_the_next_import(retain, take_in, shop):
    merge(retain, "C3", "C1")
    assert about(retain, "C1")["customer"]["name"] == "Li Na"
    take_in(ORDERS + "C1,,2026-11-01,8.00,Lid,\n")
    assert len(about(retain, "C3")["purchases"]) == 3


def test_a_customer_known_by_a_phone_alone_takes_the_name_of_the_other(retain, take_in, shop):
    take_in(ORDERS + ",13700137000,2026-10-09,30.00,Cup,\n")
    assert merge(retain, "13700137000", "C3").code == 0
    assert about(retain, "C3")["customer"]["name"] == "Li Na"


def test_a_visit_of_the_second_restarts_the_one_clock(retain, shop):
    retain("log-visit", "C1", "--on", "2026-11-20")
    merge(retain, "C3", "C1")
    grade = about(retain, "C3")["customer"]["grade"]
    (day,) = [o["due_on"] for o in about(retain, "C3")["next"] if o["service"] == "return visit"]
    assert (grade, day) == ("A", "2026-12-20")


def test_a_merge_needs_a_yes(retain, shop, dump):
    before = dump()
    answer = retain("merge", "C1", "#2")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "retain: error: #2 W. Wei (+8613900139000) becomes part of #1 Wang Wei (C1 +8613800138000). "
        "Add --yes to agree.\n"
    )
    assert dump() == before


def test_a_dry_run_says_what_would_move_and_moves_nothing(retain, shop, dump):
    before = dump()
    data = retain("merge", "C1", "#2", "--dry-run", "-f", "json").data
    assert (data["moved"], data["batch"]) == ({"purchase": 2}, None)
    assert dump() == before


def test_nobody_is_merged_with_themselves(retain, shop):
    answer = merge(retain, "C1", "13800138000")
    assert (answer.code, answer.json["error"]["code"]) == (2, "same-customer")


@pytest.mark.parametrize("pair", [("C1", "#2"), ("#2", "C1"), ("C3", "C1"), ("#2", "C3")])
@pytest.mark.parametrize("visited", [(), ("C1",), ("#2",), ("C1", "#2", "C3")])
def test_a_merge_that_is_undone_leaves_no_trace(retain, shop, dump, pair, visited):
    for who in visited:
        assert retain("log-visit", who, "--on", "2026-11-20", "--next", "2026-12-01").code == 0
    before = dump()
    number = merge(retain, *pair).data["batch"]
    assert dump() != before
    answer = retain("undo", number, "-f", "json")
    assert answer.data["kept"] == []
    assert dump() == before


LINE = st.tuples(
    st.sampled_from(["C1", "C2"]),
    st.sampled_from(["2026-10-01", "2026-10-02"]),
    st.sampled_from(["100.00", "60.00"]),
    st.sampled_from(["Tea", ""]),
)
PERSON = st.tuples(
    st.sampled_from(["", "13800138000", "13800138001"]),
    st.sampled_from(["", "a@example.com"]),
    st.sampled_from(["", "1980-02-29", "--02-28"]),
    st.sampled_from(["", "East"]),
    st.sampled_from(["", "yes"]),
)


@given(
    people=st.tuples(PERSON, PERSON),
    lines=st.lists(LINE, max_size=6),
    visits=st.lists(st.sampled_from(["C1", "C2"]), max_size=2),
    graded=st.sampled_from(["never", "before the second came", "at the end"]),
)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_merge_and_undo_give_back_the_whole_database(retain, take_in, dump, machine, people, lines, visits, graded):
    (machine / "shop.db").unlink(missing_ok=True)
    rows = [f"C{n},Name {n},{','.join(person)}" for n, person in enumerate(people, start=1)]
    take_in(CUSTOMERS + rows[0] + "\n")
    if graded == "before the second came":
        take_in(ORDERS + "C1,,2026-09-01,5.00,Old,\n")
        retain("classify")
    take_in(CUSTOMERS + rows[1] + "\n")
    if lines:
        take_in(ORDERS + "".join(f"{who},,{day},{amount},{product},\n" for who, day, amount, product in lines))
    if graded == "at the end":
        retain("classify")
    for who in visits:
        assert retain("log-visit", who, "--on", "2026-11-20").code == 0
    before = dump()
    bought = len(before["purchase"])
    number = merge(retain, "C1", "C2").data["batch"]
    assert len(dump()["purchase"]) == bought
    assert retain("undo", number, "-f", "json").data["kept"] == []
    assert dump() == before


def test_what_came_since_a_merge_stays_with_the_first(retain, take_in, shop):
    number = merge(retain, "C1", "#2").data["batch"]
    take_in(ORDERS + "C1,,2026-11-05,9.00,Pot,\n")
    retain("undo", number)
    assert [p["product"] for p in about(retain, "C1")["purchases"]] == ["Pot", "Tea"]
    assert [p["product"] for p in about(retain, "#2")["purchases"]] == ["Cup", "Tea"]


def test_what_was_edited_since_a_merge_is_kept_and_named(retain, take_in, shop):
    number = merge(retain, "C1", "#2").data["batch"]
    take_in(CUSTOMERS + "C1,,,new@example.com,,,\n")
    answer = retain("undo", number, "-f", "json")
    assert [(k["customer"], k["why"]) for k in answer.data["kept"]] == [("Wang Wei", "email changed since")]
    assert about(retain, "C1")["customer"]["email"] == "new@example.com"
    assert about(retain, "#2")["customer"]["email"] == "wei@example.com"


def test_merges_on_top_of_each_other_are_undone_from_the_last(retain, shop, dump):
    before = dump()
    first = merge(retain, "C1", "#2").data["batch"]
    second = merge(retain, "C3", "C1").data["batch"]
    answer = retain("undo", first, "-f", "json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "merged-since")
    assert f"retain undo {second}" in answer.json["error"]["hint"]
    assert retain("undo", second).code == 0
    assert retain("undo", first).code == 0
    assert dump() == before


def test_an_import_is_taken_back_although_its_customers_were_merged(retain, shop):
    merge(retain, "C1", "#2")
    assert retain("undo", 2).code == 0
    assert about(retain, "C1")["purchases"] == []
