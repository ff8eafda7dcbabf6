"""Customers by number, one a line, for a command that reads them from stdin."""

from typing import IO

from retain_cli.document import Document


def write(document: Document, stream: IO[str]) -> None:
    """`#12` for each customer of the answer, in its order, each once; so written it can mean nobody else."""
    numbers = dict.fromkeys(entry.get("customer", entry)["id"] for entry in document.data)
    stream.writelines(f"#{number}\n" for number in numbers)
