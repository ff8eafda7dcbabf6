"""Nobody else may open the file, and nothing copies it while it is written."""

import os
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from retain_cli.doctor.finding import Asked, Finding

ORDER = 2
ENDS_IT = False

_SYNCHRONISED = (
    "dropbox", "onedrive", "google drive", "googledrive", "icloud drive", "com~apple~clouddocs", "nextcloud",
    "nutstore", "坚果云", "我的坚果云", "百度网盘",
)  # fmt: skip
_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afpfs", "webdav")
"""File systems on which a lock is not sure to hold (https://sqlite.org/howtocorrupt.html, section 2.1)."""
_MOUNTS = Path("/proc/self/mounts")


def look(asked: Asked) -> Iterator[Finding]:
    """Rights that are too wide, a folder that is synchronised, a disk of another machine."""
    path = asked.database.resolve()
    if os.name == "posix" and (mode := path.stat().st_mode & 0o077):
        who = "everybody" if mode & 0o007 else "the group"
        shown = asked.database
        yield Finding(
            f"{who} on this machine may open {shown}", f"Keep it to yourself: chmod 600 {quote(str(shown))}"
        )
    by = [part for part in path.parts if part.casefold().startswith(_SYNCHRONISED)]
    if by:
        yield Finding(
            f"{path} is in {by[0]}, which copies it while it is written: half a file may come of it, or two",
            "Move it elsewhere, and let retain backup put copies there.",
        )
    if kind := _network(path):
        yield Finding(
            f"{path} is on a disk of another machine ({kind}), where two people at once can damage it",
            "Move it to a disk of this machine, and let retain backup put copies there.",
        )


def _network(path: Path) -> str | None:
    try:
        lines = [line.split(" ") for line in _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return None
    # Blanks in a name are written as \040.
    places = [(Path(words[1].replace("\\040", " ")), words[2]) for words in lines if len(words) > 2]
    holding = [(len(place.parts), kind) for place, kind in places if path.is_relative_to(place)]
    kind = max(holding, default=(0, ""))[1]
    return kind if kind in _NETWORK else None
