"""What README and docs show is what the program prints: every command of theirs is run, page by page.

A page is read as somebody at a terminal would: its blocks marked `console` and `sh` are typed in order, in a folder
that has the repository's `examples/`. What the commands of a `console` block print has to stand under them;
`pytest --write` writes it there. Blocks that install something are left to `.ci/run`.
"""

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from retain_cli.cli import main

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

_BLOCK = re.compile(r"^```(console|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*(?:\n> .*)*)\n?", re.MULTILINE)
_INSTALLS = re.compile(r"\b(pip|uv|git clone)\b")

Type = Callable[[str], str]


@pytest.fixture
def terminal(machine: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """A terminal in a checkout: what it is typed, it answers as it would print it."""
    (machine / "examples").symlink_to(ROOT / "examples")
    monkeypatch.delenv("RETAIN_DB")
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    code = 0

    def type_in(command: str) -> str:
        nonlocal code
        if command.startswith("export "):
            for word in shlex.split(command)[1:]:
                monkeypatch.setenv(*word.split("=", 1))
            return ""
        if command == "echo $?":
            return str(code)
        code, printed = _by_shell(command) if _needs_shell(command) else _in_process(command)
        assert "a fault in retain" not in printed, printed
        return "\n".join(line.rstrip() for line in printed.splitlines()).strip("\n")

    return type_in


def _needs_shell(command: str) -> bool:
    words = list(shlex.shlex(command.replace("#", ""), posix=True, punctuation_chars=True))
    return words[0] != "retain" or "$" in command or any(set(word) <= set("|&;<>()") for word in words)


def _in_process(command: str) -> tuple[int, str]:
    both = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", both)
        patch.setattr(sys, "stderr", both)
        code = main(shlex.split(command)[1:])
    both.seek(0)
    return code, both.read()


def _by_shell(command: str) -> tuple[int, str]:
    nothing, both = subprocess.DEVNULL, {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    done = subprocess.run(["sh", "-c", command], stdin=nothing, **both, check=False)
    return done.returncode, done.stdout.decode()


def _as_printed(block: re.Match[str], type_in: Type) -> str:
    """The block with what its commands print today."""
    kind, text = block.groups()
    if kind == "sh":
        for line in () if _INSTALLS.search(text) else text.splitlines():
            type_in(line)
            assert type_in("echo $?") == "0", line
        return block[0]
    answers = []
    for command in _COMMAND.finditer(text):
        printed = type_in(command[1].replace("\n> ", "\n"))
        answers.append(f"$ {command[1]}" + (f"\n{printed}" if printed else ""))
    apart = ["\n\n" if "\n" in answer else "\n" for answer in answers]
    return f"```{kind}\n" + "".join(a + end for a, end in zip(answers, apart, strict=True)).rstrip("\n") + "\n```"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_shows_what_the_program_prints(page: Path, terminal: Type, request: pytest.FixtureRequest) -> None:
    shown = page.read_text(encoding="utf-8")
    printed = _BLOCK.sub(lambda block: _as_printed(block, terminal), shown)
    if request.config.getoption("--write"):
        page.write_text(printed, encoding="utf-8")
    else:
        assert printed.splitlines() == shown.splitlines()
