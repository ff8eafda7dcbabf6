"""Where a digest goes: the channels of the settings file, or of RETAIN_NOTIFY_URLS."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from retain_cli.due.filters import NOBODY, NOBODY_WORDS
from retain_cli.errors import BadConfiguration
from retain_cli.model.name import search_key
from retain_cli.plan.staff import Person, called
from retain_cli.settings import NotifySettings, notify_settings

_BETWEEN_URLS = re.compile(r"[\s,]+(?=[A-Za-z][\w+.-]*://)")
_KNOWN = ("include_names", "urls", "command", "channels", "customers")
_KNOWN_OF_A_CHANNEL = ("url", "command", "include_names", "staff")
_EXAMPLE = "retain notify --help shows how channels are written."


class Channel(NamedTuple):
    """One way to a person: an address as Apprise writes them, or a command."""

    name: str
    """What it is called on screen and in the ledger."""
    url: str | None = None
    """Secret: it may hold passwords and tokens, and is shown nowhere."""
    command: tuple[str, ...] = ()
    """The program and its arguments; no shell reads them."""
    include_names: bool = False
    staff: str | None = None
    """Whose list it gets, as the file says until `for_the_team` found them; None for the whole shop's."""
    staff_id: int | None = None
    """Their number, or `due.filters.NOBODY` for the customers whom nobody serves."""

    @property
    def kind(self) -> str:
        """The scheme of its address, or `command`."""
        return self.url.partition("://")[0].lower() if self.url else "command"

    def __repr__(self) -> str:
        """Without the address."""
        return f"Channel({self.name!r})"


def read_channels() -> list[Channel]:
    """Every channel that is set; BadConfiguration where there is none or where it is written wrongly.

    RETAIN_NOTIFY_URLS stands before the channels of the settings file, whose `include_names` holds for both.
    """
    settings = notify_settings()
    values = settings.values if settings else {}
    where = settings.path if settings else Path()
    only(values, _KNOWN, where, "notify")
    names = _flag(values, where, "notify")
    if addresses := os.environ.get("RETAIN_NOTIFY_URLS", "").strip():
        found = [_of_url(url, names, "RETAIN_NOTIFY_URLS") for url in _BETWEEN_URLS.split(addresses)]
    else:
        if settings:
            keep_to_oneself(settings)
        found = list(_of_file(values, names, where))
    if not found:
        raise BadConfiguration(
            "no channel is set to tell anybody through",
            f"Set RETAIN_NOTIFY_URLS, or write [notify] into retain.toml: {_EXAMPLE}",
            code="channel-missing",
        )
    return list({channel.name: channel for channel in found}.values())


def for_the_team(channels: Sequence[Channel], people: Sequence[Person]) -> list[Channel]:
    """The channels with the names that the team goes by; BadConfiguration where one names nobody, or several.

    `staff = "nobody"` is the list of the customers whom nobody serves.
    """
    return [channel if channel.staff is None else _for_one(channel, people) for channel in channels]


def _for_one(channel: Channel, people: Sequence[Person]) -> Channel:
    written = channel.staff or ""
    if search_key(written) in NOBODY_WORDS:
        return channel._replace(staff="nobody", staff_id=NOBODY)
    found = called(people, written)
    if len(found) == 1:
        return channel._replace(staff=found[0].name, staff_id=found[0].id)
    said = f"fits {' and '.join(one.name for one in found)}" if found else "is the name of nobody in the team"
    known = ", ".join(one.name for one in people)
    raise BadConfiguration(
        f"staff of channel {channel.name!r} is {written!r}, which {said}",
        f"Name one of: {known}, or nobody." if known else "Add them with: retain staff add NAME.",
        code="staff-unknown",
    )


def keep_to_oneself(settings: NotifySettings) -> None:
    """BadConfiguration where others on the machine can read the settings, which may hold passwords."""
    if settings.others_can_read_it:
        raise BadConfiguration(
            f"others on this machine can read {settings.path}, which says where digests go",
            f"Keep it to yourself: chmod 600 {settings.path}",
            code="settings-not-private",
        )


def _of_file(values: Mapping[str, Any], names: bool, where: Path) -> Iterator[Channel]:
    urls = values.get("urls", [])
    if not isinstance(urls, list) or not all(isinstance(url, str) for url in urls):
        raise BadConfiguration(f"{where}: urls has to be a list of texts", _EXAMPLE)
    yield from (_of_url(url, names, str(where)) for url in urls)
    if "command" in values:
        yield Channel("command", command=command_of(values["command"], where), include_names=names)
    channels = values.get("channels", {})
    if not isinstance(channels, dict) or not all(isinstance(channel, dict) for channel in channels.values()):
        raise BadConfiguration(f"{where}: a channel has to be a section", "Write [notify.channels.NAME].")
    for name, channel in channels.items():
        only(channel, _KNOWN_OF_A_CHANNEL, where, f"notify.channels.{name}")
        if ("url" in channel) == ("command" in channel):
            raise BadConfiguration(f"{where}: channel {name!r} needs either a url or a command", _EXAMPLE)
        include = _flag(channel, where, f"channel {name!r}", names)
        if "url" in channel:
            found = _of_url(channel["url"], include, str(where))._replace(name=name)
        else:
            found = Channel(name, command=command_of(channel["command"], where), include_names=include)
        yield found._replace(staff=_staff(channel, where, name))


def _of_url(url: object, names: bool, where: str) -> Channel:
    """A channel of an address, named by its kind and six digits that change when the address does."""
    if not isinstance(url, str) or not re.match(r"[A-Za-z][\w+.-]*://\S", url):
        # What is wrong with it is not quoted: it may be a password.
        raise BadConfiguration(f"{where} has an address that does not begin like json://", _EXAMPLE)
    scheme = url.partition("://")[0].lower()
    return Channel(f"{scheme}-{sha256(url.encode()).hexdigest()[:6]}", url=url, include_names=names)


def command_of(value: object, where: Path) -> tuple[str, ...]:
    """A command as it is set; BadConfiguration where it is no list of words."""
    if not isinstance(value, list) or not value or not all(isinstance(word, str) for word in value):
        raise BadConfiguration(
            f"{where}: command has to be a list of texts, the program first", 'Write ["notify-send", "{title}"].'
        )
    if any("\0" in word for word in value):
        raise BadConfiguration(f"{where}: a word of the command holds a NUL", "Take it out.")
    return tuple(value)


def _staff(channel: Mapping[str, Any], where: Path, name: str) -> str | None:
    value = channel.get("staff")
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    raise BadConfiguration(
        f"{where}: staff of channel {name!r} is not a name", 'Write staff = "li", or leave it away.'
    )


def _flag(values: Mapping[str, Any], where: Path, section: str, usual: bool = False) -> bool:
    value = values.get("include_names", usual)
    if not isinstance(value, bool):
        raise BadConfiguration(
            f"{where}: include_names of {section} is neither true nor false", "Write true or false."
        )
    return value


def only(values: Mapping[str, Any], known: tuple[str, ...], where: Path, section: str) -> None:
    """BadConfiguration where a section has a setting that is not known."""
    for name in values:
        if name not in known:
            raise BadConfiguration(
                f"{where} has an unknown setting {name!r} in {section}", f"Known are: {', '.join(known)}."
            )
