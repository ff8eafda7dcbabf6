"""The page form: one file that holds all it needs, says what the document says, and obeys nothing that came in."""

import base64
import hashlib
import io
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

import retain_cli
from retain_cli.document import Chart, Column, Document, Figures, Heading, Mark, Note, Rate, Series, Table
from retain_cli.model.money import Money
from retain_cli.render import html_writer

PAGE = Path(retain_cli.__file__).parent / "render" / "page"
DAY = date(2026, 11, 23)

HOSTILE = [
    "<script>document.title = 'owned'</script>",
    "</script><script>document.title = 'owned'</script>",
    "</style><script>document.title = 'owned'</script>",
    "</title><img src=x onerror=\"document.title = 'owned'\">",
    "\" autofocus onfocus=\"document.title = 'owned'",
    "' onmouseover='document.title = 1",
    "javascript:document.title='owned'",
    "{{ 7 * 7 }}{% raw %}",
    "<!-- <svg onload=alert(1)>",
    "]]><svg/onload=alert(1)>",
    "&lt;b&gt;",
    "\u202egpj.exe\u202c",
    "\u2066isolated",
    "a\x00b\x1b[2J\x85",
    "lone \ud800 surrogate",
]


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text outside of style and script."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.raw: dict[str, str] = {}
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1] in ("style", "script"):
            self.raw[self._inside[-1]] = self.raw.get(self._inside[-1], "") + data
        else:
            self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def everything(text: str) -> Document:
    """A document with the text in every place that text can be in."""
    rate, money = Rate(3, 8), Money(123456, "CNY")
    series = [Series(text, [rate, Rate(1, 2), None]), Series("b", [rate, rate, rate])]
    counts = [Series(text, [3, 4, 0]), Series("b", [1, 2, 0])]
    labels = [text, "y", "z"]
    return Document(
        {},
        [
            Note(text),
            Heading(text, text),
            Figures([(text, text), ("money", money)], text),
            Table([Column(text), Column("n", "right")], [[text, 1], [[text, "two"], 2]], text),
            Chart("bars", text, text, labels, counts, ends=[text, rate, rate]),
            Chart("lines", text, text, labels, series),
            Chart("heat", text, text, labels, series),
            Chart("curve", text, text, labels, counts, at=[0.2, 0.5, 1.0], marks=[Mark(0.2, text)]),
        ],
        title=text,
    )


def page_of(document: Document) -> str:
    stream = io.StringIO()
    html_writer.write(document, stream, today=DAY)
    return stream.getvalue()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_makes_no_element_and_no_attribute_wherever_it_stands(text: str) -> None:
    plain, hostile = (Elements(page_of(everything(one))) for one in ("plain", text))

    shape = [(tag, sorted(attributes)) for tag, attributes in plain.found]
    assert [(tag, sorted(attributes)) for tag, attributes in hostile.found] == shape
    assert hostile.raw == plain.raw


@pytest.mark.parametrize("text", [one for one in HOSTILE if one.isprintable()])
def test_text_is_read_as_it_was_written(text: str) -> None:
    assert Elements(page_of(everything(text))).text.count(text) >= 10


def test_what_misleads_a_reader_or_is_no_character_is_written_out() -> None:
    page = page_of(everything("\u202egpj.exe a\x00b\x1b \ud800 \u200e"))

    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page)
    assert "\\u202egpj.exe a\\x00b\\x1b \\ud800" in page
    page.encode()


def test_words_of_another_direction_stay_in_their_cell() -> None:
    page = page_of(Document({}, [Table([Column("Name"), Column("n", "right")], [["محمد", 3]])]))

    assert "<bdi>محمد</bdi></td>" in page


def test_the_policy_of_the_page_obeys_its_own_style_and_script_alone() -> None:
    page = Elements(page_of(everything("plain")))

    policies = [m["content"] for m in page.named("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert len(policies) == 1
    rules = dict(rule.strip().partition(" ")[::2] for rule in str(policies[0]).split(";"))
    for part in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.raw[part].encode()).digest()).decode()
        assert rules[f"{part}-src"] == f"'sha256-{digest}'"
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == "data:"
    assert set(rules) == {"default-src", "style-src", "script-src", "img-src", "base-uri", "form-action"}


def test_the_policy_stands_before_anything_it_is_about() -> None:
    page = page_of(everything("plain"))

    assert page.index("Content-Security-Policy") < min(page.index("<style"), page.index("<link"))


def test_nothing_is_loaded_and_nothing_is_styled_or_scripted_in_an_attribute() -> None:
    page = Elements(page_of(everything("plain")))

    for tag, attributes in page.found:
        assert not {"style", "src", "srcset", "action", "data"} & set(attributes), tag
        assert not [name for name in attributes if name.startswith("on")], tag
        for name in ("href", "xlink:href"):
            assert str(attributes.get(name, "#")).startswith(("#", "data:,")), tag
    assert not re.search(r"url\(|@import|https?:", page.raw["style"] + page.raw["script"])


def test_every_chart_is_a_picture_with_a_name_and_a_description_and_its_figures_as_a_table() -> None:
    page = Elements(page_of(everything("what it shows")))

    charts = [one for one in page.named("svg") if "chart" in str(one.get("class")).split()]
    assert len(charts) == 4
    ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    for chart in charts:
        assert chart["role"] == "img"
        named = str(chart["aria-labelledby"]).split()
        assert len(named) == 2
        assert set(named) <= set(ids)
    assert len(page.named("details")) == 4


def test_every_reference_leads_to_something_of_the_page() -> None:
    page = Elements(page_of(everything("plain")))

    ids = {attributes["id"] for _, attributes in page.found if "id" in attributes}
    for _, attributes in page.found:
        assert set(str(attributes.get("aria-labelledby") or "").split()) <= ids
        if str(attributes.get("href", "")).startswith("#"):
            assert str(attributes["href"])[1:] in ids


def test_a_rate_says_what_it_is_of_and_is_no_percentage_under_five() -> None:
    rates = [Rate(3, 4), Rate(2, 5), Rate(0, 0)]
    chart = Chart("heat", "t", "d", ["0", "1", "2"], [Series("2026-01", rates)])
    line = Chart("lines", "t", "d", ["0", "1", "2"], [Series("rate", rates)])
    page = Elements(page_of(Document({}, [Table([Column("r", "right")], [[rate] for rate in rates]), chart, line])))

    assert "75%" not in page.text.replace("75%", "", 1)  # the line for 75 % of the plot
    assert "75.0" not in page.text
    assert (
        page.text.count("40.0% (2 of 5)") == 6
    )  # two tables of figures, one cell, a heat cell, a dot and its words
    assert "3 of 4" in page.text
    assert "3/4" in page.text


def test_the_sums_of_a_table_stand_apart_from_what_is_sorted() -> None:
    page = page_of(Document({}, [Table([Column("Who")], [["a"], ["b"], ["all"]], sums=True)]))

    body, foot = page.split("<tfoot")
    assert "<bdi>b</bdi>" in body
    assert "<bdi>all</bdi>" in foot
    assert "<bdi>all</bdi>" not in body


def test_numbers_money_and_rates_are_sorted_by_what_they_are_worth() -> None:
    values = [1234567, Money(-250, "CNY"), Money(1500, "JPY"), Rate(1, 3), 2.5, "62.9%"]
    page = Elements(page_of(Document({}, [Table([Column("v", "right")], [[value] for value in values])])))

    keys = [float(str(cell["data-key"])) for cell in page.named("td")]
    assert keys == pytest.approx([1234567, -2.5, 1500, 1 / 3, 2.5, 62.9], abs=1e-6)


def test_a_table_of_twenty_thousand_shows_the_first_and_says_how_many_more_there_are() -> None:
    rows = [[f"customer {n}", n] for n in range(20_000)]
    page = page_of(Document({}, [Table([Column("Name"), Column("n", "right")], rows)]))

    assert len(page) < 200_000
    assert "customer 299<" in page
    assert "customer 300<" not in page
    assert "and 19,700 more" in page


def test_a_sentence_of_twenty_thousand_names_is_cut_between_two_and_says_so() -> None:
    names = ", ".join(f"customer {n}" for n in range(20_000))
    page = page_of(Document({}, [Note(f"Not served: {names}.")]))

    assert len(page) < 20_000
    assert re.search(r"customer \d+ … and more; retain report -f csv has them all\.<", page)
    assert "Not served: customer 0, customer 1," in page


def test_a_document_without_a_block_is_a_page_too() -> None:
    assert "<main" in page_of(Document({}, title="nothing"))


# The ratios of WCAG 2.2: 4.5 for words (1.4.3), 3 for what has to be told apart from the page (1.4.11).
WORDS, SHAPES = 4.5, 3.0


def palettes() -> dict[str, dict[str, str]]:
    style = (PAGE / "page.css").read_text(encoding="utf-8")
    light, dark = (
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.S)
    )
    return {"light": light, "dark": light | dark}


def luminance(colour: str) -> float:
    """As https://www.w3.org/TR/WCAG22/#dfn-relative-luminance has it."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_ratios_are_those_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    # The lightest grey that passes on white, as commonly published.
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_told_from_what_they_stand_on(scheme: str) -> None:
    colour = palettes()[scheme]
    for words in ("ink", "quiet", "link"):
        for ground in ("page", "card"):
            assert contrast(colour[words], colour[ground]) >= WORDS, (words, ground)
    for step in range(6):
        assert contrast(colour[f"on{step}"], colour[f"h{step}"]) >= WORDS, step


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_and_lines_can_be_told_from_the_page(scheme: str) -> None:
    colour = palettes()[scheme]
    for series in range(6):
        assert contrast(colour[f"s{series}"], colour["page"]) >= SHAPES, series


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shades_go_one_way(scheme: str) -> None:
    colour = palettes()[scheme]
    shades = [contrast(colour[f"h{step}"], colour["page"]) for step in range(6)]
    assert shades == sorted(shades)


def test_the_page_is_one_of_the_package() -> None:
    assert {path.name for path in PAGE.iterdir()} >= {
        "page.html.j2",
        "blocks.html.j2",
        "charts.html.j2",
        "page.css",
        "page.js",
    }
