"""The ways to customers in the settings: one customer, one address, nothing that means more."""

import pytest

from retain_cli.errors import BadConfiguration
from retain_cli.notify.channels import read_channels
from retain_cli.notify.to_customers import lacks, way_to_customers

MAIL = '[notify.customers.mail]\nurl = "mailtos://me:secret@example.com?to={email}"\n'


def test_a_customer_stands_in_the_address_as_one_word(settings):
    settings(MAIL)
    way = way_to_customers("mail")
    assert way.needs == ("email",)
    assert way.to({"email": "a&to=b@example.com"}).url.endswith("?to=a%26to%3Db%40example.com")


def test_the_address_is_shown_nowhere(settings):
    settings(MAIL)
    assert "secret" not in repr(way_to_customers("mail"))


def test_what_the_address_names_is_needed(settings):
    settings(
        '[notify.customers.message]\ncommand = ["send", "{phone}", "{email}"]\n'
        '[notify.customers.mail]\ncommand = ["send"]\n'
    )
    assert way_to_customers("message").needs == ("email", "phone")
    assert way_to_customers("mail").needs == ("email",)
    assert way_to_customers("call") is None


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"email": "li@example.cn"}, None),
        ({"email": "li+shop@mail.example.cn"}, None),
        ({}, "no e-mail known"),
        ({"email": ""}, "no e-mail known"),
        ({"email": "a@example.cn,b@example.cn"}, "their e-mail is none"),
        ({"email": "a@example.cn b@example.cn"}, "their e-mail is none"),
        ({"email": "a@example.cn\nbcc"}, "their e-mail is none"),
        ({"email": "-oX@example.cn"}, "their e-mail is none"),
        ({"email": "<a@example.cn>"}, "their e-mail is none"),
        ({"email": "a"}, "their e-mail is none"),
    ],
)
def test_what_is_not_one_address_is_none(known, why):
    assert lacks(known, ("email",)) == why


@pytest.mark.parametrize(("phone", "is_one"), [("+8613800138001", True), ("138", False), ("+86 138", False)])
def test_a_phone_is_written_the_way_the_import_keeps_it(phone, is_one):
    assert (lacks({"phone": phone}, ("phone",)) is None) is is_one


@pytest.mark.parametrize(
    "text",
    [
        '[notify.customers]\nmail = "x"\n',
        '[notify.customers.pigeon]\nurl = "json://x/{email}"\n',
        '[notify.customers.mail]\nurl = "json://example.com/hook"\n',
        '[notify.customers.mail]\nurl = "nonsense {email}"\n',
        '[notify.customers.mail]\nurl = "json://x/{email}"\ncommand = ["x"]\n',
        "[notify.customers.mail]\ncommand = []\n",
        "[notify.customers.mail]\n",
        '[notify.customers.mail]\nurl = "json://x/{email}"\ninclude_names = true\n',
    ],
)
def test_a_way_that_is_written_wrongly_is_named(settings, text):
    settings(text)
    with pytest.raises(BadConfiguration):
        way_to_customers("mail")


def test_others_may_not_read_it(settings):
    settings(MAIL).chmod(0o644)
    with pytest.raises(BadConfiguration):
        way_to_customers("mail")


def test_a_way_to_customers_is_no_channel_of_the_digest(settings):
    settings(MAIL)
    with pytest.raises(BadConfiguration, match="no channel is set"):
        read_channels()
    settings(MAIL + '[notify]\nurls = ["json://example.com"]\n')
    assert [channel.kind for channel in read_channels()] == ["json"]
