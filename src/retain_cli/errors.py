"""What can go wrong, as one sentence, the next step, and an exit code.

The exit codes follow sysexits.h; `docs/exit-codes.md` lists them for people.
"""

from collections.abc import Iterable


class RetainError(Exception):
    """Something the user has to know about and can act on.

    `message` is one sentence without its full stop, `hint` the next step; both may quote data from
    outside and are made safe where they are written. `code` is the stable name that scripts read, `problems` are
    the single faults, where there is more than one.
    """

    exit_code = 70
    code = "error"

    def __init__(self, message: str, hint: str = "", *, code: str = "", problems: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code or type(self).code
        self.problems = list(problems)


class WrongUse(RetainError):
    """The command line asks for something that cannot be."""

    exit_code = 2
    code = "usage"


class BadInput(RetainError):
    """What came in cannot be used; nothing was changed."""

    exit_code = 65
    code = "input-bad"


class InputMissing(RetainError):
    """The file to read is not there or cannot be read."""

    exit_code = 66
    code = "input-missing"


class DatabaseUnusable(RetainError):
    """The database is missing, damaged, not retain's or from a newer retain; it was left untouched."""

    exit_code = 72
    code = "database-unusable"


class OutputExists(RetainError):
    """What should be written is there already, or cannot be created."""

    exit_code = 73
    code = "output-exists"


class ReadWriteFailed(RetainError):
    """The disk is full or the device failed."""

    exit_code = 74
    code = "io-failed"


class DatabaseLocked(RetainError):
    """Another program holds the database; the same command may work in a moment."""

    exit_code = 75
    code = "locked"


class NotPermitted(RetainError):
    """The operating system says no."""

    exit_code = 77
    code = "no-permission"


class BadConfiguration(RetainError):
    """Settings or environment make no sense."""

    exit_code = 78
    code = "configuration"
