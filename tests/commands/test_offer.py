"""`retain offer`, `retain preference` and `retain feedback`."""

import pytest

pytestmark = pytest.mark.usefixtures("shop")


def test_the_last_answer_counts_and_never_offered_is_not_declined(retain):
    for words in (
        ["K1", "maintenance", "not-reached", "--on", "2026-11-01"],
        ["K1", "maintenance", "declined", "--reason", "does it himself", "--on", "2026-11-02"],
        ["K2", "maintenance", "declined", "--on", "2026-11-03"],
        ["K2", "maintenance", "accepted", "--on", "2026-11-03"],
        ["K3", "Return-Visit", "not-reached"],
    ):
        assert retain("offer", "add", *words).code == 0
    now = {(one["customer"]["external_id"], one["service"]): one for one in retain("offer", "-f", "json").data}
    assert {key: one["answer"] for key, one in now.items()} == {
        ("K1", "maintenance"): "declined", ("K2", "maintenance"): "accepted", ("K3", "return visit"): "not-reached",
    }  # fmt: skip
    assert now["K1", "maintenance"]["because"] == "does it himself"
    declined = retain("offer", "list", "--answer", "declined", "-f", "json").data
    assert [one["customer"]["external_id"] for one in declined] == ["K1"]
    assert len(retain("offer", "list", "--of", "K1", "-f", "json").data) == 2


@pytest.mark.parametrize("words", [["massage", "accepted"], ["maintenance", "maybe"],
                                   ["maintenance", "accepted", "--because", "likes it"]])  # fmt: skip
def test_an_offer_that_cannot_be_is_refused(retain, words):
    assert retain("offer", "add", "K1", *words).code == 2
    assert retain("offer", "-f", "json").data == []


def test_a_new_channel_replaces_the_old_one_and_likes_add_up(retain):
    for kind, words in (("channel", "call"), ("likes", "tea"), ("channel", "mail"), ("likes", "orchids")):
        assert retain("preference", "add", "K1", kind, words).code == 0
    known = retain("preference", "list", "--of", "K1", "-f", "json").data
    assert [(one["kind"], one["words"]) for one in known] == [
        ("channel", "mail"), ("likes", "tea"), ("likes", "orchids"),
    ]  # fmt: skip
    retain("preference", "drop", known[1]["id"])
    assert [one["words"] for one in retain("preference", "-f", "json").data] == ["mail", "orchids"]
    assert retain("preference", "add", "K1", "channel", "pigeon").code == 2


def test_feedback_is_open_until_something_is_done_about_it(retain):
    retain("feedback", "add", "K1", "too few samples")
    retain("feedback", "add", "K2", "lovely", "--kind", "praise")
    open_now = retain("feedback", "-f", "json").data
    assert [one["words"] for one in open_now] == ["too few samples"]
    assert retain("feedback", "told", 1).code == 2
    assert retain("feedback", "done", 1, "a book").code == 0
    assert retain("feedback", "-f", "json").data == []
    assert len(retain("feedback", "list", "--all", "-f", "json").data) == 2


def test_a_reason_can_be_said_as_everywhere_and_as_ever(retain):
    for customer, option in (("K1", "--reason"), ("K2", "--because")):
        assert retain("offer", "add", customer, "overhaul", "declined", option, "too dear").code == 0
    assert [one["because"] for one in retain("offer", "-f", "json").data] == ["too dear", "too dear"]


def test_a_channel_that_is_none_is_called_a_channel(retain):
    said = retain("preference", "add", "K1", "channel", "pigeon").err
    assert said.startswith("retain: error: the channel 'pigeon' is not known. Choose one of visit, call,")
