"""Letters through real channels: several runs at once, a mail server, a database that is held."""

import email
import email.policy
import json
import socket
from datetime import date

import pytest

from retain_cli.errors import DatabaseLocked
from retain_cli.notify import campaign_delivery
from retain_cli.notify.campaign_delivery import deliver, waiting
from retain_cli.notify.lock import one_run_at_a_time
from retain_cli.notify.to_customers import way_to_customers
from retain_cli.record import campaign as campaigns
from retain_cli.render.safe import safe
from retain_cli.store.store import open_store
from retain_cli.workspace import workspace

DAY = date(2026, 11, 23)
PEOPLE = (
    "Customer ID,Name,E-mail\nK1,Wang Fang,wang@example.cn\nK2,Li Lei,li@example.cn\nK3,王小红,hong@example.cn\n"
)


@pytest.fixture(autouse=True)
def _oils(retain, shop, csv_file):
    """A mail for three customers."""
    retain("import", csv_file("people.csv", PEOPLE))
    retain(
        "campaign",
        "create",
        "Oils",
        "--channel",
        "mail",
        "--subject",
        "For {name}",
        "--text",
        "Dear {name},\nhello",
    )
    retain("campaign", "choose", 1, "K1", "K2", "K3")


@pytest.fixture
def by_program(settings, program):
    """The user's own program sends."""
    settings(f"[notify.customers.mail]\ncommand = {program.command()}\n")
    return program


@pytest.fixture
def mailbox(settings):
    """A real SMTP server, which refuses mails to whom it is told to."""
    from aiosmtpd import controller

    class Mailbox:
        def __init__(self):
            self.mails, self.refused = [], []

        async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
            if address in self.refused:
                return "550 no such person"
            envelope.rcpt_tos.append(address)
            return "250 OK"

        async def handle_DATA(self, server, session, envelope):  # noqa: N802
            self.mails.append(
                (envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.default))
            )
            return "250 OK"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Mailbox()
    server = controller.Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings(
        "[notify.customers.mail]\n"
        f'url = "mailto://127.0.0.1:{port}?from=shop@example.com&to={{email}}&mode=insecure"\n'
    )
    yield box
    server.stop()


def change():
    return workspace("campaign send", None, DAY.isoformat(), "table", True).change()


def contacts(shop):
    with open_store(shop, writes=False) as store:
        return campaigns.contacts(store, 1)


def send(listed, **how):
    return deliver(listed, 1, way_to_customers("mail"), change, DAY, safe=safe, **how)


def told(program):
    return [one["stdin"]["to"]["external_id"] for one in program.got]


def test_each_customer_gets_a_mail_of_their_own(retain, mailbox):
    assert retain("campaign", "send", 1, "--yes").code == 0
    assert [to for to, _ in mailbox.mails] == [["wang@example.cn"], ["li@example.cn"], ["hong@example.cn"]]
    assert [mail["Subject"] for _, mail in mailbox.mails] == ["For Wang Fang", "For Li Lei", "For 王小红"]
    words = mailbox.mails[2][1].get_body(("plain", "html")).get_content()
    assert "Dear 王小红," in words
    assert "hello" in words
    assert len({mail["Message-ID"] for _, mail in mailbox.mails}) == 3


def test_a_mail_that_the_server_refuses_is_no_contact_and_is_tried_again(retain, mailbox):
    mailbox.refused = ["li@example.cn"]
    assert retain("campaign", "send", 1, "--yes").code == 3
    assert retain("show", "K2", "-f", "json").data["visits"] == []
    mailbox.refused = []
    assert retain("campaign", "send", 1, "--yes").code == 0
    assert [to for to, _ in mailbox.mails] == [["wang@example.cn"], ["hong@example.cn"], ["li@example.cn"]]


def test_a_second_run_meanwhile_ends_with_75_and_sends_nothing(retain, shop, by_program):
    with one_run_at_a_time(shop, "campaign"):
        answer = retain("campaign", "send", 1, "--yes")
        # A digest is another matter.
        with one_run_at_a_time(shop):
            pass
    assert answer.code == 75
    assert told(by_program) == []


def test_where_no_lock_holds_whoever_another_run_claimed_or_served_is_passed_over(shop, by_program):
    listed = waiting(contacts(shop))
    with change() as store:
        one, two, _ = (contact.customer_id for contact in listed)
        campaigns.claim(store, 1, one)
        campaigns.mark_sent(store, 1, two, DAY)
    found = send(listed)
    assert told(by_program) == ["K3"]
    assert [one.external_id for one in found.outcomes] == ["K3"]


def test_who_is_taken_off_the_list_meanwhile_gets_nothing(shop, by_program):
    listed = waiting(contacts(shop))
    with change() as store:
        campaigns.drop(store, 1, [listed[0].customer_id])
    send(listed)
    assert told(by_program) == ["K2", "K3"]


def test_who_says_stop_while_it_goes_out_gets_nothing(retain, shop, by_program):
    def stop(_):
        retain("contact", "K3", "--never")

    found = send(waiting(contacts(shop)), told=stop)
    assert told(by_program) == ["K1", "K2"]
    assert [(one.external_id, one.why) for one in found.outcomes if one.result == "left-out"] == [
        ("K3", "asked not to be contacted")
    ]


def test_a_database_that_is_held_when_a_letter_is_out_is_waited_for(shop, by_program, monkeypatch):
    really, calls = campaigns.mark_sent, []

    def held_at_first(*given, **how):
        calls.append(given)
        if len(calls) < 3:
            raise DatabaseLocked("held", "Wait.")
        return really(*given, **how)

    monkeypatch.setattr(campaign_delivery.campaigns, "mark_sent", held_at_first)
    send(waiting(contacts(shop))[:1])
    assert told(by_program) == ["K1"]
    assert contacts(shop)[0].state == "sent"


def test_a_program_that_does_not_end_leaves_it_open_whether_it_arrived(
    retain, shop, settings, machine, monkeypatch
):
    from retain_cli.notify import by_command

    monkeypatch.setattr(by_command, "SECONDS_TO_WAIT", 0.2)
    settings(f"[notify.customers.mail]\ncommand = {json.dumps(['tail', '-f', str(shop)])}\n")
    found = send(waiting(contacts(shop))[:1])
    assert [one.result for one in found.outcomes] == ["unsure"]
    assert contacts(shop)[0].state == "sending"
    assert "K1" not in {one.external_id for one in waiting(contacts(shop))}
    assert "K1" in {one.external_id for one in waiting(contacts(shop), unsure=True)}
