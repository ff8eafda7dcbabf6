"""`retain refer` and `retain referrals`."""

import pytest

pytestmark = pytest.mark.usefixtures("shop")


def referrals(retain, *words):
    return retain("referrals", *words, "-f", "json").data


def test_it_is_won_by_the_first_purchase_of_who_was_brought(retain, csv_file):
    made = retain("refer", "K1", "--brought", "K6", "-f", "json").data
    assert (made["customer"]["name"], made["brought"]["name"], made["converted_on"]) == (
        "Wang Fang",
        "Wang Wei",
        None,
    )
    rows = "B1,2026-11-20,K6,rug,rugs,300\nB2,2026-11-18,K6,x,rugs,-20\nB3,2026-11-22,K6,rug,rugs,50\n"
    retain("import", csv_file("b.csv", f"Order,Date,Customer,Product,Category,Amount\n{rows}"))
    (one,) = referrals(retain)
    assert (one["converted_on"], one["revenue"]["amount"]) == ("2026-11-20", "330.00")


def test_nobody_brings_themselves_or_who_brought_them_or_whom_another_brought(retain):
    for who, brought, code in (
        ("K1", "K1", 2), ("K1", "K2", 0), ("K2", "K3", 0), ("K3", "K1", 2), ("K5", "K2", 2), ("K1", "K5", 0),
    ):  # fmt: skip
        assert retain("refer", who, "--brought", brought).code == code, (who, brought)
    assert len(referrals(retain)) == 3


def test_the_tree_shows_who_was_brought_by_whom(retain):
    retain("refer", "K1", "--brought", "K2")
    retain("refer", "K2", "--brought", "K6")
    lines = [line.strip() for line in retain("referrals", "--tree").out.splitlines()]
    assert lines[:3] == [
        "Wang Fang", "└─ Li Lei, bought first on 2026-04-10", "└─ Wang Wei, has not bought yet",
    ]  # fmt: skip


def test_a_reward_is_given_once_and_for_who_bought_alone(retain):
    retain("refer", "K1", "--brought", "K2")
    retain("refer", "K1", "--brought", "K6")
    for _ in range(2):
        assert retain("referrals", "--reward").code == 0
    assert retain("benefit", "balance", "K1", "-f", "json").data["points"] == 100
    assert retain("refer", "K1", "--brought", "K2", "--undo").code == 2
    assert retain("refer", "K1", "--brought", "K6", "--undo").code == 0
    assert [one["brought"]["external_id"] for one in referrals(retain)] == ["K2"]


@pytest.mark.parametrize(("kept", "other"), [("K1", "K3"), ("K2", "K3")])
def test_both_ends_move_when_two_customers_are_one(retain, kept, other):
    retain("refer", "K3", "--brought", "K6")
    assert retain("merge", kept, other, "--yes").code == 0
    (one,) = referrals(retain)
    assert (one["customer"]["external_id"], one["brought"]["external_id"]) == (kept, "K6")


def test_merging_both_ends_leaves_nobody_who_brought_themselves(retain):
    retain("refer", "K1", "--brought", "K6")
    retain("refer", "K6", "--brought", "K2")
    assert retain("merge", "K1", "K6", "--yes").code == 0
    assert [(one["customer"]["external_id"], one["brought"]["external_id"]) for one in referrals(retain)] == [
        ("K1", "K2")
    ]
    assert retain("referrals", "--tree").code == 0
