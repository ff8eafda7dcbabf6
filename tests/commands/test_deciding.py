"""`retain skip`, `snooze`, `pause` and `contact`: what is decided holds on every list, and can be taken back."""

import pytest


@pytest.fixture
def shop(graded_shop):
    """Ann is an A, Bo a B, Cy and Di are C; all four are due on 23 November 2026."""
    graded_shop("Ann,", "Bo,", "Cy,11-23", "Di,", titles="Name,Birthday")


@pytest.fixture
def due(retain, shop):
    """What is due to each customer on a day: service and due day, by name."""

    def ask(today="2026-11-23", *options):
        lines = retain("due", *options, "-f", "json", today=today).data
        return {line["customer"]["name"]: {(r["service"], r["due_on"]) for r in line["reasons"]} for line in lines}

    return ask


def left_out(retain, today="2026-11-23"):
    lines = retain("due", "--suppressed", "-f", "json", today=today).data
    return {line["customer"]["name"]: line["suppressed"] for line in lines}


@pytest.mark.parametrize("command", ["snooze", "pause"])
def test_the_day_may_stand_behind_the_customer(retain, due, command):
    assert "Ann" in due()
    assert retain(command, "Ann", "2w").code == 0
    assert ("Ann" in due("2026-12-06"), "Ann" in due("2026-12-07")) == (False, True)
    retain(command, "Ann", "--undo")
    assert "Ann" in due()
    for words in (("2w", "--until", "3w"), ("2026-11-23",), ("someday",), ()):
        assert retain(command, "Ann", *words).code == 2
    assert "Ann" in due()


# -- skip


def test_a_skip_leaves_out_this_time_and_not_the_next(retain, due):
    assert ("return visit", "2026-11-23") in due()["Ann"]
    retain("skip", "Ann", "--reason", "on holiday")
    assert "Ann" not in due()
    assert "Ann" not in due("2026-12-22")
    assert ("return visit", "2026-12-23") in due("2026-12-23")["Ann"]


def test_a_skip_settles_all_that_was_missed_until_then(retain, due):
    # Due on 23 November and every month after it; skipped on 1 February.
    assert ("return visit", "2026-11-23") in due("2027-02-01")["Ann"]
    retain("skip", "Ann", "--reason", "abroad", "--service", "return visit", today="2027-02-01")
    services = {service for service, _ in due("2027-02-01").get("Ann", ())}
    assert "return visit" not in services
    (line,) = [
        one for one in retain("due", "-f", "json", today="2027-03-24").data if one["customer"]["name"] == "Ann"
    ]
    visit = next(reason for reason in line["reasons"] if reason["service"] == "return visit")
    assert (visit["due_on"], visit["missed"]) == ("2027-02-23", 1)


def test_a_skip_needs_a_reason_and_something_to_skip(retain, due):
    without = retain("skip", "Ann")
    assert (without.code, "--reason is missing" in without.err) == (2, True)
    retain("skip", "Ann", "--reason", "on holiday")
    again = retain("skip", "Ann", "--reason", "on holiday")
    assert (again.code, "nothing is due to Ann" in again.err) == (2, True)


def test_what_is_still_to_come_is_skipped_by_its_name(retain, due):
    retain("log-visit", "Ann")
    answer = retain("skip", "Ann", "--reason", "abroad", "--service", "return visit", "-f", "json")
    assert [one["due_on"] for one in answer.data["decisions"]] == ["2026-12-23"]
    assert "return visit" not in {service for service, _ in due("2027-01-22").get("Ann", ())}
    assert ("return visit", "2027-01-23") in due("2027-01-23")["Ann"]
    unknown = retain("skip", "Ann", "--reason", "abroad", "--service", "dancing")
    assert (unknown.code, "has no 'dancing' coming" in unknown.err) == (2, True)


def test_a_skipped_wish_comes_again_next_year(retain, due):
    assert ("birthday wish", "2026-11-23") in due()["Cy"]
    retain("skip", "Cy", "--reason", "in mourning", "--service", "birthday wish")
    assert ("birthday wish", "2026-11-23") not in due().get("Cy", set())
    assert ("birthday wish", "2027-11-23") in due("2027-11-23")["Cy"]


def test_a_visit_after_a_skip_restarts_the_clock_as_ever(retain, due):
    retain("skip", "Ann", "--reason", "on holiday")
    retain("log-visit", "Ann", today="2026-12-10")
    assert "return visit" not in {service for service, _ in due("2027-01-09").get("Ann", ())}
    assert ("return visit", "2027-01-10") in due("2027-01-11")["Ann"]


# -- snooze


def test_a_snooze_hides_until_its_day_and_then_shows_what_it_hid(retain, due):
    before = due()["Ann"]
    retain("snooze", "Ann", "--until", "2w")
    assert "Ann" not in due()
    assert "1 customer with something put off to a later day." in retain("due").out
    assert "Ann" not in due("2026-12-06")
    assert due("2026-12-07")["Ann"] == before


def test_a_new_snooze_takes_the_place_of_the_old_one(retain, due):
    retain("snooze", "Ann", "--until", "2027-01-10")
    retain("snooze", "Ann", "--until", "2026-11-30")
    assert "Ann" in due("2026-11-30")


def test_a_visit_ends_a_snooze(retain, due):
    retain("snooze", "Ann", "--until", "2027-02-01")
    retain("log-visit", "Ann", today="2026-11-24")
    assert ("return visit", "2026-12-24") in due("2026-12-24")["Ann"]


def test_a_snooze_leaves_what_else_comes_up(retain, due):
    retain("snooze", "Cy", "--until", "2027-12-31", "--service", "return visit", today="2027-11-20")
    assert "return visit" not in {service for service, _ in due("2027-11-23")["Cy"]}
    assert ("birthday wish", "2027-11-23") in due("2027-11-23")["Cy"]


@pytest.mark.parametrize("until", ["today", "yesterday", "2026-11-01", "someday"])
def test_a_snooze_ends_on_a_day_to_come(retain, due, until):
    assert retain("snooze", "Ann", "--until", until).code == 2
    assert retain("snooze", "Ann").code == 2
    assert "Ann" in due()


# -- pause


def test_a_pause_hides_the_customer_whatever_comes_up(retain, due):
    retain("pause", "Cy", "--until", "2027-12-01", "--reason", "abroad")
    assert "Cy" not in due("2027-11-23")
    assert left_out(retain, "2027-11-23") == {"Cy": "paused"}
    assert "1 customer left out: paused." in retain("due", today="2027-11-23").out
    assert "Cy" in due("2027-12-01")


def test_a_pause_ends_when_the_customer_is_resumed(retain, due):
    retain("pause", "Ann", "--until", "1y")
    retain("pause", "Ann", "--resume")
    assert "Ann" in due()
    assert retain("pause", "Ann", "--resume").code == 2


# -- contact


@pytest.mark.parametrize(
    ("option", "said"),
    [("--never", "asked not to be contacted"), ("--inactive", "inactive"), ("--deceased", "deceased")],
)
def test_who_is_not_to_be_contacted_is_counted_and_on_no_list(retain, due, option, said):
    retain("contact", "Ann", option)
    assert "Ann" not in due("2028-01-01")
    assert left_out(retain) == {"Ann": said}
    told = retain("due", "-f", "json").json["problems"]
    assert [words for words in told if words.startswith("1 customer left out: ") and said in words]
    retain("contact", "Ann", "--again")
    assert "Ann" in due()
    assert left_out(retain) == {}


def test_who_refuses_one_way_is_offered_another_of_the_service_or_left_out(retain, due):
    def visit(name):
        lines = retain("due", "-f", "json").data
        return [r["channel"] for one in lines if one["customer"]["name"] == name for r in one["reasons"]]

    # On the plan a return visit is a visit or a call; nothing else.
    assert "visit" in visit("Ann")
    retain("contact", "Ann", "--never", "--channel", "visit")
    assert visit("Ann") == ["call"]
    retain("contact", "Ann", "--never", "--channel", "call")
    assert visit("Ann") == []
    assert left_out(retain) == {"Ann": "refused every way this is done"}
    retain("contact", "Ann", "--again", "--channel", "visit")
    assert "visit" in visit("Ann")


def test_again_also_lifts_what_the_shops_own_data_said_and_undo_has_it_back(retain, csv_file, due):
    retain("import", csv_file("n.csv", "Customer ID,Do not contact\n1,yes\n"))
    assert "Ann" not in due()
    retain("contact", "Ann", "--again")
    assert "Ann" in due()
    number = max(one["batch"] for one in retain("batches", "-f", "json").data if one["kind"] == "contact")
    assert retain("undo", number, "--yes").code == 0
    assert "Ann" not in due()


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--never", "--again"],
        ["--deceased", "--channel", "call"],
        ["--never", "--channel", "pigeon"],
        ["--again"],
        ["--again", "--channel", "call"],
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(retain, due, words):
    before = due()
    assert retain("contact", "Di", *words).code == 2
    assert due() == before


# -- taking back


@pytest.mark.parametrize(
    ("decide", "take_back"),
    [
        (["skip", "Ann", "--reason", "abroad"], ["skip", "Ann", "--undo"]),
        (["snooze", "Ann", "--until", "2w"], ["snooze", "Ann", "--undo"]),
        (["pause", "Ann", "--until", "2w"], ["pause", "Ann", "--undo"]),
        (["contact", "Ann", "--never"], ["contact", "Ann", "--undo"]),
    ],
)
def test_a_decision_taken_back_leaves_no_trace_on_the_list(retain, due, decide, take_back):
    before = due()
    assert retain(*decide).code == 0
    assert due() != before
    answer = retain(*take_back, "-f", "json")
    assert all(one["lifted"] for one in answer.data["decisions"])
    assert due() == before
    assert retain(*take_back).code == 2


def test_a_decision_can_be_read_by_scripts(retain, due):
    (one,) = retain("pause", "Ann", "--until", "2w", "--reason", "abroad", "-f", "json").data["decisions"]
    assert {key: one[key] for key in ("kind", "decided_on", "until_on", "words")} == {
        "kind": "pause",
        "decided_on": "2026-11-23",
        "until_on": "2026-12-07",
        "words": "abroad",
    }


def test_what_waits_already_is_not_called_next(retain, shop):
    """Ann was never visited: her return visit is due since the first list."""
    said = retain("contact", 1, "--never", "--channel", "mail", today="2026-11-23").out
    assert "Next: return visit on 2026-11-23" not in said
    assert "Still due: return visit (since 2026-11-23)" in said
