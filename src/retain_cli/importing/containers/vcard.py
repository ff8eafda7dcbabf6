"""vCards 2.1, 3.0 and 4.0 as a table of customers."""

import io
import quopri
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from retain_cli.errors import BadInput
from retain_cli.importing.cells.birthdays import birthday
from retain_cli.importing.encoding import Encoding, first_fault, named, recognise, undecodable

HEADER = ["Name", "Phone", "Email", "Address", "Birthday", "Note"]

_SAMPLE = 256 << 10
_LONGEST_LINE = 64 << 10
_LONGEST_CARD = 4 << 20
_NO_PHONES = {"FAX", "PAGER", "MODEM"}
_ONE_VALUE = {"FN", "NOTE", "EMAIL", "BDAY", "NICKNAME", "X-ALTBDAY"}
_MARK_IN_NOTES = " · "
_GROUP = re.compile(r"^(?:KIND|X-ADDRESSBOOKSERVER-KIND):group\s*$", re.IGNORECASE | re.MULTILINE)
_MADE_UP_YEAR = "1604"
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?|--(\d\d)-?(\d\d)(?:[T ].*)?", re.DOTALL)

Row = tuple[int, list[str]]


class VCards:
    """A file of cards as records, one card after the other."""

    has_nul = False
    delimiter = ","

    def __init__(self, name: str, stream: BinaryIO, size: int, encoding: str | None) -> None:
        self.name = name
        self.size = size
        self.notes: list[str] = []
        self._stream = stream
        sample = stream.read(_SAMPLE)
        self.encoding: Encoding | None = named(encoding) if encoding else self._recognised(sample)

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._stream.tell()

    def records(self, delimiter: str | None = None, width: int = 0) -> Iterator[Row]:
        """The header, then the line each card begins on and what it says; BadInput where a card cannot be read."""
        yield 1, list(HEADER)
        for line, card in self._cards():
            if _GROUP.search(card):
                continue  # a list of other cards, which is nobody
            yield line, self._row(line, card)

    def _recognised(self, sample: bytes) -> Encoding:
        # A photograph or a quoted-printable line says nothing of the encoding; both are plain ASCII.
        return recognise(self.name, sample, cut=len(sample) == _SAMPLE)

    def _cards(self) -> Iterator[tuple[int, str]]:
        assert self.encoding is not None  # noqa: S101
        self._stream.seek(0)
        codec = "utf-8-sig" if self.encoding.codec == "utf-8" else self.encoding.codec
        text = io.TextIOWrapper(self._stream, encoding=codec, newline=None)
        began, depth, lines, size, number = 0, 0, [], 0, 0
        try:
            while line := text.readline(_LONGEST_LINE):
                number += 1
                word = line.strip().upper()
                if word == "BEGIN:VCARD":
                    depth += 1
                    began = began or number
                if depth:
                    lines.append(line)
                    size += len(line)
                    if size > _LONGEST_CARD:
                        raise self._bad(began, "the card does not end")
                if word == "END:VCARD" and depth:
                    depth -= 1
                    if not depth:
                        yield began, "".join(lines)
                        began, lines, size = 0, [], 0
            if depth:
                raise self._bad(began, "the card does not end")
        except UnicodeDecodeError as problem:
            raise self._undecodable() from problem
        finally:
            if not self._stream.closed:
                text.detach()

    def _undecodable(self) -> BadInput:
        assert self.encoding is not None  # noqa: S101
        self._stream.seek(0)
        whole = self._stream.read(self.size)
        return undecodable(self.name, whole, first_fault(whole, self.encoding.codec, cut=False) or 0, self.encoding)

    def _row(self, line: int, card: str) -> list[str]:
        import vobject

        try:
            read = vobject.readOne(_made_plain(card), ignoreUnreadable=True, allowQP=True)
        except Exception as problem:
            # The library raises whatever its parser stumbles on.
            raise self._bad(line, f"the card cannot be read ({type(problem).__name__})") from problem
        if read is None:
            raise self._bad(line, "the card is empty")
        phones = _by_preference(read, "tel", _NO_PHONES)
        mails = _by_preference(read, "email", set())
        solar, lunar = _birthday(read), _lunar_birthday(_first(read, "x-altbday"))
        # A customer has one phone, one address and one birthday; what else the card says is kept in words.
        further = (
            " ".join(_values(read, "note")),
            _said("other phones: ", phones[1:]),
            _said("other e-mails: ", mails[1:]),
            _said("birthday: ", [lunar] if solar and lunar else []),
        )
        return [
            _name(read),
            phones[0] if phones else "",
            mails[0] if mails else "",
            _address(read),
            solar or lunar,
            _MARK_IN_NOTES.join(filter(None, further)),
        ]

    def _bad(self, line: int, why: str) -> BadInput:
        return BadInput(f"{self.name}:{line}: {why}", "Export the contacts again.", code="vcard")


def _said(what: str, values: list[str]) -> str:
    return what + ", ".join(values) if values else ""


def _made_plain(card: str) -> str:
    """The card as the library can take it: nothing encoded, no pictures, no comma that parts one value into two."""
    kept: list[str] = []
    for line in _unfolded(card):
        written, colon, value = line.partition(":")
        words = written.upper().split(";")
        name = words[0].rpartition(".")[2]
        # Pictures, sounds and keys are most of a card, and no text; PROFILE only says again that it is a card.
        if not colon or name in ("PHOTO", "LOGO", "SOUND", "KEY", "AGENT", "PROFILE"):
            continue
        if "QUOTED-PRINTABLE" in words or "ENCODING=QUOTED-PRINTABLE" in words:
            charset = next((word.partition("=")[2] for word in words if word.startswith("CHARSET=")), "")
            value = _decoded(value, charset)
        told = [
            part
            for part in written.split(";")
            if not re.match(r"(ENCODING=)?QUOTED-PRINTABLE$|CHARSET=", part, re.I)
        ]
        if name in _ONE_VALUE:
            value = re.sub(r"(?<!\\)([,;])", r"\\\1", value)
        kept.append(f"{';'.join(told)}:{value}")
    return "\n".join(kept) + "\n"


def _unfolded(card: str) -> list[str]:
    """The logical lines: a folded one begins with a blank, a quoted-printable one goes on below its `=`."""
    found: list[str] = []
    soft = False
    for line in card.splitlines():
        if soft:
            found[-1] = found[-1][:-1] + line
        elif line.startswith((" ", "\t")) and found:
            found[-1] += line[1:]
        else:
            found.append(line)
        soft = line.endswith("=") and "QUOTED-PRINTABLE" in found[-1].partition(":")[0].upper()
    return found


def _decoded(value: str, charset: str) -> str:
    """Quoted-printable bytes as text; without a charset they are UTF-8, or else Western."""
    raw = quopri.decodestring(value.encode("latin-1", "replace"))
    for codec in (charset, "utf-8", "cp1252", "latin-1"):
        try:
            return " ".join(raw.decode(codec).split())
        except (LookupError, UnicodeDecodeError):
            continue
    return value


def _lines(card: Any, name: str) -> list[Any]:
    return list(card.contents.get(name, ()))


def _values(card: Any, name: str) -> list[str]:
    return [value for line in _lines(card, name) if (value := _plain(line.value))]


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        value = " ".join(map(_plain, value))
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return " ".join(str(value).split())


def _first(card: Any, name: str) -> str:
    return next(iter(_values(card, name)), "")


def _types(line: Any) -> set[str]:
    """What kind of phone or address it is: `TYPE=` of the newer versions, bare words of the oldest."""
    said = [word for words in line.params.values() for value in words for word in str(value).split(",")]
    return {word.strip('" ').upper() for word in (*said, *getattr(line, "singletonparams", ()))}


def _by_preference(card: Any, name: str, unwanted: set[str]) -> list[str]:
    found = []
    for number, line in enumerate(_lines(card, name)):
        types = _types(line)
        value = _plain(line.value).removeprefix("tel:").removeprefix("mailto:")
        if not value or types & unwanted:
            continue
        preferred = "PREF" in types or line.params.get("PREF") in (["1"],)
        found.append((not ("CELL" in types and name == "tel"), not preferred, number, value.split(";")[0]))
    return list(dict.fromkeys(value for *_, value in sorted(found)))


def _name(card: Any) -> str:
    said = _first(card, "fn")
    if said:
        return said
    for line in _lines(card, "n"):
        name = line.value
        family, given, middle = (_plain(getattr(name, part, "")) for part in ("family", "given", "additional"))
        if family or given:
            own = family + given if not (family + given).isascii() else ""
            asian = own and all(ord(letter) >= 0x2E80 for letter in own)
            return own if asian else " ".join(filter(None, (given, middle, family)))
    return _first(card, "org") or _first(card, "nickname")


def _address(card: Any) -> str:
    for line in _lines(card, "adr"):
        parts = (
            _plain(getattr(line.value, part, ""))
            for part in ("street", "extended", "box", "city", "region", "code", "country")
        )
        if said := ", ".join(filter(None, parts)):
            return said
    return ""


def _birthday(card: Any) -> str:
    """The day as it can be imported: with its year, or without where there is none or only a made-up one."""
    for line in _lines(card, "bday"):
        written = _plain(line.value)
        if match := _DAY.fullmatch(written):
            year, month, day = (match[1], match[2], match[3]) if match[1] else ("", match[4], match[5])
            omitted = [str(value) for values in line.params.values() for value in values]
            made_up = year == _MADE_UP_YEAR or year in omitted
            return f"--{month}-{day}" if not year or made_up else f"{year}-{month}-{day}"
        return written
    return ""


def _lunar_birthday(written: str) -> str:
    """A birthday of the lunar calendar as a cell says it; nothing where the words are none.

    Bare digits lose their year, since programs count the years of that calendar in several ways.
    """
    if found := _DAY.fullmatch(written):
        month, day = found[2] or found[4], found[3] or found[5]
        return f"lunar {month}-{day}"
    try:
        return written if birthday(written).calendar == "lunar" else ""
    except ValueError:
        return ""
