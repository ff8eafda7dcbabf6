"""Asking the same about many customers: a few hundred in one question, found by their index."""

from collections.abc import Iterable, Iterator

from retain_cli.store.question import Question, RowT
from retain_cli.store.store import Store

_AT_ONCE = 400
_NAMES = [f"customer_{n}" for n in range(_AT_ONCE)]

ANY_OF = ", ".join(f":{name}" for name in _NAMES)
"""Stands in the brackets of `in (…)`."""


def several(
    store: Store, question: Question[RowT], customers: Iterable[int], **parameters: object
) -> Iterator[RowT]:
    """The answers about all of these customers, in no order."""
    numbers = sorted(customers)
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        # The last few are filled up with one of them, which an `in` does not answer twice.
        some += [some[0]] * (_AT_ONCE - len(some))
        yield from store.stream(question, **dict(zip(_NAMES, some, strict=True)), **parameters)
