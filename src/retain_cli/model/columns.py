"""Column rules that several tables share, said once."""

from sqlalchemy import CheckConstraint

from retain_cli.model.grade import GRADES


def is_day(column: str) -> CheckConstraint:
    """The column is absent or a day written `YYYY-MM-DD`, in a year of four digits."""
    return CheckConstraint(
        f"{column} is null or {column} between '1000-01-01' and '9999-12-31'",
        name=f"{column}_is_day",
    )


def is_one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """The column is absent or one of the words."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} is null or {column} in ({words})", name=f"{column}_is_known")


def is_grade(column: str) -> CheckConstraint:
    """The column is absent or a grade."""
    # A grading writes a row for everybody; SQLite makes the list of an `in` anew for each of them.
    letters = " or ".join(f"{column} = '{grade}'" for grade in GRADES)
    return CheckConstraint(f"{column} is null or {letters}", name=f"{column}_is_known")


def is_between(column: str, lowest: int, highest: int) -> CheckConstraint:
    """The column is absent or a number within the borders."""
    return CheckConstraint(
        f"{column} is null or {column} between {lowest} and {highest}", name=f"{column}_in_range"
    )
