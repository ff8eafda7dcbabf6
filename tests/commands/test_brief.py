"""`retain brief`: the page for the doorstep."""

import pytest

pytestmark = pytest.mark.usefixtures("shop")


def brief(retain, customer="K1", **how):
    return retain("brief", customer, "-f", "json", **how).data


def test_it_has_what_is_known_and_open_and_leaves_out_what_is_closed(retain):
    for words in (
        ["promise", "add", "K1", "quote by fri"],
        ["promise", "add", "K1", "sample by fri"],
        ["promise", "keep", 2],
        ["need", "add", "K1", "sofa, ~8000, March"],
        ["need", "add", "K1", "rug"],
        ["need", "gone", 2],
        ["ticket", "open", "K1", "repair", "hinge"],
        ["ticket", "open", "K1", "repair", "door"],
        ["ticket", "resolve", 2, "planed"],
        ["benefit", "grant", "K1", "points", 100],
        ["benefit", "grant", "K1", "coupon", "--percent", 10],
        ["benefit", "grant", "K1", "coupon", "--percent", 20, "--expires", "2026-11-23"],
        ["benefit", "grant", "K1", "gift", "tea"],
        ["preference", "add", "K1", "channel", "call"],
        ["preference", "add", "K1", "channel", "message"],
        ["preference", "add", "K1", "likes", "green tea"],
    ):
        assert retain(*words).code == 0, words
    data = brief(retain, today="2026-11-24")
    assert [one["words"] for one in data["promises"]] == ["quote"]
    assert [one["what"] for one in data["needs"]] == ["sofa"]
    assert [one["words"] for one in data["tickets"]] == ["hinge"]
    assert data["benefits"]["points"] == 100
    assert [one["percent"] for one in data["benefits"]["coupons"]] == [10]
    assert [one["what"] for one in data["benefits"]["gifts"]] == ["tea"]
    assert [(one["kind"], one["words"]) for one in data["preferences"]] == [
        ("channel", "message"), ("likes", "green tea"),
    ]  # fmt: skip


def test_it_says_why_today_and_what_was_said_the_last_three_times(retain):
    for day in ("2026-11-01", "2026-11-02", "2026-11-03"):
        retain("log-visit", "K1", "--on", day, "--note", f"said on {day}", "--sat", "3")
    data = brief(retain, today="2026-12-31")
    assert [one["note"] for one in data["contacts"]] == [f"said on 2026-11-0{n}" for n in (3, 2, 1)]
    # Five scores: 5 and 4 of the import, three times 3.
    assert data["satisfaction"] == {"mean": 3.6, "scores": 5, "last": 3}
    assert "return visit" in [one["service"] for one in data["due"]]
    assert [one["product"] for one in data["purchases"]] == ["floor oil", "oak floor"]


def test_what_they_said_and_we_did_is_there_until_they_were_told(retain):
    retain("feedback", "add", "K1", "too few samples")
    assert brief(retain)["you_said_we_did"] == []
    retain("feedback", "plan", 1, "make a book", "--owner", "Li", "--by", "2w")
    retain("feedback", "done", 1, "a book of 40 samples")
    (one,) = brief(retain)["you_said_we_did"]
    assert (one["words"], one["result"]) == ("too few samples", "a book of 40 samples")
    assert retain("feedback", "done", 1, "again").code == 2
    retain("feedback", "told", 1)
    assert brief(retain)["you_said_we_did"] == []


def test_a_page_for_somebody_of_whom_nothing_is_known_is_short(retain):
    page = retain("brief", "K6").out
    assert "Wang Wei" in page
    assert "nobody was there yet" in page
    assert "Promised" not in page


def test_it_says_who_asked_not_to_be_contacted(retain):
    assert "asked not to be contacted" in retain("brief", "K4").out


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (["contact", "K1", "--deceased"], "deceased"),
        (["contact", "K1", "--inactive"], "inactive"),
        (["contact", "K1", "--never"], "asked not to be contacted"),
        (["contact", "K1", "--never", "--channel", "call"], "not by call"),
        (["pause", "K1", "--until", "2w"], "paused"),
    ],
)
def test_it_says_what_was_decided_about_contacting_them(retain, decision, said):
    assert said not in retain("brief", "K1").out
    assert retain(*decision).code == 0
    assert said in retain("brief", "K1").out


def test_a_pause_that_is_over_is_not_spoken_of(retain):
    retain("pause", "K1", "--until", "2026-12-01")
    assert "paused" not in retain("brief", "K1", today="2026-12-01").out
