"""What scripts may rely on: the JSON envelope, keys that are never renamed, CSV that parses, options everywhere."""

import csv
import io
import json
from decimal import Decimal

import pytest

pytestmark = pytest.mark.usefixtures("shop")

CUSTOMER = ["id", "external_id", "name", "phone", "email", "area", "grade", "amount", "orders", "first_on",
            "last_on", "last_visit_on"]  # fmt: skip
DUE = ["customer", "reason", "service", "due_on", "days_late", "missed", "channel", "score", "why", "where", "say"]
COUNTS = ["rows", "created", "updated", "unchanged", "rejected", "review"]

COMMANDS = {
    "due": ["due"],
    "log-visit": ["log-visit", "K1"],
    "show": ["show", "K1"],
    "list": ["list"],
    "import": ["import", "customers.csv"],
    "classify": ["classify"],
    "plan": ["plan"],
    "report": ["report"],
    "demo": ["demo"],
}


def each(data, keys):
    for entry in data:
        assert list(keys) == [key for key in entry if key in keys]


def walk(value):
    yield value
    for inside in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(inside)


@pytest.mark.parametrize("command", COMMANDS)
def test_an_answer_in_json_is_one_object_with_its_envelope(retain, command):
    answer = retain(*COMMANDS[command], "-f", "json")
    assert answer.code == 0
    assert list(answer.json) == ["retain", "command", "today", "data", "problems"]
    if command != "demo":
        assert (answer.json["retain"], answer.json["command"]) == (1, command)
        assert answer.json["today"] == "2026-11-23"
    # K4 asked not to be contacted, and is counted.
    left_out = ["1 customer left out: they asked not to be contacted."]
    assert answer.json["problems"] == (left_out if command in ("due", "demo") else [])


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "demo"])
def test_money_is_an_exact_text_and_days_are_iso_and_nothing_else_is_a_text_of_either(retain, command):
    for value in walk(retain(*COMMANDS[command], "-f", "json").data):
        if isinstance(value, dict) and "currency" in value and "amount" in value and len(value) == 2:
            assert isinstance(value["amount"], str)
            assert Decimal(value["amount"]).as_tuple().exponent == -2
            assert value["currency"] == "CNY"
        if isinstance(value, dict):
            for key, inside in value.items():
                if key.endswith("_on") and inside is not None:
                    assert len(inside) == 10
                    assert inside[4] == inside[7] == "-"
                assert inside != "" or key in ("where", "say", "order_number", "product", "category")


def test_keys_of_import(retain):
    data = retain("import", "customers.csv", "orders.csv", "-f", "json").data
    each(data, ["file", "kind", *COUNTS, "batch"])
    assert [entry["kind"] for entry in data] == ["customers", "purchases"]


def test_keys_of_classify(retain):
    data = retain("classify", "-f", "json", today="2028-04-20").data
    assert [key for key in data if key in ("as_of", "scheme", "window_months", "grades", "changes")] == [
        "as_of", "scheme", "window_months", "grades", "changes",
    ]  # fmt: skip
    assert data["as_of"] == "2028-04-20"
    assert list(data["grades"]) == ["A", "B", "C", "none"]
    for total in data["grades"].values():
        assert list(total) == ["customers", "amount"]
    assert len(data["changes"]) == 4
    each(data["changes"], ["customer", "from", "to", "because"])


def test_keys_of_classify_explain(retain):
    data = retain("classify", "--explain", "K2", "-f", "json").data
    for key in (
        "customer",
        "grade",
        "recency_days",
        "frequency",
        "amount",
        "categories",
        "thresholds",
        "would_change",
    ):
        assert key in data


def test_keys_of_list(retain):
    data = retain("list", "-f", "json").data
    each(data, CUSTOMER)
    assert data[0] == {
        "id": 1, "external_id": "K1", "name": "Wang Fang", "phone": "+8613800138001", "email": "wang@example.cn",
        "area": "Pudong", "grade": "A", "amount": {"amount": "12300.00", "currency": "CNY"}, "orders": 2,
        "first_on": "2026-03-02", "last_on": "2026-10-02", "last_visit_on": "2026-10-05",
    }  # fmt: skip


def test_keys_of_due(retain):
    data = retain("due", "-f", "json").data
    each(data, DUE)
    for entry in data:
        assert [key for key in CUSTOMER if key in entry["customer"]] == list(entry["customer"])
        assert [list(term) for term in entry["why"]] == [["term", "value", "part", "weight"]] * len(entry["why"])


def test_keys_of_show(retain):
    data = retain("show", "K1", "-f", "json").data
    each([data["customer"]], CUSTOMER)
    for key in ("visits", "purchases", "next", "grades"):
        assert data[key], key


def test_keys_of_log_visit(retain):
    data = retain("log-visit", "K1", "-f", "json").data
    assert data["visit"]["customer"]["external_id"] == "K1"
    assert data["settled"]
    each(data["settled"], ["reason", "due_on"])
    assert data["next_due_on"]


def test_a_rate_is_written_with_what_it_is_of_and_not_under_five_cases(retain):
    rates = [
        value for value in walk(retain("report", "-f", "json").data) if isinstance(value, dict) and "rate" in value
    ]
    assert rates
    for rate in rates:
        assert list(rate) == ["rate", "numerator", "denominator"]
        if rate["denominator"] < 5:
            assert rate["rate"] is None
        else:
            assert rate["rate"] == rate["numerator"] / rate["denominator"]


CSV_HEADERS = {
    "due": ["id", "external_id", "name", "phone", "area", "grade", "reason", "service", "due_on", "days_late",
            "missed", "channel", "score", "where", "say"],
    "log-visit": ["id", "customer_id", "visited_on", "channel", "outcome", "settled", "next_due_on"],
    "show": [*CUSTOMER, "amount_currency", "birthday", "do_not_contact"],
    "list": [*CUSTOMER, "amount_currency"],
    "import": ["file", "kind", *COUNTS, "batch"],
    "plan": ["grade", "service", "every", "anchor", "lead_days", "grace_days", "channel", "cost", "cost_currency"],
    "report": ["section", "grade", "customers"],
    "demo": ["name", "service", "due_on"],
}  # fmt: skip


@pytest.mark.parametrize("command", CSV_HEADERS)
def test_csv_has_one_header_and_rows_as_wide(retain, command):
    answer = retain(*COMMANDS[command], "-f", "csv")
    assert answer.code == 0
    header, *rows = csv.reader(io.StringIO(answer.out), strict=True)
    assert set(CSV_HEADERS[command]) <= set(header)
    assert len(set(header)) == len(header)
    assert rows
    assert {len(row) for row in rows} == {len(header)}


def test_csv_of_changes_lists_every_change(retain):
    header, *rows = csv.reader(io.StringIO(retain("classify", "-f", "csv", today="2028-04-20").out))
    assert {"customer_id", "customer_name", "from", "to", "because"} <= set(header)
    assert len(rows) == 4


def test_csv_and_json_say_the_same(retain):
    data = retain("list", "-f", "json").data
    rows = list(csv.DictReader(io.StringIO(retain("list", "-f", "csv").out)))
    assert [(row["name"], row["phone"], row["amount"]) for row in rows] == [
        (entry["name"], entry["phone"] or "", entry["amount"]["amount"]) for entry in data
    ]


def test_an_answer_without_rows_is_an_empty_list_and_no_error(retain):
    assert retain("list", "--search", "nobody", "-f", "json").data == []
    assert retain("list", "--search", "nobody", "-f", "csv").code == 0
    assert retain("due", "--today", "2026-06-01", "--limit", "1", "-f", "json").code == 0


# Errors


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["due", "--nonsense"], "usage"),
        (["due", "--limit", "none"], "usage"),
        (["show"], "usage"),
        (["nonsense"], "usage"),
        (["due", "--today", "someday"], "day-unreadable"),
        (["show", "nobody"], "customer-unknown"),
        (["show", "Wang"], "customer-ambiguous"),
        (["log-visit", "K1", "--service", "massage"], "service-unknown"),
        (["import", "nowhere.csv"], "input-missing"),
        (["list", "--db", "customers.csv"], "database-unusable"),
        (["list", "--db", "nowhere.db"], "database-missing"),
        (["list", "--db", "postgresql://u:secret@host/x"], "database-kind"),
    ],
)
@pytest.mark.parametrize("where", [("-f", "json"), ("--format", "json"), ("--format=json",), ("-fjson",)])
def test_an_error_in_json_is_one_object_on_stdout_also_where_parsing_failed(retain, argv, code, where):
    answer = retain(*argv, *where)
    plain = retain(*argv)
    assert answer.code == plain.code >= 2
    assert answer.err == ""
    assert list(answer.json) == ["retain", "error"]
    assert answer.json["retain"] == 1
    assert list(answer.json["error"]) == ["code", "message", "hint", "problems"]
    assert answer.json["error"]["code"] == code
    assert plain.out == ""
    assert plain.err.startswith(f"retain: error: {answer.json['error']['message']}.")
    assert "secret" not in answer.out + plain.err


def test_the_format_may_stand_before_what_is_wrong(retain):
    assert retain("due", "-f", "json", "--nonsense").json["error"]["code"] == "usage"


# Options everywhere


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "demo"])
def test_every_option_is_taken_after_the_subcommand(retain, shop, command):
    elsewhere = shop.with_name("elsewhere.db")
    shop.rename(elsewhere)
    words = ["--db", elsewhere, "--today", "2026-11-24", "--format", "json", "--yes"]
    answer = retain(*COMMANDS[command], *words, today="2026-01-01")
    assert answer.code == 0, answer.out
    assert answer.json["today"] == "2026-11-24"
    assert retain(COMMANDS[command][0], *words, *COMMANDS[command][1:]).code == 0


def test_a_customer_can_be_named_in_every_way(retain):
    for words in ("K2", "#2", "13800138002", "+86 138 0013 8002", "138-0013-8002", "LI@Example.cn", "Li Lei",
                  "li le", " K2 ", "ＬＩ ＬＥＩ"):  # fmt: skip
        assert retain("show", words, "-f", "json").data["customer"]["external_id"] == "K2", words
    assert retain("show", "小红", "-f", "json").data["customer"]["external_id"] == "K5"


@pytest.mark.parametrize("command", ["show", "log-visit"])
def test_two_that_fit_are_listed_and_refused(retain, command, shop):
    before = shop.read_bytes()
    answer = retain(command, "Wang")
    assert answer.code == 2
    for words in ("'Wang' fits more than one customer", "#1 Wang Fang (K1 +8613800138001)", "#6 Wang Wei (K6)"):
        assert words in answer.err
    assert shop.read_bytes() == before
    assert retain("classify", "--explain", "Wang").code == 2


@pytest.mark.parametrize(
    "words", ["%", "_", "K_", "W%", "\\", "#7", "#0", "#-1", "##1", "'; drop table customer; --"]
)
def test_marks_that_mean_something_to_a_database_mean_themselves(retain, words):
    answer = retain("show", words, "-f", "json")
    assert answer.code == 2
    assert answer.json["error"]["code"] == "customer-unknown"


def test_a_word_that_begins_with_a_dash_comes_behind_two(retain):
    answer = retain("show", "--", "-x")
    assert answer.code == 2
    assert "no customer fits '-x'" in answer.err


def test_only_one_object_is_written(retain):
    decoder = json.JSONDecoder()
    text = retain("report", "-f", "json").out
    _, end = decoder.raw_decode(text)
    assert text[end:] == "\n"
