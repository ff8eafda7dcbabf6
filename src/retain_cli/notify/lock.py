"""One run at a time: a lock that the operating system takes back when its holder dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retain_cli.errors import DatabaseLocked, NotPermitted


@contextmanager
def one_run_at_a_time(database: Path, what: str = "notify", words: str = "digests") -> Iterator[bool]:
    """Hold the lock of a database's digests, or of `what`; DatabaseLocked at once where another run has it.

    False where the folder knows no locks, so that another run may be alive: then the leases in the ledger decide.

    The lock is on an empty file beside the database, which stays: taking it away would let two runs hold two locks.
    The database itself is not locked, and other commands go on meanwhile.
    """
    real = database.resolve()
    path = real.with_name(f".{real.name}.{what}")
    try:
        number = os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as problem:
        raise NotPermitted(f"{path} cannot be made: {problem.strerror}", "Check who owns its folder.") from problem
    try:
        try:
            alone = _locked(number)
        except BlockingIOError:
            raise DatabaseLocked(
                f"another run is sending {words} at this moment", "Nothing is wrong; it is safe to try again."
            ) from None
        yield alone
    finally:
        os.close(number)


if sys.platform == "win32":

    def _locked(number: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except OSError as problem:
            raise BlockingIOError from problem
        return True

else:

    def _locked(number: int) -> bool:
        import fcntl

        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:
            return False
        return True
