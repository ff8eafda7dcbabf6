"""What to offer, against implicit's cosine recommender, and all rules, against mlxtend.

Each peer runs in an environment of its own, whose Python `BENCH_IMPLICIT` and `BENCH_MLXTEND` name; a peer without
one is not measured. `implicit` needs `implicit pandas`, `mlxtend` needs `mlxtend`.
"""

import csv
import os
import random
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from measure import Command, in_turn, row
from shop import LAST_DAY

LINES = int(os.environ.get("BENCH_LINES", "1000000"))
PRODUCTS = 2_000
BESTSELLER = "product 0000"

# Reads the lines, fits, and recommends: for one customer, and who may want one product.
_IMPLICIT = """
import sys
import pandas, scipy.sparse
from implicit.nearest_neighbours import CosineRecommender
lines = pandas.read_csv(sys.argv[1], usecols=["Customer ID", "Product"])
who, what = lines["Customer ID"].astype("category"), lines["Product"].astype("category")
matrix = scipy.sparse.csr_matrix(([1.0] * len(lines), (who.cat.codes, what.cat.codes)))
model = CosineRecommender(K=20, num_threads=1)
model.fit(matrix, show_progress=False)
if sys.argv[2] == "customer":
    place = list(who.cat.categories).index(sys.argv[3])
    ids, scores = model.recommend(place, matrix[place], N=10)
else:
    place = list(what.cat.categories).index(sys.argv[3])
    ids, scores = model.similar_items(place, N=10)
print([what.cat.categories[i] for i in ids], scores)
"""
_MLXTEND = """
import sys, csv
import pandas
from mlxtend.frequent_patterns import association_rules, fpgrowth
from mlxtend.preprocessing import TransactionEncoder
baskets = {}
for line in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    baskets.setdefault((line["Customer ID"], line["Order Date"], line["Order Number"]), []).append(line["Product"])
encoder = TransactionEncoder()
table = pandas.DataFrame.sparse.from_spmatrix(
    encoder.fit(list(baskets.values())).transform(list(baskets.values()), sparse=True), columns=encoder.columns_
)
frequent = fpgrowth(table, min_support=float(sys.argv[2]), use_colnames=True)
rules = association_rules(frequent, metric="confidence", min_threshold=0.25)
print(len(rules[rules["consequents"].map(len) == 1]))
"""


def rows(rounds: int = 3) -> list[str]:
    """The lines of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file, database = folder / "lines.csv", folder / "shop.db"
        write_lines(file, LINES)
        retain = ["--db", str(database), "--today", LAST_DAY.isoformat()]
        subprocess.run(["retain", "import", str(file), *retain], check=True, stdout=subprocess.DEVNULL)
        # The first advice after a large import makes the index by product.
        began = perf_counter()
        subprocess.run(["retain", "advise", "C000002", *retain], check=True, stdout=subprocess.DEVNULL)
        print(f"the first advice after the import: {perf_counter() - began:.2f} s", file=sys.stderr)
        size = f"{LINES:,} lines, {PRODUCTS:,} products"
        questions = (
            (f"`retain advise` for one customer, {size}", ["C000777"], ["customer", "C000777"], "≤ 0.1"),
            (
                "`retain advise --product`, the bestseller",
                ["--product", BESTSELLER],
                ["product", BESTSELLER],
                "≤ 0.4",
            ),
        )
        lines = []
        for what, ours, theirs, aim in questions:
            peer = _peer("BENCH_IMPLICIT", folder, "cosine.py", _IMPLICIT)
            them = [*peer, str(file), *theirs] if peer else None
            lines.append(_pair(what, ["retain", "advise", *ours, *retain], "`implicit`, cosine", them, aim, rounds))
        peer = _peer("BENCH_MLXTEND", folder, "rules.py", _MLXTEND)
        them = [*peer, str(file), "0.0005"] if peer else None
        ours = ["retain", "advise", "--rules", "--min-support", "0.0005", *retain]
        what = f"`retain advise --rules`, support 0.0005, {size}"
        lines.append(_pair(what, ours, "`mlxtend`, fpgrowth", them, "≤ 0.1", 1))
    return lines


def write_lines(path: Path, lines: int, seed: int = 7) -> None:
    """Orders of one to nine lines, of tastes: a tenth of the products, and now and then the bestsellers of all."""
    rng = random.Random(seed)
    customers = lines // 10
    weights = [1 / (rank + 10) for rank in range(PRODUCTS)]
    popular = rng.choices(range(PRODUCTS), weights, k=lines)
    written = number = 0
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Order Number", "Order Date", "Customer ID", "Product", "Category", "Quantity", "Amount"])
        while written < lines:
            customer, day = rng.randrange(customers), LAST_DAY - timedelta(days=rng.randrange(730))
            number += 1
            for _ in range(min(rng.randrange(1, 10), lines - written)):
                taste = customer % 10
                product = popular[written] if rng.random() < 0.4 else popular[written] // 10 * 10 + taste
                cells = [f"product {product:04d}", f"category {product % 20:02d}", 1, f"{rng.randrange(500, 9999)}"]
                writer.writerow([f"S{number:07d}", day.isoformat(), f"C{customer:06d}", *cells])
                written += 1


def _peer(variable: str, folder: Path, name: str, script: str) -> list[str] | None:
    python = os.environ.get(variable)
    if not python:
        return None
    (folder / name).write_text(script, encoding="utf-8")
    return [python, str(folder / name)]


def _pair(what: str, ours: list[str], peer: str, theirs: list[str] | None, aim: str, rounds: int) -> str:
    if theirs is None:
        taken = in_turn({"retain": Command(ours)}, rounds)["retain"]
        return f"| {what} | {peer} | not measured | | {aim} | {taken.wall:.2f} s, {taken.peak:.0f} MB | |"
    taken = in_turn({"retain": Command(ours), "peer": Command(theirs)}, rounds)
    return row(what, taken["retain"], peer, taken["peer"], aim)


if __name__ == "__main__":
    print("\n".join(rows()))
