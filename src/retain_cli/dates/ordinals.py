"""Days as numbers, for whoever counts the days between hundreds of thousands of them."""

from datetime import date


class Ordinals(dict[str, int]):
    """The proleptic ordinal of each ISO day; a shop has few different ones, so each is worked out once."""

    def __missing__(self, day: str) -> int:
        self[day] = date.fromisoformat(day).toordinal()
        return self[day]


class IsoDays(dict[int, str]):
    """The other way round: the ISO day of each ordinal; OverflowError or ValueError beyond the calendar."""

    def __missing__(self, ordinal: int) -> str:
        self[ordinal] = date.fromordinal(ordinal).isoformat()
        return self[ordinal]
