"""Defects that programs of this kind had, each guarded here by a test named after what it guards."""

import csv
import hashlib
import io
import time
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from retain_cli import workspace

ONE_LINE = "Customer ID,Date,Amount\n1,2026-10-01,100\n"


@pytest.fixture
def customer(retain, csv_file):
    """A graded shop of one A customer, and the services listed for them on a day, with their due days."""
    retain("import", csv_file("one.csv", ONE_LINE))
    retain("classify")

    def services(today):
        return {
            reason["service"]: reason["due_on"]
            for line in retain("due", "-f", "json", today=today).data
            for reason in line["reasons"]
        }

    return services


def test_a_customer_logged_today_is_due_again_after_one_interval(retain, customer):
    """In a reminder program whoever was contacted once was marked as done, and never came up again."""
    retain("log-visit", 1, "--service", "maintenance", "--service", "senior visit", today="2026-11-23")
    assert customer("2026-12-22") == {}
    assert customer("2026-12-23") == {"return visit": "2026-12-23"}
    assert customer("2026-12-24") == {"return visit": "2026-12-23"}


def test_a_customer_never_contacted_is_due(customer):
    """Lists made by joining customers with their last contact leave out everyone who never had one."""
    assert customer("2026-11-23") == {"return visit": "2026-11-23"}


def test_a_yearly_wish_once_done_is_due_the_next_year(retain, csv_file, customer):
    """In a reminder program a yearly item that was ticked off stayed ticked off."""
    retain("import", csv_file("b.csv", "Customer ID,Birthday\n1,1980-03-05\n"))
    retain("log-visit", 1, "--service", "birthday gift", today="2027-03-05")
    assert "birthday gift" not in customer("2027-03-06")
    for year in (2028, 2029, 2030):
        assert customer(f"{year}-03-05")["birthday gift"] == f"{year}-03-05"


@pytest.mark.parametrize("before", ["", ONE_LINE])
def test_a_dry_run_leaves_the_file_byte_identical(retain, csv_file, machine, before):
    """In a command-line CRM a dry run with an update option wrote after all."""
    if before:
        retain("import", csv_file("before.csv", before))
    file = machine / "shop.db"
    kept = file.read_bytes() if before else None
    changed = csv_file(
        "c.csv", "Customer ID,Name,Date,Amount\n1,New name,2026-10-01,100\n2,Somebody,2026-11-01,5\n"
    )
    answer = retain("import", changed, "--dry-run", "-f", "json")
    assert (answer.data[0]["rows"], answer.data[0]["created"]) == (2, 1 if before else 2)
    assert (file.read_bytes() if file.exists() else None) == kept
    assert sorted(path.name for path in machine.glob("*shop.db*")) == (["shop.db"] if before else [])


def test_a_bad_row_80_of_100_changes_nothing(retain, csv_file, machine):
    """In a command-line CRM the rows before the one that failed stayed, and nobody was told which."""
    retain("import", csv_file("before.csv", ONE_LINE))
    before = hashlib.sha256((machine / "shop.db").read_bytes()).hexdigest()
    lines = [f"{n},2026-11-01,{'much' if n == 80 else n}\n" for n in range(1, 101)]
    answer = retain("import", csv_file("hundred.csv", "Customer ID,Date,Amount\n" + "".join(lines)))
    assert answer.code == 65
    assert answer.out == ""
    assert "hundred.csv:81" in answer.err
    assert hashlib.sha256((machine / "shop.db").read_bytes()).hexdigest() == before


@pytest.mark.parametrize("born", ["1980-02-29", "--02-29"])
@pytest.mark.parametrize("customers", [1, 6])
def test_a_birthday_on_29_february_comes_exactly_once_in_a_common_and_in_a_leap_year(
    retain, csv_file, born, customers
):
    """Three calendars and address books skipped such birthdays in common years, showed them twice, or crashed."""
    people = "".join(f"{n},{born}\n" for n in range(customers))
    orders = "".join(f"{n},2026-01-01,{100 - n}\n" for n in range(customers))
    retain(
        "import",
        csv_file("c.csv", "Customer ID,Birthday\n" + people),
        csv_file("o.csv", "Customer ID,Date,Amount\n" + orders),
        today="2026-12-01",
    )
    retain("classify", today="2026-12-01")
    came = set()
    for year in (2027, 2028):
        for start in range(0, 366, 60):
            today = date(year, 1, 1) + timedelta(days=start)
            lines = retain("due", "--days", 60, "-f", "json", today=today.isoformat()).data
            came |= {
                (line["customer"]["external_id"], reason["due_on"])
                for line in lines
                for reason in line["reasons"]
                if reason["reason"] == "birthday" and reason["due_on"] <= "2028-12-31"
            }
    assert came == {(str(n), day) for n in range(customers) for day in ("2027-02-28", "2028-02-29")}


def test_a_monthly_series_from_31_january_keeps_its_month_ends(retain, customer):
    """Programs that count each month from the one before end up on the 28th for ever."""
    # A shop that is open every day, so that no day is moved.
    retain("policy", "set", "work_days", "mon,tue,wed,thu,fri,sat,sun")
    retain("policy", "set", "region", "XX")
    retain("log-visit", 1, "--on", "2027-01-31", today="2027-01-31")
    ends = ["02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31"]
    for missed, end in enumerate(ends):
        day = date.fromisoformat(f"2027-{end}")
        for today, expected in ((day - timedelta(days=1), max(missed - 1, 0)), (day, missed)):
            lines = retain("due", "-f", "json", today=today.isoformat()).data
            reasons = [r for line in lines for r in line["reasons"] if r["service"] == "return visit"]
            assert [r["missed"] for r in reasons] == ([expected] if today >= date(2027, 2, 28) else [])


NAMES = [
    'Ann "the Boss" O\'Neil',
    "Müller, Jörg; & Söhne",
    "王小芳",
    "Иван\u00a0Петров",
    "山田 👩\u200d👧 花子",
    "🧑🏽\u200d🔧",
    "سارة",
    "a\\b|c",
    "=1+1",
    "[bold]Bob[/bold] :ring:",
    "null",
]


def test_names_with_quotes_scripts_and_emoji_come_out_as_they_went_in(retain):
    """A contact list broke its own JSON and CSV with the first name that had a quote in it."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["Customer ID", "Name", "Date", "Amount"])
    rows.writerows([f"c{n}", name, "2026-10-01", 10] for n, name in enumerate(NAMES))
    assert retain("import", "-", stdin=text.getvalue().encode()).code == 0
    expected = {f"c{n}": " ".join(name.split()) for n, name in enumerate(NAMES)}
    listed = retain("list", "-f", "json").data
    assert {customer["external_id"]: customer["name"] for customer in listed} == expected
    written = retain("list", "-f", "csv").out
    found = {row["external_id"]: row["name"] for row in csv.DictReader(io.StringIO(written))}
    # A cell that a spreadsheet would compute is written with a mark before it, which an import takes away again.
    assert {n: name.removeprefix("'") if name[1:] == "=1+1" else name for n, name in found.items()} == expected
    retain("classify")
    due = retain("due", "--days", 366, "-f", "json").data
    assert {line["customer"]["external_id"]: line["customer"]["name"] for line in due} == expected


def test_the_limit_comes_after_filters_and_ranking(retain, csv_file):
    """A contact list took the first rows and filtered those, so that a limit of three could show nobody."""
    orders = "".join(f"{n:03},{'East' if n >= 95 else 'West'},2026-10-01,{n + 1}\n" for n in range(100))
    retain("import", csv_file("o.csv", "Customer ID,Area,Date,Amount\n" + orders))
    retain("classify")
    ids = [c["external_id"] for c in retain("list", "--area", "east", "--limit", 3, "-f", "json").data]
    assert ids == ["099", "098", "097"]
    graded = [c["external_id"] for c in retain("list", "--grade", "C", "--limit", 2, "-f", "json").data]
    assert graded == ["049", "048"]
    whole = retain("due", "-f", "json", today="2028-01-01").data
    assert len(whole) == 100
    assert retain("due", "--limit", 3, "-f", "json", today="2028-01-01").data == whole[:3]


@pytest.fixture
def live_in(monkeypatch):
    """Move the machine and the shop to a time zone."""

    def move(zone):
        monkeypatch.setenv("RETAIN_TZ", zone)
        monkeypatch.setenv("TZ", zone)
        if hasattr(time, "tzset"):
            time.tzset()

    yield move
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.mark.parametrize(
    ("zone", "turned_on"),
    [
        ("Europe/Berlin", "2027-03-28"),
        ("Europe/Berlin", "2027-10-31"),
        # The hour from midnight to one is left out.
        ("Asia/Beirut", "2026-03-29"),
        ("Africa/Cairo", "2026-04-24"),
        ("America/Sao_Paulo", "2018-11-04"),
        # The whole day is left out.
        ("Pacific/Apia", "2011-12-30"),
    ],
)
def test_days_are_counted_by_dates_where_the_clock_is_turned(retain, csv_file, live_in, zone, turned_on):
    """A day of 23 hours made two reminder programs count one day too few, by dividing hours by 24."""
    live_in(zone)
    turned = date.fromisoformat(turned_on)
    start = turned - timedelta(days=9)
    retain("import", csv_file("c.csv", "Customer ID,Name\n1,Ann\n"), today=start.isoformat())
    retain("log-visit", 1, "--next", turned - timedelta(days=2), today=start.isoformat())
    for ahead in range(-2, 4):
        today = turned + timedelta(days=ahead)
        (line,) = retain("due", "-f", "json", today=today.isoformat()).data
        assert line["days_late"] == ahead + 2
    assert retain("due", "-f", "json", today=(turned - timedelta(days=3)).isoformat()).data == []


class _Clock(datetime):
    """A clock that stands still at an instant."""

    instant = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return cls.instant.astimezone(tz)


@pytest.mark.parametrize(
    ("zone", "instant", "today"),
    [
        # Half past midnight, or just before it, where the shop is; the day in London is another.
        ("Asia/Shanghai", "2026-11-22T16:30", "2026-11-23"),
        ("Asia/Shanghai", "2026-11-22T15:59", "2026-11-22"),
        ("Asia/Tokyo", "2026-11-22T15:00", "2026-11-23"),
        ("Australia/Sydney", "2026-11-22T13:01", "2026-11-23"),
        ("Pacific/Auckland", "2026-11-22T11:05", "2026-11-23"),
        ("America/Los_Angeles", "2026-11-23T07:59", "2026-11-22"),
        ("America/Los_Angeles", "2026-11-23T08:00", "2026-11-23"),
        ("UTC", "2026-11-22T23:59", "2026-11-22"),
    ],
)
def test_just_after_midnight_today_is_the_day_of_the_shop(monkeypatch, zone, instant, today):
    """East of London a contact manager sent its reminders a day late, since its today was that of UTC."""
    monkeypatch.setenv("RETAIN_TZ", zone)
    monkeypatch.setattr(_Clock, "instant", datetime.fromisoformat(instant).replace(tzinfo=UTC))
    monkeypatch.setattr(workspace, "datetime", _Clock)
    assert workspace.workspace("due", None, None, "table", yes=False).today == date.fromisoformat(today)
    assert _Clock.now(ZoneInfo(zone)).date() == date.fromisoformat(today)


def test_a_spend_exactly_at_a_border_is_in_the_better_grade(retain, csv_file):
    """An open range on either side of a border left customers with exactly that amount in no class at all."""
    amounts = ["0.30", "0.30", "0.20", "0.10", "0.10"]
    orders = "".join(f"{n},2026-10-01,{amount}\n" for n, amount in enumerate(amounts))
    # Ten cents three times, which no binary fraction adds up to 0.30.
    orders += "".join(f"5,2026-10-{day:02},0.10\n" for day in (1, 2, 3))
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n" + orders))
    retain("classify")
    grades = {c["external_id"]: c["grade"] for c in retain("list", "-f", "json").data}
    # Six customers: A ends at the second, with 0.30, and B at the third, with 0.30 too; nobody is left without.
    assert grades == {"0": "A", "1": "A", "5": "A", "2": "C", "3": "C", "4": "C"}


def test_two_purchases_in_the_first_month_are_one_repeat_customer(retain, csv_file):
    """A report of an accounting program counted purchases instead of customers, and so found too many repeaters."""
    orders = "1,2026-10-01,10\n1,2026-10-15,10\n2,2026-10-02,10\n3,2026-10-03,10\n3,2026-11-03,10\n"
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n" + orders))
    for last, repeated in (("2026-10-31", 1), ("2026-11-30", 2)):
        asked = ("report", "retention", "--from", "2026-10-01", "--to", last, "-f", "json")
        rate = retain(*asked, today="2026-12-01").data["retention"]["repeat_purchase"]
        assert (rate["numerator"], rate["denominator"]) == (repeated, 3)


def test_the_same_file_twice_changes_nothing(retain, csv_file):
    """Importers that only insert double everybody with every nightly export."""
    files = [
        csv_file("c.csv", "Customer ID,Name,Phone,Birthday\n1,Ann,13800138001,02-29\n2,Bo,13800138002,\n"),
        csv_file(
            "o.csv",
            "Customer ID,Order number,Date,Amount\n1,A1,2026-10-01,10\n1,A1,2026-10-01,10\n2,A2,2026-10-01,5\n",
        ),
        csv_file("v.csv", "Customer ID,Visit date,Outcome,Note\n1,2026-11-01,done,Well\n1,2026-11-01,done,Well\n"),
    ]
    retain("import", *files)
    before = [retain("show", n, "-f", "json").data for n in ("1", "2")]
    for today in ("2026-11-23", "2026-11-24"):
        for file in retain("import", *files, "-f", "json", today=today).data:
            assert (file["created"], file["updated"], file["customers_created"]) == (0, 0, 0)
            assert file["unchanged"] == file["rows"] > 0
    assert [retain("show", n, "-f", "json").data for n in ("1", "2")] == before


@pytest.mark.parametrize(
    "rows",
    [
        ["7,Ann,13800138001,", "7,Ann Lee,13800138001,"],
        [",Ann,138 0013 8001,", ",Ann,+86 138-0013-8001,"],
        [",Ann,,ann@example.com", ",Ann,,ANN@Example.com"],
        ["7,Ann,13800138001,", ",Ann,13800138001,ann@example.com", ",Ann,,ann@example.com"],
    ],
)
def test_two_rows_for_one_person_in_one_file_are_one_person(retain, csv_file, rows):
    """Importers that look up only what was there before the file make two people of two rows."""
    file = csv_file("c.csv", "Customer ID,Name,Phone,E-mail\n" + "\n".join(rows) + "\n")
    assert retain("import", file).code == 0
    assert len(retain("list", "-f", "json").data) == 1
    assert retain("import", file, "-f", "json").data[0]["created"] == 0
