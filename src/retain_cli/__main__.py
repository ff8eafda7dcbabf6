"""`python -m retain_cli` is `retain`."""

from retain_cli.cli import run

run()
