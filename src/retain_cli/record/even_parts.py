"""A cost or a time that several contacts bear together."""

from collections.abc import Iterable

from retain_cli.store.store import Store


def even_parts(whole: int, parts: int) -> list[int]:
    """As many even parts as asked for; what is left over falls to the first ones, so that they make the whole."""
    even, left = divmod(whole, parts)
    return [even + (nth < left) for nth in range(parts)]


def bear_cost(store: Store, visits: Iterable[int | None], cost: int | None, currency: str) -> None:
    """These visits, in the order of their numbers, share a cost in minor units; an unknown one changes nothing."""
    bearing = sorted(visit for visit in visits if visit is not None)
    if cost is None or not bearing:
        return
    store.run_many(
        "update visit set cost = ?, currency = ? where id = ?",
        [(part, currency, visit) for part, visit in zip(even_parts(cost, len(bearing)), bearing, strict=True)],
    )
