"""What customers answer when they are asked, question by question, about visits and tickets."""

import json
import sqlite3

import pytest


@pytest.fixture(autouse=True)
def _shop(retain, csv_file):
    """Two customers."""
    retain("import", csv_file("c.csv", "Customer ID,Name\n1,Ann\n2,Bob\n"))


def visits(retain, customer=1):
    """The answers about each visit of a customer, the newest first."""
    found = retain("show", customer, "-f", "json").data["visits"]
    return [{one["question"]: one["score"] for one in visit["ratings"]} for visit in found]


def answers(retain, number=1):
    """The answers about a ticket."""
    return {one["question"]: one["score"] for one in retain("ticket", "show", number, "-f", "json").data["ratings"]}


def rated_ticket(retain, *rates):
    retain("ticket", "open", 1, "repair", "hinge", "--owner", "Li")
    retain("ticket", "resolve", 1, "oiled")
    return retain("ticket", "rate", 1, 4, *(word for rate in rates for word in ("--rate", rate)), "-f", "json")


def test_several_questions_are_kept_with_a_visit_and_answered_at_once(retain):
    logged = retain("log-visit", 1, "--rate", "politeness=5", "--rate", "punctuality=4", "-f", "json").data
    assert logged["visit"]["ratings"] == [
        {"question": "politeness", "score": 5},
        {"question": "punctuality", "score": 4},
    ]
    assert logged["visit"]["satisfaction"] is None
    assert visits(retain) == [{"politeness": 5, "punctuality": 4}]
    assert "politeness 5, punctuality 4" in retain("show", 1).out


@pytest.mark.parametrize("written", ["work DONE = 3", "  Work  done=3", "ｗｏｒｋ done＝３"])
def test_a_question_is_one_question_however_it_is_written(retain, written):
    assert retain("log-visit", 1, "--rate", written).code == 0
    assert visits(retain) == [{"work done": 3}]
    assert retain("log-visit", 1, "--rate", written, "--rate", "work done=4").code == 2


def test_a_question_may_hold_a_sign_of_equality_and_any_script(retain):
    retain("log-visit", 1, "--rate", "price=worth=2", "--rate", "礼貌=5")
    assert visits(retain) == [{"price=worth": 2, "礼貌": 5}]


@pytest.mark.parametrize(
    "written",
    ["politeness", "politeness=", "=5", "politeness=0", "politeness=6", "politeness=4.5", "x" * 61 + "=5"],
)
def test_what_is_no_score_from_1_to_5_is_refused_and_nothing_is_logged(retain, written):
    assert retain("log-visit", 1, "--rate", written).code == 2
    assert visits(retain) == []
    assert rated_ticket(retain, written).code == 2
    assert retain("ticket", "show", 1, "-f", "json").data["rating"] is None


def test_everybody_who_was_there_is_asked_as_with_satisfaction(retain):
    retain("log-visit", 1, "--with", 2, "--sat", 4, "--rate", "politeness=5")
    assert visits(retain, 1) == visits(retain, 2) == [{"politeness": 5}]


def test_next_takes_ratings_as_log_visit_does(retain, csv_file):
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-10-01,100\n"))
    retain("classify")
    said = csv_file("said.txt", "done --sat 4 --rate politeness=5 --rate 'work done=2'\nquit\n")
    customers = retain("next", "--answers", said, "-f", "json").data["answers"]
    assert [one["did"] for one in customers] == ["done"]
    assert visits(retain, f"#{customers[0]['customer']['id']}") == [{"politeness": 5, "work done": 2}]


def test_a_correction_changes_one_answer_and_keeps_what_it_said(retain):
    retain("log-visit", 1, "--sat", 3, "--rate", "politeness=5", "--rate", "punctuality=4")
    corrected = retain("log-visit", 1, "--correct", 1, "--rate", "Politeness=2", "--rate", "advice=1", "-f", "json")
    assert {one["question"]: one["score"] for one in corrected.data["visit"]["ratings"]} == {
        "advice": 1, "politeness": 2, "punctuality": 4,
    }  # fmt: skip
    original = retain("show", 1, "-f", "json").data["visits"][0]["originals"]
    assert [one["said"] for one in original] == [
        {"ratings": [{"question": "politeness", "score": 5}, {"question": "advice", "score": None}]}
    ]
    again = retain("log-visit", 1, "--correct", 1, "--rate", "politeness=2", "-f", "json")
    assert (again.code, json.loads(again.out)["error"]["code"]) == (2, "nothing-to-correct")


def test_a_ticket_is_rated_by_question_and_rated_again_only_where_it_is_asked_again(retain):
    assert rated_ticket(retain, "politeness=3", "speed=1").data["ratings"] == [
        {"question": "politeness", "score": 3},
        {"question": "speed", "score": 1},
    ]
    retain("ticket", "rate", 1, 5, "--rate", "speed=4")
    assert answers(retain) == {"politeness": 3, "speed": 4}
    assert "Answers" in retain("ticket", "show", 1).out


def test_a_ticket_that_is_opened_again_has_no_ratings_but_its_history_does(retain):
    rated_ticket(retain, "politeness=3")
    retain("ticket", "reopen", 1, "squeaks again")
    shown = retain("ticket", "show", 1, "-f", "json").data
    assert (shown["rating"], shown["ratings"]) == (None, [])
    assert "4, politeness 3" in [one["words"] for one in shown["history"]]


def test_a_merge_takes_the_ratings_along_and_its_undo_gives_them_back(retain, machine):
    retain("log-visit", 2, "--rate", "politeness=5")
    batch = retain("merge", 1, 2, "--yes", "-f", "json").data["batch"]
    assert visits(retain, 1) == [{"politeness": 5}]
    assert retain("undo", batch, "--yes").code == 0
    assert (visits(retain, 1), visits(retain, 2)) == ([], [{"politeness": 5}])
    base = sqlite3.connect(machine / "shop.db")
    assert base.execute("select external_id from rating join customer on customer.id = customer_id").fetchall() == [
        ("2",)
    ]


def test_the_ratings_of_a_visit_that_was_corrected_stay_with_it_when_its_import_is_undone(retain, csv_file):
    batch = retain("import", csv_file("v.csv", "Customer,Date,Channel\n1,2026-11-01,call\n"), "-f", "json").data
    assert retain("log-visit", 1, "--correct", 1, "--rate", "politeness=5").code == 0
    assert retain("undo", batch[0]["batch"], "--yes").code == 0
    assert visits(retain) == [{"politeness": 5}]
