"""Who took our services."""


def test_took_it_declined_not_reached_and_never_got_it_are_told_apart(done, ask, rate):
    # Ann had it, Bo said no and then yes, Cy said yes and then no, Di was not reached, Ed was never asked.
    done("log-visit", 1, "--service", "maintenance")
    for customer, answer in (
        (2, "declined"),
        (2, "accepted"),
        (3, "accepted"),
        (3, "declined"),
        (4, "not-reached"),
    ):
        done("offer", "add", customer, "maintenance", answer)
    done("offer", "add", 5, "maintenance", "declined", "--on", "2026-10-31")
    assert [one["name"] for one in ask("acceptance", "--names")["declined"]] == ["Cy"]
    (one,) = ask("acceptance")["services"]
    assert one == {
        "service": "maintenance",
        "customers": 5,
        "took": rate(2, 5),
        "declined": 1,
        "not_reached": 1,
        "never": 1,
        "accepted": rate(1, 2),
    }


def test_why_they_declined_is_counted_and_who_it_was_is_named(done, ask):
    for customer in (3, 4):
        done("offer", "add", customer, "maintenance", "declined", "--because", "does it himself")
    done("offer", "add", 5, "maintenance", "declined")
    section = ask("acceptance", "--names")
    assert {(one["because"], one["customers"]) for one in section["declined_because"]} == {
        ("does it himself", 2), (None, 1)
    }  # fmt: skip
    assert {one["name"] for one in section["declined"]} == {"Cy", "Di", "Ed"}
    assert "declined" not in ask("acceptance")


def test_a_visit_that_reached_nobody_rendered_nothing(done, ask):
    done("log-visit", 1, "--service", "maintenance", "--outcome", "not-reached")
    assert ask("acceptance")["services"] == []
