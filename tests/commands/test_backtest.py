"""`retain backtest`, as a page."""

import re

import pytest


@pytest.fixture
def shop(retain, csv_file):
    """Sixty customers who come back every other month, so that there is something to fit and to hide."""
    orders = "".join(
        f"{who},2026-{month:02d}-{1 + who % 27:02d},{10 + who}\n"
        for who in range(1, 61)
        for month in range(1 + who % 3, 12, 2 + who % 2)
    )
    assert retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n" + orders)).code == 0


def test_the_page_draws_what_the_table_says(retain, shop, tmp_path):
    page = tmp_path / "backtest.html"
    made = retain("backtest", "--months", "3", "-f", "html", "-o", str(page), today="2026-11-23")
    assert (made.code, made.out) == (0, "")
    text = page.read_text(encoding="utf-8")
    drawn = re.findall(r"<figcaption[^>]*>\s*([^<]*?)\s*<", text)
    assert drawn == ["Revenue caught", "Orders expected and placed"]
    told = retain("backtest", "--months", "3", "-f", "json", today="2026-11-23").data
    caught = re.findall(r"<title>(\S+), best (\d+)%: ([\d.]+)</title>", text)
    assert {(name, int(top), float(percent)) for name, top, percent in caught} == {
        (ranked["ranking"], top["percent"], top["amount_percent"])
        for ranked in told["rankings"]
        for top in ranked["top"]
    }


def test_a_table_and_json_have_no_drawings(retain, shop):
    assert "Revenue caught" not in retain("backtest", "--months", "3", today="2026-11-23").out


def test_a_page_that_is_there_stays(retain, shop, tmp_path):
    page = tmp_path / "backtest.html"
    page.write_text("mine")
    assert retain("backtest", "--months", "3", "-f", "html", "-o", str(page), today="2026-11-23").code == 73
    assert page.read_text() == "mine"
