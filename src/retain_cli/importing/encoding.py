"""In which encoding a text is written: tried from the strictest on, judged where several fit, and always said."""

import codecs
from typing import NamedTuple
from warnings import catch_warnings, simplefilter

from retain_cli.errors import BadInput, WrongUse

PLAIN = "utf-8"

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Each is the superset in which the programs of its country really write.
_LEGACY = ("gb18030", "big5hkscs", "cp932", "cp1252")
_SPOKEN = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32": "UTF-32",
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "big5": "Big5",
    "cp932": "Shift-JIS",
    "shift_jis": "Shift-JIS",
    "cp1252": "Windows-1252",
}
_ALIASES = {"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932"}
_ENOUGH = 64 << 10
# Everything but the control characters that no text has.
_TEXT = bytes({*range(32, 256), *b"\t\n\v\f\r\x1a\x1b"} - {127})


class Encoding(NamedTuple):
    """How bytes become text."""

    codec: str
    certain: bool
    """Whether it was said, marked or valid UTF-8; else it is a guess that people have to see."""

    @property
    def name(self) -> str:
        """What people call it."""
        return _SPOKEN.get(self.codec, self.codec)


def named(asked: str) -> Encoding:
    """The encoding somebody asked for; WrongUse where there is none of that name."""
    try:
        found = codecs.lookup(asked.strip())
        codec = found.name.replace("iso8859-1", "cp1252") if found.name == "iso8859-1" else found.name
        "".encode(codec)
    except (LookupError, ValueError, TypeError):
        raise WrongUse(
            f"there is no encoding {asked!r}", "Usual ones are utf-8, utf-16, gb18030, big5, shift-jis and cp1252."
        ) from None
    return Encoding(_ALIASES.get(codec, codec), certain=True)


def recognise(name: str, sample: bytes, *, cut: bool) -> Encoding:
    """The encoding of a text that starts with `sample`, `cut` where more follows; BadInput where none fits."""
    for mark, codec in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return Encoding(codec, certain=True)
    if (wide := _wide(sample)) is not None:
        return Encoding(wide, certain=True)
    controls = len(sample.translate(None, _TEXT))
    if controls > 8 and controls * 50 > len(sample):
        raise BadInput(f"{name} is no text", "Export it as CSV or .xlsx.", code="container")
    broken = first_fault(sample, PLAIN, cut=cut)
    if broken is None or _mostly_utf8(sample):
        # What is UTF-8 but for a few bytes is damaged; it is not something else.
        return Encoding(PLAIN, certain=True)
    fits = [codec for codec in _LEGACY if first_fault(sample, codec, cut=cut) is None]
    if not fits:
        raise undecodable(name, sample, broken, Encoding(PLAIN, certain=False))
    return Encoding(_judged(sample, fits), certain=False)


def first_fault(sample: bytes, codec: str, *, cut: bool) -> int | None:
    """Where the first byte stands that the codec cannot read, or None."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        decoder.decode(sample, final=not cut)
    except UnicodeDecodeError as problem:
        return problem.start
    return None


def undecodable(name: str, before: bytes, at: int, encoding: Encoding, lines: int = 0) -> BadInput:
    """The refusal of a byte that cannot be read; `lines` stand above what `before` begins with."""
    line = lines + 1 + before[:at].count(b"\n")
    column = at - before[:at].rfind(b"\n")
    return BadInput(
        f"{name}:{line}: byte {column} of the line (0x{before[at : at + 1].hex()}) is not {encoding.name} text",
        "Say how it was saved with --encoding, or save it as CSV UTF-8.",
        code="encoding",
    )


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of its digits and delimiters is zero."""
    even, odd = sample[0:4096:2].count(0), sample[1:4096:2].count(0)
    half = max(1, min(len(sample), 4096) // 2)
    if max(even, odd) * 4 < half or min(even, odd) * 20 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _mostly_utf8(sample: bytes) -> bool:
    text = sample.decode(PLAIN, "replace")
    broken = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - broken
    return good >= 4 and good > 10 * broken


def _judged(sample: bytes, fits: list[str]) -> str:
    """The likeliest of several encodings that can all read the sample."""
    if len(fits) == 1:
        return fits[0]
    from chardet import EncodingEra, detect

    # Long runs of digits and English say nothing; the lines with other letters do.
    telling = b"\n".join(line for line in sample.splitlines() if not line.isascii())[:_ENOUGH]
    with catch_warnings():
        # Where none of them fits well it warns that its own last resort is not among them.
        simplefilter("ignore")
        judged = detect(
            telling, encoding_era=EncodingEra.ALL, include_encodings=fits, prefer_superset=True, compat_names=False
        )["encoding"]
    return judged if judged in fits else fits[-1]
