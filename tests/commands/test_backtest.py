"""`retain backtest`, as a page."""

import re

DAY = "1998-07-01"


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
