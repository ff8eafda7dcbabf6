"""Phone numbers in their one international form."""

from typing import NamedTuple

import phonenumbers


class PhoneNumber(NamedTuple):
    """A number as E.164, and whether it is one that its country hands out."""

    e164: str
    valid: bool


def phone_number(written: str, region: str) -> PhoneNumber | None:
    """The number, read as somebody in `region` writes it; None where it cannot be a number."""
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return PhoneNumber(e164, phonenumbers.is_valid_number(number))


def e164(written: str, region: str) -> str | None:
    """The number as E.164, read as somebody in `region` writes it; None where it cannot be a number."""
    found = phone_number(written, region)
    return found and found.e164
