"""Phone numbers in their one international form."""

import phonenumbers


def e164(written: str, region: str) -> str | None:
    """The number as E.164, read as somebody in `region` writes it; None where it cannot be a number."""
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
