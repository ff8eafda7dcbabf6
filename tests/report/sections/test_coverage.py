"""Who was served and who was not, through the commands."""

import pytest


@pytest.fixture
def shop(graded_shop):
    """Five customers graded on 23 November 2026: Ann is an A, Bo and Cy are B, Di and Ed are C."""
    people = ("Ann,,no", "Bo,,no", "Cy,,yes", "Di,12-24,no", "Ed,,no")
    graded_shop(*people, titles="Name,Birthday,Do not contact")


@pytest.fixture
def coverage(retain, shop):
    """The section, for the time from 23 November 2026 to a day."""

    def ask(to, today=None, first="2026-11-23"):
        asked = ("report", "coverage", "--from", first, "--to", to, "-f", "json")
        return retain(*asked, today=today or to).data["coverage"]

    return ask


def counts(section, grade, service):
    line = next(line for line in section["lines"] if (line["grade"], line["service"]) == (grade, service))
    return {key: line[key] for key in ("planned", "on_time", "late", "missed", "open", "suppressed") if line[key]}


def test_on_time_late_and_missed_visits_are_told_apart(retain, coverage):
    # Due on 23 November, 25 December, 5 February and 5 March.
    retain("log-visit", 1, today="2026-11-25")
    retain("log-visit", 1, today="2027-01-05")
    section = coverage("2027-03-10")
    assert counts(section, "A", "return visit") == {"planned": 3, "on_time": 1, "late": 1, "missed": 1, "open": 1}


def test_the_totals_are_the_sums_of_the_lines(retain, coverage):
    retain("log-visit", 1, today="2026-11-25")
    section = coverage("2027-11-23")
    for key in ("planned", "on_time", "late", "missed", "open", "suppressed"):
        assert section[key] == sum(line[key] for line in section["lines"])
    assert section["planned"] == section["on_time"] + section["late"] + section["missed"] + section["skipped"]
    assert section["served"]["numerator"] == section["on_time"] + section["late"]
    assert section["served"]["denominator"] == section["planned"]


def test_those_not_served_are_named_who_was_missed_most_first(retain, coverage):
    section = coverage("2027-12-31")
    named = [(one["grade"], one["service"], one["name"], one["missed"]) for one in section["not_served"]]
    assert ("A", "return visit", "Ann", 14) in named
    assert ("C", "birthday wish", "Di", 2) in named
    assert {name for _, service, name, _ in named if service == "return visit"} == {"Ann", "Bo", "Di", "Ed"}
    retain("log-visit", 4, "--on", "2027-12-24", today="2027-12-31")
    named = [(one["service"], one["name"], one["missed"]) for one in coverage("2027-12-31")["not_served"]]
    assert ("birthday wish", "Di", 1) in named
    table = retain("report", "coverage", "--from", "2026-11-23", today="2027-12-31").out
    assert "Not served, A return visit: Ann (14×)." in table


def test_who_asked_not_to_be_contacted_is_suppressed_and_neither_planned_nor_missed(coverage):
    section = coverage("2027-12-31")
    assert section["suppressed"] > 0
    assert "Cy" not in {one["name"] for one in section["not_served"]}
    # Bo is the other B: what is planned is his alone.
    visits = counts(section, "B", "return visit")
    assert visits["planned"] == visits["missed"]
    assert abs(visits["planned"] - visits["suppressed"]) <= 1


def test_a_period_holds_the_nominal_days_that_lie_in_it(coverage):
    whole = coverage("2027-12-31")
    halves = [coverage("2027-05-31", "2027-12-31"), coverage("2027-12-31", first="2027-06-01")]
    for key in ("planned", "on_time", "late", "missed", "open", "suppressed"):
        assert whole[key] == sum(half[key] for half in halves)


def test_a_visit_after_the_period_still_serves_an_occurrence_in_it(retain, coverage):
    retain("log-visit", 1, today="2026-11-23")
    retain("log-visit", 1, today="2027-01-10")
    assert counts(coverage("2026-12-31", "2027-02-01"), "A", "return visit") == {
        "planned": 2,
        "on_time": 1,
        "late": 1,
    }


def test_a_regrade_ends_one_plan_and_begins_another(retain, csv_file, coverage):
    """Ann is an A for two months that nobody used, then a B."""
    larger = csv_file("w.csv", "Customer ID,Date,Amount\n8,2027-01-20,90000\n9,2027-01-20,90000\n")
    retain("import", larger, today="2027-01-24")
    retain("classify", today="2027-01-24")
    assert retain("show", 1, "-f", "json", today="2027-01-24").data["customer"]["grade"] == "B"
    named = {
        (one["grade"], one["service"]): one["missed"]
        for one in coverage("2027-12-31")["not_served"]
        if one["name"] == "Ann"
    }
    # 23 November, December and January as an A; maintenance of an A was due once.
    assert named["A", "return visit"] == 3
    assert named["A", "maintenance"] == 1
    assert ("B", "return visit") in named
    assert ("A", "return visit") not in {
        (o["grade"], o["service"]) for o in coverage("2026-11-22", first="2026-01-01")["lines"]
    }


def test_a_gift_that_was_brought_is_on_time_and_a_visit_without_one_is_not(retain, csv_file, coverage):
    retain("import", csv_file("b.csv", "Customer ID,Birthday\n1,01-15\n"))
    retain("log-visit", 1, today="2027-01-15")
    assert counts(coverage("2027-01-31"), "A", "birthday gift") == {"planned": 1, "missed": 1}
    retain("log-visit", 1, "--service", "birthday gift", "--on", "2027-01-14", today="2027-01-15")
    assert counts(coverage("2027-01-31"), "A", "birthday gift") == {"planned": 1, "on_time": 1}


def test_birthdays_before_the_customer_had_a_grade_were_not_planned(coverage):
    lines = coverage("2026-12-31", first="2024-01-01")["lines"]
    wishes = [line for line in lines if line["service"] == "birthday wish"]
    assert sum(line["planned"] for line in wishes) == 1


def test_a_birthday_belongs_to_the_grade_of_its_day(retain, csv_file, coverage):
    """Ann's gift of 15 January was missed while she was an A; in July she is a B, and later nothing."""
    retain("import", csv_file("b.csv", "Customer ID,Birthday\n1,01-15\n"))
    retain("log-visit", 1, today="2027-01-15")
    before = coverage("2027-01-31")
    assert counts(before, "A", "birthday gift") == {"planned": 1, "missed": 1}
    larger = csv_file("w.csv", "Customer ID,Date,Amount\n8,2027-06-20,90000\n9,2027-06-20,90000\n")
    retain("import", larger, today="2027-07-01")
    retain("classify", today="2027-07-01")
    assert coverage("2027-01-31", "2027-07-02") == before
    retain("classify", today="2029-01-01")
    assert coverage("2027-01-31", "2029-01-02") == before


def test_nothing_planned_says_how_to_begin(retain, csv_file):
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-10-01,10\n"))
    assert "Nothing was planned in this period" in retain("report", "coverage").out


def named(section, service):
    return {one["name"] for one in section["not_served"] if one["service"] == service}


def test_what_was_skipped_is_planned_and_told_apart_from_missed(retain, coverage):
    assert "Ann" in named(coverage("2026-12-20"), "return visit")
    retain("skip", "Ann", "--reason", "on holiday", "--service", "return visit")
    section = coverage("2026-12-20")
    assert counts(section, "A", "return visit") == {"planned": 1}
    assert section["skipped"] == 1
    assert "Ann" not in named(section, "return visit")
    # The next month is not skipped with it.
    assert counts(coverage("2027-01-20"), "A", "return visit") == {"planned": 2, "missed": 1}


def test_a_skip_that_was_taken_back_is_none(retain, coverage):
    retain("skip", "Ann", "--reason", "on holiday", "--service", "return visit")
    retain("skip", "Ann", "--undo", "--service", "return visit")
    assert coverage("2026-12-20")["skipped"] == 0


def test_who_is_paused_is_suppressed_until_the_pause_is_over(retain, coverage):
    retain("pause", "Ann", "--until", "2027-01-10", "--reason", "abroad")
    section = coverage("2027-02-20")
    # Her days are 23 November, December and January.
    line = next(one for one in section["lines"] if (one["grade"], one["service"]) == ("A", "return visit"))
    assert (line["suppressed"], line["missed"]) == (2, 1)


def test_who_was_served_although_paused_was_served(retain, coverage):
    retain("pause", "Ann", "--until", "2027-01-10", "--reason", "abroad")
    retain("log-visit", "Ann")
    assert counts(coverage("2026-12-20"), "A", "return visit") == {"planned": 1, "on_time": 1}


def test_a_holiday_is_planned_from_the_day_its_line_was(retain, coverage):
    added = retain(
        "plan", "set", "A", "holiday greeting", "--anchor", "holiday", "--of", "New Year's Day", "--every", "1y"
    )
    assert added.code == 0, added.err
    section = coverage("2027-03-01", first="2025-12-01")
    assert counts(section, "A", "holiday greeting") == {"planned": 1, "missed": 1}
    retain("log-visit", "Ann", "--service", "holiday greeting", "--on", "2027-01-01", today="2027-01-02")
    assert counts(coverage("2027-03-01"), "A", "holiday greeting") == {"planned": 1, "on_time": 1}


def test_a_holiday_before_its_line_was_there_was_not_planned(retain, coverage):
    words = (
        "plan",
        "set",
        "A",
        "holiday greeting",
        "--anchor",
        "holiday",
        "--of",
        "New Year's Day",
        "--every",
        "1y",
    )
    assert retain(*words, today="2027-01-10").code == 0
    assert counts_of(coverage("2027-03-01"), "holiday greeting") == []
    assert counts_of(coverage("2028-03-01"), "holiday greeting") == [1]


def counts_of(section, service):
    return [line["missed"] for line in section["lines"] if line["service"] == service]


def test_a_line_that_was_removed_had_planned_something_until_then(retain, coverage):
    before = counts(coverage("2027-03-10"), "A", "return visit")
    assert before == {"planned": 4, "missed": 4}
    retain("plan", "remove", "A", "return visit", "--yes", today="2027-01-15")
    assert counts(coverage("2027-03-10"), "A", "return visit") == {"planned": 2, "missed": 2}


def test_staff_answer_for_their_own_customers(retain, coverage):
    retain("staff", "add", "Li")
    retain("staff", "assign", "Ann", "--to", "Li")
    staff = {one["staff"]: one for one in coverage("2027-01-20")["staff"]}
    lines = coverage("2027-01-20")["lines"]
    assert staff["Li"]["missed"] == sum(one["missed"] for one in lines if one["grade"] == "A")
    assert staff["nobody's own"]["missed"] == sum(one["missed"] for one in lines if one["grade"] != "A")
    only = retain("report", "coverage", "--from", "2026-11-23", "--staff", "li", "-f", "json", today="2027-01-20")
    assert {one["name"] for one in only.data["coverage"]["not_served"]} == {"Ann"}


def test_names_are_all_there_where_they_are_asked_for(retain, csv_file):
    people = "".join(f"{n},2026-11-01,100\n" for n in range(1, 26))
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n" + people))
    retain("classify")
    few = retain("report", "coverage", "--from", "2026-11-23", today="2027-03-01").out
    every = retain("report", "coverage", "--from", "2026-11-23", "--names", today="2027-03-01").out
    assert "and 15 more (--names)" in few
    assert "more (--names)" not in every


def test_a_skip_is_planned_and_not_served_and_told_apart_from_missed(retain, coverage):
    retain("skip", 1, "--service", "return visit", "--reason", "abroad", today="2026-11-25")
    section = coverage("2026-12-31", today="2027-02-20")
    assert counts(section, "A", "return visit") == {"planned": 2, "missed": 1}
    line = next(line for line in section["lines"] if (line["grade"], line["service"]) == ("A", "return visit"))
    assert line["skipped"] == section["skipped"] == 1
    assert (line["served"]["numerator"], line["served"]["denominator"]) == (0, 2)
    retain("skip", 1, "--undo")
    assert coverage("2026-12-31", today="2027-02-20")["skipped"] == 0


def test_a_visit_after_a_skip_does_not_make_the_skipped_one_served(retain, coverage):
    retain("skip", 1, "--service", "return visit", "--reason", "abroad", today="2026-11-25")
    retain("log-visit", 1, today="2026-12-15")
    line = next(line for line in coverage("2026-12-31")["lines"] if line["service"] == "return visit")
    assert (line["grade"], line["skipped"], line["late"], line["missed"]) == ("A", 1, 0, 0)


def test_who_was_paused_was_not_missed(retain, coverage):
    # Due on 23 November, December, January and February; paused over the second and the third.
    retain("pause", 1, "--until", "2027-02-01", today="2026-12-20")
    section = coverage("2027-02-28", today="2027-04-15")
    assert counts(section, "A", "return visit") == {"planned": 2, "missed": 2, "suppressed": 2}


def test_a_pause_that_was_ended_counts_until_then(retain, coverage):
    retain("pause", 1, "--until", "2027-12-01", today="2026-12-20")
    retain("pause", 1, "--resume", today="2027-01-10")
    section = coverage("2027-02-28", today="2027-04-15")
    assert counts(section, "A", "return visit") == {"planned": 3, "missed": 3, "suppressed": 1}


@pytest.mark.parametrize("option", ["--never", "--deceased", "--inactive"])
def test_what_was_missed_before_somebody_was_left_alone_stays_missed(retain, coverage, option):
    retain("contact", 1, option, today="2027-01-10")
    section = coverage("2027-02-28", today="2027-04-15")
    assert counts(section, "A", "return visit") == {"planned": 2, "missed": 2, "suppressed": 2}


def test_one_way_that_is_refused_leaves_the_rest_planned(retain, coverage):
    before = coverage("2027-02-28", today="2027-04-15")
    retain("contact", 1, "--never", "--channel", "mail")
    assert coverage("2027-02-28", today="2027-04-15") == before


def test_a_day_off_moves_the_end_of_the_grace_and_no_other_day(retain, coverage):
    # 23 January 2027 is a Saturday. With a week that ends on Friday it is moved to Monday the 25th; grace 7 days.
    retain("policy", "set", "work_days", "mon,tue,wed,thu,fri")
    retain("log-visit", 1)
    retain("log-visit", 1, today="2026-12-23")
    retain("log-visit", 1, today="2027-02-01")
    section = coverage("2027-01-31", today="2027-02-10")
    line = next(line for line in section["lines"] if (line["grade"], line["service"]) == ("A", "return visit"))
    assert (line["on_time"], line["late"], line["missed"]) == (3, 0, 0)


def test_what_is_planned_counts_for_the_owner_and_what_is_done_for_whoever_did_it(retain, coverage):
    for name in ("Wang", "Li"):
        retain("staff", "add", name)
    retain("staff", "assign", 1, "--to", "Wang")
    retain("log-visit", 1, "--staff", "Li", today="2026-11-23")
    retain("log-visit", 1, "--staff", "Wang", today="2026-12-23")
    section = coverage("2026-12-31")
    by = {one["staff"]: one for one in section["staff"]}
    assert (by["Wang"]["on_time"], by["Wang"]["by_others"], by["Wang"]["for_others"]) == (2, 1, 0)
    assert (by["Li"]["planned"], by["Li"]["by_others"], by["Li"]["for_others"]) == (0, 0, 1)
    assert sum(one["planned"] for one in section["staff"]) == section["planned"]
    shown = retain("report", "coverage", "--from", "2026-11-23", "--to", "2026-12-31", today="2026-12-31").out
    assert "By the owner of the customers" in shown


@pytest.mark.parametrize(
    ("visited_on", "today", "state"),
    [
        (None, "2027-06-09", "open"),
        (None, "2027-06-13", "open"),
        (None, "2027-06-14", "missed"),
        ("2027-06-02", "2027-06-14", "missed"),
        ("2027-06-03", "2027-06-14", "on_time"),
        ("2027-06-13", "2027-06-14", "on_time"),
        ("2027-06-14", "2027-06-14", "missed"),
        ("2026-06-10", "2027-06-14", "missed"),
    ],
)
def test_a_wish_is_on_time_between_its_lead_and_its_grace_and_else_missed(
    retain, csv_file, coverage, visited_on, today, state
):
    """The gift of an A is for 10 June 2027, a Thursday; shown a week before, lapsing after three days."""
    retain("import", csv_file("b.csv", "Customer ID,Birthday\n1,06-10\n"))
    words = ("A", "birthday gift", "--anchor", "birthday", "--every", "1y", "--lead", "7d", "--grace", "3d")
    assert retain("plan", "set", *words).code == 0
    if visited_on:
        assert retain("log-visit", 1, "--service", "birthday gift", "--on", visited_on, today=today).code == 0
    section = coverage("2027-06-30", today=today, first="2027-06-01")
    planned = {"planned": 1} if state != "open" else {}
    assert counts(section, "A", "birthday gift") == {**planned, state: 1}
