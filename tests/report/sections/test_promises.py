"""Our word."""


def test_kept_late_broken_and_past_their_day_are_told_apart_by_owner(done, ask, rate):
    for customer, day, owner in ((1, 25, "Li"), (2, 25, "Li"), (3, 25, "Zhao"), (4, 25, "Li"), (5, 26, "Li")):
        done("promise", "add", customer, f"quote by 2026-11-{day}", "--owner", owner)
    done("promise", "add", 1, "party by 2027-01-05", "--on", "2026-11-24", today="2026-11-24")
    done("promise", "keep", 1, today="2026-11-25")
    done("promise", "keep", 2, "--made-good", "cake", today="2026-11-26")
    done("promise", "break", 3, today="2026-11-26")
    section = ask("promises")
    found = {key: section[key] for key in ("kept", "late", "broken", "overdue", "waiting", "made_good")}
    # Two are still open on 31 December; the one for January is of no day in the period.
    assert found == {"kept": 1, "late": 1, "broken": 1, "overdue": 2, "waiting": 0, "made_good": 1}
    assert section["kept_rate"] == rate(1, 5)
    assert {one["owner"]: one["kept_rate"] for one in section["owners"]} == {"Li": rate(1, 4), "Zhao": rate(0, 1)}


def test_what_was_kept_in_time_has_nothing_to_make_good(done, ask):
    done("promise", "add", 1, "quote by 2026-11-25")
    done("promise", "keep", 1, "--made-good", "cake all the same", today="2026-11-25")
    assert (ask("promises")["kept"], ask("promises")["made_good"]) == (1, 0)


def test_what_is_still_to_come_is_neither_kept_nor_not(done, ask, rate):
    done("promise", "add", 1, "quote by 2026-11-25")
    section = ask("promises", today="2026-11-25")
    assert (section["waiting"], section["kept_rate"]) == (1, rate(0, 0))
    assert ask("promises", today="2026-11-26")["overdue"] == 1
