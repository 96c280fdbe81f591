"""Sets of whole seconds as sorted lists of (start, end) pairs that neither overlap nor touch.

What `windows` does with names and checks, done bare: for searches that look at thousands of times.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

Strip = tuple[int, int]
_LAST = 1 << 62  # beyond every second: makes a pair of this start the last of its kind


def joined(*sets: Iterable[Strip]) -> list[Strip]:
    """Seconds in any of the sets, in whatever order and however overlapping their pairs come.

    >>> joined([(5, 9), (0, 2)], [(2, 4), (8, 12)])
    [(0, 4), (5, 12)]
    """
    merged: list[Strip] = []
    begun, ended = 0, -_LAST
    for start, end in sorted(chain(*sets)):
        if start > ended:
            if ended > begun:
                merged.append((begun, ended))
            begun, ended = start, end
        elif end > ended:
            ended = end
    if ended > begun:
        merged.append((begun, ended))
    return merged


def common(left: Sequence[Strip], right: Sequence[Strip]) -> list[Strip]:
    """Seconds in both sets. Cost: linear.

    >>> common([(0, 10), (20, 30)], [(5, 25)])
    [(5, 10), (20, 25)]
    """
    return list(_common(left, right))


def widened(strips: Iterable[Strip], by: int) -> list[Strip]:
    """The set and what lies up to so many seconds around it."""
    return joined((start - by, end + by) for start, end in strips)


def narrowed(strips: Iterable[Strip], by: int) -> list[Strip]:
    """What lies at least so many seconds inside the set's pieces."""
    return [(start + by, end - by) for start, end in strips if end - start > 2 * by]


def beginnings(strips: Iterable[Strip], length: int) -> list[Strip]:
    """The seconds from which a piece of this length still fits in.

    >>> beginnings([(0, 10), (20, 25)], 6)
    [(0, 5)]
    """
    return [(start, end - length + 1) for start, end in strips if end - start >= length]


def covers(strips: Sequence[Strip], start: int, end: int) -> bool:
    """Whether all of [start, end) belongs to the set. Cost: O(log n)."""
    at = bisect_right(strips, (start, _LAST)) - 1
    return at >= 0 and end <= strips[at][1]


def covered(strips: Sequence[Strip], start: int, end: int) -> int:
    """How many seconds of [start, end) belong to the set. Cost: O(log n) plus the pieces met."""
    at, seconds = bisect_right(strips, (start, _LAST)) - 1, 0
    if at >= 0 and strips[at][1] > start:
        seconds = min(strips[at][1], end) - start
    at += 1
    while at < len(strips) and strips[at][0] < end:
        seconds += min(strips[at][1], end) - strips[at][0]
        at += 1
    return seconds


def _common(left: Sequence[Strip], right: Sequence[Strip]) -> Iterator[Strip]:
    i = j = 0
    while i < len(left) and j < len(right):
        (opens, closes), (other_opens, other_closes) = left[i], right[j]
        start, end = max(opens, other_opens), min(closes, other_closes)
        if start < end:
            yield start, end
        if closes < other_closes:
            i += 1
        else:
            j += 1
