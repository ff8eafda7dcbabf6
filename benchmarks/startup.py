"""Start-up: `retain --version` against a process that only imports Typer."""

import sys

from measure import Command, in_turn, row


def rows(rounds: int = 15) -> list[str]:
    """The line of the table."""
    taken = in_turn(
        {"retain": Command(["retain", "--version"]), "typer": Command([sys.executable, "-c", "import typer"])},
        rounds,
    )
    return [row("`retain --version`", taken["retain"], '`python -c "import typer"`', taken["typer"], "≤ 1.1")]


if __name__ == "__main__":
    print("\n".join(rows()))
