"""Where channels are written, and that what is secret in them is shown nowhere."""

import os

import pytest

from retain_cli.errors import BadConfiguration
from retain_cli.notify.channels import read_channels


def test_the_environment_stands_before_the_settings_file(settings, monkeypatch):
    settings('[notify]\nurls = ["ntfy://topic"]\n')
    assert [channel.kind for channel in read_channels()] == ["ntfy"]
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", "json://a/b?to=x,y xml://c, mailto://d@e.cn")
    assert [channel.url for channel in read_channels()] == ["json://a/b?to=x,y", "xml://c", "mailto://d@e.cn"]


def test_every_form_of_the_settings_file(settings):
    settings(
        '[notify]\nurls = ["ntfy://topic"]\ncommand = ["notify-send", "{title}"]\ninclude_names = true\n'
        '[notify.channels.phone]\nurl = "tgram://token/1"\ninclude_names = false\n'
        '[notify.channels.desk]\ncommand = ["say"]\n'
    )
    ntfy, command, phone, desk = read_channels()
    assert (ntfy.kind, ntfy.include_names) == ("ntfy", True)
    assert (command.name, command.command) == ("command", ("notify-send", "{title}"))
    assert (phone.name, phone.kind, phone.include_names) == ("phone", "tgram", False)
    assert (desk.name, desk.command, desk.include_names) == ("desk", ("say",), True)


def test_an_address_that_changes_is_another_channel_unless_it_has_a_name(settings):
    settings('[notify]\nurls = ["ntfy://one"]\n[notify.channels.phone]\nurl = "ntfy://one"\n')
    before = [channel.name for channel in read_channels()]
    settings('[notify]\nurls = ["ntfy://two"]\n[notify.channels.phone]\nurl = "ntfy://two"\n')
    after = [channel.name for channel in read_channels()]
    assert before[0] != after[0]
    assert before[1] == after[1] == "phone"


def test_the_same_address_twice_is_one_channel(monkeypatch):
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", "ntfy://one ntfy://one")
    assert len(read_channels()) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("notify = 'x'", "has to be a section"),
        ("[notify]\nurl = 'x'", "unknown setting 'url'"),
        ("[notify]\nurls = 'ntfy://x'", "list of texts"),
        ("[notify]\nurls = ['s3cret']", "does not begin like json://"),
        ("[notify]\ncommand = 'rm -rf x'", "list of texts, the program first"),
        ("[notify]\ncommand = []", "list of texts, the program first"),
        ("[notify]\ninclude_names = 'yes'", "neither true nor false"),
        ("[notify]\nchannels = 3", "has to be a section"),
        ("[notify.channels.a]\nurl = 'ntfy://x'\ncommand = ['x']", "either a url or a command"),
        ("[notify.channels.a]\n", "either a url or a command"),
        ("[notify.channels.a]\nurl = 's3cret'", "does not begin like json://"),
        ("[notify.channels.a]\nurl = 'ntfy://x'\ntoken = 's3cret'", "unknown setting 'token'"),
        ("[notify]\n", "no channel is set"),
        ("", "no channel is set"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place_and_without_its_value(settings, text, said):
    settings(text)
    with pytest.raises(BadConfiguration, match=said) as refused:
        read_channels()
    assert "s3cret" not in refused.value.message + refused.value.hint


@pytest.mark.skipif(os.name == "nt", reason="there are no such permissions")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644])
def test_a_file_that_others_can_read_is_refused_until_it_is_private(retain, settings, shop, mode):
    path = settings("[notify]\nurls = ['ntfy://s3cret']")
    path.chmod(mode)
    for command in (["due", "--notify"], ["notify", "test"], ["notify", "status"]):
        answer = retain(*command)
        assert answer.code == 78
        assert f"chmod 600 {path}" in answer.err
        assert "s3cret" not in answer.err
    # What has nothing to do with channels goes on.
    assert retain("list").code == 0


def test_a_channel_does_not_show_its_address_when_it_is_printed(monkeypatch):
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", "tgram://123456789:s3cret/1")
    assert "s3cret" not in repr(read_channels()) + str(read_channels()[0])


SECRET_ADDRESSES = [
    "json://ann:hunter2pass@127.0.0.1:9/t0kenpath?k3y=v4lue",
    "mailto://ann:hunter2pass@127.0.0.1:9?from=ann@t0kenpath.cn&to=bob@k3yv4lue.cn",
    "ntfy://hunter2pass@127.0.0.1:9/t0kenpath",
    "tgram://hunter2pass/t0kenpath/",
    "slack://hunter2pass/t0kenpath/k3yv4lue/#general",
    "nonsense://hunter2pass@t0kenpath",
    "json://ann:hunter2pass@t0kenpath.invalid:99999999/",
    "wecombot://t0kenpath",
]


@pytest.mark.parametrize("url", SECRET_ADDRESSES, ids=lambda url: url.partition(":")[0])
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_nothing_that_is_printed_or_kept_has_a_secret(retain, monkeypatch, shop, url, form):
    import socket

    def nowhere(host, *rest, **more):
        raise socket.gaierror("names are not looked up in a test")

    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *r, **m: (real if host == "127.0.0.1" else nowhere)(host, *r, **m)
    )
    monkeypatch.setenv("RETAIN_NOTIFY_URLS", url)
    monkeypatch.setenv("RETAIN_DEBUG", "1")
    printed = ""
    for command in (["due", "--notify"], ["due", "--notify", "--dry-run"], ["notify", "test"], ["notify"]):
        answer = retain(*command, "-f", form)
        assert answer.code in (0, 69), answer.err
        printed += answer.out + answer.err
    kept = shop.read_bytes().decode("latin-1")
    for secret in ("hunter2pass", "t0kenpath", "k3y", "v4lue"):
        assert secret not in printed
        assert secret not in kept
