"""A day as a number in SQL, for how many days lie between two: each database has other words for that."""


def day_number(day: str) -> str:
    """The Julian day number of an ISO day, as SQL over the expression `day`; null where that is null.

    Fliegel and Van Flandern, "A machine algorithm for processing calendar dates", Communications of the ACM 11
    (1968), 657; divisions of whole numbers cut towards zero, as SQLite and PostgreSQL do.
    """
    year, month, day_of_month = (
        f"cast(substr({day}, {start}, {length}) as integer)" for start, length in ((1, 4), (6, 2), (9, 2))
    )
    # Minus one in January and February, which end the year before.
    before_march = f"(({month} - 14) / 12)"
    return (
        f"({day_of_month} - 32075 + 1461 * ({year} + 4800 + {before_march}) / 4"
        f" + 367 * ({month} - 2 - {before_march} * 12) / 12"
        f" - 3 * (({year} + 4900 + {before_march}) / 100) / 4)"
    )
