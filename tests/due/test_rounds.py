"""`retain agenda -f ics`: each day's round as an entry of a calendar."""

import icalendar
import pytest

ORDERS = "Customer,Date,Amount\nK1,2026-03-02,900\nK2,2026-04-10,500\nK3,2026-05-05,100\nK4,2026-05-06,80\n"
PEOPLE = """\
Customer ID,Name,Phone,Area,Address,Birthday,DNC
K1,Wang Fang,13800138001,Pudong,Century Avenue 1,1980-11-25,
K2,Li Lei,13800138002,Minhang,Elm Road 9,1990-11-28,
K3,王小红,13800138003,Pudong,,,
K4,Nobody Please,13800138004,Pudong,,1990-11-25,yes
"""


@pytest.fixture(autouse=True)
def _shop(retain, csv_file):
    """Four customers since the first of June, one of whom is not to be contacted."""
    retain("import", csv_file("p.csv", PEOPLE), csv_file("o.csv", ORDERS), today="2026-06-01")
    retain("classify", today="2026-06-01")


def events(retain, *argv, **how):
    answer = retain("agenda", *argv, "-f", "ics", **how)
    assert answer.code == 0, answer.err
    found = icalendar.Calendar.from_ical(answer.out).walk("VEVENT")
    assert len({str(event["UID"]) for event in found}) == len(found)
    return {event.decoded("DTSTART").isoformat(): event for event in found}


def test_the_days_with_something_to_do_are_those_of_the_agenda_with_their_customers_and_hours(retain):
    days = retain("agenda", "--days", "60", "-f", "json").data
    found = events(retain, "--days", "60")
    assert list(found) == [day["day"] for day in days if day["customers"]]
    for day in days:
        if day["customers"]:
            said = str(found[day["day"]]["SUMMARY"])
            noun = "customer" if day["customers"] == 1 else "customers"
            assert said.startswith(f"{day['customers']} {noun}, {day['minutes'] / 60:.1f} h")
            named = [line for line in str(found[day["day"]]["DESCRIPTION"]).splitlines() if line[0] != " "]
            assert len(named) == day["customers"]


def test_a_day_is_all_day_takes_no_time_and_names_everybody_the_best_first_with_how_to_reach_them(retain):
    today = events(retain)["2026-11-23"]
    assert today["DTSTART"].params["VALUE"] == "DATE"
    assert (today.decoded("DTEND") - today.decoded("DTSTART")).days == 1
    assert today["TRANSP"] == "TRANSPARENT"
    words = str(today["DESCRIPTION"]).splitlines()
    assert [line.partition(" (")[0] for line in words[::2]] == ["Wang Fang", "Li Lei", "王小红"]
    assert "return visit" in words[0]
    assert words[1] == "  +8613800138001, Century Avenue 1"
    assert str(today["LOCATION"]) == "Pudong, Minhang"


def test_who_is_not_to_be_contacted_is_in_no_entry(retain):
    assert all("Please" not in str(event["DESCRIPTION"]) for event in events(retain, "--days", "366").values())


def test_a_day_keeps_its_name_from_one_export_to_the_next(retain):
    before, after = events(retain), events(retain, today="2026-11-24")
    both = set(before) & set(after)
    assert len(both) >= 2
    assert all(before[day]["UID"] == after[day]["UID"] for day in both)
    # Whether a day's round got shorter or not, it is still that day's.
    retain("log-visit", "K1", today="2026-11-24")
    later = events(retain, today="2026-11-24")
    assert all(later[day]["UID"] == after[day]["UID"] for day in set(later) & set(after))


def test_a_day_that_asks_for_more_than_there_is_room_for_says_so(retain):
    assert "room" not in str(events(retain)["2026-11-23"]["SUMMARY"])
    retain("policy", "set", "daily_capacity", "2")
    assert str(events(retain)["2026-11-23"]["SUMMARY"]).endswith(", room for 2")


def test_a_day_with_very_many_names_the_best_and_counts_the_rest(retain, csv_file):
    orders = "".join(f"N{n},2026-03-01,{1000 - n}\n" for n in range(100))
    retain("import", csv_file("n.csv", "Customer,Date,Amount\n" + orders), today="2026-06-01")
    retain("classify", today="2026-06-01")
    words = str(events(retain)["2026-11-23"]["DESCRIPTION"]).splitlines()
    assert [line.partition(" ")[0] for line in words if line[0] == "N"] == [f"N{n}" for n in range(60)]
    assert words[-1] == "and 43 more"


def test_two_exports_of_the_same_day_are_the_same_bytes(retain):
    assert retain("agenda", "-f", "ics").out == retain("agenda", "-f", "ics").out


def test_who_is_paused_or_put_off_comes_on_the_day_they_were_put_off_to(retain):
    assert "Wang Fang" in str(events(retain)["2026-11-23"]["DESCRIPTION"])
    retain("pause", "K1", "--until", "2026-12-15")
    retain("snooze", "K2", "--until", "2026-12-08")
    found = events(retain, "--days", "60")
    named = {day: str(event["DESCRIPTION"]) for day, event in found.items()}
    assert min(day for day, words in named.items() if "Wang Fang" in words) == "2026-12-15"
    assert "Li Lei" not in named["2026-11-23"]
    assert "Li Lei" in named["2026-12-08"]
    (first, *_) = retain("agenda", "--days", "60", "-f", "json").data
    assert first["customers"] == 1


def test_who_was_contacted_often_enough_is_on_the_round_of_the_day_on_which_that_is_over(retain):
    """Two contacts in ten days are enough for an A: those of 16 and 20 November let the next be on the 26th."""
    for name, value in (("touches_a", "2"), ("touch_days", "10"), ("service_calls", "repair")):
        assert retain("policy", "set", name, value).code == 0
    assert "Wang Fang" in str(events(retain)["2026-11-23"]["DESCRIPTION"])
    for day in ("2026-11-16", "2026-11-20"):
        assert retain("log-visit", "K1", "--on", day).code == 0
    listed = [day for day, event in events(retain).items() if "Wang Fang" in str(event["DESCRIPTION"])]
    assert min(listed) == "2026-11-26"
    due = {
        day: {one["customer"]["external_id"] for one in retain("due", "-f", "json", today=day).data}
        for day in ("2026-11-23", "2026-11-25", "2026-11-26")
    }
    assert [day for day, found in due.items() if "K1" in found] == ["2026-11-26"]


def test_whoever_goes_there_for_a_promise_settles_what_else_waits(retain):
    for name, value in (("touches_a", "1"), ("touch_days", "10"), ("service_calls", "repair")):
        retain("policy", "set", name, value)
    retain("log-visit", "K1", "--on", "2026-11-20")
    retain("promise", "add", "K1", "samples by 2026-11-24", today="2026-11-23")
    listed = [day for day, event in events(retain).items() if "Wang Fang" in str(event["DESCRIPTION"])]
    assert min(listed) == "2026-11-24"


def test_a_service_call_is_never_one_too_many(retain):
    for name, value in (("touches_a", "1"), ("touch_days", "10")):
        retain("policy", "set", name, value)
    retain("log-visit", "K1", "--on", "2026-11-20")
    assert "maintenance" in str(events(retain)["2026-11-23"]["DESCRIPTION"])
