"""Files are known by what they begin with, whatever they are called, and are refused with what to do instead."""

import gzip
import io
import os
import sys
import threading
from pathlib import Path

import pytest

from retain_cli.errors import BadInput, InputMissing
from retain_cli.importing import opening
from retain_cli.importing.opening import open_source, read_table

TABLE = b"Customer ID,Name\nC1,Wang\nC2,Li\n"
ROWS = [["C1", "Wang"], ["C2", "Li"]]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.gz", "a", "a.vcf"])
@pytest.mark.parametrize("packed", [False, True])
def test_the_name_of_a_file_says_nothing(tmp_path: Path, name: str, packed: bool) -> None:
    (tmp_path / name).write_bytes(gzip.compress(TABLE) if packed else TABLE)
    assert read_table(str(tmp_path / name)).rows == ROWS


def test_standard_input_is_read_packed_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (TABLE, gzip.compress(TABLE)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        with open_source("-") as source:
            assert source.name == "standard input"
            assert [cells for _, cells in source.rows()][1:] == ROWS
            # It can be read again, although a pipe cannot.
            assert [cells for _, cells in source.rows()][1:] == ROWS


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_named_pipe_is_read_as_often_as_needed(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(TABLE,))
    writer.start()
    with open_source(str(pipe)) as source:
        assert [cells for _, cells in source.rows()][1:] == ROWS == [cells for _, cells in source.rows()][1:]
    writer.join()


@pytest.mark.parametrize(
    ("content", "what", "advice"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "an old or a locked Excel workbook", ".xlsx"),
        (b"%PDF-1.7\n", "a PDF document", "Export it as CSV"),
        (b'[{"customer_id": 1, "name": "A"}]', "a JSON document", "Export it as CSV"),
        (b'\n{"customers": [\n', "a JSON document", "Export it as CSV"),
        (b"  <!DOCTYPE html><html>", "a web page", "Open it in a spreadsheet"),
        (b"<HTML><table>", "a web page", "Open it in a spreadsheet"),
        (b"<?xml version='1.0'?>", "an XML document", "Export it as CSV"),
        (b"SQLite format 3\0" + bytes(100), "a database", "Export it as CSV"),
    ],
)
def test_what_is_no_table_is_refused_by_its_kind(tmp_path: Path, content: bytes, what: str, advice: str) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=what) as refusal:
        read_table(str(path))
    assert refusal.value.code == "container"
    assert advice in (refusal.value.hint or "")


def test_what_is_not_there_or_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputMissing, match="there is no file"):
        read_table(str(tmp_path / "none.csv"))
    with pytest.raises(InputMissing, match="is a folder"):
        read_table(str(tmp_path))
    (tmp_path / "file").write_bytes(TABLE)
    with pytest.raises(InputMissing, match="there is no file"):
        read_table(str(tmp_path / "file" / "below"))


def test_a_file_beyond_the_bound_is_refused_whole_or_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MOST_BYTES", len(TABLE))
    for name, content in (("plain.csv", TABLE), ("packed.gz", gzip.compress(TABLE))):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(BadInput) as refusal:
            read_table(str(tmp_path / name))
        assert refusal.value.code == "too-large"
    (tmp_path / "smaller.csv").write_bytes(TABLE[:-1])
    assert read_table(str(tmp_path / "smaller.csv")).rows == ROWS


@pytest.mark.parametrize("cut", [1, 9, 20])
def test_a_gzip_file_that_was_cut_off_is_damaged(tmp_path: Path, cut: int) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(TABLE)[:-cut])
    with pytest.raises(BadInput, match="damaged gzip file"):
        read_table(str(tmp_path / "a.gz"))
