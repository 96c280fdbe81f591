"""What a run decided, frozen: pairs, people left out and why, the certificate, and figures about the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .model import Points

PERCENTILES: Final = (1, 5, 25, 50, 75, 95)


class Why(StrEnum):
    """Why a mentee has no mentor."""

    NOBODY_ALLOWED = "nobody allowed"  # every mentor is forbidden by a rule
    NO_SEATS = "no seats"  # the allowed mentors have no seat to give in this run
    ALL_FULL = "all full"  # every allowed seat is worth more to the program with somebody else
    NOT_WORTH = "not worth"  # a seat is free, but taking it would cost the program more than going without
    NOT_REACHED = "not reached"  # the run was stopped before this mentee was considered


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """``points`` is the score people see; ``value`` is what the pair adds to the program's total."""

    mentee: str
    mentor: str
    points: Points
    value: Points
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A mentee without a mentor. ``allowed`` counts the mentors no rule forbids; ``short`` is how many points the
    best of their seats would have to be better before taking it paid (None when there is none)."""

    mentee: str
    why: Why
    allowed: int
    short: Points | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fewer:
    """A mentee who has mentors, but ``missing`` fewer than they would like."""

    mentee: str
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfilled:
    """A mentor who has ``missing`` mentees fewer than their minimum."""

    mentor: str
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The run in numbers, all whole: points rounded down, Gini in ten-thousandths, loads as (mentees, mentors).

    ``matched`` counts pairs; where everybody would like one mentor, these are people.
    """

    matched: int
    left_out: int
    mean: Points | None
    least: Points | None
    percentiles: tuple[tuple[int, Points], ...]
    gini: int | None
    load: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Counters of the work done; the same on every machine."""

    pairs_scored: int
    rows_searched: int
    rounds: int = 0


@dataclass(frozen=True, kw_only=True)
class Result:
    """The outcome of one run; pairs, people left out, ``fewer``, ``unfilled`` and prices are sorted by identifier.

    ``total`` is the objective of the program, ``bound`` what the prices prove no assignment can exceed.
    ``program`` is the fingerprint of the program this answers.
    """

    program: str
    pairs: tuple[Pair, ...]
    left_out: tuple[LeftOut, ...]
    total: Points
    bound: Points
    prices: tuple[tuple[str, Points], ...]
    figures: Figures
    stats: Stats
    fewer: tuple[Fewer, ...] = ()
    unfilled: tuple[Unfilled, ...] = ()

    @property
    def gap(self) -> Points:
        """How many points a better assignment could have at most; 0 is proof that there is none."""
        return self.bound - self.total

    def mentor_of(self, mentee: str) -> str | None:
        """The mentor this run gave a mentee, if any; the first of them by identifier."""
        return next(iter(self.mentors_of(mentee)), None)

    def mentors_of(self, mentee: str) -> tuple[str, ...]:
        """All mentors this run gave a mentee."""
        return tuple(pair.mentor for pair in self.pairs if pair.mentee == mentee)


def figures(points: Sequence[Points], loads: Sequence[int], left_out: int) -> Figures:
    """The run in numbers.

    >>> figures([50_000, 70_000], [2, 0], left_out=1).mean
    60000
    """
    ordered = sorted(points)
    count = len(ordered)
    return Figures(
        matched=count,
        left_out=left_out,
        mean=sum(ordered) // count if count else None,
        least=ordered[0] if count else None,
        percentiles=tuple((p, ordered[max(0, -(-p * count // 100) - 1)]) for p in PERCENTILES if count),
        gini=_gini(ordered),
        load=tuple(sorted(Counter(loads).items())),
    )


def _gini(ordered: Sequence[Points]) -> int | None:
    """0 when all have the same; not defined when some pair counts less than nothing."""
    total, count = sum(ordered), len(ordered)
    if total <= 0 or ordered[0] < 0:
        return None
    weighted = sum((2 * place - count - 1) * value for place, value in enumerate(ordered, start=1))
    return 10_000 * weighted // (count * total)
