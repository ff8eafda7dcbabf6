"""The page form in a real browser: nothing asked for, nothing complained of, sorted by keys, right on a phone."""

import json
import runpy
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from retain_cli.document import Chart, Column, Document, Figures, Heading, Mark, Note, Rate, Series, Table
from retain_cli.model.money import Money
from retain_cli.render import html_writer

CHROMIUM = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "chromium.py"))
DAY = date(2026, 11, 23)
LONG = "Maximiliana-Wilhelmina" * 8
OWNED = "<script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\">"

pytestmark = pytest.mark.skipif(CHROMIUM["program"]() is None, reason="there is no Chromium here")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One browser for all tests of the file; each opens its own page."""
    with CHROMIUM["page"](tmp_path_factory.mktemp("profile")) as page:
        yield page


def document(name: str = "Wang") -> Document:
    """A page with every block."""
    months = ["2026-08", "2026-09", "2026-10", "2026-11"]
    rates = [Rate(3, 8), Rate(2, 4), Rate(6, 9), Rate(8, 8)]
    table = Table(
        [Column("Name"), Column("Visits", "right"), Column("Served", "right"), Column("Net", "right")],
        [
            [name, 9, Rate(3, 4), Money(150, "CNY")],
            ["Zhou", 10, Rate(9, 10), Money(-2050, "CNY")],
            ["Ann", 100, Rate(0, 0), Money(100000, "CNY")],
            ["all", 119, Rate(12, 14), Money(98100, "CNY")],
        ],
        sums=True,
    )
    return Document(
        {},
        [
            Note("From then to now"),
            Heading("Coverage", "Who was served"),
            table,
            Chart(
                "bars", "Bars", "d", [name, "b"], [Series("done", [3, 1]), Series("missed", [0, 4])], [rates[0]] * 2
            ),
            Heading("Trends", "What became of it"),
            Figures([("Customers", 45), ("came back", rates[0]), (name, name)]),
            Chart("lines", "Lines", "d", months, [Series("a", rates), Series(name, rates[::-1])]),
            Chart("heat", "Heat", "d", [str(n) for n in range(13)], [Series(m, [Rate(7, 9)] * 13) for m in months]),
            Chart(
                "curve", "Curve", "d", ["1", "2"], [Series("net", [5, 9])], at=[0.5, 1.0], marks=[Mark(0.2, "A")]
            ),
        ],
        title="Report",
    )


Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """The page of a document as a file, changed by hand where a test says so."""

    def write(name: str = "Wang", change: Callable[[str], str] = str) -> Path:
        path = tmp_path / "page.html"
        with path.open("w", encoding="utf-8") as stream:
            html_writer.write(document(name), stream, today=DAY)
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
        return path

    return write


def column(browser: Any, number: int) -> list[str]:
    """The cells of a column as they stand, the sums left out."""
    return list(
        browser.run(f"[...document.querySelectorAll('tbody')[0].rows].map(r => r.cells[{number}].textContent)")
    )


@pytest.mark.parametrize("width", [375, 1000])
@pytest.mark.parametrize("dark", [False, True])
def test_it_opens_without_a_complaint_or_a_request(browser: Any, written: Written, width: int, dark: bool) -> None:
    path = written()
    browser.open(path, width=width, dark=dark)

    assert browser.complaints() == []
    assert browser.requests() == [path.as_uri()]


def test_this_look_would_see_a_complaint_and_a_request(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<script>console.warn('x'); undefined_name</script><img src='other.png'>")
    browser.open(tmp_path / "bad.html")

    assert len(browser.complaints()) >= 2
    assert len(browser.requests()) == 2


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """An address outside of the page, and what was asked for there."""
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


FOREIGN = (
    f"{OWNED}<link rel=stylesheet href='ELSEWHERE1.css'><script src='ELSEWHERE2.js'></script>"
    "<img src='ELSEWHERE3.png'><iframe src='ELSEWHERE4'></iframe><object data='ELSEWHERE5'></object>"
    "<video src='ELSEWHERE6.mp4'></video>"
    "<style>body { display: none; background: url(ELSEWHERE7.png) }</style><base href='ELSEWHERE'>"
)


def test_even_markup_that_had_got_in_would_do_nothing(
    browser: Any, written: Written, elsewhere: tuple[str, list[str]]
) -> None:
    address, asked = elsewhere
    foreign = FOREIGN.replace("ELSEWHERE", address)
    path = written(change=lambda page: page.replace("<bdi>Wang</bdi>", foreign, 1))
    browser.open(path)

    assert len(browser.complaints()) >= 8  # the policy says what it stopped
    assert browser.run("[document.title, document.baseURI]") == ["Report", path.as_uri()]
    assert browser.run("getComputedStyle(document.body).display") == "block"
    assert asked == []


def test_without_the_policy_it_would_have_asked(
    browser: Any, written: Written, elsewhere: tuple[str, list[str]]
) -> None:
    address, asked = elsewhere
    foreign = FOREIGN.replace("ELSEWHERE", address)
    browser.open(
        written(
            change=lambda page: page.replace("Content-Security-Policy", "X").replace("<bdi>Wang</bdi>", foreign, 1)
        )
    )

    assert len(asked) >= 5


def test_a_name_that_is_a_program_is_a_name(browser: Any, written: Written) -> None:
    browser.open(written(OWNED))

    assert browser.complaints() == []
    assert browser.run("document.title") == "Report"
    assert browser.run("document.scripts.length") == 1
    assert browser.run("document.images.length") == 0
    assert OWNED in column(browser, 0)


def test_a_column_is_sorted_by_keys_alone(browser: Any, written: Written) -> None:
    browser.open(written())
    assert column(browser, 0) == ["Wang", "Zhou", "Ann"]
    for _ in range(20):
        browser.press("Tab")
        if browser.run("document.activeElement.textContent") == "Visits":
            break

    browser.press("Enter")
    assert column(browser, 1) == ["100", "10", "9"]
    order = "document.activeElement.closest('th').getAttribute('aria-sort')"
    assert browser.run(order) == "descending"
    assert browser.run("document.querySelector('[role=status]').textContent") == "Sorted by Visits, descending."

    browser.press(" ")
    assert column(browser, 1) == ["9", "10", "100"]
    assert browser.run(order) == "ascending"

    browser.press("Tab", shift=True)
    browser.press("Enter")
    assert column(browser, 0) == ["Ann", "Wang", "Zhou"]
    assert browser.run("document.querySelectorAll('[aria-sort]').length") == 1
    assert browser.run("document.querySelector('tfoot td').textContent") == "all"
    assert browser.complaints() == []


@pytest.mark.parametrize(
    ("number", "names"), [(2, ["Zhou", "Wang", "Ann"]), (3, ["Ann", "Wang", "Zhou"])], ids=["rates", "money"]
)
def test_a_column_is_sorted_by_what_its_cells_are_worth(
    browser: Any, written: Written, number: int, names: list[str]
) -> None:
    browser.open(written())
    browser.run(f"document.querySelectorAll('th button')[{number}].click()")

    assert column(browser, 0) == names


@pytest.mark.parametrize("width", [320, 375])
@pytest.mark.parametrize("name", ["Wang", LONG, "王" * 60])
def test_a_phone_has_nothing_to_scroll_sideways(browser: Any, written: Written, width: int, name: str) -> None:
    browser.open(written(name), width=width)
    browser.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")

    assert browser.run("innerWidth") == width
    assert browser.run("document.documentElement.scrollWidth") <= width
    # A chart may show what is over its edge: its words have to be inside by themselves.
    outside = """[...document.querySelectorAll("svg.chart text")].filter((one) => {
        const room = one.getBoundingClientRect();
        return room.left < -1 || room.right > innerWidth + 1;
    }).map((one) => one.textContent)"""
    if name == "Wang":
        assert browser.run(outside) == []


def test_a_phone_can_sort_and_a_reader_still_meets_a_table(browser: Any, written: Written) -> None:
    browser.open(written(), width=375)
    browser.run("document.querySelectorAll('th button')[1].click()")

    assert column(browser, 1) == ["100", "10", "9"]
    browser.ask("Accessibility.enable")
    told = [
        node["role"]["value"] for node in browser.ask("Accessibility.getFullAXTree")["nodes"] if not node["ignored"]
    ]
    browser.ask("Accessibility.disable")
    assert told.count("table") >= 1
    assert told.count("columnheader") >= 4
    assert told.count("cell") >= 16


def test_charts_are_told_by_name_and_description(browser: Any, written: Written) -> None:
    browser.open(written())
    browser.ask("Accessibility.enable")
    nodes = browser.ask("Accessibility.getFullAXTree")["nodes"]
    browser.ask("Accessibility.disable")

    images = [
        node["name"]["value"] for node in nodes if not node["ignored"] and node["role"]["value"] in ("image", "img")
    ]
    assert images == ["Bars d", "Lines d", "Heat d", "Curve d"]


def test_it_is_dark_where_the_machine_is(browser: Any, written: Written) -> None:
    ground, ink = "getComputedStyle(document.body).backgroundColor", "getComputedStyle(document.body).color"
    path = written()
    browser.open(path)
    light = browser.run(f"[{ground}, {ink}]")
    browser.open(path, dark=True)
    dark = browser.run(f"[{ground}, {ink}]")

    def brightness(colour: str) -> int:
        return sum(json.loads(colour.replace("rgb(", "[").replace(")", "]")))

    assert brightness(light[0]) > 700 > 300 > brightness(light[1])
    assert brightness(dark[0]) < 100 < 600 < brightness(dark[1])


def test_on_paper_it_is_light_and_the_figures_of_charts_are_open(browser: Any, written: Written) -> None:
    browser.open(written(), dark=True)
    browser.ask(
        "Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}]
    )

    assert browser.run("getComputedStyle(document.documentElement).getPropertyValue('--page').trim()") == "#ffffff"
    assert browser.run("document.querySelector('details table').getBoundingClientRect().height") > 20
    assert browser.run("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert browser.pdf().startswith(b"%PDF-")


def test_without_a_script_every_figure_is_there(browser: Any, written: Written) -> None:
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(written())
        assert column(browser, 0) == ["Wang", "Zhou", "Ann"]
        assert browser.run("document.querySelectorAll('th button').length") == 0
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)


def test_the_keys_reach_everything_that_can_be_used(browser: Any, written: Written) -> None:
    browser.open(written())
    usable = browser.run("document.querySelectorAll('a, button, summary').length")
    here = "document.activeElement"
    place = f"{here}.tagName + [...document.querySelectorAll('*')].indexOf({here})"
    reached = set()
    for _ in range(usable + 5):
        browser.press("Tab")
        reached.add(browser.run(place))

    assert len([one for one in reached if one.startswith(("A", "BUTTON", "SUMMARY"))]) == usable
