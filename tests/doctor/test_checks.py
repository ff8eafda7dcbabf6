"""`retain doctor`: a shop in order has no findings, and each thing that is not in order is found and named."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from retain_cli.doctor import checks
from retain_cli.doctor.checks import file as file_check
from retain_cli.registry import members

CHECKS = ["damage", "file", "visits", "grading", "digests", "review", "leavers", "days", "currencies"]


@pytest.fixture
def shop(graded_shop):
    """Three graded customers, one of whom was visited."""
    graded_shop("Ann,", "Bo,", "Cy,", titles="Name,Birthday")
    return Path("shop.db")


@pytest.fixture
def findings(retain, shop):
    """What is found, by the check that found it; the exit code says whether there is anything."""

    def look(*words, **how):
        answer = retain("doctor", "-f", "json", *words, **how)
        data = answer.json["data"]
        found = {one["check"]: one for one in data["findings"]}
        assert answer.code == (1 if found else 0)
        assert {one["check"] for one in data["checks"] if one["findings"]} == set(found)
        return found

    return look


def change(sql, *values):
    with closing(sqlite3.connect("shop.db")) as base, base:
        base.execute(sql, values)


def test_a_shop_in_order_has_no_findings(retain, findings):
    retain("log-visit", "Ann", "--next", "2w")
    retain("log-visit", "Ann", "--on", "2026-11-20", "--service", "maintenance")
    assert findings() == {}
    answer = retain("doctor")
    assert "9 things looked at, everything is in order." in answer.out
    assert [one["check"] for one in retain("doctor", "-f", "json").json["data"]["checks"]] == CHECKS


def test_every_check_is_in_a_place_of_its_own():
    orders = [member.ORDER for member in members(checks)]
    assert sorted(orders) == list(range(1, len(orders) + 1))


def test_a_damaged_page_is_found_and_nothing_else_is_asked(retain, findings, shop):
    with closing(sqlite3.connect(shop)) as base:
        (page,) = base.execute("select rootpage from sqlite_master where name = 'visit'").fetchone()
        (size,) = base.execute("pragma page_size").fetchone()
    content = bytearray(shop.read_bytes())
    content[(page - 1) * size : page * size] = b"\xaa" * size
    shop.write_bytes(content)
    found = findings()
    assert list(found) == ["damage"]
    assert "backup" in found["damage"]["next_step"]
    assert [one["check"] for one in retain("doctor", "-f", "json").json["data"]["checks"]] == ["damage"]


def test_a_record_whose_customer_is_gone_is_found(findings):
    change(
        "insert into visit (customer_id, visited_on, channel, outcome) values (99, '2026-11-01', 'call', 'done')"
    )
    found = findings()["damage"]["finding"]
    assert "1 record" in found
    assert "visit" in found
    assert "customer" in found


def test_who_else_may_open_the_file_is_said_with_what_to_do(findings, shop):
    for mode, who in ((0o644, "everybody"), (0o640, "the group")):
        shop.chmod(mode)
        found = findings()["file"]
        assert found["finding"].startswith(f"{who} on this machine may open ")
        assert found["next_step"].startswith("Keep it to yourself: chmod 600 ")
        assert found["next_step"].endswith("shop.db")
    shop.chmod(0o600)
    assert findings() == {}


@pytest.mark.parametrize("folder", ["Dropbox", "OneDrive - Shop", "我的坚果云", "iCloud Drive"])
def test_a_folder_that_is_synchronised_is_no_place_for_it(retain, shop, folder):
    Path(folder).mkdir()
    there = shop.rename(Path(folder) / "shop.db")
    (found,) = retain("doctor", "--db", there, "-f", "json").json["data"]["findings"]
    assert found["check"] == "file"
    assert folder in found["finding"]


def test_a_disk_of_another_machine_is_no_place_for_it(findings, shop, monkeypatch, tmp_path):
    here = str(shop.resolve().parent)
    mounts = tmp_path / "mounts"
    monkeypatch.setattr(file_check, "_MOUNTS", mounts)
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\n//nas/shop {here} cifs rw 0 0\n")
    assert "cifs" in findings()["file"]["finding"]
    mounts.write_text(f"//nas/all / nfs4 rw 0 0\n/dev/vdb {here} ext4 rw 0 0\n//nas/other {here}er nfs rw 0 0\n")
    assert findings() == {}


def test_a_last_visit_that_is_kept_wrong_is_found_and_mended(retain, findings):
    retain("log-visit", "Ann", "--on", "2026-11-20", "--next", "2026-12-01")
    listed = retain("due", "--days", "60", "-f", "json").data
    change("update clock set last_on = '2026-11-01'")
    assert retain("due", "--days", "60", "-f", "json").data != listed
    assert "1 customer" in findings()["visits"]["finding"]
    assert findings("--mend") == {}
    assert retain("due", "--days", "60", "-f", "json").data == listed

    change("update visit set followed_on = '2026-11-22'")
    assert list(findings()) == ["visits"]
    assert findings("--mend") == {}


def test_without_mend_nothing_is_changed(findings, shop):
    change("update clock set last_on = '2026-11-01'")
    before = shop.read_bytes()
    findings()
    assert shop.read_bytes() == before


def test_grades_are_not_to_be_older_than_a_month_and_a_half(retain, findings, csv_file):
    """Graded on 23 November; 45 days later is 7 January."""
    (graded_on,) = _one("select max(graded_on) from grading")
    assert graded_on == "2026-11-23"
    assert findings(today="2027-01-07") == {}
    assert "2026-11-23, 46 days ago" in findings(today="2027-01-08")["grading"]["finding"]
    retain("import", csv_file("new.csv", "Customer,Date,Amount\n1,2026-01-01,5\n"), "--db", "new.db")
    (found,) = retain("doctor", "--db", "new.db", "-f", "json").json["data"]["findings"]
    assert (found["check"], found["next_step"]) == ("grading", "Grade everybody: retain classify")


def _one(sql):
    with closing(sqlite3.connect("shop.db")) as base:
        return base.execute(sql).fetchone()


def test_a_digest_that_did_not_arrive_is_found(retain, findings, monkeypatch):
    toml = Path("retain.toml")
    toml.write_text("[notify]\ncommand = ['false']\n")
    toml.chmod(0o600)
    monkeypatch.setenv("RETAIN_CONFIG", str(toml))
    retain("policy", "set", "daily_capacity", "20")
    assert retain("due", "--notify").code == 69
    found = findings()["digests"]
    assert "2026-11-23 by command did not arrive" in found["finding"]
    assert found["next_step"].endswith("retain notify test --channel command")
    toml.write_text("[notify]\ncommand = ['true']\n")
    retain("due", "--notify", today="2026-11-24")
    assert findings(today="2026-11-24") == {}


def test_rows_that_wait_to_be_decided_are_counted(retain, findings, csv_file):
    people = "Customer ID,Name,Mobile\nX1,Ann One,13800138001\nX2,Ann Two,13800138001\n"
    retain("import", csv_file("people.csv", people))
    retain("import", csv_file("row.csv", "Name,Mobile\nAnn,13800138001\n"))
    assert findings()["review"] == {
        "check": "review", "finding": "1 imported row waiting to be decided", "next_step": "Decide: retain review",
    }  # fmt: skip
    assert retain("review", "1", "--drop").code == 0
    assert findings() == {}


def test_who_left_and_still_has_customers_is_named(retain, findings):
    for line in ("add Li", "add Chen", "assign Ann Bo --to Li"):
        assert retain("staff", *line.split()).code == 0
    assert findings() == {}
    assert retain("staff", "retire", "Li", today="2026-11-20").code == 0
    assert findings()["leavers"]["finding"] == "Li left on 2026-11-20 and still has 2 customers"
    assert findings(today="2026-11-19") == {}
    retain("staff", "hand-over", "Li", "--to", "Chen", "--yes")
    assert findings() == {}


def test_days_that_have_not_come_are_found(retain, findings, csv_file):
    retain("import", csv_file("ahead.csv", "Customer,Date,Amount\n1,2026-11-24,5\n1,2206-01-01,5\n"), "--yes")
    assert findings()["days"]["finding"] == "2 purchases after today, up to 2206-01-01"
    assert findings(today="2026-11-24")["days"]["finding"] == "1 purchase after today, up to 2206-01-01"


def test_purchases_in_another_currency_are_counted(retain, findings, csv_file):
    retain("import", csv_file("o.csv", "Customer,Date,Amount,Currency\n1,2026-11-01,5,USD\n1,2026-11-02,5,USD\n"))
    assert "2 purchases in USD" in findings()["currencies"]["finding"]
