"""Fitting who buys again, against `lifetimes`, which needs an environment of its own.

`BENCH_LIFETIMES_PYTHON` names its interpreter (uv venv; "setuptools<80" "numpy<2" "pandas<2.1"; lifetimes with
--no-build-isolation). `BENCH_NUMPY_PATH` names a folder with numpy in it, where this interpreter has none.
"""

import os
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

from measure import Command, Taken, in_turn, row

CUSTOMERS = int(os.environ.get("BENCH_PREDICTED", "1000000"))
LIFETIMES = os.environ.get("BENCH_LIFETIMES_PYTHON", "")
NUMPY = os.environ.get("BENCH_NUMPY_PATH", "")
SAMPLE = Path(__file__).parents[1] / "examples" / "cdnow" / "CDNOW_sample.txt"

_THEIRS = """
import sys
import pandas
from lifetimes import BetaGeoFitter
histories = pandas.read_csv(sys.argv[1])
fitted = BetaGeoFitter().fit(histories["frequency"], histories["recency"], histories["T"])
print(*fitted.params_)
"""


def rows(rounds: int = 5) -> list[str]:
    """The lines of the table."""
    with tempfile.TemporaryDirectory() as name:
        small, large = Path(name) / "cdnow.csv", Path(name) / "simulated.csv"
        _write_cdnow(small)
        subprocess.run([sys.executable, __file__, "simulate", str(large), str(CUSTOMERS)], check=True)
        return [
            *_against(small, "CDNOW, 2,357 customers", rounds, "≤ 0.1", ""),
            *_against(large, f"{CUSTOMERS:,} simulated customers", 1, "≤ 1.0", "≤ 0.1"),
        ]


def _against(file: Path, what: str, rounds: int, aim: str, aim_with_numpy: str) -> list[str]:
    ours = {"plain": Command(_ours(file, "plain"))}
    if aim_with_numpy:
        ours["numpy"] = Command(_ours(file, "numpy"))
    named = f"fit of BG/NBD, {what}"
    if not LIFETIMES:
        return [f"| {named} | `lifetimes` | not measured | | {aim} | | |"]
    theirs = [LIFETIMES, "-c", _THEIRS, str(file)]
    _check([command.words for command in ours.values()], theirs)
    taken = in_turn({**ours, "lifetimes": Command(theirs)}, rounds)
    lines = [_row(named, taken["plain"], taken["lifetimes"], aim)]
    if aim_with_numpy:
        lines.append(_row("the same where numpy is installed", taken["numpy"], taken["lifetimes"], aim_with_numpy))
    return lines


def _row(what: str, ours: Taken, theirs: Taken, aim: str) -> str:
    return row(what, ours, "`lifetimes`, whole process", theirs, aim)


def _ours(file: Path, how: str) -> list[str]:
    words = [sys.executable, __file__, "fit", str(file), how]
    if how == "numpy" and NUMPY:
        return ["env", f"PYTHONPATH={os.pathsep.join(filter(None, (os.environ.get('PYTHONPATH'), NUMPY)))}", *words]
    return words


def _check(ours: list[list[str]], theirs: list[str]) -> None:
    """Both find the same parameters: a faster wrong answer is no answer."""
    expected = _parameters(theirs)
    for words in ours:
        found = _parameters(words)
        # Theirs are in days.
        found[1] *= 7
        if any(abs(one / other - 1) > 0.005 for one, other in zip(found, expected, strict=True)):
            raise SystemExit(f"other parameters: {found} and {expected}")


def _parameters(words: list[str]) -> list[float]:
    return list(map(float, subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()))


def _fit(file: Path, how: str) -> None:
    """Read a summary and fit it, as the program does with the columns it asks of the database."""
    if how == "plain":
        sys.modules["numpy"] = None  # type: ignore[assignment]
    from retain_cli.predict.bg_nbd import fit, fit_columns
    from retain_cli.predict.histories import History

    if how == "plain":
        with file.open(encoding="utf-8") as lines:
            next(lines)
            counted = Counter(lines)
        fitted = fit([(History(*map(int, line.split(","))), customers) for line, customers in counted.items()])
    else:
        import numpy

        columns = numpy.loadtxt(file, dtype=numpy.int32, delimiter=",", skiprows=1, unpack=True)
        fitted = fit_columns(*columns)
    if fitted is None:
        raise SystemExit("no fit")
    print(*fitted.parameters)


def _write_cdnow(path: Path) -> None:
    ends = date(1997, 9, 30)
    days = defaultdict(set)
    for line in SAMPLE.read_text(encoding="utf-8").splitlines():
        customer, _, day, *_ = line.split()
        if (on := date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}")) <= ends:
            days[customer].add(on)
    lines = [f"{len(d) - 1},{(max(d) - min(d)).days},{(ends - min(d)).days}" for d in days.values()]
    path.write_text("\n".join(["frequency,recency,T", *lines, ""]), encoding="utf-8")


def _simulate(path: Path, customers: int) -> None:
    """Histories of two years of a shop whose customers buy and stop as the model says, one purchase a day."""
    rng = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write("frequency,recency,T\n")
        for _ in range(customers):
            rate, stops, age = rng.gammavariate(0.8, 1 / 60), rng.betavariate(0.8, 2.5), rng.randrange(30, 730)
            seen, time, alive = {0}, 0.0, True
            while alive and rate > 0 and (time := time + rng.expovariate(rate)) < age:
                seen.add(int(time))
                alive = rng.random() >= stops
            file.write(f"{len(seen) - 1},{max(seen)},{age}\n")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["fit", file, how]:
            _fit(Path(file), how)
        case ["simulate", file, customers]:
            _simulate(Path(file), int(customers))
        case _:
            print("\n".join(rows()))
