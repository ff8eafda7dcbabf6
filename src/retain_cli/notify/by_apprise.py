"""Sending through the services that Apprise knows: mail, Telegram, ntfy, WeCom, DingTalk, Feishu and others."""

import logging
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

from retain_cli.notify.channels import Channel
from retain_cli.notify.message import Message
from retain_cli.notify.sending import NotSent, Send

_SHORTEST_SECRET = 3
_LONGEST_ERROR = 200


def sender(channel: Channel) -> Send:
    """What sends through the service of the channel's address; NotSent where Apprise cannot read it.

    Apprise is loaded here and not while sending, so that a run is inside the sending for as short as can be.
    """
    with _overheard() as said:
        # Importing it costs 0.2 seconds and loading its services 0.4.
        import apprise

        # Nothing is kept on disk, redirects are not followed: an address may hold a token.
        asset = apprise.AppriseAsset(
            app_id="retain", app_desc="retain", async_mode=False, storage_mode="memory", http_redirects=False
        )
        plugin: Any = apprise.Apprise.instantiate(channel.url or "", asset=asset)
    if plugin is None:
        raise NotSent(_why(said, channel, "this is no address that Apprise knows"))

    def send(message: Message, key: str) -> None:
        headers = getattr(plugin, "headers", None)
        if isinstance(headers, dict):
            headers["Idempotency-Key"] = key
        with _overheard() as heard, _message_id(key):
            try:
                arrived = plugin.notify(
                    body=message.text or message.title,
                    title=message.title,
                    # What customers are called is text, also where the service reads HTML or Markdown.
                    body_format=apprise.NotifyFormat.TEXT,
                )
            except Exception as problem:
                raise NotSent(f"Apprise failed with {type(problem).__name__}") from None
        if not arrived:
            raise NotSent(_why(heard, channel, "the service did not take it"))

    return send


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """What Apprise logs while the block lasts; it reaches no screen, since it may quote the address."""
    logger = logging.getLogger("apprise")
    listener = _Listener()
    before = logger.propagate
    logger.propagate = False
    logger.addHandler(listener)
    try:
        # What its makers are warned of by the libraries they use is nothing to the person here.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield listener.said
    finally:
        logger.removeHandler(listener)
        logger.propagate = before


@contextmanager
def _message_id(key: str) -> Iterator[None]:
    """Mails that are made within the block are named by the key.

    Apprise draws a Message-ID for every mail and would put one of ours beside it, not in its place.
    """
    mails: Any = sys.modules.get("apprise.plugins.email.base")
    drawn = getattr(mails, "make_msgid", None)
    if drawn is None:
        yield
        return
    mails.make_msgid = lambda domain=None, **_: f"<{key}@{domain or 'retain'}>"
    try:
        yield
    finally:
        mails.make_msgid = drawn


def _why(said: list[str], channel: Channel, else_said: str) -> str:
    """The last thing Apprise said, with everything taken out that stands in the address."""
    if not said:
        return else_said
    words = " ".join(said[-1].split())
    for secret in sorted(_secrets(channel.url or ""), key=len, reverse=True):
        words = re.sub(re.escape(secret), "***", words, flags=re.IGNORECASE)
    return words[:_LONGEST_ERROR].rstrip(".")


def _secrets(url: str) -> set[str]:
    """Every part of an address but its scheme, as it is written and as it is meant."""
    rest = url.partition("://")[2]
    parts = {rest, unquote(rest)}
    for written in tuple(parts):
        parts |= set(re.split(r"[/?&=:@#+,;]", written))
        parts |= set(re.split(r"\W", written))
    return {part for part in parts if len(part) >= _SHORTEST_SECRET}
