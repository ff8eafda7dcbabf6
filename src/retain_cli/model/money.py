"""Amounts of money: whole minor units and an ISO 4217 currency, never a float."""

from typing import NamedTuple

# ISO 4217 list one: the currencies whose minor unit is not a hundredth.
_WITHOUT_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_DECIMALS = (
    dict.fromkeys(_WITHOUT_DECIMALS.split(), 0)
    | dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3)
    | dict.fromkeys(["CLF", "UYW"], 4)
)


def decimals(currency: str) -> int:
    """How many decimal places the currency has: 2 for most, 0 for the yen, 3 for the Kuwaiti dinar."""
    return _DECIMALS.get(currency, 2)


LARGEST = 1 << 53
"""No amount reaches so many minor units: below it every program reads a JSON number or a sheet's cell exactly."""


TOO_LARGE = "too large"
"""What `minor_units` says of an amount of which there are none."""


class Money(NamedTuple):
    """An amount in minor units (fen, cents) of a currency."""

    minor: int
    currency: str

    def plain(self) -> str:
        """The exact amount with a decimal point and nothing else: `-1234.50`."""
        places = decimals(self.currency)
        sign, digits = ("-" if self.minor < 0 else ""), str(abs(self.minor)).rjust(places + 1, "0")
        return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits

    def grouped(self) -> str:
        """The exact amount as people read it, under a title that says the currency: `-1,234.50`."""
        sign, plain = ("-" if self.minor < 0 else ""), self.plain().lstrip("-")
        whole, point, part = plain.partition(".")
        return f"{sign}{int(whole):,}{point}{part}"

    def __str__(self) -> str:
        return f"{self.grouped()} {self.currency}"


def minor_units(plain: str, currency: str) -> int:
    """The minor units of a plain decimal number such as `-1234.5`; ValueError where it does not fit.

    More decimal places than the currency has are taken only where they are zeros.
    """
    sign: int = -1 if plain.startswith("-") else 1
    whole, _, part = (plain[1:] if plain[:1] in ("+", "-") else plain).partition(".")
    places = decimals(currency)
    kept, rest = part[:places], part[places:]
    if not (whole or part) or not (whole + part).isdecimal() or not (whole + part).isascii():
        raise ValueError(f"not an amount: {plain!r}")
    if rest.strip("0"):
        raise ValueError(f"{currency} has {places} decimal places: {plain!r}")
    # An amount of ever so many digits is not made a number first.
    if len(whole.lstrip("0")) > len(str(LARGEST)):
        raise ValueError(TOO_LARGE)
    units: int = sign * (int(whole or "0") * 10**places + int(kept.ljust(places, "0") or "0"))
    if abs(units) >= LARGEST:
        raise ValueError(TOO_LARGE)
    return units
