"""People who were erased: whether a phone, e-mail or id is one of theirs.

Only hashes are kept, salted with a secret of this database, so that two databases cannot be compared and no ready
table of all phone numbers serves. Whoever has the whole file can still try out numbers, one after the other.
"""

from collections.abc import Iterator
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from retain_cli.store.question import Question, Text
from retain_cli.store.store import Store

_SALT = "erasure_salt"


class _Hash(NamedTuple):
    hash: str


_READ_SALT = Question(f"select value from policy where name = '{_SALT}'", Text)
_HASHES = Question("select hash from erased", _Hash)


class ErasedPeople:
    """Everybody who was erased, as far as they can be recognised."""

    def __init__(self, store: Store) -> None:
        self._hashes = {row.hash for row in store.ask(_HASHES)}
        self._salt = _salt(store) if self._hashes else ""

    @property
    def any(self) -> bool:
        """Whether anybody was erased."""
        return bool(self._hashes)

    def include(self, *, source: str, external_id: str, phone: str, email: str) -> bool:
        """Whether one of these is of somebody who was erased."""
        # Nearly every shop has erased nobody: no hash is worked out then.
        return bool(self._hashes) and not self._hashes.isdisjoint(
            _fingerprints(self._salt, source, external_id, phone, email)
        )


def remember_erased(
    store: Store, today: date, *, source: str = "", external_id: str = "", phone: str = "", email: str = ""
) -> None:
    """Keep the hashes of somebody who is being erased, so that no import brings them back."""
    salt = _salt(store)
    store.run_many(
        "insert into erased (hash, erased_on) values (?, ?) on conflict do nothing",
        [(found, today.isoformat()) for found in _fingerprints(salt, source, external_id, phone, email)],
    )


def _fingerprints(salt: str, source: str, external_id: str, phone: str, email: str) -> Iterator[str]:
    for kind, value in (("id " + source, external_id), ("phone", phone), ("email", email)):
        if value:
            yield blake2b(f"{kind}\0{value}".encode(), key=bytes.fromhex(salt), digest_size=20).hexdigest()


def _salt(store: Store) -> str:
    kept = store.first(_READ_SALT)
    if kept and kept.value:
        return kept.value
    from secrets import token_hex

    salt = token_hex(32)
    store.run("insert into policy (name, value) values (?, ?)", (_SALT, salt))
    return salt
