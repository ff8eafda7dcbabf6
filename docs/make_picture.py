"""Draw `docs/due.svg`: the example shop's `retain due`, by the program's own renderer."""

import html
import io
import re
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path

from rich.cells import cell_len
from rich.console import CONSOLE_SVG_FORMAT, Console

from retain_cli.cli import main
from retain_cli.commands.agenda import agenda_document
from retain_cli.commands.demo import DAY
from retain_cli.commands.due_answer import Asked, due_document
from retain_cli.document import Document, Heading
from retain_cli.due.listing import whom_to_contact
from retain_cli.due.load import days_ahead, load_of_days
from retain_cli.render.terminal import draw
from retain_cli.store.policy import read_policy
from retain_cli.store.store import open_store

PICTURE = Path(__file__).with_name("due.svg")

# Rich's frame loads its font from the web; a picture in a README should load nothing.
FRAME = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
    "font-family: Fira Code, monospace", "font-family: Menlo, Consolas, 'DejaVu Sans Mono', monospace"
)


def picture(columns: int = 80) -> str:
    """The list of the example's day as an SVG."""
    console = Console(
        record=True,
        width=columns,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        markup=False,
        emoji=False,
        highlight=False,
        no_color=False,
    )
    draw(_list_of_the_day(DAY), console)
    return _room_for_wide(console.export_svg(title="retain due", code_format=FRAME, unique_id="retain-due"))


def _room_for_wide(svg: str) -> str:
    """Give each text the room of its cells: Rich gives that of its characters, and squeezes Chinese by half."""

    def wider(match: re.Match[str]) -> str:
        text = html.unescape(match["text"])
        length = float(match["length"]) * cell_len(text) / len(text)
        return f'{match["before"]}textLength="{length:.6g}"{match["after"]}>{match["text"]}<'

    return re.sub(
        r'(?P<before><text [^>]*)textLength="(?P<length>[\d.]+)"(?P<after>[^>]*)>(?P<text>[^<]+)<', wider, svg
    )


def _list_of_the_day(day: date) -> Document:
    with tempfile.TemporaryDirectory() as folder:
        shop = Path(folder) / "shop.db"
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            main(["demo", "--keep", str(shop), "--today", day.isoformat()])
        with open_store(shop, writes=False) as store:
            return due_document(whom_to_contact(store, read_policy(store), day), Asked(day), [])


def levelling(columns: int = 80) -> str:
    """A month ahead of a shop that saw everybody on one day, before and after its only salesperson goes away."""
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        here, day = Path(folder), date(2026, 11, 23)
        rows = range(1, 131)
        orders, visits = here / "orders.csv", here / "visits.csv"
        orders.write_text("Customer ID,Date,Amount\n" + "".join(f"{n},2026-10-01,{9000 - n}\n" for n in rows))
        visits.write_text("Customer ID,Visit date,Outcome\n" + "".join(f"{n},2026-11-20,done\n" for n in rows))
        where = ["--db", str(here / "shop.db"), "--today", day.isoformat()]
        for words in (["import", str(orders), str(visits)], ["classify"], ["staff", "add", "Li"]):
            main([*words, *where])
        before = _month(here / "shop.db", day)
        main(["staff", "away", "Li", "2026-12-21", "2026-12-24", *where])
        after = _month(here / "shop.db", day)
    console = Console(
        record=True, width=columns, file=io.StringIO(), force_terminal=True, color_system="truecolor", markup=False,
        emoji=False, highlight=False, no_color=False,
    )  # fmt: skip
    draw(
        Document(None, [Heading("Before"), *before.blocks, Heading("Li is away for four days"), *after.blocks]),
        console,
    )
    return console.export_svg(title="retain agenda", code_format=FRAME, unique_id="retain-agenda")


def _month(shop: Path, day: date) -> Document:
    with open_store(shop, writes=False) as store:
        policy = read_policy(store)
        loads = load_of_days(days_ahead(store, policy, day, 40))
    return agenda_document([load for load in loads if load.day >= date(2026, 12, 14)], policy)


if __name__ == "__main__":
    PICTURE.write_text(picture() + "\n", encoding="utf-8")
    PICTURE.with_name("levelling.svg").write_text(levelling() + "\n", encoding="utf-8")
