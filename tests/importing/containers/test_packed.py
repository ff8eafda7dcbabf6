"""Gzip, standard input, and what is no table at all."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from retain_cli.errors import BadInput, InputMissing
from retain_cli.importing import opening
from retain_cli.importing.opening import read_table

CUSTOMERS = b"ID,Name,Phone\nC1,Wang,13800138000\n"


def _file(folder: Path, content: bytes, name: str = "customers.csv") -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


@pytest.mark.parametrize("name", ["customers.csv.gz", "customers.csv", "customers"])
def test_gzip_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    assert read_table(_file(tmp_path, gzip.compress(CUSTOMERS), name)).rows == [["C1", "Wang", "13800138000"]]


@pytest.mark.parametrize("packed", [False, True])
def test_standard_input_is_read_plain_or_packed(retain, packed: bool) -> None:
    answer = retain("import", "-", "-f", "json", stdin=gzip.compress(CUSTOMERS) if packed else CUSTOMERS)
    assert answer.data[0]["created"] == 1


def test_a_gzip_file_cut_off_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="damaged gzip"):
        read_table(_file(tmp_path, gzip.compress(CUSTOMERS * 500)[:-20]))


def test_a_gzip_bomb_is_refused_long_before_it_fills_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = 0

    class Counted(io.BytesIO):
        def write(self, block: object) -> int:
            nonlocal written
            written += len(memoryview(block))
            return super().write(block)

    monkeypatch.setattr("tempfile.TemporaryFile", Counted)
    with pytest.raises(BadInput, match="once unpacked"):
        read_table(_file(tmp_path, gzip.compress(bytes(40 << 20))))
    assert written < 40 << 20


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.truncate(opening.MOST_BYTES)
    with pytest.raises(BadInput, match="larger than 1,000,000,000 bytes"):
        read_table(str(path))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n...", "a PDF"),
        (b"\n<!DOCTYPE html><table>", "a web page"),
        (b"<html><table><tr><td>Name", "a web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "an old or a locked Excel workbook"),
        (b"SQLite format 3\x00" + bytes(512), "a database"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(tmp_path: Path, content: bytes, what: str) -> None:
    with pytest.raises(BadInput, match=f"customers.csv is {what}"):
        read_table(_file(tmp_path, content))


def test_a_zip_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("customers.csv", CUSTOMERS)
    with pytest.raises(BadInput, match="a ZIP archive"):
        read_table(_file(tmp_path, packed.getvalue()))


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InputMissing):
            read_table(str(path))
