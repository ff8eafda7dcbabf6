"""Cells into values; a ValueError says in words what is wrong with one."""

from retain_cli.importing.cells.birthdays import birthday
from retain_cli.importing.cells.days import DATE_ORDERS, day
from retain_cli.importing.cells.money import (
    DECIMAL_SIGNS,
    amount,
    amount_reader,
    amounts_reader,
    currency,
    minor_units_of,
    quantity,
)
from retain_cli.importing.cells.phones import phone
from retain_cli.importing.cells.secret import FEWEST_WITHHELD, holds_card, holds_identity
from retain_cli.importing.cells.words import (
    BLANK_WORDS,
    LONGEST_NAME,
    LONGEST_TEXT,
    Remembered,
    email,
    flag,
    minutes,
    name,
    number_or_text,
    one_of,
    score,
    text,
)

__all__ = [
    "BLANK_WORDS",
    "DATE_ORDERS",
    "DECIMAL_SIGNS",
    "FEWEST_WITHHELD",
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "Remembered",
    "amount",
    "amount_reader",
    "amounts_reader",
    "birthday",
    "currency",
    "day",
    "email",
    "flag",
    "holds_card",
    "holds_identity",
    "minor_units_of",
    "minutes",
    "name",
    "number_or_text",
    "one_of",
    "phone",
    "quantity",
    "score",
    "text",
]
