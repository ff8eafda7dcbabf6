"""The channel a customer prefers is the one the list names, where the service can be done so."""

import pytest

CALLED_ON = "2027-06-01"


@pytest.fixture
def ways(retain, csv_file):
    """One A customer with everything due who is to be called as agreed; the channel of each service on a day."""
    assert retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n1,2026-10-01,100\n")).code == 0
    assert retain("classify").code == 0
    assert retain("log-visit", 1, "--channel", "call", "--next", "2027-05-31").code == 0

    def listed(*options, today=CALLED_ON):
        lines = retain("due", "-f", "json", *options, today=today).data
        return {one["service"]: one["channel"] for line in lines for one in line["reasons"]}

    return listed


def test_without_a_preference_each_is_done_as_it_is_planned(ways):
    found = ways()
    # The plan of the trade: an A is visited, and maintenance is done on site.
    assert (found["return visit"], found["maintenance"], found["follow-up"]) == ("visit", "visit", "call")


def test_the_preferred_one_is_named_where_the_service_can_be_done_so(retain, ways):
    assert retain("preference", "add", 1, "channel", "call").code == 0
    # Others than A have their return visit by call; nobody has maintenance otherwise than on site.
    found = ways()
    assert (found["return visit"], found["maintenance"]) == ("call", "visit")
    assert retain("preference", "add", 1, "channel", "message").code == 0
    found = ways()
    assert (found["return visit"], found["maintenance"], found["follow-up"]) == ("visit", "visit", "message")


def test_the_list_of_a_channel_goes_by_it(retain, ways):
    assert ways("--channel", "message") == {}
    retain("preference", "add", 1, "channel", "message")
    assert ways("--channel", "message")["follow-up"] == "message"


def test_it_counts_until_it_is_dropped_and_other_preferences_never_do(retain, ways):
    retain("preference", "add", 1, "likes", "message")
    assert ways()["follow-up"] == "call"
    number = retain("preference", "add", 1, "channel", "message", "-f", "json").data["id"]
    assert ways()["follow-up"] == "message"
    retain("preference", "drop", number, today=CALLED_ON)
    assert ways()["follow-up"] == "call"


def test_a_refused_channel_is_refused_although_it_was_preferred(retain, ways):
    retain("preference", "add", 1, "channel", "message")
    retain("contact", 1, "--never", "--channel", "message")
    assert ways()["follow-up"] not in ("message", None)
