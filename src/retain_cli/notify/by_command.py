"""Sending by a program of the user's own, which gets the message as JSON."""

import json
import os
import re
import subprocess

from retain_cli.notify.channels import Channel
from retain_cli.notify.message import Message
from retain_cli.notify.sending import NotSent, Send

SECONDS_TO_WAIT = 60

_LONGEST_ARGUMENT = 4000
"""Some systems refuse arguments of more than 32 kB in all."""


def sender(channel: Channel) -> Send:
    """What runs the command once for each message."""

    def send(message: Message, key: str) -> None:
        argv = [_filled(word, message) for word in channel.command]
        told = {"retain": 1, "key": key, "channel": channel.name, "title": message.title, "text": message.text}
        _run(argv, json.dumps(told | message.data).encode())

    return send


def _filled(word: str, message: Message) -> str:
    """A word of the template with what its places stand for, and nothing else that braces might mean."""
    known = {"text": message.text[:_LONGEST_ARGUMENT], "title": message.title, **message.words}
    # In one go: what a customer is called may look like a place, too.
    filled = re.sub(r"\{(\w+)\}", lambda place: known.get(place[1], place[0]), word)
    # Nor may it be an option of the program.
    return f" {filled}" if filled.startswith("-") and not word.startswith("-") else filled


def _run(argv: list[str], stdin: bytes) -> None:
    # Under cron Python may hold that arguments are ASCII; what reads them nowadays reads UTF-8.
    words = argv if os.name == "nt" else [word.encode("utf-8", "surrogateescape") for word in argv]
    try:
        done = subprocess.run(  # noqa: S603
            words,
            input=stdin,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={name: value for name, value in os.environ.items() if name != "RETAIN_NOTIFY_URLS"},
            timeout=SECONDS_TO_WAIT,
            check=False,
        )
    except FileNotFoundError:
        raise NotSent("there is no such program") from None
    except subprocess.TimeoutExpired:
        raise NotSent(f"the program did not end within {SECONDS_TO_WAIT} seconds", may_have_arrived=True) from None
    except OSError as problem:
        raise NotSent(f"the program could not be run: {problem.strerror}") from None
    if done.returncode:
        # What it printed may hold a secret of its own, and is not kept.
        raise NotSent(f"the program ended with {done.returncode}")
