"""The best assignment of a whole program: successive shortest augmenting paths with integer dual prices.

Mentees enter one after the other in lottery order. Each time the cheapest way to make room is found by a
Dijkstra search over mentors (all reduced costs are >= 0): take a free seat, push somebody on to another mentor,
or let somebody go without. Prices only rise. After every step the prices prove that what is assigned so far is
the best there is, so after the last one the whole assignment is.

Cost: at most mentees x (visited mentees) vector operations of one row; memory: one matrix of values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from .score import BLOCK, FORBIDDEN, Integers, Scorer

Progress = Callable[[int, int], bool]  # (mentees placed, mentees in all) -> whether to go on

FAR: Final = 1 << 60  # further than any path
NOBODY: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """What the solver found, by position in the scorer's lottery order.

    ``mentor_of``: column of each mentee, -1 when left out. ``prices``: one integer per mentor, the certificate.
    ``complete``: every mentee was considered; only then are prices a proof of optimality. The counters are the
    same on every machine.
    """

    mentor_of: Integers
    prices: Integers
    complete: bool
    pairs_scored: int
    rows_searched: int


def solve(scorer: Scorer, *, progress: Progress | None = None) -> Plan:
    """The assignment with the highest total, with prices that prove it.

    ``progress`` is asked after every mentee; when it answers False the mentees not yet considered take what is
    free, the plan is feasible but ``complete`` is False.
    """
    values = _matrix(scorer)
    search = _Search(scorer, values)
    for mentee, mentor in scorer.program.pins:
        search.pin(scorer.row[mentee], scorer.column[mentor])
    waiting = [i for i in range(len(scorer.mentees)) if search.mentor_of[i] == NOBODY]
    complete = True
    for done, i in enumerate(waiting):
        if progress is not None and not progress(done, len(waiting)):
            search.fill(waiting[done:])
            complete = False
            break
        search.place(i)
    return Plan(
        mentor_of=search.mentor_of,
        prices=search.prices,
        complete=complete,
        pairs_scored=values.size,
        rows_searched=search.rows_searched,
    )


def _matrix(scorer: Scorer) -> Integers:
    values = np.empty((len(scorer.mentees), len(scorer.mentors)), dtype=np.int64)
    for start in range(0, len(scorer.mentees), BLOCK):
        rows = np.arange(start, min(start + BLOCK, len(scorer.mentees)))
        values[rows] = scorer.values(rows)
    return values


class _Search:
    """The state between two mentees, always optimal for those placed so far.

    Kept true at all times, with v = value, p = price, pi = profit, k = load of a mentor:
    v[i,j] - p[j] <= pi[i] for allowed pairs of placed mentees, with equality for a pair; pi[i] >= -left_out[i],
    with equality for those left out; balance * (k - 1) <= p[j] for a used seat, p[j] <= balance * k for a free one.
    """

    def __init__(self, scorer: Scorer, values: Integers) -> None:
        count = len(scorer.mentees)
        self.values = values
        self.left_out = scorer.left_out
        self.balance = scorer.program.balance
        self.capacity = scorer.capacity
        self.load = scorer.base_load.copy()
        self.prices = self.balance * self.load
        self.profits = -scorer.left_out
        self.mentor_of = np.full(count, NOBODY, dtype=np.int64)
        self.holders: list[list[int]] = [[] for _ in scorer.mentors]
        self.pinned = np.zeros(count, dtype=np.bool_)
        self.rows_searched = 0

    def pin(self, i: int, j: int) -> None:
        """Gives a seat away before the search begins; nobody pushes a pinned mentee on."""
        self.mentor_of[i], self.pinned[i] = j, True
        self.load[j] += 1
        self.prices[j] = self.balance * self.load[j]

    def place(self, i: int) -> None:
        """Finds the cheapest way to add one mentee and takes it."""
        best = int((self.values[i] - self.prices).max(initial=FORBIDDEN))
        self.profits[i] = max(best, -int(self.left_out[i]))
        tree = _Tree(self, i)
        tree.grow()
        tree.raise_prices()
        tree.augment()
        self.rows_searched += len(tree.rows)

    def leave(self, i: int) -> int:
        """Takes a mentee out of their seat and says whose it was, -1 when there was none."""
        j = int(self.mentor_of[i])
        if j != NOBODY:
            self.holders[j].remove(i)
            self.mentor_of[i] = NOBODY
        return j

    def join(self, i: int, j: int) -> None:
        """Gives a mentee a seat somebody just left or that was just opened."""
        self.holders[j].append(i)
        self.mentor_of[i] = j

    def fill(self, waiting: list[int]) -> None:
        """Gives mentees not considered any more the best mentor with a free seat, if that beats going without."""
        for i in waiting:
            worth = np.where(self.load < self.capacity, self.values[i] - self.balance * self.load, FORBIDDEN)
            j = int(worth.argmax()) if worth.size else NOBODY
            if j != NOBODY and worth[j] >= -self.left_out[i]:
                self.mentor_of[i] = j
                self.load[j] += 1


class _Tree:
    """One search: how far every mentor is from the new mentee, and who would be pushed on along the way."""

    def __init__(self, state: _Search, root: int) -> None:
        self.state = state
        self.distance = np.full(state.prices.size, FAR, dtype=np.int64)
        self.frontier = self.distance.copy()  # the distances of mentors not visited yet
        self.came_from = np.full(state.prices.size, NOBODY, dtype=np.int64)
        free = state.load < state.capacity
        self.seat_cost = np.where(free, state.balance * state.load - state.prices, FAR)
        self.visited: list[int] = []
        self.rows: list[tuple[int, int]] = []
        self.cheapest, self.end_seat, self.end_row = FAR, NOBODY, NOBODY
        self._reach(root, 0)

    def grow(self) -> None:
        """Visits mentors in order of distance until no unvisited one can lead to a cheaper end."""
        while self.frontier.size:
            j = int(self.frontier.argmin())
            near = int(self.frontier[j])
            if self.cheapest <= near:
                return
            self.frontier[j] = FAR
            self.visited.append(j)
            for i in self.state.holders[j]:
                self._reach(i, near)

    def raise_prices(self) -> None:
        """Moves prices and profits so that every pair and every end on the path costs exactly nothing."""
        state = self.state
        state.prices[self.visited] += self.cheapest - self.distance[self.visited]
        for i, at in self.rows:
            state.profits[i] -= self.cheapest - at

    def augment(self) -> None:
        """Moves everybody on the path one mentor further."""
        state, j = self.state, self.end_seat
        if j == NOBODY:
            j = state.leave(self.end_row)
        else:
            state.load[j] += 1
        while j != NOBODY:
            i = int(self.came_from[j])
            left = state.leave(i)
            state.join(i, j)
            j = left

    def _reach(self, i: int, at: int) -> None:
        """Looks from a mentee at every mentor, and at going without."""
        state = self.state
        self.rows.append((i, at))
        level = at + int(state.profits[i])
        through = level - state.values[i] + state.prices
        closer = np.flatnonzero(through < self.distance)
        if closer.size:
            distances = through[closer]
            self.distance[closer] = self.frontier[closer] = distances
            self.came_from[closer] = i
            seats = distances + self.seat_cost[closer]
            first = int(seats.argmin())
            if seats[first] < self.cheapest:
                self.cheapest, self.end_seat, self.end_row = int(seats[first]), int(closer[first]), NOBODY
        without = level + int(state.left_out[i])
        if without < self.cheapest:
            self.cheapest, self.end_seat, self.end_row = without, NOBODY, i
