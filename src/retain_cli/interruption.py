"""Ending on a signal as on an error, so that whatever is open is closed and rolled back."""

import signal

from retain_cli.errors import RetainError


class Stopped(BaseException):
    """A signal, as an exception, so that whatever is open is closed and rolled back.

    Neither KeyboardInterrupt nor any Exception: Typer would make something else of those.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def told(self) -> RetainError:
        word = "interrupted" if self.number == signal.SIGINT else "terminated"
        return RetainError(f"{word}; whatever was not finished was taken back", code=word)


class interruptible:  # noqa: N801
    """While the command runs, SIGINT, SIGTERM and SIGHUP end it as an error would."""

    def __enter__(self) -> None:
        self._before = {}
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            # `nohup` and a shell's background jobs ask for some of them to be ignored.
            if number is None or signal.getsignal(number) == signal.SIG_IGN:
                continue
            try:
                self._before[number] = signal.signal(number, self._raise)
            except ValueError:  # not the main thread: nobody to signal
                return

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @staticmethod
    def _raise(number: int, _frame: object) -> None:
        raise Stopped(number)
