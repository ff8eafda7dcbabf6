"""Preferences of the machine: where the database is, and in which zone the shop lives."""

import os
from pathlib import Path

import pytest

from retain_cli import settings
from retain_cli.errors import BadConfiguration


@pytest.fixture
def written(machine, monkeypatch):
    """Write the settings file that RETAIN_CONFIG names."""

    def write(text):
        path = machine / "retain.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        monkeypatch.setenv("RETAIN_CONFIG", str(path))

    return write


def test_the_option_beats_the_environment_which_beats_the_settings_which_beat_the_usual(
    machine, monkeypatch, written
):
    written('database = "settings.db"')
    monkeypatch.setenv("RETAIN_DB", "environment.db")
    assert settings.database_path("option.db") == Path("option.db")
    assert settings.database_path(None) == Path("environment.db")
    monkeypatch.delenv("RETAIN_DB")
    assert settings.database_path(None) == Path("settings.db")
    written("")
    usual = settings.database_path(None)
    assert usual.is_absolute()
    assert usual.name == "retain.db"
    assert machine / "home" in usual.parents


def test_an_option_without_a_name_is_not_taken_for_the_usual_database(retain):
    answer = retain("list", "--db", "")
    assert (answer.code, answer.out) == (2, "")
    assert "--db" in answer.err


def test_a_tilde_is_the_home_folder(machine):
    assert settings.database_path("~/shop.db") == machine / "home" / "shop.db"


def test_the_home_folder_of_nobody_is_refused():
    with pytest.raises(BadConfiguration) as refused:
        settings.database_path("~nobody-has-this-name/shop.db")
    assert refused.value.code == "home-missing"


def test_the_settings_lie_in_the_users_configuration_folder(machine, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(machine / "config"))
    if os.name == "nt":
        pytest.skip("the folder is another one there")
    (machine / "config" / "retain").mkdir(parents=True)
    (machine / "config" / "retain" / "retain.toml").write_text('timezone = "Asia/Tokyo"')
    assert settings.time_zone() == "Asia/Tokyo"
    monkeypatch.setenv("RETAIN_TZ", "Europe/Berlin")
    assert settings.time_zone() == "Europe/Berlin"


def test_without_a_file_nothing_is_set():
    assert settings.read_settings() == settings.Settings(None, None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("database = ", "is not TOML"),
        ("colour = 'red'", "unknown setting 'colour'"),
        ("database = 7", "has to be a text"),
        ("timezone = ['x']", "has to be a text"),
        (b"database = '\xff'", "cannot be read"),
        ("#" * (1 << 20) + "#", "1 MiB"),
    ],
    ids=["broken", "unknown", "number", "list", "no text", "very long"],
)
def test_a_file_that_makes_no_sense_is_refused_with_its_name(written, text, said):
    written(text)
    with pytest.raises(BadConfiguration, match=said) as refused:
        settings.read_settings()
    assert "retain.toml" in refused.value.message


def test_a_file_that_was_named_has_to_be_there(monkeypatch):
    monkeypatch.setenv("RETAIN_CONFIG", "nowhere.toml")
    with pytest.raises(BadConfiguration, match=r"nowhere\.toml"):
        settings.read_settings()


@pytest.mark.parametrize("url", ["postgresql://u:secret@host/shop", "sqlite:///x.db", "mysql://h/x"])
def test_another_kind_of_database_is_refused_without_its_password(url):
    with pytest.raises(BadConfiguration) as refused:
        settings.database_path(url)
    assert refused.value.code == "database-kind"
    assert "secret" not in refused.value.message + refused.value.hint


@pytest.mark.skipif(os.name == "nt", reason="there a user always has a folder")
def test_somebody_without_a_home_has_to_say_where_the_database_is(retain, machine, monkeypatch):
    import pwd

    def nobody(number):
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    monkeypatch.delenv("HOME")
    monkeypatch.delenv("RETAIN_DB")
    before = set(machine.rglob("*"))
    for command in (["list"], ["import", "-"]):
        answer = retain(*command, stdin=b"Customer ID,Name\n1,Wang\n")
        assert answer.code == 78
        assert "RETAIN_DB" in answer.err
    assert set(machine.rglob("*")) == before
    assert retain("import", "-", "--db", "here.db", stdin=b"Customer ID,Name\n1,Wang\n").code == 0
