"""Phone numbers as exports have them: with what spreadsheets and address books did to them."""

import re

from retain_cli.importing.cells.words import text

_LABEL = re.compile(r"^[^\W\d_]{1,12}\s*[:：]\s*(?=[+(\d])")
_SCIENTIFIC = re.compile(r"\+?(\d)(?:[.,](\d+))?E\+?(\d{1,2})", re.ASCII | re.IGNORECASE)
_FLOAT = re.compile(r"(\+?\d{5,})[.,]0+", re.ASCII)
_EXTENSION = re.compile(
    r"\s*[,;]?\s*(?:转|轉|分机|分機|内線|ext(?:ension|n)?\b\.?|x(?=\s*\d)|durchwahl|poste|#)\s*:?\s*\d{1,7}\s*$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\s*(?::::|[;；、|/,，\r\n]|\s(?:or|und|oder|ou|o|或)\s)\s*")
_FEWEST_WITH_COUNTRY = 10


def phone(cell: str, region: str) -> str:
    """A phone number as E.164, read as it is written in `region`; the first where a cell has several."""
    words = _LABEL.sub("", text(cell.replace("\r\n", "\n")))
    if match := _SCIENTIFIC.fullmatch(words):
        words = _exact(*match.groups())
    elif match := _FLOAT.fullmatch(words):
        words = match[1]
    found = _one(_EXTENSION.sub("", words), region)
    if found is not None:
        return found
    first, *others = [part for part in _SEVERAL.split(words) if part] or [""]
    if others:
        found = _one(_EXTENSION.sub("", _LABEL.sub("", first)), region)
        if found is None:
            raise ValueError("the first of several is not a phone number")
        return found
    raise ValueError(f"not a phone number; outside {region} it needs + and the country")


def _exact(first: str, rest: str | None, power: str) -> str:
    digits, places = first + (rest or ""), int(power)
    if len(digits) <= places or digits[places + 1 :].strip("0"):
        raise ValueError(
            "a spreadsheet rounded it, and its last digits are lost; format the column as text and export again"
        )
    return digits[: places + 1]


def _one(words: str, region: str) -> str | None:
    """The number as written, or as it was before a spreadsheet took its zero or its plus, where that is certain."""
    # Loading the numbering plans takes longer than most imports without phones.
    from retain_cli.model.phone import phone_number

    as_written = phone_number(words, region)
    if as_written is not None and as_written.valid:
        return as_written.e164
    if words.isascii() and words.isdecimal() and not words.startswith("0"):
        repairs = ["0" + words] + (["+" + words] if len(words) >= _FEWEST_WITH_COUNTRY else [])
        read = [phone_number(repair, region) for repair in repairs]
        repaired = {number.e164 for number in read if number is not None and number.valid}
        if len(repaired) == 1:
            return repaired.pop()
        if repaired:
            raise ValueError("lacks a zero or a plus in front; either would make it a phone number")
    return as_written and as_written.e164
