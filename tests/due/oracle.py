"""Who is due, as the rules say it in words: loops over plain values, without index, table or the program's code."""

from calendar import isleap
from datetime import date, timedelta

DAY = timedelta(days=1)
PLAN = {
    # The default plan: service, months between two, days of grace, the way, and where a day off sends it.
    "A": [("return visit", 1, 7, "visit", +1), ("maintenance", 6, 30, "visit", -1),
          ("senior visit", 12, 30, "visit", +1)],
    "B": [("return visit", 3, 14, "call", +1), ("maintenance", 12, 30, "visit", -1)],
    "C": [("return visit", 6, 30, "call", +1)],
}  # fmt: skip
BIRTHDAY = {
    "A": ("birthday gift", 7, "visit"),
    "B": ("birthday wish", 0, "call"),
    "C": ("birthday wish", 0, "message"),
}
"""The service, how many days before it shows, and the way; three days after, it lapses."""
WAYS = {"return visit": ["visit", "call"], "birthday wish": ["call", "message"], "maintenance": ["visit"],
        "senior visit": ["visit"], "birthday gift": ["visit"]}  # fmt: skip
"""In which ways the plan does a service; what is not on the plan is done by visit, call, message or mail."""
GIFT_LEAD = 14
"""How many days before its day a gift has to be bought."""
SERVICE_CALLS = {"maintenance", "follow-up", "promise"}
"""What customers expect, which is never a contact too many."""


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    lengths = [31, 29 if isleap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return date(year, month + 1, min(day.day, lengths[month]))


def moved(shop: dict, day: date, step: int) -> date:
    """The nearest day of work before or after."""
    while day.weekday() == 6 or day in shop["days_off"]:
        day += DAY * step
    return day


def due_to(shop: dict, who: dict, today: date, last: date) -> list[dict]:
    """All that is due to one customer within the days looked at, whether or not they may be contacted."""
    due, reached = [], [visit for visit in who["visits"] if visit["reached"]]
    for service, months, grace, way, step in PLAN.get(who["grade"], []):
        # Any visit resets the return visit; everything else is only reset by itself.
        days = [v["day"] for v in reached if service == "return visit" or service in v["services"]]
        first = who["first"][service]
        counted, nth = first, 0
        if days and (max(days) >= who["since"] or months_after(max(days), months) > first):
            counted, nth = max(days), 1
        skipped = [d["through"] for d in who["decisions"] if d["kind"] == "skip" and d["service"] == service]
        nominal = months_after(counted, months * nth)
        for through in sorted(skipped):
            while nominal <= through:
                nth += 1
                nominal = months_after(counted, months * nth)
        planned = moved(shop, nominal, step)
        if planned <= last:
            missed = 0
            while months_after(counted, months * (nth + missed + 1)) <= today:
                missed += 1
            late = max((today - max(nominal, planned)).days, 0)
            due.append(_due(service, nominal, late, way, missed=missed, is_late=late > grace, again=True))
    for year in range(today.year - 1, last.year + 2) if who["grade"] and who["birthday"] else ():
        month, day = who["birthday"]
        if (month, day) == (2, 29) and not isleap(year):
            month, day = (3, 1) if shop["leap_day_on_1_march"] else (2, 28)
        on, (service, lead, way) = date(year, month, day), BIRTHDAY[who["grade"]]
        planned = moved(shop, on, -1)
        lapses = on + DAY * 3
        settled = any(
            planned - DAY * lead <= v["day"] <= lapses and (service == "birthday wish" or service in v["services"])
            for v in reached
        )
        if planned - DAY * lead <= last and today <= lapses and not settled:
            due.append(_due(service, on, max((today - on).days, 0), way, is_late=False))
    for n, visit in enumerate(who["visits"]):
        later = any(v["reached"] and (v["day"], m) > (visit["day"], n) for m, v in enumerate(who["visits"]))
        if visit["next"] and visit["next"] <= last and not later:
            late = max((today - visit["next"]).days, 0)
            due.append(_due("follow-up", visit["next"], late, visit["way"], is_late=late > 0))
    for promise in who["promises"]:
        if promise["open"] and promise["on"] <= last:
            late = max((today - promise["on"]).days, 0)
            due.append(_due("promise", promise["on"], late, "call", is_late=late > 0))
    for gift in who["gifts"]:
        if gift["idea"] and gift["for"] and gift["for"] - DAY * GIFT_LEAD <= last:
            late = max((today - gift["for"]).days, 0)
            due.append(_due("gift to buy", gift["for"], late, "visit", is_late=late > 0))
    return [one for one in due if one["again"] or not any(
        d["kind"] == "skip" and (d["service"], d["on"]) == (one["service"], one["on"]) for d in who["decisions"]
    )]  # fmt: skip


def _due(
    service: str, on: date, late: int, way: str, *, is_late: bool, missed: int = 0, again: bool = False
) -> dict:
    return {"service": service, "on": on, "late": late, "missed": missed, "is_late": is_late, "way": way,
            "again": again}  # fmt: skip


def listed(shop: dict, who: dict, today: date, last: date) -> tuple[list[dict], list[dict]]:
    """What of it is on the list, and what is left out because the customer is not to be contacted."""
    waiting = [d for d in who["decisions"] if d["kind"] == "snooze" and d["until"] > last]
    due = [
        one
        for one in due_to(shop, who, today, last)
        if not any(
            d["service"] == one["service"] and (one["on"] <= d["through"] if one["again"] else one["on"] == d["on"])
            for d in waiting
        )
    ]
    kinds = [d for d in who["decisions"] if d["kind"] not in ("skip", "snooze")]
    if who["left_alone"] or any(
        d["kind"] in ("inactive", "deceased")
        or (d["kind"] == "never" and not d["channel"])
        or (d["kind"] == "pause" and d["until"] > last)
        for d in kinds
    ):
        return [], due
    touches = [
        v for v in who["visits"]
        if v["reached"] and "maintenance" not in v["services"]
        and last - DAY * shop["touch_days"] < v["day"] <= last
    ]  # fmt: skip
    enough = shop["touches"][who["grade"]]
    if enough and len(touches) >= enough and not any(one["service"] in SERVICE_CALLS for one in due):
        return [], due
    refused = {d["channel"] for d in kinds if d["kind"] == "never"}
    shown, left_out = [], []
    for one in due:
        ways = [one["way"], *WAYS.get(one["service"], ["visit", "call", "message", "mail"])]
        possible = [way for way in ways if way not in refused]
        (shown if possible else left_out).append({**one, "way": possible[0] if possible else one["way"]})
    return shown, left_out
