"""The boundary before every terminal: what came in with data is shown, never obeyed."""

import re

# C0 and C1 controls (ESC among them), bidirectional overrides, invisible and line-breaking characters, tags and
# lone surrogates. Joiners stay: Persian, Indic scripts and emoji are written with them.
_OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


# What an import refuses: it can only be there if another program wrote it.
_NEVER_KEPT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def safe(text: str) -> str:
    """The text with every character that a terminal would obey written out, ESC as `\\x1b`."""
    return text if text.isascii() and text.isprintable() else _OBEYED.sub(_written_out, text)


def storable(text: str) -> str:
    """The text as an import would take it: controls and bidirectional overrides are written out, the rest stays."""
    return text if text.isprintable() else _NEVER_KEPT.sub(_written_out, text)


def _written_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
