"""`retain campaign`. K1 is an A who bought floor oil last, K4 asked to be left alone, K3 and K5 have no e-mail."""

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys

import pytest

from retain_cli.store.rows import OF_CUSTOMERS

DAY = "2026-11-23"


@pytest.fixture(autouse=True)
def _shop(shop):
    """Every test here has the shop."""


@pytest.fixture
def outbox(machine, monkeypatch):
    """A program that sends for the shop and keeps what it was told; it fails while `fails` names the customer."""
    path, kept, fails = machine / "send.py", machine / "kept.jsonl", machine / "fails"
    path.write_text(
        "import json, os, pathlib, signal, sys\n"
        "told = json.load(sys.stdin)\n"
        f"fails = pathlib.Path({str(fails)!r})\n"
        "words = fails.read_text().split() if fails.exists() else []\n"
        "if told['to']['external_id'] in words or 'all' in words: sys.exit(4)\n"
        f"open({str(kept)!r}, 'a').write(json.dumps([sys.argv[1:], told]) + '\\n')\n"
        "if 'kill' in words: os.kill(os.getppid(), signal.SIGKILL)\n",
        encoding="utf-8",
    )
    toml = machine / "retain.toml"
    command = json.dumps([sys.executable, str(path), "{email}", "{title}", "{text}"])
    toml.write_text(
        f"[notify.customers.mail]\ncommand = {command}\n[notify.customers.message]\ncommand = {command}\n",
        encoding="utf-8",
    )
    toml.chmod(0o600)
    monkeypatch.setenv("RETAIN_CONFIG", str(toml))

    class Outbox:
        @property
        def got(self):
            lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
            return [json.loads(line) for line in lines]

        @property
        def customers(self):
            return [told["to"]["external_id"] for _, told in self.got]

        def fail(self, *words):
            fails.write_text(" ".join(words))

    return Outbox()


def campaign(retain, *words, **how):
    return retain("campaign", *words, "-f", "json", **how).data


@pytest.fixture
def oils(retain):
    """A mail about oil, to four customers."""
    campaign(retain, "create", "Oils", "--channel", "mail", "--text", "Dear {name}, your {last_product|floor}!")
    campaign(retain, "choose", 1, "K1", "K2", "K4", "K6")


def states(retain):
    return {one["external_id"]: one["state"] for one in campaign(retain, "show", 1)["contacts"]}


class TestMaking:
    """Whom it is for, and what it says."""

    def test_it_is_made_for_a_filter_and_looked_at_without_sending(self, retain):
        made = campaign(retain, "create", "Oils", "--text", "Dear {name}", "--area", "Pudong")
        assert (made["id"], made["customers"], made["sent"], made["channel"]) == (1, 2, 0, "message")
        letters = campaign(retain, "preview", 1)["letters"]
        assert {one["external_id"]: one["text"] for one in letters} == {
            "K1": "Dear Wang Fang", "K3": "Dear Zhao Min",
        }  # fmt: skip
        assert campaign(retain, "show", 1)["sent"] == 0

    def test_every_place_says_what_is_known(self, retain):
        retain("staff", "add", "Li Ming")
        assert retain("staff", "assign", "K1", "--to", "Li Ming").code == 0
        retain("benefit", "grant", "K1", "points", 1200)
        retain("benefit", "grant", "K1", "coupon", "--percent", 10, "--expires", "2026-12-31")
        text = "{name};{last_product};{last_bought_on};{points};{coupon};{grade};{owner};{area};{phone};{email}"
        campaign(retain, "create", "All", "--text", text)
        campaign(retain, "choose", 1, "K1")
        (letter,) = campaign(retain, "preview", 1)["letters"]
        assert letter["text"].split(";") == [
            "Wang Fang", "floor oil", "2026-10-02", "1,200", "10 % off until 2026-12-31", "A",
            "Li Ming", "Pudong", "+8613800138001", "wang@example.cn",
        ]  # fmt: skip

    def test_customers_come_from_segments_conditions_and_stdin_and_are_there_once(self, retain):
        campaign(retain, "create", "Oils", "--text", "x")
        retain("segment", "carpets", "--where", "category = carpets")
        assert campaign(retain, "choose", 1, "--segment", "carpets")["new"] == 2
        again = campaign(retain, "choose", 1, "-", stdin=b"K2\nK1\nK1\n")
        assert (again["new"], again["chosen_before"], again["customers"]) == (1, 1, 3)
        assert campaign(retain, "choose", 1, "--where", "category = carpets", "--grade", "C")["customers"] >= 3

    @pytest.mark.parametrize("words", [["--text", "{nobody}"], ["--text", "ok", "--subject", "{0}"]])
    def test_words_that_cannot_be_understood_make_no_campaign(self, retain, words):
        answer = retain("campaign", "create", "Oils", *words)
        assert answer.code == 65
        assert "^" in answer.err
        assert "{last_product}" in answer.err or "{name}" in answer.err
        assert campaign(retain, "list") == []

    def test_the_text_comes_from_a_file(self, retain, machine):
        (machine / "t.txt").write_bytes("\ufeffDear {name},\r\n\r\n祝好\r\n".encode())
        campaign(retain, "create", "Oils", "--file", "t.txt", "--area", "Pudong")
        assert campaign(retain, "preview", 1)["letters"][0]["text"] == "Dear Wang Fang,\n\n祝好"

    @pytest.mark.parametrize("words", [[], ["--text", "a", "--file", "b"], ["--text", "  "]])
    def test_it_says_one_thing(self, retain, words):
        assert retain("campaign", "create", "Oils", *words).code == 2

    def test_a_grade_in_the_text_is_pointed_out(self, retain):
        assert "yours to know" in retain("campaign", "create", "x", "--text", "{grade}").out
        assert "yours to know" not in retain("campaign", "create", "x", "--text", "{name}").out


@pytest.mark.usefixtures("oils")
class TestLeavingOut:
    """The one suppression rule, and what a letter takes."""

    def test_who_may_not_be_contacted_or_reached_is_left_out_and_counted(self, retain):
        campaign(retain, "choose", 1, "K3")
        retain("contact", "K2", "--never", "--channel", "mail")
        found = campaign(retain, "preview", 1)
        assert [one["external_id"] for one in found["letters"]] == ["K1", "K6"]
        assert found["left_out"] == {
            "refused this channel": 1, "asked not to be contacted": 1, "no e-mail known": 1,
        }  # fmt: skip
        why = {one["external_id"]: one["why"] for one in found["left_out_customers"]}
        assert why == {"K2": "refused this channel", "K4": "asked not to be contacted", "K3": "no e-mail known"}

    def test_a_pause_too_many_contacts_and_the_lot_count(self, retain, outbox):
        retain("pause", "K1", "--until", "2026-12-24")
        for day in range(10, 15):
            retain("log-visit", "K2", "--on", f"2026-11-{day}")
        retain("contact", "K6", "--deceased")
        found = campaign(retain, "send", 1, "--yes")
        assert found["left_out"] == {
            "paused": 1, "contacted often enough": 1, "asked not to be contacted": 1, "deceased": 1,
        }  # fmt: skip
        assert outbox.got == []

    def test_whoever_the_lot_leaves_out_of_the_routine_is_left_out(self, retain, csv_file):
        # Somebody to draw from: buyers too small for anything but C.
        people = "".join(f"N{n},Customer {n},n{n}@example.cn\n" for n in range(30))
        sold = "".join(f"X{n},2026-10-01,N{n},felt,{n + 1}.00\n" for n in range(30))
        retain("import", csv_file("n.csv", "Customer ID,Name,E-mail\n" + people))
        retain("import", csv_file("s.csv", "Order,Date,Customer,Product,Amount\n" + sold))
        retain("classify")
        assert retain("holdout", "set", "50%").code == 0
        held = {customer for (customer,) in _rows("select customer_id from holdout_member where held = 1")}
        campaign(retain, "choose", 1, "--where", "product = felt")
        left = campaign(retain, "preview", 1)["left_out_customers"]
        assert held
        assert {one["customer_id"] for one in left if "by lot" in one["why"]} == held

    def test_nobody_gets_a_text_with_a_hole_in_it(self, retain):
        campaign(retain, "create", "Holes", "--channel", "mail", "--text", "{name}, {owner}, {last_product}")
        campaign(retain, "choose", 2, "K1", "K6")
        assert campaign(retain, "preview", 2)["left_out"] == {"nothing known for {owner}": 2}

    def test_whether_they_may_be_contacted_is_asked_on_the_day_it_goes_out(self, retain, outbox):
        assert [one["external_id"] for one in campaign(retain, "preview", 1)["letters"]] == ["K1", "K2", "K6"]
        retain("contact", "K1", "--never")
        campaign(retain, "send", 1, "--yes")
        assert sorted(outbox.customers) == ["K2", "K6"]


def _rows(sql):
    with sqlite3.connect("shop.db") as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.usefixtures("oils")
class TestSending:
    """Each customer at most once, whatever fails."""

    def test_everybody_who_may_gets_it_once_with_their_own_words(self, retain, outbox):
        found = campaign(retain, "send", 1, "--yes")
        assert (found["sent"], found["failed"]) == (3, 0)
        assert outbox.got[0][0] == ["wang@example.cn", "Oils", "Dear Wang Fang, your floor oil!"]
        # Li Lei bought a carpet, Wang Wei nothing.
        assert [argv[2] for argv, _ in outbox.got[1:]] == [
            "Dear Li Lei, your carpet!",
            "Dear Wang Wei, your floor!",
        ]
        assert campaign(retain, "send", 1, "--yes")["outcomes"] == [
            {"customer_id": 4, "external_id": "K4", "name": "Chen Jie", "result": "left-out",
             "why": "asked not to be contacted"}
        ]  # fmt: skip
        assert outbox.customers == ["K1", "K2", "K6"]
        assert len({told["key"] for _, told in outbox.got}) == 3

    def test_it_is_asked_before_anything_goes_out(self, retain, outbox):
        answer = retain("campaign", "send", 1)
        assert answer.code == 2
        assert "3 customers by mail" in answer.err
        assert outbox.got == []

    def test_a_dry_run_sends_and_notes_nothing(self, retain, outbox):
        assert len(campaign(retain, "send", 1, "--dry-run")["letters"]) == 3
        assert outbox.got == []
        assert set(states(retain).values()) == {"chosen"}

    def test_it_is_a_contact_that_restarts_the_return_visit(self, retain, outbox):
        campaign(retain, "send", 1, "--yes")
        shown = retain("show", "K1", "-f", "json").data
        assert (shown["visits"][0]["visited_on"], shown["visits"][0]["channel"]) == (DAY, "mail")
        assert shown["visits"][0]["note"] == "campaign: Oils"
        # An A is visited monthly.
        assert {one["service"]: one["due_on"] for one in shown["next"]}["return visit"] == "2026-12-23"

    def test_it_renders_the_service_it_was_made_for(self, retain, outbox):
        campaign(retain, "create", "New year", "--channel", "mail", "--text", "x", "--service", "holiday greeting")
        campaign(retain, "choose", 2, "K1")
        campaign(retain, "send", 2, "--yes")
        assert retain("show", "K1", "-f", "json").data["visits"][0]["services"] == ["holiday greeting"]

    def test_whoever_failed_is_tried_again_and_the_others_are_not(self, retain, outbox):
        outbox.fail("K2")
        answer = retain("campaign", "send", 1, "--yes", "-f", "json")
        assert answer.code == 3
        assert states(retain) == {"K1": "sent", "K2": "failed", "K4": "chosen", "K6": "sent"}
        assert len(retain("show", "K2", "-f", "json").data["visits"]) == 1
        outbox.fail()
        assert retain("campaign", "send", 1, "--yes").code == 0
        assert outbox.customers == ["K1", "K6", "K2"]
        assert len(retain("show", "K2", "-f", "json").data["visits"]) == 2

    def test_a_channel_that_fails_for_everybody_is_given_up_and_ends_with_69(self, retain, outbox, csv_file):
        people = "".join(f"N{n},Customer {n},n{n}@example.cn\n" for n in range(8))
        retain("import", csv_file("n.csv", "Customer ID,Name,E-mail\n" + people))
        campaign(retain, "choose", 1, *(f"N{n}" for n in range(8)))
        outbox.fail("all")
        answer = retain("campaign", "send", 1, "--yes", "-f", "json")
        assert answer.code == 69
        assert answer.json["data"]["failed"] == 5
        assert answer.json["data"]["not_tried"] == 6
        outbox.fail()
        campaign(retain, "send", 1, "--yes")
        assert sorted(outbox.customers) == sorted(["K1", "K2", "K6", *(f"N{n}" for n in range(8))])

    def test_a_run_that_is_killed_while_sending_never_sends_twice(self, retain, outbox):
        outbox.fail("kill")
        argv = [sys.executable, "-m", "retain_cli", "campaign", "send", "1", "--yes", "--today", DAY]
        done = subprocess.run(argv, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, check=False)
        assert done.returncode == -9
        assert outbox.customers == ["K1"]
        assert states(retain)["K1"] == "sending"
        assert campaign(retain, "list")[0]["unsure"] == 1
        outbox.fail()
        assert campaign(retain, "send", 1, "--yes")["sent"] == 2
        assert outbox.customers == ["K1", "K2", "K6"]
        first = outbox.got[0][1]["key"]
        assert campaign(retain, "send", 1, "--yes", "--unsure")["sent"] == 3
        assert outbox.customers[-1] == "K1"
        # By the key a receiver tells the repetition.
        assert outbox.got[-1][1]["key"] == first
        assert (
            len([v for v in retain("show", "K1", "-f", "json").data["visits"] if v["note"] == "campaign: Oils"])
            == 1
        )

    def test_without_a_way_to_customers_it_says_what_to_do(self, retain):
        answer = retain("campaign", "send", 1, "--yes")
        assert answer.code == 78
        assert "[notify.customers.mail]" in answer.err
        assert "campaign export 1" in answer.err


@pytest.mark.usefixtures("oils")
class TestByHand:
    """Exported, sent some other way, and noted."""

    def test_the_export_is_a_csv_for_a_mail_merge(self, retain):
        answer = retain("campaign", "export", 1)
        rows = list(csv.DictReader(io.StringIO(answer.out)))
        assert [row["external_id"] for row in rows] == ["K1", "K2", "K6"]
        assert (rows[0]["email"], rows[0]["text"]) == ("wang@example.cn", "Dear Wang Fang, your floor oil!")
        assert "1 left out, asked not to be contacted: Chen Jie." in answer.err

    def test_a_cell_that_a_spreadsheet_would_obey_is_made_harmless(self, retain, csv_file, machine):
        retain("import", csv_file("n.csv", 'Customer ID,Name\nK1,"=HYPERLINK(""http://x"")"\n'))
        campaign(retain, "create", "Raw", "--channel", "mail", "--text", "{name}")
        campaign(retain, "choose", 2, "K1")
        assert retain("campaign", "export", 2, "merge.csv").code == 0
        with (machine / "merge.csv").open(encoding="utf-8-sig", newline="") as file:
            (row,) = csv.DictReader(file)
        assert row["name"].startswith("'=")
        assert row["text"].startswith("'=")
        assert retain("campaign", "export", 2, "merge.csv").code == 73

    def test_noting_it_is_a_contact_once(self, retain):
        exported = retain("campaign", "export", 1).out
        names = "\n".join(row["external_id"] for row in csv.DictReader(io.StringIO(exported))).encode()
        assert campaign(retain, "sent", 1, "-", "--on", "2026-11-20", stdin=names)["noted"] == 3
        assert campaign(retain, "sent", 1, "K1")["noted"] == 0
        visits = retain("show", "K1", "-f", "json").data["visits"]
        assert [v["visited_on"] for v in visits if v["note"] == "campaign: Oils"] == ["2026-11-20"]
        assert campaign(retain, "preview", 1)["letters"] == []

    def test_what_was_noted_by_mistake_is_taken_back_with_its_contact(self, retain, outbox):
        before = retain("show", "K1", "-f", "json").data
        campaign(retain, "send", 1, "--yes", stdin=b"")
        campaign(retain, "sent", 1, "K3")
        assert campaign(retain, "sent", 1, "K3", "K2", "--undo")["noted"] == 1
        assert retain("show", "K3", "-f", "json").data["visits"] == []
        # What was really sent stays.
        assert states(retain)["K2"] == "sent"
        campaign(retain, "create", "Other", "--text", "x")
        retain("log-visit", "K1", today="2026-12-01")
        after_visit = retain("show", "K1", "-f", "json", today="2026-12-05").data["next"]
        campaign(retain, "sent", 2, "K1", today="2026-12-05")
        campaign(retain, "sent", 2, "K1", "--undo", today="2026-12-05")
        assert retain("show", "K1", "-f", "json", today="2026-12-05").data["next"] == after_visit
        assert before["customer"]["id"] == 1


class TestEffect:
    """Who answered, who bought, and what it cost, always of how many."""

    @pytest.fixture
    def known(self, retain, oils, csv_file):
        """K1, K2 and K6 got it on 1 June; K1 bought on the 30th day, K2 on the 31st, K6 answered."""
        campaign(retain, "sent", 1, "K1", "K2", "K6", today="2026-06-01")
        campaign(retain, "answer", 1, "K6", "asks for a sample", "--on", "2026-06-03")
        sold = "Order,Date,Customer,Product,Amount\nB1,2026-07-01,K1,oil,300\nB2,2026-07-02,K2,oil,50\n"
        retain("import", csv_file("b.csv", sold))

    @pytest.mark.usefixtures("known")
    def test_the_days_count_from_the_day_each_got_it_the_last_included(self, retain):
        effect = campaign(retain, "show", 1, "--within", 30)["effect"]
        assert effect["bought"] == {"rate": None, "numerator": 1, "denominator": 3}
        assert effect["answered"]["numerator"] == 1
        assert effect["amount"] == {"amount": "300.00", "currency": "CNY"}
        assert campaign(retain, "show", 1, "--within", 31)["effect"]["bought"]["numerator"] == 2
        assert campaign(retain, "show", 1, "--within", 29)["effect"]["bought"]["numerator"] == 0

    @pytest.mark.usefixtures("known")
    def test_days_that_are_not_over_are_told(self, retain):
        def open_on(today):
            return campaign(retain, "show", 1, "--within", 30, today=today)["effect"]["still_open"]

        assert (open_on("2026-06-30"), open_on("2026-07-01")) == (3, 0)

    @pytest.mark.usefixtures("known")
    def test_the_contacts_share_the_cost_to_the_last_cent(self, retain):
        assert campaign(retain, "cost", 1, "100")["cost"]["amount"] == "100.00"
        assert sorted(row[0] for row in _rows("select cost from visit where note = 'campaign: Oils'")) == [
            3333, 3333, 3334,
        ]  # fmt: skip

    @pytest.mark.usefixtures("oils")
    def test_only_who_got_it_answers(self, retain):
        answer = retain("campaign", "answer", 1, "K1", "yes")
        assert answer.code == 2
        campaign(retain, "sent", 1, "K1")
        assert retain("campaign", "answer", 1, "K1", "yes", "--on", "2026-11-22").code == 2
        assert retain("campaign", "answer", 1, "K1", "yes").code == 0


@pytest.mark.usefixtures("oils")
class TestTakingAway:
    """Removal, merging, erasing."""

    def test_a_campaign_that_nobody_got_goes_and_its_number_is_not_given_again(self, retain):
        assert retain("campaign", "remove", 1).code == 0
        assert campaign(retain, "list") == []
        assert campaign(retain, "create", "Other", "--text", "x")["id"] == 2
        assert retain("campaign", "show", 1).code == 2

    def test_a_campaign_that_went_out_stays(self, retain):
        campaign(retain, "sent", 1, "K1")
        assert retain("campaign", "remove", 1).code == 2
        assert retain("campaign", "remove", 1, "K1").code == 2
        assert retain("campaign", "remove", 1, "K2").code == 0
        assert states(retain) == {"K1": "sent", "K4": "chosen", "K6": "chosen"}

    @pytest.mark.parametrize(("kept", "other"), [("K1", "K2"), ("K2", "K1")])
    def test_two_who_are_one_person_got_it_if_either_did_and_get_it_once(self, retain, outbox, kept, other):
        campaign(retain, "sent", 1, "K2", today="2026-11-20")
        campaign(retain, "answer", 1, "K2", "maybe", today="2026-11-21")
        assert retain("merge", kept, other, "--yes").code == 0
        assert states(retain)[kept] == "sent"
        (one,) = [c for c in campaign(retain, "show", 1)["contacts"] if c["external_id"] == kept]
        assert (one["sent_on"], one["answer"]) == ("2026-11-20", "maybe")
        campaign(retain, "send", 1, "--yes")
        assert outbox.customers == ["K6"]
        batch = retain("batches", "-f", "json").data[0]["batch"]
        assert retain("undo", batch, "--yes").code == 0
        assert (states(retain)["K1"], states(retain)["K2"]) == ("chosen", "sent")

    def test_who_is_gone_is_on_no_list_any_more(self, retain, outbox):
        campaign(retain, "sent", 1, "K6")
        with sqlite3.connect("shop.db") as connection:
            connection.execute("pragma foreign_keys = on")
            for table in OF_CUSTOMERS:
                connection.execute(f"delete from {table} where customer_id in (2, 6)")
            connection.execute("delete from customer where id in (2, 6)")
        assert set(states(retain)) == {"K1", "K4"}
        assert campaign(retain, "show", 1)["effect"]["contacted"] == 0
        campaign(retain, "send", 1, "--yes")
        assert outbox.customers == ["K1"]


NAMES = [
    "{name.__class__}",
    "{points}",
    "{0}",
    "{name!r}",
    "{{",
    "}}{",
    "%s%n",
    "$(reboot)",
    "-rf",
    "'; drop table visit",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_looks_like_a_place_or_an_order_is_only_a_name(retain, outbox, csv_file, name):
    retain("import", csv_file("n.csv", f'Customer ID,Name\nK1,"{name}"\n'))
    campaign(
        retain,
        "create",
        "Oils",
        "--channel",
        "mail",
        "--subject",
        "For {name}",
        "--text",
        "{name}, {points} points",
    )
    campaign(retain, "choose", 1, "K1")
    campaign(retain, "send", 1, "--yes")
    ((argv, told),) = outbox.got
    assert (told["title"], told["text"]) == (f"For {name}", f"{name}, 0 points")
    # A word that a program would take for an option has a blank before it.
    assert argv == ["wang@example.cn", f"For {name}", (" " if name.startswith("-") else "") + f"{name}, 0 points"]


def test_a_name_with_a_newline_makes_no_second_line_of_a_subject(retain, outbox):
    campaign(
        retain, "create", "Oils", "--channel", "mail", "--subject", "For {name}", "--text", "Hello\n{name}\n\x09bye"
    )
    campaign(retain, "choose", 1, "K1")
    with sqlite3.connect("shop.db") as connection:
        connection.execute(
            "update customer set name = 'Wang' || char(13, 10) || 'Bcc: x@example.cn' || char(27) where id = 1"
        )
    campaign(retain, "send", 1, "--yes")
    ((_, told),) = outbox.got
    assert told["title"] == "For Wang Bcc: x@example.cn\\x1b"
    assert told["text"].splitlines() == ["Hello", "Wang Bcc: x@example.cn\\x1b", "\tbye"]


def test_whoever_will_not_get_it_is_shown_with_the_reason(retain, shop):
    retain("campaign", "create", "Spring", "--text", "Dear {name}", "--grade", "A")
    (waiting,) = retain("campaign", "show", 1, "-f", "json").data["contacts"]
    assert (waiting["state"], waiting["why"]) == ("chosen", None)
    retain("contact", f"#{waiting['customer_id']}", "--deceased")
    (left_out,) = retain("campaign", "show", 1, "-f", "json").data["contacts"]
    assert (left_out["state"], left_out["why"]) == ("chosen", "deceased")
    assert "left out" in retain("campaign", "show", 1).out


def test_who_got_it_has_to_be_said_and_how_is_told(retain, shop):
    retain("campaign", "create", "Spring", "--text", "Dear {name}", "--grade", "A")
    refused = retain("campaign", "sent", 1)
    assert refused.code == 2
    assert "retain campaign sent 1 -" in refused.err
