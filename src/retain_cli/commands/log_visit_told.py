"""What was said of a contact on the command line, read and checked before anything is written."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from retain_cli.dates.spoken import Said


class Told(NamedTuple):
    """What was said of a contact on the command line; None and nothing where it was not said."""

    channel: str | None
    outcome: str | None
    services: list[str] | None
    satisfaction: int | None
    ratings: dict[str, int]
    """The score of each question that was asked."""
    note: str | None
    cost: str | None
    minutes: int | None
    next_on: "date | None"
    staff: str | None
    needs: list[str]
    promises: "list[Said]"
    gifts: list[str]


def understood(
    visited_on: "date",
    *,
    channel: str | None,
    outcome: str | None,
    service: list[str] | None,
    sat: int | None,
    rate: list[str] | None,
    note: str | None,
    cost: str | None,
    minutes: int | None,
    next_day: str | None,
    staff: str | None,
    need: list[str] | None,
    promise: list[str] | None,
    gift: list[str] | None,
) -> Told:
    """What the words on the command line say of a contact on that day; WrongUse where they make no sense."""
    from retain_cli.commands.parameters import day_option, promise_option, word_option
    from retain_cli.errors import WrongUse
    from retain_cli.importing import cells
    from retain_cli.model.words import CHANNELS, OUTCOMES
    from retain_cli.record.rating import said_ratings

    next_on = day_option(next_day, visited_on, "--next") if next_day else None
    if next_on is not None and next_on <= visited_on:
        raise WrongUse(f"--next {next_on} is not after the visit", "Name a later day.")
    try:
        words = cells.text(note) if note else note
    except ValueError as problem:
        raise WrongUse(f"--note {problem}", "Write it on one line.") from problem
    return Told(
        word_option(channel, CHANNELS, "--channel") if channel else None,
        word_option(outcome, OUTCOMES, "--outcome") if outcome else None,
        service,
        sat,
        said_ratings(rate or []),
        words,
        cost,
        minutes,
        next_on,
        staff,
        need or [],
        [promise_option(words, visited_on, "--promise") for words in promise or []],
        gift or [],
    )
