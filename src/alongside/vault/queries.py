"""Opening sealed values: one query for any number of them, none when their keys were used before."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.db.models import QuerySet

from alongside.foundation.compiled import compiled
from alongside.vault import sealing
from alongside.vault.models import DataKey

GONE = ""  # what a value reads as once its key is destroyed

_AT_HAND: ContextVar[dict[bytes, bytes] | None] = ContextVar("keys_at_hand", default=None)


@contextmanager
def keys_at_hand() -> Iterator[None]:
    """Keys that are used within are looked up once. For one request: a key destroyed elsewhere ends with it.

    No longer than that on purpose. A process that remembered keys would open what was destroyed by another.
    """
    token = _AT_HAND.set({})
    try:
        yield
    finally:
        _AT_HAND.reset(token)


def forget_keys_at_hand() -> None:
    """After keys were destroyed in this very request: neither it nor this process has them any more."""
    _unwrapped.cache_clear()
    held = _AT_HAND.get()
    if held is not None:
        held.clear()


def open_sealed(value: bytes | memoryview | None, *, about: str) -> str:
    """The text of one sealed value; empty for none, and for one whose key was destroyed."""
    return open_many([(value, about)])[0]


def open_many(pairs: Sequence[tuple[bytes | memoryview | None, str]]) -> list[str]:
    """The texts of many (value, about) pairs, in order. At most one query.

    Raises SealBroken when a value was changed or stands at another place than it was sealed for.
    """
    values = [(bytes(value) if value else b"", about) for value, about in pairs]
    keys = _keys({sealing.kid_of(value) for value, _ in values if value})
    return [
        sealing.decrypt(value, key=keys[sealing.kid_of(value)], about=about)
        if value and sealing.kid_of(value) in keys
        else GONE
        for value, about in values
    ]


def keys_of(owner_id: int) -> frozenset[bytes]:
    """The ids of all keys that seal what this person wrote, in every scope. One query."""
    kids = DataKey.objects.filter(owner_id=owner_id).values_list("kid", flat=True)
    return frozenset(bytes(kid) for kid in kids)


def is_sealed_with(value: bytes | memoryview | None, kids: frozenset[bytes]) -> bool:
    """Whether one of these keys sealed the value: so, with `keys_of`, whether this very person wrote it."""
    return bool(value) and sealing.kid_of(bytes(value or b"")) in kids


def pseudonym_of(owner_id: int, *, scope: str) -> str:
    """A name for somebody within a scope that only this installation can make, and nobody can turn back.

    Keyed with the master key, which never enters the database: whoever has the database alone learns nothing from it.
    """
    return sealing.pseudonym(f"{scope}:{owner_id}")


def _keys(kids: Iterable[bytes]) -> dict[bytes, bytes]:
    held = _AT_HAND.get()
    known = {} if held is None else held
    wanted = set(kids) - known.keys()
    if wanted:
        rows = _wrapped(list(wanted))
        known |= {bytes(kid): _unwrapped(bytes(wrapped), bytes(kid)) for kid, wrapped in rows}
    return known


@compiled
def _wrapped(kids: list[bytes]) -> QuerySet[DataKey, tuple[bytes | memoryview, bytes | memoryview]]:
    return DataKey.objects.filter(kid__in=kids).values_list("kid", "wrapped")


@lru_cache(maxsize=8192)
def _unwrapped(wrapped: bytes, kid: bytes) -> bytes:
    return sealing.unwrap(wrapped, kid=kid)
