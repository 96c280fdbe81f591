"""From a program to a result: score, solve, and write down what was decided, why, and the proof."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from time import monotonic

import numpy as np

from .model import Points
from .program import Program
from .result import LeftOut, Pair, Result, Stats, Why, figures
from .score import BLOCK, FORBIDDEN, Scorer, widened
from .sheet import Integers, Rows
from .solve import NOBODY, Plan, Progress, solve
from .tiers import Tier, tier
from .wire import fingerprint


class Proof(StrEnum):
    """How the bound is found: from what the solver knows of pairs it did not list, or from every pair once more."""

    BOUNDS = "bounds"
    FULL = "full"


def match(
    program: Program,
    *,
    proof: Proof | str = Proof.FULL,
    progress: Progress | None = None,
    deadline: float | None = None,
    earlier: Result | None = None,
    threads: int | None = None,
    on: Tier | None = None,
) -> Result:
    """The best matching of the program as a whole, proven: ``result.gap`` is 0.

    * exact: no other assignment has a higher total; ``result.prices`` prove it to anybody (see ``certify``);
    * fair to the order of the input: the same people, answers and lottery key give the same result in any order;
    * complete: every mentee is either in ``pairs`` or in ``left_out`` with a reason;
    * the same to the last byte on every tier (``on``), processor and number of threads.

    ``proof="full"`` adds the bound up from every pair anew, independent of how the solver came by its prices.
    ``progress(done, of)`` is asked while solving. When it answers False, or after ``deadline`` seconds, the run stops,
    and the result is the best assignment at hand with an honest gap, usually above 0; finding that gap takes one
    more look at every pair. An ``earlier`` result, of this program or one like it, is where the search begins: total
    and prices are the same, of several best matchings another one may be chosen.
    """
    runs_on = on or tier(threads)
    with ThreadPoolExecutor(max_workers=1) as beside:
        name = beside.submit(fingerprint, program)
        scorer = Scorer(program)
        plan = solve(scorer, progress=_within(deadline, progress), on=runs_on, earlier=earlier)
        return _Report(scorer, plan, runs_on, Proof(proof)).result(name.result())


def _within(deadline: float | None, progress: Progress | None) -> Progress | None:
    """Progress that answers False when the time is over."""
    if deadline is None:
        return progress
    end = monotonic() + deadline
    return lambda done, of: monotonic() < end and (progress is None or progress(done, of))


class _Report:
    """Turns positions in lottery order into identifiers, and adds up the total and the bound."""

    def __init__(self, scorer: Scorer, plan: Plan, runs_on: Tier, proof: Proof) -> None:
        self.scorer, self.plan, self.program, self.tier = scorer, plan, scorer.program, runs_on
        self.every_pair = proof is Proof.FULL or not plan.complete
        self.pinned = {scorer.row[mentee] for mentee, _ in self.program.pins}
        self.mentor_of = plan.mentor_of.copy()
        self.loads = scorer.base_load.copy()
        np.add.at(self.loads, self.mentor_of[self.mentor_of != NOBODY], 1)

    def result(self, program: str) -> Result:
        """The frozen outcome; ``program`` is the fingerprint of what it answers."""
        if not self.plan.complete:
            self._fill()
        scorer, pairs_scored = self.scorer, self.plan.pairs_scored
        if self.every_pair:
            pairs_scored += len(scorer.mentees) * len(scorer.mentors)
        pairs = sorted(self._pairs(), key=lambda pair: pair.mentee)
        left_out = sorted(self._left_out(), key=lambda entry: entry.mentee)
        prices = zip(scorer.mentors, self.plan.prices.tolist(), strict=True)
        return Result(
            program=program,
            pairs=tuple(pairs),
            left_out=tuple(left_out),
            total=self._total(pairs),
            bound=int(self._profits().sum()) + self._seats_worth(),
            prices=tuple(sorted(prices)),
            figures=figures([pair.points for pair in pairs], self.loads.tolist(), len(left_out)),
            stats=Stats(
                pairs_scored=pairs_scored,
                rows_searched=self.plan.rows_searched,
                rounds=self.plan.rounds,
            ),
        )

    def _fill(self) -> None:
        """Gives mentees a stopped run did not decide the best mentor with a free seat, if that beats going without."""
        for i in np.flatnonzero(self.mentor_of == NOBODY).tolist():
            seats = self.loads < self.scorer.capacity
            values = widened(self.tier.values(self.scorer.sheet, np.array([i])))[0]
            worth = np.where(seats, values - self.program.balance * self.loads, FORBIDDEN)
            j = int(worth.argmax()) if worth.size else NOBODY
            if j != NOBODY and worth[j] >= -self.scorer.left_out[i]:
                self.mentor_of[i] = j
                self.loads[j] += 1

    def _pairs(self) -> list[Pair]:
        """Points and values come from the judge: what people are shown never comes out of an array."""
        judge, scorer = self.program.judge, self.scorer
        rows, columns = scorer.mentee_order, scorer.mentor_order
        return [
            Pair(
                mentee=scorer.mentees[i],
                mentor=scorer.mentors[j],
                points=judge.score(rows[i], columns[j]),
                value=judge.value(rows[i], columns[j]),
                pinned=i in self.pinned,
            )
            for i, j in enumerate(self.mentor_of.tolist())
            if j != NOBODY
        ]

    def _left_out(self) -> list[LeftOut]:
        alone = np.flatnonzero(self.mentor_of == NOBODY)
        blocks = [alone[k : k + BLOCK] for k in range(0, alone.size, BLOCK)]
        return [entry for rows in blocks for entry in self._reasons(rows)]

    def _reasons(self, rows: Rows) -> list[LeftOut]:
        scorer, prices = self.scorer, self.plan.prices
        values = self.tier.values(scorer.sheet, rows)
        allowed = values > -(1 << 29)
        seats = scorer.capacity > scorer.base_load
        free = (allowed & (scorer.capacity > self.loads)).any(axis=1)
        seated = (allowed & seats).any(axis=1)
        margins = widened(values)[:, seats] - prices[seats]
        short = -scorer.left_out[rows] - margins.max(axis=1, initial=FORBIDDEN)
        columns = (rows, allowed.sum(axis=1), seated, free, np.maximum(0, short))
        return [
            LeftOut(
                mentee=scorer.mentees[i],
                why=self._why(allowed=count, seated=has_seat, free=has_room),
                allowed=count,
                short=missing if has_seat else None,
            )
            for i, count, has_seat, has_room, missing in zip(*(c.tolist() for c in columns), strict=True)
        ]

    def _why(self, *, allowed: int, seated: bool, free: bool) -> Why:
        if not allowed:
            return Why.NOBODY_ALLOWED
        if not seated:
            return Why.NO_SEATS
        if not self.plan.complete:
            return Why.NOT_REACHED
        return Why.NOT_WORTH if free else Why.ALL_FULL

    def _total(self, pairs: list[Pair]) -> Points:
        """The objective of the program for what was decided."""
        base, load = self.scorer.base_load, self.loads
        crowding = self.program.balance * int((load * (load - 1) // 2 - base * (base - 1) // 2).sum())
        alone = int(self.scorer.left_out[self.mentor_of == NOBODY].sum())
        return sum(pair.value for pair in pairs) - alone - crowding

    def _profits(self) -> Integers:
        """The most each mentee can bring at these prices; somebody pinned brings what the pin does."""
        if not self.every_pair:
            return self.plan.profits
        everybody = np.arange(len(self.scorer.mentees))
        best = self.tier.row_best(self.scorer.sheet, everybody, self.plan.prices.astype(np.int32))
        profits = np.maximum(-self.scorer.left_out, best)
        pinned = np.array(sorted(self.pinned), dtype=np.int64)
        profits[pinned] = self.plan.profits[pinned]
        return profits

    def _seats_worth(self) -> int:
        """What the prices take for every seat above its cost: the mentors' part of the bound."""
        prices, base, capacity = self.plan.prices, self.scorer.base_load, self.scorer.capacity
        seats = zip(prices.tolist(), base.tolist(), capacity.tolist(), strict=True)
        return sum(_above_cost(price, self.program.balance, first, last) for price, first, last in seats)


def _above_cost(price: Points, step: Points, first: int, last: int) -> Points:
    """The sum of max(0, price - step * k) over k from ``first`` up to, not including, ``last``."""
    if price <= 0:
        return 0
    end = min(last, -(-price // step)) if step else last
    count = max(0, end - first)
    return count * price - step * (count * first + count * (count - 1) // 2)
