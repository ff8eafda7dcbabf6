"""Undoing an import: what it made goes, what it overwrote returns, what was edited since stays and is named."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CUSTOMERS = "Customer ID,Name,Phone,Email,Birthday,Area,Do not contact\n"
ORDERS = "Customer ID,Phone,Order date,Amount,Product,Category\n"
VISITS = "Customer ID,Visit date,Outcome,Service,Next\n"


@pytest.fixture
def take_in(retain, csv_file):
    """Import the text as a file; the number of its batch."""

    def run(text, *options, name="file.csv"):
        answer = retain("import", csv_file(name, text), *options, "-f", "json")
        assert answer.code in (0, 3), answer.err
        return answer.data[0]["batch"]

    return run


@pytest.fixture
def shop(take_in, retain):
    """Three graded customers, of whom the first was visited."""
    take_in(
        CUSTOMERS
        + "C1,Wang Wei,13800138000,w@example.com,1980-02-29,East,\n"
        + "C2,Li Na,13800138001,,,West,\n"
        + "C3,Zhao Lei,13800138002,,,West,yes\n"
    )
    take_in(
        ORDERS + "C1,,2026-10-01,100.00,Tea,drinks\nC2,,2026-10-02,60.00,Cup,things\nC3,,2026-10-02,5.00,Cup,\n"
    )
    assert retain("classify").code == 0
    assert retain("log-visit", "C1", "--on", "2026-11-20", "--next", "2026-12-20").code == 0


def kept(retain, batch, *options):
    return [
        (one["customer"], one["what"], one["why"])
        for one in retain("undo", batch, *options, "-f", "json").data["kept"]
    ]


# Each is a file that touches what is there and brings something new.
FILES = {
    "customers": CUSTOMERS
    + "C1,Wang Weiwei,13800138009,,1980-03-01,North,yes\nC9,New One,13900139000,,,,\n"
    + ",Wang,13800138009,x@example.com,,,\n",
    "purchases": ORDERS
    + "C1,,2026-10-01,100.00,Tea,hot drinks\nC1,,2026-10-01,100.00,Tea,hot drinks\n"
    + "C8,,2026-10-05,9.00,Pot,\n,13800138001,2026-10-06,7.00,Lid,\n",
    "visits": VISITS
    + "C1,2026-11-22,done,maintenance,\nC2,2026-11-21,done,,2026-11-30\n"
    + "C2,2026-11-22,not-reached,,\nC7,2026-11-22,done,,\n",
}


def test_a_visit_that_was_corrected_since_stays_with_its_customer_and_is_named(retain, take_in, shop):
    batch = take_in(FILES["visits"])
    for who in ("C2", "C7"):
        number = retain("show", who, "-f", "json").data["visits"][0]["id"]
        assert retain("log-visit", who, "--correct", number, "--sat", 2).code == 0
    assert kept(retain, batch) == [
        ("Li Na", "visit of 2026-11-22", "it was changed since"),
        ("C7", "visit of 2026-11-22", "it was changed since"),
        ("C7", "customer", "has a visit that came since"),
    ]
    assert [one["satisfaction"] for one in retain("show", "C2", "-f", "json").data["visits"]] == [2]
    assert len(retain("show", "C1", "-f", "json").data["visits"]) == 1


def test_a_purchase_that_met_a_need_since_stays_and_is_named(retain, take_in, shop, dump):
    retain("need", "add", "C2", "a pot for the tea", today="2026-10-01")
    batch = take_in(FILES["purchases"])
    (pot,) = [one for one in retain("need", "-f", "json").data if one["what"].startswith("a pot")]
    (met_by,) = [row[0] for row in dump()["purchase"] if "2026-10-06" in row]
    assert retain("need", "met", pot["id"], "--by", met_by).code == 0
    assert ("Li Na", "purchase of 2026-10-06", "it met a need") in kept(retain, batch)
    assert [one["bought_on"] for one in retain("show", "C2", "-f", "json").data["purchases"]] == [
        "2026-10-06", "2026-10-02"
    ]  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_an_import_that_is_undone_leaves_no_trace(retain, take_in, dump, shop, kind):
    before = dump()
    batch = take_in(FILES[kind])
    assert dump() != before
    assert kept(retain, batch) == []
    assert dump() == before


@pytest.mark.parametrize("kind", FILES)
def test_a_dry_run_of_an_undo_changes_nothing(retain, take_in, dump, shop, kind):
    batch = take_in(FILES[kind])
    before = dump()
    assert "A dry run: nothing was changed." in retain("undo", batch, "--dry-run").out
    assert dump() == before
    assert retain("batches", "-f", "json").data[0]["kind"] == kind


def test_undone_one_after_the_other_newest_first_everything_goes(retain, take_in, dump, shop):
    before = dump()
    batches = [take_in(text, name=f"{kind}.csv") for kind, text in FILES.items()]
    for batch in reversed(batches):
        assert kept(retain, batch) == []
    assert dump() == before


@given(
    lines=st.lists(
        st.tuples(
            st.sampled_from(["C1", "C2", "C4", "C5", ""]),
            st.sampled_from(["", "13800138000", "13800138001", "13900139001"]),
            st.sampled_from(["2026-10-01", "2026-10-02"]),
            st.sampled_from(["100.00", "60.00", "-5.00"]),
            st.sampled_from(["Tea", "Cup"]),
            st.sampled_from(["drinks", "things", ""]),
        ).filter(lambda line: line[0] or line[1]),
        min_size=1,
        max_size=6,
    )
)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_purchases_come_undo_takes_them_all_back(retain, take_in, dump, machine, lines):
    (machine / "shop.db").unlink(missing_ok=True)
    take_in(ORDERS + "C1,13800138000,2026-10-01,100.00,Tea,drinks\nC2,13800138001,2026-10-02,60.00,Cup,things\n")
    before = dump()
    batch = take_in(ORDERS + "".join(",".join(line) + "\n" for line in lines))
    assert kept(retain, batch) == []
    assert dump() == before


def test_what_was_overwritten_again_since_stays_and_is_named(retain, take_in, shop):
    batch = take_in(CUSTOMERS + "C1,,13900139999,,,North,\n")
    take_in(CUSTOMERS + "C1,,13900138888,,,,\n", name="later.csv")
    assert kept(retain, batch) == [("Wang Wei", "customer", "phone changed since")]
    who = retain("show", "C1", "-f", "json").data["customer"]
    assert (who["phone"], who["area"]) == ("+8613900138888", "East")


def test_a_new_customer_who_was_visited_since_stays_without_their_purchases(retain, take_in, shop):
    batch = take_in(ORDERS + "C9,,2026-10-05,9.00,Pot,\n")
    assert retain("log-visit", "C9", "--note", "came by").code == 0
    assert kept(retain, batch) == [("C9", "customer", "has a visit that came since")]
    data = retain("show", "C9", "-f", "json").data
    assert (len(data["visits"]), data["purchases"]) == (1, [])


def test_a_purchase_that_a_later_file_corrected_stays_and_is_named(retain, take_in, shop):
    batch = take_in(ORDERS + "C1,,2026-11-05,9.00,Pot,kitchen\n")
    take_in(ORDERS + "C1,,2026-11-05,9.00,Pot,kitchenware\n", name="later.csv")
    assert kept(retain, batch) == [("Wang Wei", "purchase of 2026-11-05", "it was changed since")]


def test_a_visit_taken_back_makes_the_clock_count_from_the_one_before(retain, take_in, shop):
    def next_visit():
        return [
            o["due_on"] for o in retain("show", "C1", "-f", "json").data["next"] if o["service"] == "return visit"
        ]

    before = next_visit()
    batch = take_in(VISITS + "C1,2026-11-22,done,,\n")
    assert next_visit() != before
    assert retain("undo", batch).code == 0
    assert next_visit() == before


def test_whoever_was_visited_only_by_the_import_waits_again_for_the_first_visit(retain, take_in, shop):
    before = retain("due", "--days", 366, "-f", "json").data
    batch = take_in(VISITS + "C2,2026-11-21,done,,\n")
    assert retain("due", "--days", 366, "-f", "json").data != before
    assert retain("undo", batch).code == 0
    assert retain("due", "--days", 366, "-f", "json").data == before


def test_an_undo_is_listed_and_says_what_it_undid(retain, take_in, shop):
    batch = take_in(FILES["purchases"])
    assert retain("undo", batch).code == 0
    newest, undone = retain("batches", "-f", "json").data[:2]
    assert (newest["kind"], newest["file"]) == ("undo", f"batch {batch}")
    assert (undone["batch"], undone["undone_by"]) == (batch, newest["batch"])


def test_what_cannot_be_undone_is_refused(retain, take_in, shop):
    batch = take_in(FILES["purchases"])
    assert retain("undo", batch).code == 0
    for number, code in ((batch, "undone"), (batch + 1, "undo-of-undo"), (99, "batch-unknown")):
        answer = retain("undo", number, "-f", "json")
        assert (answer.code, answer.json["error"]["code"]) == (2, code)


def test_the_file_can_be_imported_again_after_its_undo(retain, take_in, dump, shop):
    take_in(FILES["purchases"])
    amounts = [one["amount"] for one in retain("list", "-f", "json").data]
    retain("undo", 3)
    take_in(FILES["purchases"])
    assert [one["amount"] for one in retain("list", "-f", "json").data] == amounts


def test_the_number_of_somebody_who_was_taken_back_is_not_given_again(retain, take_in, shop):
    batch = take_in(CUSTOMERS + "C9,New One,13900139000,,,,\n")
    gone = retain("show", "C9", "-f", "json").data["customer"]["id"]
    retain("undo", batch)
    take_in(CUSTOMERS + "C9,New One,13900139000,,,,\n")
    assert retain("show", "C9", "-f", "json").data["customer"]["id"] > gone


def test_a_kill_during_an_undo_leaves_the_base_before_or_after_it(retain, csv_file, dump, machine):
    lines = "".join(f"C{n % 900},2026-10-01,{n}.00,P{n}\n" for n in range(9000))
    text = "Customer ID,Order date,Amount,Product\n"
    assert retain("import", csv_file("first.csv", text + "C1,2026-01-01,1.00,Old\n")).code == 0
    before = dump()
    batch = retain("import", csv_file("orders.csv", text + lines), "-f", "json").data[0]["batch"]
    after = dump()
    rng = random.Random(5)
    command = [sys.executable, "-m", "retain_cli", "undo", str(batch), "--today", "2026-11-23"]
    seen = set()
    for _ in range(5):
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ)
        )
        time.sleep(rng.uniform(0.05, 0.6))
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = dump()
        assert now in (before, after)
        seen.add(now == before)
        if now == before:
            break
    if now == after:
        assert retain("undo", batch).code == 0
    assert dump() == before
