"""Circles by local search: gather people greedily, then exchange them as long as the whole becomes better.

A start puts people in one order, takes the first as the seed of a circle and adds whoever fits best, until everybody
has been looked at. Then each person in turn makes the best of all changes they could be part of: change places with
somebody of another circle or outside, join a circle that has room, or leave one. A change has to keep every rule
between any two members and the hours common to all of them, on both sides of it. Whole numbers throughout, so the
same start always ends the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import lcm
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .sheet import Integers

OUTSIDE: Final = -1
NEVER: Final = -(1 << 62)

Marks = NDArray[np.bool_]
Weeks = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Crowd:
    """What a search knows: values of all pairs (0 where barred or the same person), costs of being left out, weeks as
    words for each person and clock regime, how many half hours a circle needs in common, and its sizes."""

    values: Integers
    barred: Marks
    costs: Integers
    weeks: Weeks
    half_hours: int
    least: int
    most: int

    @property
    def count(self) -> int:
        return self.costs.size

    @property
    def unit(self) -> int:
        """What one point counts in sums: a number every possible (size - 1) divides."""
        return lcm(*range(1, self.most))

    def factors(self) -> list[int]:
        """By size of a circle, what the sum of its pairs is multiplied with: each member counts the mean of the others."""
        return [0, 0] + [2 * self.unit // (size - 1) for size in range(2, self.most + 1)]


class Circles:
    """Circles of a crowd, at any moment allowed; ``worth`` is what they add up to, times the crowd's unit."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd, self.factors, self.unit = crowd, crowd.factors(), crowd.unit
        self.members: list[list[int]] = []
        self.home = np.full(crowd.count, OUTSIDE, dtype=np.intp)
        self._everybody = np.arange(crowd.count)
        self._sums: list[int] = []
        self._near = np.zeros(
            (0, crowd.count), dtype=np.int64
        )  # sum of values with the members of each circle
        self._apart = np.zeros((0, crowd.count), dtype=np.int32)  # and how many of them a rule keeps apart
        self._without = np.full_like(crowd.weeks, ~np.uint64(0))  # hours of everybody else in one's circle

    # --- what there is ---

    def worth(self) -> int:
        """The objective, times the unit."""
        inside = sum(self.factors[len(m)] * total for m, total in zip(self.members, self._sums, strict=True))
        return inside - self.unit * int(self.crowd.costs[self.home == OUTSIDE].sum())

    def keeps_hours(self, person: int, members: Sequence[int]) -> bool:
        """Whether enough hours stay common when somebody joins these."""
        hours = np.bitwise_and.reduce(self.crowd.weeks[list(members)], axis=0)
        return bool(self._enough(hours, np.array([person]))[0])

    def _enough(self, hours: Weeks, people: NDArray[np.intp]) -> Marks:
        """With which of these people enough half hours stay, in the regime in which fewest do."""
        if not self.crowd.half_hours:
            return np.ones(people.size, dtype=np.bool_)
        common = np.bitwise_count(hours & self.crowd.weeks[people]).sum(axis=2, dtype=np.int64)
        enough: Marks = common.min(axis=1) >= self.crowd.half_hours
        return enough

    # --- gathering ---

    def gather(self, order: Sequence[int], wanted: int) -> None:
        """Circles from nothing: the next of the order who has none is a seed. About so many circles are wanted."""
        crowd, free = self.crowd, np.ones(self.crowd.count, dtype=np.bool_)
        for seed in order:
            left = int((self.home == OUTSIDE).sum())
            if left < crowd.least:
                return
            if self.home[seed] != OUTSIDE:
                continue
            rest = max(1, wanted - len(self.members))
            size = min(crowd.most, max(crowd.least, -(-left // rest)))
            circle = self._grown(seed, free & (self.home == OUTSIDE), size)
            if len(circle) >= crowd.least:
                self._found(circle)

    def _grown(self, seed: int, free: Marks, size: int) -> list[int]:
        """A seed and, one after the other, whoever is worth most to those who are there."""
        crowd, circle = self.crowd, [seed]
        near, may = crowd.values[seed].copy(), free & ~crowd.barred[seed]
        may[seed], hours = False, crowd.weeks[seed]
        while len(circle) < size:
            candidates = np.flatnonzero(may)
            candidates = candidates[self._enough(hours, candidates)]
            if not candidates.size:
                break
            person = int(candidates[near[candidates].argmax()])
            circle.append(person)
            near, hours = near + crowd.values[person], hours & crowd.weeks[person]
            may &= ~crowd.barred[person]
            may[person] = False
        return circle

    def _found(self, people: list[int]) -> None:
        circle = len(self.members)
        self.members.append([])
        self._sums.append(0)
        self._near = np.vstack([self._near, np.zeros(self.crowd.count, dtype=np.int64)])
        self._apart = np.vstack([self._apart, np.zeros(self.crowd.count, dtype=np.int32)])
        for person in people:
            self._put(person, circle)
        self._look_at_hours(circle)

    # --- changes ---

    def improve(self, order: Sequence[int], go_on: Callable[[], bool]) -> bool:
        """Everybody in turn makes their best change, round after round, until nobody finds one; False when told to
        stop before."""
        changed = bool(self.members)
        while changed:
            changed = False
            for person in order:
                changed |= self._change(person)
            if not go_on():
                return False
        return True

    def _change(self, person: int) -> bool:
        """The best change of one person, if it makes the whole better."""
        place, gain_by_place = self._best_place(person)
        other, gain_by_swap = self._best_swap(person)
        if max(gain_by_place, gain_by_swap) <= 0:
            return False
        here = int(self.home[person])
        if gain_by_place >= gain_by_swap:
            self._put(person, place)
        else:
            place = int(self.home[other])
            self._put(person, OUTSIDE)
            self._put(other, here)
            self._put(person, place)
        for circle in (here, place):
            if circle != OUTSIDE:
                self._look_at_hours(circle)
        return True

    def _best_place(self, person: int) -> tuple[int, int]:
        """(circle with room, gain): somebody leaves their circle if it stays large enough, and joins another or none."""
        here, crowd, factors = int(self.home[person]), self.crowd, self.factors
        cost = self.unit * int(crowd.costs[person])
        leaving = cost
        if here != OUTSIDE:
            size = len(self.members[here])
            if size == crowd.least:
                return OUTSIDE, NEVER
            total = self._sums[here]
            leaving = factors[size - 1] * (total - int(self._near[here, person])) - factors[size] * total
        best, gain = OUTSIDE, leaving - cost if here != OUTSIDE else NEVER
        near, apart = self._near[:, person].tolist(), self._apart[:, person].tolist()
        for circle, members in enumerate(self.members):
            size, total = len(members), self._sums[circle]
            if circle == here or size == crowd.most or apart[circle]:
                continue
            joining = factors[size + 1] * (total + near[circle]) - factors[size] * total
            if leaving + joining > gain and self.keeps_hours(person, members):
                best, gain = circle, leaving + joining
        return best, gain

    def _best_swap(self, person: int) -> tuple[int, int]:
        """(somebody elsewhere, gain) of changing places with them."""
        here, crowd = int(self.home[person]), self.crowd
        if here == OUTSIDE:
            return OUTSIDE, NEVER  # those inside look at this one too
        others = np.flatnonzero((self.home != here) & (self._apart[here] - crowd.barred[person] == 0))
        there = self.home[others]
        inside = there != OUTSIDE
        between, unit = crowd.values[person, others], self.unit
        factor = np.array(self.factors, dtype=np.int64)[
            [len(self.members[k]) for k in range(len(self.members))] + [0]
        ]
        mine = int(factor[here]) * (self._near[here, others] - between - self._near[here, person])
        theirs = factor[there] * (self._near[there, person] - between - self._near[there, others])
        outside = unit * (crowd.costs[others] - crowd.costs[person])
        gain = mine + np.where(inside, theirs, outside)
        kept_apart = inside & (self._apart[there, person] - crowd.barred[person, others] != 0)
        promising = np.flatnonzero((gain > 0) & ~kept_apart)
        if promising.size and crowd.half_hours:
            promising = promising[self._hours_stay(person, others[promising])]
        if not promising.size:
            return OUTSIDE, NEVER
        best = promising[gain[promising].argmax()]
        return int(others[best]), int(gain[best])

    def _hours_stay(self, person: int, others: NDArray[np.intp]) -> Marks:
        """With whom somebody can change places so that both circles keep enough hours."""
        stay = self._enough(self._without[person], others)
        common = np.bitwise_count(self._without[others] & self.crowd.weeks[person]).sum(
            axis=2, dtype=np.int64
        )
        stay &= (common.min(axis=1) >= self.crowd.half_hours) | (self.home[others] == OUTSIDE)
        return stay

    def _put(self, person: int, circle: int) -> None:
        """Takes somebody out of their circle and into another, or into none."""
        crowd, here = self.crowd, int(self.home[person])
        if here != OUTSIDE:
            self.members[here].remove(person)
            self._near[here] -= crowd.values[person]
            self._apart[here] -= crowd.barred[person]
            self._sums[here] -= int(self._near[here, person])
        if circle != OUTSIDE:
            self._sums[circle] += int(self._near[circle, person])
            self.members[circle].append(person)
            self._near[circle] += crowd.values[person]
            self._apart[circle] += crowd.barred[person]
        self.home[person] = circle

    def _look_at_hours(self, circle: int) -> None:
        members, weeks = self.members[circle], self.crowd.weeks
        for person in members:
            others = [other for other in members if other != person]
            self._without[person] = np.bitwise_and.reduce(weeks[others], axis=0)


def numbers_of_circles(count: int, least: int, most: int) -> list[int]:
    """How many circles could hold everybody, the most first; where no number can, as many as leave fewest out."""
    fewest, highest = -(-count // most), count // least
    return list(range(highest, fewest - 1, -1)) or [max(1, highest)]
