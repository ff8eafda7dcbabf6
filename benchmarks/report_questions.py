"""What a section of the report asks, word for word, as a script of `sqlite3`.

In a process of its own, whose memory is not counted as that of the commands which are measured.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from report_records import TODAY
from retain_cli.cli import main
from retain_cli.store.question import Question
from retain_cli.store.store import Store


def questions(base: Path, name: str) -> Iterator[str]:
    """The lines of the script."""
    asked: list[tuple[str, dict[str, Any]]] = []
    stream = Store.stream

    def remembered(self: Store, question: Question[Any], **parameters: object) -> Iterator[Any]:
        asked.append((question.sql, parameters))
        return stream(self, question, **parameters)

    first = Store.first

    def remembered_first(self: Store, question: Question[Any], **parameters: object) -> Any:
        asked.append((question.sql, parameters))
        return first(self, question, **parameters)

    Store.stream, Store.first = remembered, remembered_first  # type: ignore[method-assign, assignment]
    sys.stdout, kept = open(os.devnull, "w"), sys.stdout  # noqa: SIM115
    try:
        main(["report", name, "--db", str(base), "--today", TODAY.isoformat(), "-f", "json"])
    finally:
        sys.stdout = kept
        Store.stream, Store.first = stream, first  # type: ignore[method-assign]
    for sql, parameters in asked:
        yield ".parameter clear"
        yield from (f'.parameter set :{key} "{_literal(value)}"' for key, value in parameters.items())
        yield sql.strip() + ";"


def _literal(value: object) -> str:
    if value is None:
        return "null"
    return str(int(value)) if isinstance(value, int) else f"'{value}'"


if __name__ == "__main__":
    print("\n".join(questions(Path(sys.argv[1]), sys.argv[2])))
