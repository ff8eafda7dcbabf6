"""The README's picture shows what `retain due` prints."""

import html
import re
import runpy
from pathlib import Path
from typing import Any

from rich.cells import cell_len

DOCS = Path(__file__).parents[2] / "docs"
COLUMN = 12.2
"""How wide Rich draws a character, in the units of its SVG."""


def _texts(svg: str) -> list[tuple[float, str]]:
    """Width and words of every piece of text, from top to bottom."""
    pieces = re.findall(r'<text class="retain-due-r\d+"[^>]*textLength="([\d.]+)"[^>]*>([^<]*)<', svg)
    return [(float(width), html.unescape(text).replace("\xa0", " ")) for width, text in pieces]


def _words(text: str) -> list[str]:
    return re.sub(r"[─│╭╮╰╯├┤┬┴┼]", " ", text).split()


def test_the_picture_shows_the_list_of_the_example_day(retain: Any, shop: Path) -> None:
    printed = retain("due", "--db", shop).out

    drawn = " ".join(text for _, text in _texts((DOCS / "due.svg").read_text(encoding="utf-8")))
    assert _words(drawn) == _words(printed)


def test_the_picture_is_drawn_by_the_script_beside_it(retain: Any) -> None:
    drawn = runpy.run_path(str(DOCS / "make_picture.py"))["picture"]()

    kept = (DOCS / "due.svg").read_text(encoding="utf-8")
    assert [text for _, text in _texts(drawn)] == [text for _, text in _texts(kept)]


def test_the_picture_loads_nothing_from_elsewhere() -> None:
    svg = (DOCS / "due.svg").read_text(encoding="utf-8")

    assert re.findall(r"(?:href|src|url)\s*[=(]\s*[\"']?(?!#|[\"']?url\(#)(\w+:[^\"')]+)", svg) == []
    assert "@import" not in svg
    assert "@font-face" not in svg


def test_chinese_gets_the_room_it_has_in_a_terminal() -> None:
    for width, text in _texts((DOCS / "due.svg").read_text(encoding="utf-8")):
        assert abs(width - COLUMN * cell_len(text)) < 0.5, text


def test_the_picture_of_levelling_is_drawn_by_the_script_and_shows_no_day_over_its_room() -> None:
    drawn = runpy.run_path(str(DOCS / "make_picture.py"))["levelling"]()

    kept = (DOCS / "levelling.svg").read_text(encoding="utf-8")
    words = [re.findall(r">([^<]+)</text>", svg) for svg in (drawn, kept)]
    assert words[0] == words[1]
    assert "░" not in kept
    assert "Li&#160;is&#160;away&#160;for&#160;four&#160;days" in kept
