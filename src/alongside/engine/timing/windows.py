"""Sets of time as half-open intervals, closed under union, intersection and subtraction."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Generic, TypeVar

from alongside.engine.timing.instants import as_utc

T = TypeVar("T", int, datetime)


@dataclass(frozen=True, slots=True, order=True)
class Interval(Generic[T]):
    """All moments from `start` up to, not including, `end`; never empty.

    Moments are integers or instants. Instants are turned to UTC.
    Errors: ValueError when `end` is not after `start`, or an instant is naive.
    """

    start: T
    end: T

    def __post_init__(self) -> None:
        if isinstance(self.start, datetime) and isinstance(self.end, datetime):
            object.__setattr__(self, "start", as_utc(self.start))
            object.__setattr__(self, "end", as_utc(self.end))
        if not self.start < self.end:
            raise ValueError(f"an interval ends after it starts, not {self.start} to {self.end}")


@dataclass(frozen=True, slots=True, init=False)
class Windows(Generic[T]):
    """A set of moments, written as few, sorted intervals that neither overlap nor touch.

    Guarantee: two windows are equal exactly when they contain the same moments, and then hash alike.
    Cost: building is O(n log n) in the number of intervals; `|`, `&` and `-` are linear in the result's
    parts.

    >>> Windows.of((9, 12), (11, 14), (14, 15)) == Windows.of((9, 15))
    True
    """

    intervals: tuple[Interval[T], ...]

    def __init__(self, intervals: Iterable[Interval[T]] = ()) -> None:
        object.__setattr__(self, "intervals", _simplified(intervals))

    @classmethod
    def of(cls, *pairs: tuple[T, T]) -> "Windows[T]":
        """Windows from (start, end) pairs; empty ones add nothing. Errors: ValueError for a reversed pair."""
        return cls(Interval(start, end) for start, end in pairs if start != end)

    def __iter__(self) -> Iterator[Interval[T]]:
        return iter(self.intervals)

    def __len__(self) -> int:
        """How many separate intervals there are; an empty set is falsy."""
        return len(self.intervals)

    def __contains__(self, moment: T) -> bool:
        """Whether the moment belongs to the set. Cost: O(log n). Errors: ValueError for a naive instant."""
        wanted = as_utc(moment) if isinstance(moment, datetime) else moment
        at = self._first_ending_after(wanted)
        return at < len(self.intervals) and self.intervals[at].start <= wanted

    def __or__(self, other: "Windows[T]") -> "Windows[T]":
        """Moments in either set."""
        return Windows(chain(self.intervals, other.intervals))

    def __and__(self, other: "Windows[T]") -> "Windows[T]":
        """Moments in both sets."""
        return Windows(_common(self.intervals, other.intervals))

    def __sub__(self, other: "Windows[T]") -> "Windows[T]":
        """Moments of this set that are not in the other."""
        return Windows(_remaining(self.intervals, other.intervals))

    def covers(self, start: T, end: T) -> bool:
        """Whether every moment of [start, end) belongs to the set. Cost: O(log n). Errors: as `Interval`."""
        wanted = Interval(start, end)
        at = self._first_ending_after(wanted.start)
        if at == len(self.intervals):
            return False
        return self.intervals[at].start <= wanted.start and wanted.end <= self.intervals[at].end

    def between(self, start: T, end: T) -> "Windows[T]":
        """Moments of the set within [start, end). Cost: O(log n) plus the result. Errors: as `Interval`."""
        wanted = Interval(start, end)
        low, high = self._first_ending_after(wanted.start), self._first_ending_after(wanted.end)
        return Windows(_common(self.intervals[low : high + 1], (wanted,)))

    def _first_ending_after(self, moment: T) -> int:
        return bisect_right(self.intervals, moment, key=_end)


def total(windows: Windows[datetime]) -> timedelta:
    """How much time the windows hold, as it really elapses."""
    return sum((interval.end - interval.start for interval in windows), timedelta())


def _end(interval: Interval[T]) -> T:
    return interval.end


def _simplified(intervals: Iterable[Interval[T]]) -> tuple[Interval[T], ...]:
    merged: list[Interval[T]] = []
    for interval in sorted(intervals):
        if merged and interval.start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, interval.end))
        else:
            merged.append(interval)
    return tuple(merged)


def _common(left: tuple[Interval[T], ...], right: tuple[Interval[T], ...]) -> Iterator[Interval[T]]:
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i].start, right[j].start), min(left[i].end, right[j].end)
        if start < end:
            yield Interval(start, end)
        if left[i].end < right[j].end:
            i += 1
        else:
            j += 1


def _remaining(left: tuple[Interval[T], ...], right: tuple[Interval[T], ...]) -> Iterator[Interval[T]]:
    j = 0
    for interval in left:
        start = interval.start
        while j < len(right) and right[j].end <= start:
            j += 1
        k = j
        while k < len(right) and right[k].start < interval.end:
            if start < right[k].start:
                yield Interval(start, right[k].start)
            start = max(start, right[k].end)
            k += 1
        if start < interval.end:
            yield Interval(start, interval.end)
