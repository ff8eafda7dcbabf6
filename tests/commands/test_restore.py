"""An export makes the same database again; what cannot be is refused with its place, and nothing is kept."""

import csv
import io
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from retain_cli.cli import main

TWO_SHOPS = """Customer ID,Name,Mobile,Email,Birthday,Note,Do not contact
W1,Zoe,13900000001,zoe@example.com,农历八月十五,=1+1,
W2,Yan,13900000002,yan@example.com,农历闰四月初三,'quoted,yes
W3,"O'Brien, the elder",13900000003,,--12-31,"-- says ""no"" twice",
W4,Ida,13900000001,ida@example.com,,"@home, tab\there",
"""
OTHER_SHOP = "Customer ID,Name,Mobile\nW1,Xia,13900000011\nW2,Wu,13900000012\n"
FITS_TWO = "Name,Mobile\nWho,13900000001\n"
# After the whole demo: what its records do not have, so that no table of an export is without a row.
LINES = """
import two.csv --source "web shop" --save-profile web
import other.csv --source web_shop
import fits-two.csv --source "web shop"
merge K1016 K1017 --yes
erase K1018 --yes
erase #68 --yes
holdout set 20% --seed 7
staff away "Liu Hong" 2026-12-01 2026-12-09
staff skill add "Liu Hong" parquet --trained-on 2026-01-02 --renew-by 2027-01-02
day add K1001 wedding 2015-06-12
day add K1002 moved "3rd Monday of March"
log-visit K1001 --with K1002 --service maintenance --service "return visit" --sat 4 --rate politeness=5 --cost 30
log-visit K1005 --sat 2 --next 2w
log-visit K1005 --correct 151 --sat 5
pin K1003 A --reason "friend of the house" --until 2027-01-01
need met 1
policy set share_a 60
policy set share_b 40
skip K1009 --service "return visit" --reason "=1+1"
contact K1020 --never --reason asked
classify
campaign create Gone --channel message --text "Hi {name}" --grade A
campaign remove 2 --yes
due --notify
"""
NOT_EXPORTED = {"alembic_version", "day_off", "sqlite_sequence"}
ANSWERS = (
    "due --days 40", "due --today 2027-03-01", "report --from 2026-01-01", "show K1001", "show K1009",
    "brief K1005", "agenda", "list", "batches", "review", "classify --explain K1001", "notify status",
)  # fmt: skip


@pytest.fixture(scope="module")
def lived_through(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with something of everything, made once."""
    from shlex import split

    folder = tmp_path_factory.mktemp("whole")
    for name, text in (("two.csv", TWO_SHOPS), ("other.csv", OTHER_SHOP), ("fits-two.csv", FITS_TWO)):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "retain.toml").write_text('[notify]\ncommand = ["true"]\n')
    (folder / "retain.toml").chmod(0o600)
    path = folder / "whole.db"
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        patch.chdir(folder)
        patch.setenv("RETAIN_CONFIG", str(folder / "retain.toml"))
        patch.setenv("RETAIN_TODAY", "2026-11-23")
        assert main(["demo", "--whole", "--keep", str(path)]) == 0
        for line in LINES.strip().splitlines():
            assert main([*split(line), "--db", str(path)]) in (0, 3), line
    # Levelling a crowded day would do this; it takes thousands of customers.
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("insert into moved_day values (1, 1, 2, '2026-12-20', '2026-12-21')")
    return path


@pytest.fixture
def whole(lived_through: Path, machine: Path) -> Path:
    return Path(shutil.copy(lived_through, machine / "whole.db"))


@pytest.fixture(scope="module")
def exported(lived_through: Path) -> dict[str, Path]:
    """Its export, in both forms."""
    folders = {form: lived_through.with_name(form) for form in ("csv", "json")}
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        for form, folder in folders.items():
            argv = ["export", "all", str(folder), "--db", str(lived_through), "-f", form, "--today", "2026-11-23"]
            assert main(argv) == 0
    return folders


@pytest.fixture
def out(exported: dict[str, Path], machine: Path) -> Path:
    """A copy of the export as CSV, to be damaged."""
    return Path(shutil.copytree(exported["csv"], machine / "out"))


def tables(path: Path) -> dict[str, list[str]]:
    """All rows of all tables, in no order."""
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        return {name: sorted(map(repr, connection.execute(f"select * from {name}"))) for name in names}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_shop_of_these_tests_has_a_row_of_everything_that_is_exported(whole: Path) -> None:
    assert [name for name, rows in tables(whole).items() if not rows] == []


@pytest.mark.parametrize("form", ["csv", "json"])
def test_every_row_of_every_table_is_there_again_and_an_export_of_it_is_the_same_to_the_byte(
    retain: Any, whole: Path, exported: dict[str, Path], machine: Path, form: str
) -> None:
    answer = retain("restore", exported[form], "--db", "fresh.db", "-f", "json")

    assert answer.data["files"][0] | {"file": ""} == {"table": "customers", "file": "", "rows": 60}
    assert tables(machine / "fresh.db") == tables(whole)
    assert retain("export", "all", "again", "-f", form, "--db", "fresh.db").code == 0
    assert contents(machine / "again") == contents(exported[form])


def test_both_databases_answer_alike(retain: Any, whole: Path, out: Path) -> None:
    assert retain("restore", out, "--db", "fresh.db").code == 0

    for line in ANSWERS:
        before, after = (retain(*line.split(), "-f", "json", "--db", path) for path in (whole, "fresh.db"))
        assert before.code == after.code == 0, before.out
        assert after.json == before.json, line


def test_what_was_merged_can_be_parted_and_who_was_erased_stays_away(
    retain: Any, whole: Path, out: Path, csv_file: Callable[[str, str], str]
) -> None:
    assert retain("restore", out, "--db", "fresh.db").code == 0
    with closing(sqlite3.connect(whole)) as connection:
        (last,) = connection.execute("select max(id) from customer").fetchone()

    assert retain("undo", 7, "--db", "fresh.db").code == 0
    assert retain("show", "K1017", "--db", "fresh.db").code == 0
    erased = csv_file("back.csv", "Customer ID,Name\nK1018,Back Again\n")
    retain("import", erased, "--db", "fresh.db")
    assert retain("list", "--search", "Back Again", "-f", "json", "--db", "fresh.db").data == []
    # The last customer was erased: their number is not given to the next.
    new = csv_file("new.csv", "Customer ID,Name\nN1,Quite New\n")
    assert retain("import", new, "--db", "fresh.db").code == 0
    [found] = retain("list", "--search", "Quite New", "-f", "json", "--db", "fresh.db").data
    assert last == 67
    assert found["id"] == 69


def test_the_closing_line_of_an_export_says_the_words(retain: Any, whole: Path, machine: Path) -> None:
    answer = retain("export", "all", "my export", "--db", whole)

    last = answer.err.splitlines()[-1]
    assert last == "To take everything in again: retain restore 'my export' --db fresh.db"
    assert retain("restore", "my export", "--db", "fresh.db").code == 0


def test_a_database_that_holds_something_is_refused_and_left_as_it_was(retain: Any, whole: Path, out: Path) -> None:
    before = whole.read_bytes()

    answer = retain("restore", out, "--db", whole)

    assert answer.code == 73
    assert "has customers already" in answer.err
    assert "--db fresh.db" in answer.err
    assert whole.read_bytes() == before


def test_a_database_with_no_more_than_staff_is_refused_too(retain: Any, out: Path) -> None:
    assert retain("import", "-", "--db", "fresh.db", stdin=b"Customer ID,Name\nK1,Ann\n").code == 0
    assert retain("staff", "add", "Li", "--db", "fresh.db").code == 0
    assert retain("erase", "K1", "--yes", "--db", "fresh.db").code == 0

    assert retain("restore", out, "--db", "fresh.db").code == 73


def test_a_folder_that_is_not_there_or_no_export_is_refused(retain: Any, machine: Path) -> None:
    (machine / "empty").mkdir()

    assert retain("restore", "nowhere").code == 66
    assert retain("restore", "empty").code == 65
    assert not (machine / "shop.db").exists()


def test_two_exports_in_one_folder_are_told_apart_by_a_person(
    retain: Any, exported: dict[str, Path], out: Path
) -> None:
    shutil.copytree(exported["json"], out, dirs_exist_ok=True)

    assert retain("restore", out).code == 65


def cell(folder: Path, name: str, row: int, column: str, value: str) -> None:
    """Write another value into one cell; the first row after the header is 1."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[row][rows[0].index(column)] = value
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


BAD_CELLS = [
    ("customers.csv", 2, "retain_id", "x", "not a whole number"),
    ("customers.csv", 2, "retain_id", "1", "is there twice"),
    ("customers.csv", 2, "retain_id", "9223372036854775807", "more than"),
    ("customers.csv", 2, "name", "", "has to be there"),
    ("customers.csv", 2, "name", "x" * 201, "longer than 200"),
    ("customers.csv", 2, "birthday", "2026-02-30", "no such day"),
    ("customers.csv", 2, "do_not_contact", "perhaps", "neither true nor false"),
    ("customers.csv", 2, "retain_owner_id", "99", "there is no such row in staff.csv"),
    ("purchases.csv", 3, "bought_on", "20260131", "not a day"),
    ("purchases.csv", 3, "bought_on", "0999-01-31", "not a day"),
    ("purchases.csv", 3, "amount", "12.345", "not an amount of CNY"),
    ("purchases.csv", 3, "amount", "9" * 30, "too large"),
    ("purchases.csv", 3, "currency", "cny", "not a currency"),
    ("purchases.csv", 3, "quantity", "nan", "not a number"),
    ("purchases.csv", 3, "quantity", "9e999", "not a number"),
    ("purchases.csv", 3, "retain_customer_id", "9999", "there is no such row in customers.csv"),
    ("visits.csv", 1, "channel", "pigeon", "not one of visit, call, message"),
    ("visits.csv", 1, "satisfaction", "6", "not from 1 to 5"),
    ("visits.csv", 1, "cost", "128.00 EUR", "not in CNY"),
    ("visits.csv", 1, "retain_occasion_id", "9999", "there is no such row in visits.csv"),
    ("visit-services.csv", 2, "service_id", "99", "there is no such row in services.csv"),
    ("promises.csv", 1, "status", "forgotten", "not one of open, kept, late, broken"),
    ("promises.csv", 1, "visit_id", "-3", "less than 1"),
    ("needs.csv", 1, "met_by_id", "9999", "there is no such row in purchases.csv"),
    ("coupons.csv", 1, "percent", "10", "amount or percent"),
    ("ticket-events.csv", 1, "ticket_id", "77", "there is no such row in tickets.csv"),
    ("referred.csv", 1, "referral_id", "77", "there is no such row in referrals.csv"),
    ("goals.csv", 1, "measure", "luck", "not a measure"),
    ("plan.csv", 1, "every", "now and then", "not an interval"),
    ("segments.csv", 1, "condition", "drop table", "no column"),
    ("campaigns.csv", 1, "text", "Dear {everybody}", "there is no {everybody}"),
    ("customer-days.csv", 2, "rule", "9 mon 3", "not a weekday"),
    ("reviews.csv", 1, "candidates", "[", "Expecting value"),
    ("notices.csv", 1, "sent_at", "yesterday", "Invalid isoformat string"),
    ("policy.csv", 2, "value", "many", "not a whole number"),
    ("policy.csv", 2, "name", "share_z", "there is no such rule"),
    ("contents.csv", 1, "file", "../customers.csv", "not the name of a file of this folder"),
    ("contents.csv", 1, "table", "secrets", "there is no such table"),
    ("contents.csv", 1, "rows", "-1", "not a whole number"),
]


@pytest.mark.parametrize(("name", "row", "column", "value", "why"), BAD_CELLS)
def test_a_cell_that_cannot_be_is_refused_with_its_file_line_and_column(
    retain: Any, out: Path, machine: Path, name: str, row: int, column: str, value: str, why: str
) -> None:
    if name == "policy.csv":
        names = [line.partition(",")[0] for line in (out / name).read_text(encoding="utf-8").splitlines()]
        row = names.index("share_a")
    cell(out, name, row, column, value)

    answer = retain("restore", out, "--db", "fresh.db", "-f", "json")

    assert answer.code == 65, answer.out
    error = answer.json["error"]
    assert f"{name}:{line_of(out / name, row)}: " in error["message"]
    assert column in error["message"] or name == "policy.csv"
    assert why in error["message"]
    assert "nothing was taken in" in error["hint"]
    assert not (machine / "fresh.db").exists()


def line_of(path: Path, row: int) -> int:
    """The line on which a row begins: cells may have several lines."""
    with path.open(encoding="utf-8", newline="") as file:
        reader: Iterator[list[str]] = csv.reader(file)
        for _ in range(row):
            next(reader)
        return reader.line_num + 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(("column", "code"), [("note", 0), ("satisfaction", 65)])
def test_a_cell_longer_than_an_import_allows_is_read_and_imports_keep_their_limit(
    retain: Any, out: Path, machine: Path, column: str, code: int
) -> None:
    limit = csv.field_size_limit()
    cell(out, "visits.csv", 1, column, "x" * (limit + 1))

    assert retain("restore", out, "--db", "fresh.db").code == code

    (machine / "long.csv").write_text("Name,Phone\n" + "x" * (limit + 1) + ",1\n")
    refused = retain("import", machine / "long.csv", "--db", "other.db")
    assert refused.code == 65
    assert "longer than 131,072" in refused.err


def test_a_column_that_nobody_knows_or_that_is_missing_is_refused(retain: Any, out: Path) -> None:
    promises = (out / "promises.csv").read_text(encoding="utf-8")

    (out / "promises.csv").write_text(promises.replace("words", "wrods", 1), encoding="utf-8")
    answer = retain("restore", out)
    assert answer.code == 65
    assert "promises.csv:1: there is no column 'wrods'; there are id, customer_id" in answer.err

    with (out / "promises.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(row[:-3] for row in csv.reader(io.StringIO(promises)))
    answer = retain("restore", out)
    assert answer.code == 65
    assert "promises.csv:1: the column made_good is missing" in answer.err


def test_columns_may_stand_in_any_order(retain: Any, whole: Path, out: Path, machine: Path) -> None:
    with (out / "promises.csv").open(encoding="utf-8", newline="") as file:
        rows = [row[::-1] for row in csv.reader(file)]
    with (out / "promises.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)

    assert retain("restore", out, "--db", "fresh.db").code == 0
    assert tables(machine / "fresh.db")["promise"] == tables(whole)["promise"]


@pytest.mark.parametrize("name", ["visits.csv", "promises.csv", "services.csv"])
def test_a_file_that_is_lost_is_missed(retain: Any, out: Path, machine: Path, name: str) -> None:
    (out / name).unlink()

    answer = retain("restore", out, "--db", "fresh.db")
    assert answer.code == 65
    assert f"{name} is not there" in " ".join(answer.err.split())
    assert not (machine / "fresh.db").exists()


def test_a_file_that_was_cut_off_is_noticed_wherever_it_was_cut(retain: Any, out: Path) -> None:
    whole = (out / "grades.csv").read_bytes()
    lines = whole.splitlines(keepends=True)
    for cut in (b"", lines[0], b"".join(lines[:-1]), whole[:-20], whole[: len(whole) // 2]):
        (out / "grades.csv").write_bytes(cut)
        assert retain("restore", out).code == 65


@pytest.mark.parametrize(
    ("name", "damage", "why"),
    [
        ("customers.csv", b"\xff\xfe", "not in UTF-8"),
        ("customers.csv", b'"', "is damaged"),
        ("customers.csv", b",", "cells, and the header"),
    ],
)
def test_a_damaged_line_is_named(retain: Any, out: Path, name: str, damage: bytes, why: str) -> None:
    lines = (out / name).read_bytes().splitlines(keepends=True)
    lines[4] = damage + lines[4]
    (out / name).write_bytes(b"".join(lines))

    answer = retain("restore", out, "-f", "json")
    assert answer.code == 65
    assert f"{name}:5: " in answer.json["error"]["message"]
    assert why in answer.json["error"]["message"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda one: one | {"words": 5}, "not a text"),
        (lambda one: one | {"words": "\ud800"}, "not in UTF-8"),
        (lambda one: one | {"id": True}, "not a whole number"),
        (lambda one: one | {"id": 2**70}, "too large"),
        (lambda one: one | {"due_on": 20261123}, "not a day"),
        (lambda one: one | {"extra": 1}, "there is no column 'extra'"),
        (lambda one: {"id": 1}, "the column customer_id is missing"),
        (lambda one: [one], "is no JSON object"),
    ],
)
def test_a_json_line_that_cannot_be_is_refused(
    retain: Any, exported: dict[str, Path], machine: Path, change: Callable[[Any], Any], why: str
) -> None:
    out = Path(shutil.copytree(exported["json"], machine / "out"))
    lines = (out / "promises.jsonl").read_text(encoding="utf-8").splitlines()
    lines[2] = json.dumps(change(json.loads(lines[2])))
    (out / "promises.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")

    answer = retain("restore", out, "-f", "json")
    assert answer.code == 65
    assert "promises.jsonl:3: " in answer.json["error"]["message"]
    assert why in answer.json["error"]["message"]


@pytest.mark.parametrize("line", ["{", "[" * 100_000, '{"id": NaN}', '{"id": 1, "id": 2}'])
def test_a_line_that_is_no_json_is_refused(
    retain: Any, exported: dict[str, Path], machine: Path, line: str
) -> None:
    out = Path(shutil.copytree(exported["json"], machine / "out"))
    (out / "promises.jsonl").write_text(line, encoding="utf-8")

    answer = retain("restore", out)
    assert answer.code == 65
    assert "promises.jsonl:1: is damaged" in " ".join(answer.err.split())


def test_hashes_of_the_erased_without_their_salt_are_refused(retain: Any, out: Path) -> None:
    lines = (out / "policy.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("erasure_salt")]
    (out / "policy.csv").write_text("".join(kept), encoding="utf-8")
    place = [line.split(",")[0] for line in (out / "contents.csv").read_text().splitlines()].index("policy")
    cell(out, "contents.csv", place, "rows", str(len(kept) - 1))

    answer = retain("restore", out)
    assert answer.code == 65
    assert "erased.csv" in answer.err


def test_control_characters_come_in_written_out(retain: Any, exported: dict[str, Path], machine: Path) -> None:
    out = Path(shutil.copytree(exported["json"], machine / "out"))
    lines = (out / "promises.jsonl").read_text(encoding="utf-8").splitlines()
    lines[0] = json.dumps(json.loads(lines[0]) | {"words": "\x1b[31mred"})
    (out / "promises.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert retain("restore", out, "--db", "fresh.db").code == 0
    with closing(sqlite3.connect(machine / "fresh.db")) as connection:
        assert connection.execute("select words from promise where id = 1").fetchone() == ("\\x1b[31mred",)


def test_an_exported_column_is_every_column_of_the_tables(whole: Path, out: Path) -> None:
    """What the three tables for imports have is told by some column of their files, or worked out."""
    from retain_cli.restoring.layout import layout

    birthday = {f"birth_{part}" for part in ("month", "day", "year", "calendar", "leap_month")}
    worked_out = {"customer": {"search_key", *birthday}}
    with closing(sqlite3.connect(whole)) as connection:
        for name in ("customers", "purchases", "visits", *(path.stem for path in out.glob("[a-z]*.csv"))):
            if name.endswith(("-web_shop", "-web_shop-2", "contents")):
                continue
            found = layout(name)
            kept = {column for _, column, *_ in connection.execute(f"pragma table_info({found.table})")}
            told = {*found.kept_as.values(), *found.amounts.values(), *worked_out.get(found.table, ())}
            assert told == kept, name


def test_amounts_in_the_shops_currency_come_back_where_it_has_three_decimals(
    retain: Any, machine: Path, csv_file: Callable[[str, str], str]
) -> None:
    sold = csv_file("o.csv", "Customer ID,Order Date,Amount\nK1,2026-10-01,1234.567\nK2,2026-10-02,0.005\n")
    assert retain("import", sold, "--currency", "KWD").code == 0
    assert retain("classify").code == 0
    assert retain("export", "all", "out").code == 0

    assert retain("restore", "out", "--db", "fresh.db").code == 0
    assert "'A', 1234567," in tables(machine / "fresh.db")["enrolment"][0]
    assert tables(machine / "fresh.db") == tables(machine / "shop.db")
