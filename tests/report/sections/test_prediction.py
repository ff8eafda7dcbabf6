"""The last backtest in the report."""

import re

DAY = "1998-07-01"


def test_without_a_backtest_there_is_the_way_to_one(music_shop):
    assert music_shop("report", "prediction", "-f", "json", today=DAY).data["prediction"] == {"backtest": None}
    assert "retain backtest --months 6" in music_shop("report", "prediction", today=DAY).out


def test_it_is_the_last_backtest_as_it_was_told(music_shop):
    music_shop("backtest", "--months", "6", today=DAY)
    told = music_shop("backtest", "--months", "9", "-f", "json", today=DAY).data
    shown = music_shop("report", "prediction", "-f", "json", today="1998-08-01").data["prediction"]["backtest"]
    assert shown.pop("made_on") == DAY
    del told["chosen"]
    assert shown == told
    tables = music_shop("backtest", "--months", "9", today=DAY).out.split("\n\n")
    reported = music_shop("report", "prediction", today="1998-08-01").out
    assert all(table.strip() in reported for table in tables)


def test_the_page_of_the_report_draws_it(music_shop, tmp_path):
    music_shop("backtest", "--months", "9", today=DAY)
    page = tmp_path / "report.html"
    assert music_shop("report", "prediction", "-f", "html", "-o", str(page), today=DAY).code == 0
    drawn = re.findall(r"<figcaption[^>]*>\s*([^<]*?)\s*<", page.read_text(encoding="utf-8"))
    assert drawn == ["Revenue caught", "Orders expected and placed"]


def test_a_base_without_a_model_says_so(retain, csv_file):
    orders = "".join(f"{n},2026-{month:02}-05,{n}\n" for n in range(1, 9) for month in (1, 3, 10))
    retain("import", csv_file("o.csv", "Customer ID,Date,Amount\n" + orders))
    told = retain("backtest", "--months", "3", "-f", "json").data
    shown = retain("report", "prediction", "-f", "json").data["prediction"]["backtest"]
    assert (shown["model"], shown["because"]) == (told["model"], told["because"])
    assert shown["because"]
    assert shown["orders"] == 8
