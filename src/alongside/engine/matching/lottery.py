"""The order in which ties are decided: a keyed hash of the identifier, not the place in a file.

Anybody who knows the key can recompute the order, nobody who does not can steer it.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b


def ticket(key: str, person: str) -> bytes:
    """The lottery ticket of one person: blake2b of ``key|person``.

    >>> ticket("spring", "ada").hex()
    '360524f537dba136213e91f6303e8ccb'
    """
    return blake2b(f"{key}|{person}".encode(), digest_size=16).digest()


def draw(key: str, people: Sequence[str]) -> tuple[int, ...]:
    """Positions of the people in the order of their tickets; the same for any order of the input."""
    return tuple(sorted(range(len(people)), key=lambda i: (ticket(key, people[i]), people[i])))
