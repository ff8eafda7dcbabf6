"""What a line of the plan may say: checked the same from the command line and from a file."""

from typing import NamedTuple

from retain_cli.dates.recurrence import interval
from retain_cli.model.grade import GRADES, NONE_YET
from retain_cli.model.words import CHANNELS

ANCHORS = ("last-done", "purchase", "birthday", "anniversary", "holiday")
SETTLED_BY = ("any visit", "itself")
MOVES = ("before", "after")
LONGEST_LEAD, LONGEST_GRACE = 31, 366
MOST_MINUTES = 1440


class Terms(NamedTuple):
    """One line: `cost` in minor units, None for the service's usual one."""

    service: str
    every: str = "1y"
    anchor: str = "last-done"
    of: str = ""
    after: str | None = None
    lead_days: int = 0
    grace_days: int = 7
    channel: str = "visit"
    cost: int | None = None
    minutes: int | None = None


class Unfit(ValueError):
    """A term that does not fit: which, and why."""

    def __init__(self, key: str, why: str, hint: str = "") -> None:
        super().__init__(f"{key} {why}")
        self.key, self.why, self.hint = key, why, hint


def check_terms(terms: Terms, grade: str | None) -> None:
    """Unfit where a line cannot be followed; `grade` is None for a customer's own line."""
    if grade is not None and grade not in (*GRADES, NONE_YET):
        raise Unfit("grade", f"{grade!r} is not known", f"Choose one of {', '.join((*GRADES, NONE_YET))}.")
    if terms.anchor not in ANCHORS:
        raise Unfit("anchor", f"{terms.anchor!r} is not known", f"Choose one of {', '.join(ANCHORS)}.")
    if terms.channel not in CHANNELS:
        raise Unfit("channel", f"{terms.channel!r} is not known", f"Choose one of {', '.join(CHANNELS)}.")
    _check_every(terms, grade)
    if terms.after is not None:
        if terms.anchor != "purchase":
            raise Unfit("after", "is for services that are counted from a purchase", "Add the anchor purchase.")
        _check_interval("after", terms.after)
    for key, value, most in (
        ("lead", terms.lead_days, LONGEST_LEAD),
        ("grace", terms.grace_days, LONGEST_GRACE),
        ("minutes", terms.minutes or 0, MOST_MINUTES),
    ):
        if not 0 <= value <= most:
            raise Unfit(key, f"{value} is not between 0 and {most}")
    if terms.anchor == "holiday" and not terms.of:
        raise Unfit("of", "is missing: which holiday", "Name it, such as 'Spring Festival' or 'CN:Mid-Autumn'.")
    if terms.of and terms.anchor in ("last-done", "birthday"):
        raise Unfit("of", f"means nothing with the anchor {terms.anchor}", "Leave it out.")
    if grade == NONE_YET and (
        terms.anchor == "last-done" or (terms.anchor == "purchase" and terms.every != "once")
    ):
        raise Unfit(
            "anchor",
            f"{terms.anchor} is for customers with a grade",
            "Put one without a grade on a plan of their own with --customer.",
        )


def _check_every(terms: Terms, grade: str | None) -> None:
    if terms.every == "never":
        if grade is not None:
            raise Unfit(
                "every", "'never' is for one customer", "Take it out of the grade with: retain plan remove."
            )
    elif terms.every == "once":
        if terms.anchor != "purchase":
            raise Unfit("every", "'once' is for services that are counted from a purchase")
        if terms.after is None:
            raise Unfit("after", "is missing: how long after the purchase", "Write 3d, 30d or 2y.")
    else:
        _check_interval("every", terms.every)
        yearly = interval(terms.every).months == 12
        if terms.anchor in ("birthday", "anniversary", "holiday") and not yearly:
            raise Unfit(
                "every", f"{terms.every!r} does not go with a day of the year", "Leave it out, or write 1y."
            )


def _check_interval(key: str, written: str) -> None:
    try:
        interval(written)
    except ValueError:
        raise Unfit(key, f"{written!r} is not an interval", "Write it like 10d, 2w, 6m or 1y.") from None
