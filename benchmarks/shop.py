"""A seeded shop of any size, as the CSV file it would export: 10 purchases a customer over two years."""

import csv
import random
import sys
from datetime import date, timedelta
from pathlib import Path

LAST_DAY = date(2026, 11, 21)


def write_purchases(path: Path, purchases: int, customers: int, seed: int = 1) -> None:
    """Write `purchases` lines of `customers` by day; few customers buy much, most little."""
    rng = random.Random(seed)
    weights = [rng.paretovariate(1.3) for _ in range(customers)]
    who = rng.choices(range(1, customers + 1), weights, k=purchases)
    days = sorted(rng.randrange(730) for _ in range(purchases))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Order Number", "Order Date", "Customer ID", "Product", "Category", "Quantity", "Amount"])
        for number, (customer, ago) in enumerate(zip(who, days, strict=True)):
            product = rng.randrange(2000)
            writer.writerow(
                [
                    f"S{number:07d}",
                    (LAST_DAY - timedelta(days=729 - ago)).isoformat(),
                    f"C{customer:06d}",
                    f"product {product:04d}",
                    f"category {product % 20:02d}",
                    rng.randrange(1, 5),
                    f"{rng.randrange(500, 500000) / 100:.2f}",
                ]
            )


if __name__ == "__main__":
    write_purchases(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
