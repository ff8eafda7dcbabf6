"""Draw the pictures of `docs/report-html.md`: the page of the example shop's report, as a browser shows it."""

import io
import runpy
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from retain_cli.cli import main
from retain_cli.commands.demo import DAY

DOCS = Path(__file__).parent
PICTURES = {
    "report-light.png": {"width": 1000, "dark": False, "height": 1400},
    "report-dark.png": {"width": 1000, "dark": True, "height": 1400},
    "report-phone.png": {"width": 375, "dark": False, "height": 1400},
}


def make_page(path: Path) -> None:
    """The report of the example shop on its day, as a page."""
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        shop = str(Path(folder) / "shop.db")
        on_the_day = ["--today", DAY.isoformat()]
        assert main(["demo", "--keep", shop, *on_the_day]) == 0  # noqa: S101
        made = main(["report", "--db", shop, "-f", "html", "-o", str(path), "--yes", *on_the_day])
        assert made == 0  # noqa: S101


def draw() -> None:
    """Write every picture beside this script."""
    chromium = runpy.run_path(str(DOCS / "chromium.py"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "report.html"
        make_page(path)
        with chromium["page"](Path(folder) / "profile") as page:
            for name, how in PICTURES.items():
                page.open(path, width=how["width"], dark=how["dark"])
                (DOCS / name).write_bytes(page.picture(height=how["height"]))


if __name__ == "__main__":
    draw()
