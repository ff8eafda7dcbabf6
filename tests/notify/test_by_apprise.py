"""Through Apprise to a real mail server and a real receiver on loopback."""

import email
import email.policy
import socket
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _shop(shop, clock):
    """Every test here has the shop."""


class Mailbox:
    """What the mail server took; it refuses as often as it is told to."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.refusals = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refusals:
            self.refusals -= 1
            return "451 later"
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """A real SMTP server, and its address as the only channel."""
    from aiosmtpd import controller

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Mailbox()
    server = controller.Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setenv(
        "RETAIN_NOTIFY_URLS", f"mailto://127.0.0.1:{port}?from=shop@example.com&to=li@example.com&mode=insecure"
    )
    yield box
    server.stop()


def words(mail: Any) -> str:
    """What a mail says to whoever reads it plain, without the breaks of its lines."""
    return str(mail.get_body(("plain", "html")).get_content())


def test_a_mail_arrives_with_all_its_lines(retain, mailbox):
    answer = retain("due", "--notify")
    assert (answer.code, answer.err) == (0, "")
    (mail,) = mailbox.mails
    assert mail["Subject"] == "Monday 23 November 2026: 3 customers to contact"
    assert "li@example.com" in mail["To"]
    (entry,) = retain("due", "--notify", "--dry-run", "-f", "json").data
    for line in entry["text"].splitlines():
        assert line in words(mail)


def test_a_mail_that_is_sent_again_has_the_same_name_and_only_one(retain, mailbox, clock):
    mailbox.refusals = 1
    assert retain("due", "--notify").code == 69
    clock("2026-11-23T09:00:00")
    assert retain("due", "--notify").code == 0
    (mail,) = mailbox.mails
    assert len(mail.get_all("Message-ID")) == 1
    assert mail["Message-ID"].startswith(f"<{mail['Idempotency-Key']}@")
    retain("due", "--notify", today="2026-11-24")
    assert mailbox.mails[1]["Message-ID"] != mail["Message-ID"]


def test_a_name_is_text_in_a_mail_whatever_it_holds(retain, mailbox, settings, csv_file, monkeypatch):
    settings("[notify]\ninclude_names = true\n")
    retain("import", csv_file("n.csv", 'Customer ID,Name\nK1,"<img src=x>王小红 & Co"\n'))
    retain("due", "--notify")
    (mail,) = mailbox.mails
    for part in mail.walk():
        if part.get_content_type() == "text/html":
            assert "<img" not in part.get_content()
            assert "&lt;img" in part.get_content()
    assert "王小红" in words(mail)


def test_a_receiver_is_sent_the_key_as_a_header(retain, receiver, monkeypatch):
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", receiver.url)
    retain("due", "--notify")
    assert len(receiver.got[0]["key"]) == 32


def test_a_receiver_that_sends_on_to_another_host_is_not_followed(retain, receiver, another_receiver, monkeypatch):
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", receiver.url)
    receiver.answers = [307]
    receiver.sends_on_to = another_receiver.url.replace("json", "http")
    assert retain("due", "--notify").code == 69
    assert another_receiver.got == []


def test_nobody_listening_is_69_and_one_line(retain, monkeypatch):
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", "json://127.0.0.1:9/")
    answer = retain("due", "--notify")
    assert (answer.code, answer.out, len(answer.err.splitlines())) == (69, "", 1)


def test_nothing_is_kept_in_the_home_folder(retain, receiver, machine, monkeypatch):
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", receiver.url)
    before = sorted(machine.rglob("*"))
    assert retain("due", "--notify").code == 0
    assert sorted(set(machine.rglob("*")) - set(before)) == [machine / ".shop.db.notify"]
