"""Chromium without a window, by the DevTools protocol over a pipe: for the pictures here and the tests of pages."""

import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
SECONDS_TO_WAIT = 60.0
_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
    "--disable-dev-shm-usage", "--force-color-profile=srgb", "--remote-debugging-pipe",
)  # fmt: skip

Json = dict[str, Any]


def program() -> str | None:
    """The browser of this machine, or None."""
    return None if sys.platform == "win32" else next(filter(None, map(shutil.which, PROGRAMS)), None)


class Page:
    """One page of one browser; `events` is everything it told so far."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._to, self._from = to_browser, from_browser
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        self.events: list[Json] = []

    def attach(self) -> None:
        """Open a page of its own, and listen to what it says."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **parameters: Any) -> Json:
        """Send one command and wait for its answer."""
        self._number += 1
        message: Json = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            said = self._next()
            if said.get("id") == self._number:
                if "error" in said:
                    raise RuntimeError(f"{method}: {said['error']}")
                answer: Json = said["result"]
                return answer
            self.events.append(said)

    def _next(self) -> Json:
        until = monotonic() + SECONDS_TO_WAIT
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._from], [], [], max(until - monotonic(), 0))
            more = os.read(self._from, 1 << 16) if ready else b""
            if not more:
                raise RuntimeError("the browser says nothing more")
            self._rest += more
        message, _, self._rest = self._rest.partition(b"\0")
        said: Json = json.loads(message)
        return said

    def open(self, path: Path, *, width: int = 1000, height: int = 800, dark: bool = False) -> None:
        """Show a file at a width, in light or in dark colours, once it is all there."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", media="screen", features=[scheme])
        self.events.clear()
        self.ask("Page.navigate", url=path.resolve().as_uri())
        while not self._has("Page.loadEventFired"):
            self.events.append(self._next())

    def _has(self, method: str) -> bool:
        return any(event.get("method") == method for event in self.events)

    def run(self, script: str) -> Any:
        """What an expression comes to in the page."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press a key: `Tab`, `Enter` or ` `."""
        code = {"Tab": 9, "Enter": 13, " ": 32}[key]
        text = {"Enter": "\r", " ": " "}.get(key)
        common: Json = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
        self.ask("Input.dispatchKeyEvent", type="keyDown", **common, **({"text": text} if text else {}))
        self.ask("Input.dispatchKeyEvent", type="keyUp", **common)

    def complaints(self) -> list[Json]:
        """What the page wrote to its console, and what went wrong in it."""
        self.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))")
        wanted = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        return [event["params"] for event in self.events if event.get("method") in wanted]

    def requests(self) -> list[str]:
        """The addresses it asked for."""
        sent = (event["params"] for event in self.events if event.get("method") == "Network.requestWillBeSent")
        return [one["request"]["url"] for one in sent]

    def picture(self, *, height: int | None = None) -> bytes:
        """What it looks like, as a PNG: all of it, or the upper part."""
        if height is None:
            height = int(self.run("document.documentElement.scrollHeight"))
        width = int(self.run("innerWidth"))
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        shot = self.ask("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(shot["data"])

    def pdf(self) -> bytes:
        """What it prints as."""
        return base64.b64decode(self.ask("Page.printToPDF", printBackground=True)["data"])


@contextlib.contextmanager
def page(folder: Path) -> Iterator[Page]:
    """A page in a browser of its own, whose profile is kept in a new folder."""
    found = program()
    if found is None:
        raise RuntimeError("there is no Chromium here")
    read_by_browser, to_browser = map(_out_of_the_way, os.pipe())
    from_browser, written_by_browser = map(_out_of_the_way, os.pipe())
    with Path(os.devnull).open("r+b") as nowhere:
        number = os.posix_spawn(
            found,
            [found, *_OPTIONS, f"--user-data-dir={folder}", "about:blank"],
            # A home of a test's own is no place for a browser's caches.
            os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)},
            file_actions=[
                (os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1),
                (os.POSIX_SPAWN_DUP2, nowhere.fileno(), 2),
                (os.POSIX_SPAWN_DUP2, read_by_browser, 3),
                (os.POSIX_SPAWN_DUP2, written_by_browser, 4),
            ],
            setsid=True,
        )
    os.close(read_by_browser)
    os.close(written_by_browser)
    shown = Page(to_browser, from_browser)
    try:
        shown.attach()
        yield shown
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(number, signal.SIGKILL)
        os.waitpid(number, 0)
        os.close(to_browser)
        os.close(from_browser)


def _out_of_the_way(descriptor: int) -> int:
    """The same end of a pipe under a number well above 3 and 4, which are the browser's."""
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(descriptor)
    return moved
