"""`retain due`, as scripts and people ask it."""

import pytest

pytestmark = pytest.mark.usefixtures("shop")


def ids(retain, *options, **how):
    return [entry["customer"]["external_id"] for entry in retain("due", *options, "-f", "json", **how).data]


def test_quiet_prints_nothing_and_answers_by_its_exit_code(retain):
    somebody, nobody = retain("due", "--quiet"), retain("due", "-q", today="2026-05-01")
    assert (somebody.code, somebody.out, somebody.err) == (1, "", "")
    assert (nobody.code, nobody.out, nobody.err) == (0, "", "")


def test_nobody_due_is_said_and_is_no_error(retain):
    answer = retain("due", today="2026-05-01")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Nobody is due on Friday 1 May 2026.")


def test_before_the_first_grading_the_list_says_what_to_do_next(retain, csv_file):
    orders = csv_file("first.csv", "Date,Customer,Product,Amount\n2026-11-01,N1,oak floor,12000.00\n")
    imported = retain("import", orders, "--db", "new.db")
    assert (imported.code, imported.err) == (0, "")
    assert "Next: retain classify" in imported.out
    assert "Next: retain classify" in retain("due", "--db", "new.db").out
    assert retain("classify", "--db", "new.db").code == 0
    again = csv_file("second.csv", "Date,Customer,Product,Amount\n2026-11-02,N2,oak floor,100.00\n")
    assert "Next: retain classify" not in retain("import", again, "--db", "new.db").out
    assert "Next: retain classify" not in retain("due", "--db", "new.db").out


def test_customers_without_a_purchase_need_no_grading(retain, csv_file):
    people = csv_file("people.csv", "Customer ID,Name\nP1,Somebody\n")
    assert "classify" not in retain("import", people, "--db", "people.db").out
    assert "classify" not in retain("due", "--db", "people.db").out


def test_who_asked_not_to_be_contacted_is_counted_and_never_listed(retain):
    assert "K4" not in ids(retain, "--days", "366")
    assert "1 customer left out: they asked not to be contacted." in retain("due").out


def test_the_limit_comes_after_the_ranking(retain):
    everybody = ids(retain)
    assert everybody == ["K1", "K2", "K3", "K5"]
    assert ids(retain, "--limit", "2") == everybody[:2]
    assert "and 2 more." in retain("due", "--limit", "2").out


def test_the_terms_of_a_score_sum_to_it(retain):
    for entry in retain("due", "-f", "json").data:
        assert round(sum(term["value"] for term in entry["why"]), 1) == entry["score"]
    shown = " ".join(retain("due", "--why", today="2026-06-01").out.replace("│", " ").split())
    for term in ("grade", "reason", "late", "value"):
        assert term in shown


def test_days_ahead_show_what_is_to_come_and_never_less(retain):
    today, month = ids(retain), ids(retain, "--days", "31")
    assert set(today) <= set(month)
    coming = {reason["service"] for entry in retain("due", "--days", "31", "-f", "json").data
              for reason in entry["reasons"]}  # fmt: skip
    assert "maintenance" in coming


def test_a_day_that_was_said_is_the_day_of_the_answer(retain):
    assert retain("due", "--today", "2026-06-01", "-f", "json", today="2020-01-01").json["today"] == "2026-06-01"


def test_the_list_as_numbers_has_everyone_once_most_worth_first(retain):
    retain("classify")
    lines = retain("due", "--days", "366", "-f", "ids").out.splitlines()
    listed = [f"#{line['customer']['id']}" for line in retain("due", "--days", "366", "-f", "json").data]
    assert lines == list(dict.fromkeys(listed))
    assert lines


def test_a_condition_and_a_segment_keep_whom_both_mean_and_leave_the_rest_as_it_is(retain):
    everybody = retain("due", "-f", "json").data
    retain("segment", "floors", "--where", "category = floors or category = tiles")
    assert ids(retain, "--segment", "floors") == ["K1", "K3"]
    assert ids(retain, "--where", "area = Pudong") == ["K1", "K3"]
    assert ids(retain, "--segment", "floors", "--where", "category = care") == ["K1"]
    # What is said of somebody is the same, and the limit comes last.
    assert retain("due", "--segment", "floors", "-f", "json").data[0] == everybody[0]
    assert ids(retain, "--where", "category = tiles", "--limit", "1") == ["K3"]
    assert retain("due", "-q", "--where", "name = Nobody").code == 0
    assert retain("due", "-q", "--where", "category = tiles").code == 1


def test_of_those_left_out_only_whom_the_condition_means_are_counted(retain):
    assert "left out" in retain("due", "--where", "category = carpets").out
    assert "left out" not in retain("due", "--where", "category = tiles").out
    assert ids(retain, "--suppressed", "--where", "category = carpets") == ["K4"]


def test_a_condition_or_segment_that_cannot_be_understood_is_named(retain):
    assert "^" in retain("due", "--where", "categry = tiles").err
    assert retain("due", "--segment", "nothing").code == 2


def test_without_them_no_condition_is_read(retain, monkeypatch):
    import sys

    for name in [name for name in sys.modules if name.startswith("retain_cli.segments")]:
        monkeypatch.delitem(sys.modules, name)
    assert retain("due").code == 0
    assert not [name for name in sys.modules if name.startswith("retain_cli.segments")]
