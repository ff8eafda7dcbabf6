"""The whole report: compared, defined, for a part of the customers."""

from pathlib import Path

import pytest

from retain_cli.document import Rate
from retain_cli.model.money import Money
from retain_cli.registry import members
from retain_cli.report import sections
from retain_cli.report.building import change

SECTIONS = {member.__name__.rpartition(".")[2]: member for member in members(sections)}


@pytest.fixture
def shop(retain, csv_file):
    """Six customers of whom three came back in October, and all in November; the first two are Li's."""
    orders = "".join(f"{n},2026-{month:02}-05,{10 * n}\n" for n in range(1, 7) for month in (9, 11))
    orders += "".join(
        f"{n},2026-{month}-20,10\n" for n in range(1, 7) for month in (10, 11) if month == 11 or n < 4
    )
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n" + orders), today="2026-12-01")
    retain("classify", today="2026-12-01")
    retain("staff", "add", "Li", today="2026-12-01")
    retain("staff", "assign", "1", "2", "--to", "Li", today="2026-12-01")


def report(retain, *words, form="json"):
    answer = retain("report", *words, "-f", form, today="2026-12-01")
    assert answer.code == 0, answer.out + answer.err
    return answer.data if form == "json" else answer.out


NOVEMBER = ("--from", "2026-11-01", "--to", "2026-11-30")


def test_the_month_before_stands_beside_it(retain, shop):
    data = report(retain, "retention", "grades", *NOVEMBER, "--compare", "previous")
    assert data["compared_with"] == {"from": "2026-10-01", "to": "2026-10-31"}
    compared = data["compared"]["retention"]
    assert compared["customers-who-bought"] == {"now": 6, "before": 3, "change": 3}
    assert compared["repeat-rate"]["now"] == {"rate": 1.0, "numerator": 6, "denominator": 6}
    # Of three customers there is no percentage, and so there is no difference of percentages.
    assert compared["repeat-rate"]["before"] == {"rate": None, "numerator": 0, "denominator": 3}
    assert compared["repeat-rate"]["change"] is None
    assert data["compared"]["grades"]["net-sales"] == {
        "now": {"amount": "270.00", "currency": "CNY"},
        "before": {"amount": "30.00", "currency": "CNY"},
        "change": {"amount": "240.00", "currency": "CNY"},
    }


def test_a_year_ago_there_was_nothing(retain, shop):
    data = report(retain, "retention", *NOVEMBER, "--compare", "last-year")
    assert data["compared_with"] == {"from": "2025-11-01", "to": "2025-11-30"}
    assert data["compared"]["retention"]["customers-who-bought"]["before"] == 0


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (Rate(6, 10), Rate(1, 2), None),
        (Rate(6, 10), Rate(1, 10), 0.5),
        (Money(5, "CNY"), Money(7, "CNY"), Money(-2, "CNY")),
        (Money(5, "CNY"), Money(7, "USD"), None),
        (4.5, 4.25, 0.25),
        (None, 4.25, None),
        (3, 5, -2),
    ],
)
def test_only_what_is_of_one_kind_and_can_be_told_is_subtracted(now, before, expected):
    assert change(now, before) == expected


def test_every_measure_is_worked_out_and_has_a_meaning(retain, shop):
    data = report(retain, "--define", "--compare", "previous")
    assert set(data) - {"period", "compared_with", "charts", "compared", "definitions"} == set(SECTIONS)
    for name, member in SECTIONS.items():
        assert set(data["definitions"][name]) >= set(member.MEASURES)
        assert all(text.endswith(".") and text[0].isupper() for text in data["definitions"][name].values()), name
        assert set(data["compared"].get(name, {})) == set(member.MEASURES)
        for measure in data["compared"].get(name, {}).values():
            assert set(measure) == {"now", "before", "change"}
    names = [measure for member in SECTIONS.values() for measure in member.MEASURES]
    assert len(names) == len(set(names))


def test_without_being_asked_nothing_is_defined_or_compared(retain, shop):
    data = report(retain, "retention")
    assert not {"definitions", "compared"} & set(data)
    assert "definitions" not in report(retain, "retention", form="table")


def test_a_report_can_be_of_one_s_own_customers_or_one_grade(retain, shop):
    assert report(retain, "retention", *NOVEMBER, "--staff", "li")["retention"]["customers"] == 2
    everybody = report(retain, "grades", *NOVEMBER)["grades"]
    only = report(retain, "grades", *NOVEMBER, "--grade", "b")["grades"]
    assert only["B"]["amount"] == everybody["B"]["amount"]
    assert only["A"]["customers"] == only["C"]["customers"] == 0
    parts = [
        report(retain, "retention", *NOVEMBER, "--grade", grade)["retention"] for grade in ("A", "B", "C", "none")
    ]
    assert sum(part["customers"] for part in parts) == 6


def test_somebody_unknown_is_refused(retain, shop):
    assert retain("report", "--staff", "wu").code == 2
    assert retain("report", "--grade", "D").code == 2
    assert retain("report", "--compare", "tomorrow").code == 2


def test_every_section_can_stand_alone_as_csv_and_json(retain, shop):
    for name in SECTIONS:
        assert set(report(retain, name)) - {"charts"} == {"period", name}
        lines = report(retain, name, form="csv").splitlines()
        assert all(line.startswith(("section", name)) for line in lines), name


def test_the_help_names_every_section(retain):
    from retain_cli.commands.report import report as command

    source = Path(command.__code__.co_filename).read_text(encoding="utf-8").replace('"\n            "', "")
    assert all(name in source for name in SECTIONS)
