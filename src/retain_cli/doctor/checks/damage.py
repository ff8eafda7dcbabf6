"""The file is whole, and every record belongs to one that is there."""

from collections.abc import Iterator

from retain_cli.doctor.finding import Asked, Finding
from retain_cli.store.soundness import damage, orphans
from retain_cli.wording import count_of

ORDER = 1
ENDS_IT = True

_NEXT = "Put the newest backup in its place."


def look(asked: Asked) -> Iterator[Finding]:
    """Damage, as SQLite names it, and records whose customer or other owner is gone."""
    if said := damage(asked.store):
        yield Finding(f"the file is damaged: {said}", _NEXT)
    elif found := orphans(asked.store):
        first = found[0]
        yield Finding(
            f"{count_of(len(found), 'record')} of something that is not there, the first: {first.table} "
            f"{first.row}, without its {first.parent}",
            _NEXT,
        )
