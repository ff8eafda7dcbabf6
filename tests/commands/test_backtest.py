"""`retain backtest`, as a page, and where it cannot be kept."""

import os
import re
import sqlite3
from contextlib import closing

import pytest

from retain_cli.store import database

DAY = "1998-07-01"
MONTHS = ("backtest", "--months", "9", "--today", DAY)


def test_the_page_draws_what_the_table_says(music_shop, tmp_path):
    page = tmp_path / "backtest.html"
    made = music_shop("backtest", "--months", "9", "-f", "html", "-o", str(page), today=DAY)
    assert (made.code, made.out) == (0, "")
    text = page.read_text(encoding="utf-8")
    drawn = re.findall(r"<figcaption[^>]*>\s*([^<]*?)\s*<", text)
    assert drawn == ["Revenue caught", "Orders expected and placed"]
    told = music_shop("backtest", "--months", "9", "-f", "json", today=DAY).data
    caught = re.findall(r"<title>(\S+), best (\d+)%: ([\d.]+)</title>", text)
    assert {(name, int(top), float(percent)) for name, top, percent in caught} == {
        (ranked["ranking"], top["percent"], top["amount_percent"])
        for ranked in told["rankings"]
        for top in ranked["top"]
    }


def test_a_table_and_json_have_no_drawings(music_shop):
    assert "Revenue caught" not in music_shop("backtest", "--months", "9", today=DAY).out


def test_a_page_that_is_there_stays(music_shop, tmp_path):
    page = tmp_path / "backtest.html"
    page.write_text("mine")
    assert music_shop("backtest", "--months", "9", "-f", "html", "-o", str(page), today=DAY).code == 73
    assert page.read_text() == "mine"


def kept(path):
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        return base.execute("select count(*) from backtest").fetchone()[0]


@pytest.mark.parametrize(("choose", "code", "error"), [((), 0, None), (("--choose",), 75, "locked")])
def test_while_another_writes_it_is_told_and_a_choice_is_not_made(music_shop, monkeypatch, choose, code, error):
    monkeypatch.setattr(database, "SECONDS_TO_WAIT", 0.05)
    path = os.environ["RETAIN_DB"]
    before = kept(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        answer = music_shop(*MONTHS, *choose, "-f", "json")
    assert answer.code == code
    assert answer.json.get("error", {}).get("code") == error
    assert (len(answer.data["rankings"]) > 3) if code == 0 else ("data" not in answer.json)
    assert kept(path) == before
