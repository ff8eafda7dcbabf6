"""Profiles: what was said and found out about a file holds for the next one like it."""

import json
import sqlite3

MAY = "Wer;Wann;Wieviel;Telefone Number;Rest\n7;21/05/2026;12.50;;x\n"
JUNE = "Wer;Wann;Wieviel;Telefone Number;Rest\n7;02/06/2026;3.00;;y\n"
SAID = ("--map", "Wer=external_id", "--map", "Wann=bought_on", "--map", "Wieviel=amount", "--currency", "EUR")


def test_the_next_file_is_read_as_the_one_before(retain, csv_file):
    assert retain("import", csv_file("may.csv", MAY), *SAID, "--save-profile", "till").code == 0
    june = csv_file("june.csv", JUNE)
    assert retain("import", june).code == 65
    done = retain("import", june, "--profile", "till", "-f", "json").data[0]
    assert done["columns"] == {
        "Wer": "external_id",
        "Wann": "bought_on",
        "Wieviel": "amount",
        "Telefone Number": "phone",
    }
    assert done["unused"] == ["Rest"]
    customer = retain("list", "-f", "json").data[0]
    # May said that days come first; June alone could not have told.
    assert (customer["amount"], customer["last_on"]) == ({"amount": "15.50", "currency": "EUR"}, "2026-06-02")


def test_what_the_command_line_says_stands_before_the_profile(retain, csv_file):
    retain("import", csv_file("may.csv", MAY), *SAID, "--save-profile", "till")
    retain("import", csv_file("june.csv", JUNE), "--profile", "till", "--date-order", "mdy")
    assert retain("list", "-f", "json").data[0]["first_on"] == "2026-02-06"


def test_a_profile_says_every_column_so_that_nothing_is_guessed_again(retain, csv_file, machine):
    retain("import", csv_file("may.csv", MAY), *SAID, "--save-profile", "till")
    base = sqlite3.connect(machine / "shop.db")
    (kept,) = base.execute("select reading from import_profile where name = 'till'").fetchone()
    base.close()
    assert json.loads(kept)["mapping"] == {
        "Wer": "external_id",
        "Wann": "bought_on",
        "Wieviel": "amount",
        "Telefone Number": "phone",
        "Rest": "-",
    }


def test_a_profile_keeps_the_brand(retain, csv_file):
    text = "First Name,Last Name,URL,Connected On,Email Address,MEMBER_RATING\nAlma,Ahl,x,12 Mar 2025,a@x.org,4\n"
    path = csv_file("both.csv", text)
    retain("import", path, "--brand", "mailchimp-audience", "--save-profile", "list")
    assert retain("import", path).code == 65
    assert retain("import", path, "--profile", "list", "-f", "json").data[0]["brand"] == "mailchimp-audience"


def test_a_profile_is_written_over_and_one_that_is_not_there_lists_the_others(retain, csv_file):
    path = csv_file("may.csv", MAY)
    retain("import", path, *SAID, "--save-profile", "till")
    retain("import", path, *SAID, "--map", "Rest=product", "--save-profile", "till")
    assert retain("import", path, "--profile", "till", "-f", "json").data[0]["unused"] == []
    answer = retain("import", path, "--profile", "tilt")
    assert answer.code == 2
    assert "till" in answer.err


def test_a_profile_is_of_one_file(retain, csv_file, machine):
    answer = retain("import", csv_file("a.csv", MAY), csv_file("b.csv", MAY), *SAID, "--save-profile", "till")
    assert answer.code == 2
    assert not (machine / "shop.db").exists()


def test_a_dry_run_keeps_no_profile(retain, csv_file):
    path = csv_file("may.csv", MAY)
    retain("import", path, *SAID)
    retain("import", path, *SAID, "--save-profile", "till", "--dry-run")
    assert retain("import", path, "--profile", "till").code == 2


def test_a_column_that_is_gone_is_named(retain, csv_file):
    retain("import", csv_file("may.csv", MAY), *SAID, "--save-profile", "till")
    answer = retain(
        "import", csv_file("june.csv", JUNE.replace("Wieviel", "Summe")), "--profile", "till", "-f", "json"
    )
    assert (answer.code, answer.json["error"]["code"]) == (65, "column-missing")
    assert "Wieviel" in answer.json["error"]["message"]
