"""Files to import, opened: unpacked, measured, and known by what they begin with, whatever they are called."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from retain_cli.errors import BadInput, InputMissing
from retain_cli.importing.source import Container, Hints, Source, Table, header_words

STDIN = "-"

MOST_BYTES = 1_000_000_000
"""No file is read that is larger, nor one that unpacks to more."""

_AT_ONCE = 1 << 20
# Tables pack to a twentieth, or at the very best a hundredth; what packs to less is made to fill a disk.
_MOST_PACKED = 300
_SUSPICIOUS = 32 << 20


def read_table(path: str, hints: Hints | None = None) -> Table:
    """The table of a file as cells of text; BadInput where it cannot be read at all."""
    with open_source(path, hints or Hints()) as source:
        return source.table(source.delimiter)


@contextmanager
def open_source(path: str, hints: Hints | None = None) -> Iterator[Source]:
    """The file to import, or standard input for `-`; InputMissing where it cannot be read."""
    hints = hints or Hints()
    with ExitStack() as stack:
        if path == STDIN:
            name = "standard input"
            stream = stack.enter_context(_kept(sys.stdin.buffer, name))
        else:
            name, stream = path, stack.enter_context(_opened(path))
        if stream.read(2) == b"\x1f\x8b":
            stream = stack.enter_context(_unpacked(stream, name))
        size = stream.seek(0, 2)
        if size >= MOST_BYTES:
            raise _too_large(name)
        stream.seek(0)
        yield Source(_container(name, stream, size, hints), hints)


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    if not path:
        raise InputMissing("the name of the file is empty", "Name the file, or - for standard input.")
    try:
        stream = Path(path).open("rb")  # noqa: SIM115
    except IsADirectoryError as problem:
        raise InputMissing(f"{path} is a folder", "Name the files in it.") from problem
    except (FileNotFoundError, NotADirectoryError) as problem:
        raise InputMissing(f"there is no file {path}", "Check the name.") from problem
    except PermissionError as problem:
        if Path(path).is_dir():  # as Windows answers
            raise InputMissing(f"{path} is a folder", "Name the files in it.") from problem
        raise InputMissing(f"{path} may not be read", "Check who owns it.") from problem
    with stream:
        if stream.seekable():
            yield stream
        else:
            with _kept(stream, path) as kept:
                yield kept


@contextmanager
def _kept(stream: BinaryIO, name: str, packed: BinaryIO | None = None) -> Iterator[BinaryIO]:
    """What can be read only once, in a file of its own; `packed` is where it is unpacked from."""
    import tempfile

    with tempfile.TemporaryFile() as kept:
        while block := stream.read(_AT_ONCE):
            kept.write(block)
            size = kept.tell()
            bomb = packed and size > _SUSPICIOUS and size > _MOST_PACKED * packed.tell()
            if size >= MOST_BYTES or bomb:
                raise _too_large(name)
        kept.seek(0)
        yield cast(BinaryIO, kept)


@contextmanager
def _unpacked(stream: BinaryIO, name: str) -> Iterator[BinaryIO]:
    import gzip
    import zlib

    stream.seek(0)
    try:
        with gzip.open(stream) as unpacked, _kept(cast(BinaryIO, unpacked), name, stream) as kept:
            yield kept
    except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
        raise BadInput(f"{name} is a damaged gzip file", "Pack it again, or import it unpacked.") from problem


def _container(name: str, stream: BinaryIO, size: int, hints: Hints) -> Container:
    """Whatever the first bytes say it is; the ending of its name says nothing."""
    start = stream.read(4096)
    stream.seek(0)
    for magic, what, hint in _NO_TABLES:
        if start.lstrip().lower().startswith(magic):
            raise BadInput(f"{name} is {what}", hint, code="container")
    if start.startswith(b"PK\x03\x04"):
        from retain_cli.importing.containers.workbook import Workbook

        return Workbook(name, stream, size, hints.sheet)
    if b"begin:vcard" in start.replace(b"\0", b"").lower()[:200]:
        from retain_cli.importing.containers.vcard import VCards

        return VCards(name, stream, size, hints.encoding)
    from retain_cli.importing.containers.delimited import Delimited

    return Delimited(name, stream, size, hints.encoding, header_words(), hints.delimiter)


_NO_TABLES = (
    (b"\xd0\xcf\x11\xe0", "an old or a locked Excel workbook", "Save it as .xlsx without a password, or as CSV."),
    (b"%pdf", "a PDF document", "Export it as CSV or .xlsx."),
    (b"<!doctype html", "a web page", "Open it in a spreadsheet and save it as .xlsx or CSV."),
    (b"<html", "a web page", "Open it in a spreadsheet and save it as .xlsx or CSV."),
    (b"<?xml", "an XML document", "Export it as CSV or .xlsx."),
    (b"sqlite format 3", "a database", "Export it as CSV."),
    (b'{"', "a JSON document", "Export it as CSV or .xlsx."),
    (b"[{", "a JSON document", "Export it as CSV or .xlsx."),
)


def _too_large(name: str) -> BadInput:
    return BadInput(
        f"{name} is larger than {MOST_BYTES:,} bytes, or would be once unpacked",
        "Split it into smaller files.",
        code="too-large",
    )
