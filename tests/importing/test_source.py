"""CSV as other programs write it: byte order marks, line ends, quotes, pipes; and what cannot be read at all."""

import os
import threading

import pytest

HEADER = "Customer ID,Name,Note\n"


def bytes_file(machine, name, content):
    path = machine / name
    path.write_bytes(content)
    return str(path)


def names(rows):
    return [name for (name,) in rows("select name from customer order by external_id")]


@pytest.mark.parametrize(
    "content",
    [
        b"Customer ID,Name\n1,Wang\n2,Li\n",
        b"\xef\xbb\xbfCustomer ID,Name\n1,Wang\n2,Li\n",
        b"Customer ID,Name\r\n1,Wang\r\n2,Li\r\n",
        b"Customer ID,Name\r1,Wang\r2,Li\r",
        b"Customer ID,Name\n1,Wang\n2,Li",
        b'"Customer ID","Name"\n"1","Wang"\n"2","Li"\n',
        b"\n\nCustomer ID,Name\n\n1,Wang\n\n\n2,Li\n\n",
        b"Customer ID,Name\n1,Wang\n   \n2,Li\n \n",
    ],
    ids=["plain", "byte order mark", "CRLF", "CR", "no last line end", "all quoted", "empty lines", "blank lines"],
)
def test_the_same_customers_however_the_lines_are_written(retain, machine, rows, content):
    assert retain("import", bytes_file(machine, "c.csv", content)).code == 0
    assert names(rows) == ["Wang", "Li"]


def test_a_byte_order_mark_before_a_quoted_header_is_no_part_of_it(retain, machine, rows):
    assert retain("import", bytes_file(machine, "c.csv", b'\xef\xbb\xbf"Customer ID",Name\n1,Wang\n')).code == 0
    assert names(rows) == ["Wang"]


def test_commas_quotes_and_line_ends_within_quotes_belong_to_the_cell(retain, csv_file, rows):
    path = csv_file("c.csv", HEADER + '1,"Wang, Fang","says ""hello""\nand more"\n2,Li,\n')
    assert retain("import", path).code == 0
    assert rows("select name, note from customer order by external_id") == [
        ("Wang, Fang", 'says "hello"\nand more'),
        ("Li", None),
    ]


def test_lines_are_counted_as_an_editor_counts_them_even_after_quoted_line_ends(retain, csv_file):
    path = csv_file("c.csv", 'Customer ID,Birthday,Note\n1,,"three\nlines\nlong"\n\n2,31/02,\n')
    answer = retain("import", path)
    assert answer.code == 65
    assert f"{path}:6: Birthday '31/02'" in answer.err


@pytest.mark.parametrize("line", [2, 3, 5])
def test_a_quote_that_is_never_closed_is_refused_with_the_line_it_opens_on(retain, csv_file, line):
    lines = [HEADER.strip(), "1,a,x", "2,b,x", "3,c,x", "4,d,x"]
    lines[line - 1] = f'{line - 1},"Wang, Fang,x'
    path = csv_file("c.csv", "\n".join(lines) + "\n")
    answer = retain("import", path)
    assert answer.code == 65
    assert f"{path}:{line}:" in answer.err
    assert retain("list").code == 72


def test_text_behind_a_closing_quote_is_refused_with_its_line(retain, csv_file):
    path = csv_file("c.csv", HEADER + '1,a,x\n2,"b"c,d"e,x\n3,c,x\n')
    answer = retain("import", path)
    assert answer.code == 65
    assert f"{path}:3:" in answer.err


def test_a_zero_byte_is_refused_with_its_line(retain, machine):
    path = bytes_file(machine, "c.csv", b"Customer ID,Name\n1,Wang\n2,L\x00i\n")
    answer = retain("import", path)
    assert answer.code == 65
    assert f"{path}:3:" in answer.err


@pytest.mark.parametrize(
    ("name", "codec", "said"),
    [("王芳", "gb18030", "GB18030"), ("Zoë", "latin-1", "Windows-1252"), ("Wang", "utf-16", "UTF-16")],
)
def test_what_is_not_utf8_is_read_as_what_it_is_and_never_kept_with_replacement_characters(
    retain, machine, rows, name, codec, said
):
    answer = retain(
        "import", bytes_file(machine, "c.csv", f"Customer ID,Name\n1,{name}\n".encode(codec)), "-f", "json", "--yes"
    )
    assert answer.data[0]["encoding"] == said
    assert names(rows) == [name]


# Invalid UTF-8; a lead byte of GB18030 and Shift-JIS with no trail byte, none of Big5, undefined in Windows-1252.
NO_TEXT = b"\x81\xff"


def test_what_fits_no_encoding_is_refused_and_never_kept_with_replacement_characters(retain, machine):
    path = bytes_file(machine, "c.csv", b"Customer ID,Name\n1,Wang\n2,L" + NO_TEXT + b"\n")
    answer = retain("import", path, "-f", "json")
    assert answer.code == 65
    assert answer.json["error"]["code"] == "encoding"
    assert f"{path}:3:" in answer.json["error"]["message"]
    assert "UTF-8" in answer.json["error"]["hint"]
    assert retain("list").code == 72


def test_bytes_that_are_no_text_far_behind_the_header_are_refused_too(retain, machine):
    many = b"".join(b"%d,Wang,x\n" % number for number in range(5000))
    path = bytes_file(machine, "c.csv", HEADER.encode() + many + b"x," + NO_TEXT + b",x\n")
    answer = retain("import", path)
    assert answer.code == 65
    assert f"{path}:5002: byte 3 of the line (0x81)" in answer.err
    assert retain("list").code == 72


def test_a_guess_that_hangs_on_a_letter_far_behind_the_header_shows_it(retain, machine):
    many = b"".join(b"%d,Wang,x\n" % number for number in range(5000))
    answer = retain("import", bytes_file(machine, "c.csv", HEADER.encode() + many + b"x,Zo\xeb,x\n"), "--yes")
    assert "Text read as Windows-1252, so that it says Zoë; --encoding if that is wrong." in " ".join(
        answer.out.split()
    )


def test_showing_what_a_guess_makes_of_a_file_loses_no_count_of_what_was_left_out(retain, machine):
    # More words to show than are shown, so that whoever looks for them stops before the last line.
    lines = "".join(f"{n},2026-01-02,1.25,茶{n}\n" for n in range(20))
    text = f"Customer ID,Order Date,Amount,Product\n{lines}Total,,25.00,\n"
    told = [
        " ".join(retain("import", bytes_file(machine, f"{codec}.csv", text.encode(codec)), "--dry-run").out.split())
        for codec in ("utf-8", "gb18030")
    ]
    found = ["eft out line 22 (totals)" in words for words in told]
    assert found == [True, True], told


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"   \n"])
def test_an_empty_file_is_refused(retain, machine, content):
    answer = retain("import", bytes_file(machine, "c.csv", content), "-f", "json")
    assert answer.code == 65
    assert answer.json["error"]["code"] == "file-empty"


def test_a_header_alone_is_nothing_to_do(retain, csv_file):
    (entry,) = retain("import", csv_file("c.csv", HEADER), "-f", "json").data
    assert {key: entry[key] for key in ("rows", "created", "updated", "unchanged", "rejected", "review")} == {
        "rows": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0, "review": 0,
    }  # fmt: skip


def test_a_dash_reads_standard_input(retain, rows):
    answer = retain("import", "-", "-f", "json", stdin=b"Customer ID,Name\n1,Wang\n")
    assert answer.data[0]["file"] == "standard input"
    assert names(rows) == ["Wang"]


def test_faults_of_standard_input_say_so(retain):
    answer = retain("import", "-", stdin=b"Customer ID,Birthday\n1,never\n")
    assert answer.code == 65
    assert "standard input:2: Birthday 'never'" in answer.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the machine has no named pipes")
def test_a_pipe_with_a_name_is_read_like_a_file(retain, machine, rows):
    pipe = machine / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=[b"Customer ID,Name\n1,Wang\n"])
    writer.start()
    assert retain("import", pipe).code == 0
    writer.join()
    assert names(rows) == ["Wang"]


@pytest.mark.parametrize("delimiter", ["comma", "space"])
def test_a_row_with_too_few_or_too_many_cells_is_refused_never_shifted(retain, csv_file, rows, delimiter):
    mark = "," if delimiter == "comma" else "  "
    lines = [["external_id", "name", "area"], ["1", "Wang", "North"], ["2", "Li"], ["3", "Zhao", "South", "x"]]
    path = csv_file("c.csv", "".join(mark.join(line) + "\n" for line in lines))
    answer = retain("import", path, "--delimiter", delimiter, "--skip-bad")
    assert answer.code == 3
    assert f"{path}:3: has 2 cells where the header has 3" in answer.err
    assert "has 4 cells where the header has 3" in answer.err
    assert rows("select external_id, name, area from customer") == [("1", "Wang", "North")]


def test_a_missing_file_is_told_from_a_folder(retain, machine):
    missing, folder = retain("import", "nowhere.csv"), retain("import", machine)
    assert (missing.code, folder.code) == (66, 66)
    assert "there is no file nowhere.csv" in missing.err
    assert "is a folder" in folder.err
