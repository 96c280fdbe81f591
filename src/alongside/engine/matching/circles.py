"""Circles: groups of a few peers, found by local search from many starts, with an honest share of the best possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Final

import numpy as np

from . import checks, criteria, lottery
from .both_ways import BothWays, PairTier, blocks
from .ceiling import ceiling
from .errors import ProgramError
from .gathering import OUTSIDE, Circles, Crowd, Marks, Weeks, numbers_of_circles
from .hunt import Watch
from .match import within
from .model import WEEK_SLOTS, HoursAtLeast, Points, Rule, Verb
from .pool import Pool
from .scan import NEVER
from .score import Scorer
from .solve import Progress
from .tiers import Tier, tier

LARGEST: Final = 20  # members; keeps every sum in 64 bits
MOST_PEOPLE: Final = 5_000  # values of all pairs are held at once, 8 bytes each
STARTS: Final = (2, 32, 4_000)  # at least, at most, and about so many people looked at by all starts together
WORDS: Final = -(-WEEK_SLOTS // 64)


class WhyOutside(StrEnum):
    """Why somebody is in no circle."""

    TOO_FEW_ALLOWED = "too few allowed"  # rules leave fewer people than a circle needs
    KEPT_APART = "kept apart"  # in every circle there is somebody a rule keeps apart from this person
    NO_COMMON_HOURS = "no common hours"  # no circle would keep enough hours in common
    ALL_FULL = "all full"  # circles that suit have no room
    NOT_WORTH = "not worth"  # a circle has room, but joining it would cost the whole more than going without
    NO_CIRCLES = "no circles"  # no circle could be formed


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonHours:
    """At least so many half hours of the week in which all members are reachable, read from a column of weeks."""

    column: str
    half_hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """``members`` by identifier. ``points``: the mean score of its pairs, which people see; ``value``: what the circle
    adds, each member counting the mean of their pairs; ``half_hours``: those common to all, where this was asked."""

    members: tuple[str, ...]
    points: Points
    value: Points
    half_hours: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Somebody in no circle. ``allowed`` counts the people no rule forbids."""

    person: str
    why: WhyOutside
    allowed: int


@dataclass(frozen=True, kw_only=True)
class CirclesResult:
    """The outcome of one run, circles by first member and people by identifier.

    ``total`` is the sum of values less the costs of everybody left out; ``bound`` is what ``prices`` prove no circles
    can exceed, see ``certify_circles``. ``starts`` counts the starts made. ``pool`` is the fingerprint of the pool.
    """

    pool: str
    size: tuple[int, int]
    common: CommonHours | None
    circles: tuple[Circle, ...]
    left_out: tuple[Outside, ...]
    total: Points
    bound: Points
    prices: tuple[tuple[str, Points], ...]
    starts: int

    @property
    def share(self) -> int | None:
        """At least so many ten-thousandths of the best possible; None where costs outweigh what circles give."""
        if self.total < 0 or self.bound <= 0:
            return None
        return 10_000 * self.total // self.bound


def circles(
    pool: Pool,
    *,
    size: tuple[int, int],
    common: CommonHours | None = None,
    starts: int | None = None,
    progress: Progress | None = None,
    deadline: float | None = None,
    threads: int | None = None,
    on: Tier | None = None,
) -> CirclesResult:
    """Good circles of ``size`` (fewest, most) members, and how close to the best possible they are at least.

    Every rule holds between any two members; all members share the ``common`` hours, in every clock regime. Not proven
    to be the best: circles are a hard problem, and the search is local. The same pool and lottery key give the same
    circles, for any order of the input, on every tier and machine.

    ``starts``: how many times to begin anew (None: as the pool's size allows). ``progress(done, of)`` is asked between
    rounds; when it answers False, or after ``deadline`` seconds, the best circles at hand are the answer. Raises
    ProgramError for sizes, hours and pools that cannot be; memory grows with the square of the pool.
    """
    _check(pool, size, common, starts)
    return _Run(pool, size, common, PairTier(on or tier(threads)), Watch(within(deadline, progress))).result(
        starts
    )


class _Run:
    def __init__(
        self, pool: Pool, size: tuple[int, int], common: CommonHours | None, on: PairTier, watch: Watch
    ) -> None:
        self.pool, self.size, self.common, self.watch = pool, size, common, watch
        self.scorer = Scorer(pool.both_ways)
        self.crowd = self._crowd(on)

    def _crowd(self, on: PairTier) -> Crowd:
        """The values of all pairs, in lottery order."""
        count, costs = len(self.scorer.mentees), self.scorer.left_out
        sheet = BothWays.of(self.scorer.sheet, np.zeros_like(costs))
        rows = [on.values(sheet, block) for block in blocks(np.arange(count))]
        values = np.concatenate(rows).astype(np.int64) if rows else np.zeros((0, 0), dtype=np.int64)
        self.ruled_out, weeks = values < NEVER, self._weeks()
        np.fill_diagonal(self.ruled_out, False)
        half_hours = self.common.half_hours if self.common else 0
        barred = self.ruled_out | _too_few(weeks, half_hours)
        np.fill_diagonal(barred, False)
        np.fill_diagonal(values, 0)
        values[barred] = 0
        return Crowd(
            values=values,
            barred=barred,
            costs=costs,
            weeks=weeks,
            half_hours=half_hours,
            least=self.size[0],
            most=self.size[1],
        )

    def _weeks(self) -> Weeks:
        if self.common is None:
            return np.zeros((len(self.scorer.mentees), 1, WORDS), dtype=np.uint64)
        answers = self.pool.people.columns.get(self.common.column, ())
        weeks = [criteria.week_regimes(answers[i]) for i in self.scorer.mentee_order]
        regimes = max(map(len, weeks), default=1) or 1
        octets = b"".join(
            week.to_bytes(8 * WORDS, "little") for each in weeks for week in each or (0,) * regimes
        )
        words = np.frombuffer(octets, dtype="<u8").astype(np.uint64)
        return words.reshape(len(weeks), regimes, WORDS)

    def result(self, starts: int | None) -> CirclesResult:
        best, made = self._best(starts)
        found = [members for members in best.members if members]
        circles = sorted((self._circle(members) for members in found), key=lambda circle: circle.members)
        outside = np.flatnonzero(best.home == OUTSIDE).tolist()
        total = sum(circle.value for circle in circles) - int(self.crowd.costs[outside].sum())
        bound, prices = ceiling(self.crowd, total, lambda: self.watch.alive(95))
        left_out = sorted((self._outside(best, person) for person in outside), key=lambda entry: entry.person)
        return CirclesResult(
            pool=self.pool.fingerprint,
            size=self.size,
            common=self.common,
            circles=tuple(circles),
            left_out=tuple(left_out),
            total=total,
            bound=bound // (self.size[0] - 1),
            prices=tuple(sorted(zip(self.scorer.mentees, prices.tolist(), strict=True))),
            starts=made,
        )

    def _best(self, starts: int | None) -> tuple[Circles, int]:
        """The best of all starts, the first of equals; and how many were made."""
        fewest, most, people = STARTS
        wanted = starts or min(most, max(fewest, people // max(1, self.crowd.count)))
        counts = numbers_of_circles(self.crowd.count, *self.size)
        best, made = self._start(0, wanted, counts), 1
        while made < wanted and self.watch.alive(90 * made // wanted):
            other = self._start(made, wanted, counts)
            made += 1
            if other.worth() > best.worth():
                best = other
        return best, made

    def _start(self, start: int, of: int, counts: Sequence[int]) -> Circles:
        """One start: the first begins with whoever is hardest to place, the others draw lots."""
        order = lottery.draw(f"{self.pool.lottery_key}|{start}", self.scorer.mentees)
        if not start:
            kept_apart = self.crowd.barred.sum(axis=1)
            order = tuple(sorted(order, key=lambda person: -int(kept_apart[person])))
        found = Circles(self.crowd)
        found.gather(order, counts[start % len(counts)])
        found.improve(order, lambda: self.watch.alive(90 * start // of))
        return found

    def _circle(self, members: Sequence[int]) -> Circle:
        """Points and values come from the judge: what people are shown never comes out of an array."""
        judge, order = self.pool.judge, self.scorer.mentee_order
        places = [order[person] for person in members]
        pairs = [(i, j) for k, i in enumerate(places) for j in places[:k]]
        hours = None
        if self.common is not None:
            hours = int(
                np.bitwise_count(np.bitwise_and.reduce(self.crowd.weeks[list(members)])).sum(axis=1).min()
            )
        return Circle(
            members=tuple(sorted(self.scorer.mentees[person] for person in members)),
            points=sum(judge.points(i, j) for i, j in pairs) // len(pairs),
            value=2 * sum(judge.value(i, j) for i, j in pairs) // (len(members) - 1),
            half_hours=hours,
        )

    def _outside(self, found: Circles, person: int) -> Outside:
        allowed = self.crowd.count - 1 - int(self.ruled_out[person].sum())
        return Outside(
            person=self.scorer.mentees[person], why=self._why(found, person, allowed), allowed=allowed
        )

    def _why(self, found: Circles, person: int, allowed: int) -> WhyOutside:
        if allowed < self.size[0] - 1:
            return WhyOutside.TOO_FEW_ALLOWED
        together = [members for members in found.members if not self.ruled_out[person, members].any()]
        if not together:
            return WhyOutside.KEPT_APART if found.members else WhyOutside.NO_CIRCLES
        suiting = [members for members in together if found.keeps_hours(person, members)]
        if not suiting:
            return WhyOutside.NO_COMMON_HOURS
        full = all(len(members) == self.size[1] for members in suiting)
        return WhyOutside.ALL_FULL if full else WhyOutside.NOT_WORTH


def _too_few(weeks: Weeks, half_hours: int) -> Marks:
    """Which two people share too few half hours."""
    count = len(weeks)
    short = np.zeros((count, count), dtype=np.bool_)
    for person in range(count if half_hours else 0):
        shared = np.bitwise_count(weeks & weeks[person]).sum(axis=2, dtype=np.int64)
        short[person] = shared.min(axis=1) < half_hours
    return short


def _check(pool: Pool, size: tuple[int, int], common: CommonHours | None, starts: int | None) -> None:
    """Refuses what cannot be formed, naming the field."""
    least, most = size
    if not (_is_whole(least) and _is_whole(most) and 2 <= least <= most <= LARGEST):
        raise ProgramError("size", f"must be two whole numbers from 2 to {LARGEST}, the smaller one first")
    if starts is not None and not (_is_whole(starts) and starts > 0):
        raise ProgramError("starts", "must be a whole number, 1 or more")
    if pool.pins:
        raise ProgramError("pins", "are of pairs; circles cannot keep them", sorted(chain(*pool.pins)))
    if len(pool.people.ids) > MOST_PEOPLE:
        raise ProgramError("people.ids", f"are more than the {MOST_PEOPLE} circles are formed of at once")
    if common is not None:
        _check_hours(pool, common)


def _check_hours(pool: Pool, common: CommonHours) -> None:
    """Read as a rule between two, which it is for each two members as well."""
    column, both = common.column, pool.both_ways
    hours = HoursAtLeast(mentee=column, mentor=column, half_hours=common.half_hours)
    try:
        checks.check_rules((Rule(key="hours", verb=Verb.MUST, relation=hours),), both.mentees, both.mentors)
    except ProgramError as error:
        where = error.field.replace("rules.hours", "common").replace("mentees", "people")
        raise ProgramError(where, error.problem.replace("rules.hours", "common"), error.ids) from None


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
