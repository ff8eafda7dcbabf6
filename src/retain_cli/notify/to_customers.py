"""Where a campaign goes: the ways to customers that the settings file has in `[notify.customers.…]`."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from retain_cli.errors import BadConfiguration
from retain_cli.model.words import CAMPAIGN_CHANNELS
from retain_cli.notify.channels import Channel, command_of, keep_to_oneself, only
from retain_cli.settings import notify_settings

ADDRESSES = ("email", "phone")

_NAMED = re.compile(r"\{(email|phone)\}")
_USUALLY = {"mail": ("email",), "message": ("phone",), "call": ("phone",), "visit": ()}
# What could stand for several addresses, or for an option of a program, is none.
_ONE_ADDRESS = {
    "email": re.compile(r"[\w.+!#$%&'*/=?^`{|}~-]+@[\w-]+(\.[\w-]+)+"),
    "phone": re.compile(r"\+\d{5,15}"),
}


class WayToCustomers(NamedTuple):
    """An address or a command with the place for one customer's e-mail or phone."""

    word: str
    """`mail` or `message`: what customers allow or refuse."""
    url: str | None
    """Secret, as any channel's."""
    command: tuple[str, ...]

    def __repr__(self) -> str:
        """Without the address."""
        return f"WayToCustomers({self.word!r})"

    @property
    def needs(self) -> tuple[str, ...]:
        """What has to be known of a customer."""
        named = {name for text in (self.url or "", *self.command) for name in _NAMED.findall(text)}
        return tuple(name for name in ADDRESSES if name in named) or _USUALLY[self.word]

    def to(self, known: Mapping[str, str | None]) -> Channel:
        """The channel to one customer."""
        if self.url is None:
            return Channel(self.word, command=self.command, include_names=True)
        filled = _NAMED.sub(lambda place: quote(known.get(place[1]) or "", safe=""), self.url)
        return Channel(self.word, url=filled, include_names=True)


def usual_needs(word: str) -> tuple[str, ...]:
    """What has to be known of a customer to reach them, where the settings say nothing else."""
    return _USUALLY[word]


def lacks(known: Mapping[str, str | None], needs: tuple[str, ...]) -> str | None:
    """Why a customer cannot be reached, in words, or None."""
    for name in needs:
        if not known.get(name):
            return "no e-mail known" if name == "email" else "no phone known"
        if not _ONE_ADDRESS[name].fullmatch(known[name] or "") or (known[name] or "").startswith("-"):
            return "their e-mail is none" if name == "email" else "their phone is none"
    return None


def way_to_customers(word: str) -> WayToCustomers | None:
    """The way that the settings file has for `mail` or `message`, or None; BadConfiguration where it is wrong."""
    settings = notify_settings()
    section = settings.values.get("customers") if settings else None
    if settings is None or section is None:
        return None
    keep_to_oneself(settings)
    where = settings.path
    if not isinstance(section, dict) or not all(isinstance(way, dict) for way in section.values()):
        raise BadConfiguration(f"{where}: a way to customers has to be a section", "Write [notify.customers.mail].")
    only(section, CAMPAIGN_CHANNELS, where, "notify.customers")
    return _way(word, section[word], where) if word in section else None


def _way(word: str, values: Mapping[str, Any], where: Path) -> WayToCustomers:
    only(values, ("url", "command"), where, f"notify.customers.{word}")
    if ("url" in values) == ("command" in values):
        raise BadConfiguration(f"{where}: customers.{word} needs either a url or a command", "Give it one.")
    if "command" in values:
        return WayToCustomers(word, None, command_of(values["command"], where))
    url = values["url"]
    if not isinstance(url, str) or not re.match(r"[A-Za-z][\w+.-]*://\S", url):
        raise BadConfiguration(
            f"{where}: the url of customers.{word} does not begin like mailtos://", "Correct it."
        )
    if not _NAMED.search(url):
        raise BadConfiguration(
            f"{where}: the url of customers.{word} has no place for the customer",
            "Write {email} or {phone} where their address belongs, such as ?to={email}.",
        )
    return WayToCustomers(word, url, ())
