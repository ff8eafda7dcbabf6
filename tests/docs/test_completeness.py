"""The docs leave nothing out, and lead nowhere that is not there."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typer

from retain_cli.command_list import COMMANDS
from retain_cli.errors import RetainError
from retain_cli.front_page import app
from retain_cli.importing.fields import KINDS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
# Where the options of a command are told, if not on a page of its name.
PAGE_OF = {
    "list": "customers.md",
    "show": "customers.md",
    "classify": "grades.md",
    "pin": "grades.md",
    "unpin": "grades.md",
    "segment": "segments.md",
    "backtest": "predict.md",
    "holdout": "predict.md",
    "demo": "../README.md",
    "review": "merge.md",
    "dupes": "merge.md",
    "restore": "export.md",
    "doctor": "backup.md",
    "batches": "undo.md",
    "referrals": "refer.md",
    "service": "plan.md",
    "day": "plan.md",
    "agenda": "plan.md",
    "event": "events.md",
    "skip": "decide.md",
    "snooze": "decide.md",
    "pause": "decide.md",
    "contact": "decide.md",
}
EVERYWHERE = {"--db", "--today", "--format", "-f", "--yes"}

_LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")


def _read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _page(command: str) -> Path:
    return DOCS / PAGE_OF.get(command, f"{command}.md")


def _options(command: str) -> set[str]:
    group: Any = typer.main.get_command(app)
    found = group.get_command(typer.Context(group), command)
    pages = getattr(found, "commands", {command: found}).values()
    options = [one for page in pages for one in page.params if one.param_type_name == "option"]
    names = {name for option in options for name in option.opts}
    return names - {"--help", "-h"}


@pytest.mark.parametrize("command", [listed.name for listed in COMMANDS])
def test_a_commands_page_shows_it_and_names_all_its_options(command: str) -> None:
    text = _read(_page(command))

    assert f"$ retain {command}" in text or f"\nretain {command}" in text
    options = _options(command)
    assert options >= EVERYWHERE - {"-f"}
    assert _not_named(options - EVERYWHERE, text) == []


def test_the_options_of_every_command_are_told_once_for_all() -> None:
    front_page: Any = typer.main.get_command(app)
    of_front_page = {name for parameter in front_page.params for name in parameter.opts}

    assert _not_named(EVERYWHERE | of_front_page, _read(DOCS / "settings.md")) == []


def _not_named(options: set[str], text: str) -> list[str]:
    return [option for option in sorted(options) if not re.search(rf"(?<![\w-]){option}(?![\w-])", text)]


def test_the_page_of_imports_knows_every_kind_field_and_title() -> None:
    text = _read(DOCS / "import.md")
    titles = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", text, re.MULTILINE))

    for kind in KINDS.values():
        assert f"| {kind.name} |" in text
        for field, words in kind.words.items():
            told = re.split(r", |; among \w+ also ", titles[field])
            assert [word for word in words if word not in told] == [], field


def test_the_page_of_exit_codes_has_the_code_of_every_error() -> None:
    codes = {
        int(code)
        for row in re.findall(r"^\| ([\d, ]+) \|", _read(DOCS / "exit-codes.md"), re.M)
        for code in row.split(",")
    }

    assert codes >= {error.exit_code for error in (RetainError, *RetainError.__subclasses__())}
    assert codes >= {0, 1, 3, 130, 143, 129, 141}


def test_the_page_of_json_has_the_name_of_every_error() -> None:
    text = _read(DOCS / "json.md")

    assert [name for name in sorted(set(_error_names())) if f"`{name}`" not in text] == []


def _error_names() -> Iterator[str]:
    """Every name an error can have: the defaults of the classes, and what is given where one is raised."""
    yield from (error.code for error in RetainError.__subclasses__())
    for file in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(_read(file))):
            if isinstance(node, ast.keyword) and node.arg == "code" and isinstance(node.value, ast.Constant):
                yield node.value.value


IN_MANY_PLACES = {"amount", "currency", "rate", "numerator", "denominator", "fraction", "part", "whole"}


@pytest.mark.parametrize(
    ("part", "command"),
    [
        ("due", "due"),
        ("list", "list"),
        ("show", "show K1015"),
        ("due --notify", "due --notify --dry-run"),
        ("due --notify", "due --notify"),
        ("notify", "notify status"),
        ("cron", "cron show"),
        ("plan", "plan"),
        ("report", "report"),
        ("classify", "classify --dry-run --today 2027-06-01"),
        ("classify --explain", "classify --explain K1015"),
        ("classify --compare", "classify --compare amount rfm"),
        ("classify --scores", "classify --scores"),
        ("pin", "pin K1015 A --reason x"),
        ("advise", "advise K1003"),
        ("advise --rules", "advise --rules"),
        ("campaign", "campaign create Oils --text 'Dear {name}' --grade A"),
        ("segment", "segment few --where 'orders < 3'"),
        ("log-visit", "log-visit K1015 --cost 30 --next 2w"),
        ("import", f"import {ROOT}/examples/shop/customers.csv --dry-run"),
        ("batches", "batches"),
        ("undo", "undo 1 --dry-run"),
        ("dupes", "dupes --at-least 1"),
        ("merge", "merge K1015 K1016 --dry-run"),
    ],
)
def test_the_page_of_json_has_every_key_of_an_answer(
    part: str, command: str, retain: Any, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = shop.with_name("retain.toml")
    settings.write_text('[notify]\ncommand = ["true"]\n')
    settings.chmod(0o600)
    monkeypatch.setenv("RETAIN_CONFIG", str(settings))
    paragraphs = re.findall(r"\*\*`retain ([\w -]+)`\*\*(.*?)(?=\n\*\*`|\n## )", _read(DOCS / "json.md"), re.DOTALL)
    told = {name: set(re.findall(r"`(\w+)`", text)) for name, text in paragraphs}
    as_in_list = told["list"] if part == "show" else set()

    answer = retain(*shlex.split(command), "--db", shop, "-f", "json").data

    assert set(_keys(answer)) - told[part] - as_in_list - IN_MANY_PLACES == set()


def _keys(value: Any) -> Iterator[str]:
    """The keys of an answer, without those that are data themselves."""
    if isinstance(value, list):
        for item in value:
            yield from _keys(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in ("A", "B", "C", "none") or key.isdigit():
                yield from _keys(item)
            elif key != "columns":
                yield key
                yield from _keys(item)
            else:
                yield key


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_to_a_file_and_heading_that_are_there(page: Path) -> None:
    for target in (a or b for a, b in _LINK.findall(_without_blocks(_read(page)))):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = unquote(target).partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        assert file.is_relative_to(ROOT), target
        if anchor:
            assert anchor in _anchors(file), target


def _without_blocks(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def _anchors(page: Path) -> set[str]:
    """The headings as GitHub names them in links."""
    titles = re.findall(r"^#+ (.+)$", _without_blocks(_read(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize(
    "page", [*PAGES, *(ROOT / "examples").glob("*.*"), ROOT / "examples" / "crontab"], ids=lambda page: page.name
)
def test_a_page_names_no_place_of_the_machine_it_was_written_on(page: Path) -> None:
    if page.is_file():
        assert re.findall(r"(?<![\w.~])/(?:work|opt/rt|tmp|root|home)\b[^\s`]*", _read(page)) == []


def test_readme_begins_with_the_two_commands_that_set_up_everything() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", _read(ROOT / "README.md"), re.MULTILINE | re.DOTALL)

    assert blocks[:2] == ["pip install . && retain demo\n", "pip install '.[dev]' && pytest\n"]
    assert all(command in _read(ROOT / "README.md") for command in ("`uv run retain demo`", "`uv run pytest`"))


def test_every_page_can_be_reached_from_the_readme() -> None:
    linked = {a for a, _ in _LINK.findall(_read(ROOT / "README.md"))}

    assert {f"docs/{page.name}" for page in DOCS.glob("*.md")} - linked == set()
