"""After-sales."""


def test_days_to_resolve_are_of_those_resolved_and_in_time_is_by_the_promised_day(done, ask, rate):
    # Promised within 2 days (complaint), 7 (repair) and 3 (question).
    for kind in ("complaint", "complaint", "repair", "repair", "question"):
        done("ticket", "open", 1, kind, "it squeaks", "--owner", "Li")
    done("ticket", "resolve", 1, "oiled", today="2026-11-25")
    done("ticket", "resolve", 2, "oiled", today="2026-11-27")
    done("ticket", "resolve", 3, "oiled", today="2026-11-23")
    done("ticket", "rate", 1, 5, today="2026-11-26")
    done("ticket", "rate", 2, 2, today="2026-11-28")
    section = ask("tickets", today="2026-11-27")
    assert (section["opened"], section["resolved"]) == (5, rate(3, 5))
    # 2, 4 and 0 days; the repair and question that are open: one until the 30th, one was promised for the 26th.
    assert (section["median_days"], section["longest_days"]) == (2.0, 4)
    assert section["in_time"] == rate(2, 4)
    assert (section["mean_rating"], section["ratings"]) == (3.5, 2)
    assert {one["kind"]: one["opened"] for one in section["kinds"]} == {"complaint": 2, "question": 1, "repair": 2}
    assert ask("tickets", to="2026-11-22")["opened"] == 0
