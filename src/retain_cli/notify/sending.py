"""One message through one channel."""

from collections.abc import Callable

from retain_cli.notify.channels import Channel
from retain_cli.notify.message import Message

Send = Callable[[Message, str], None]
"""Sends a message under a key; NotSent says why it did not arrive."""


class NotSent(Exception):
    """A message did not arrive, or nobody knows whether it did; its words hold nothing secret."""

    def __init__(self, why: str, *, may_have_arrived: bool = False) -> None:
        super().__init__(why)
        self.may_have_arrived = may_have_arrived


def sender(channel: Channel) -> Send:
    """What sends through a channel, with everything loaded that it needs; NotSent where it cannot work."""
    if channel.command:
        from retain_cli.notify import by_command

        return by_command.sender(channel)
    from retain_cli.notify import by_apprise

    return by_apprise.sender(channel)
