"""From a program to a result: score, solve, and write down what was decided, why, and the proof."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from time import monotonic

import numpy as np

from .model import Points
from .program import Program
from .result import Fewer, LeftOut, Pair, Result, Stats, Unfilled, Why, figures
from .scan import NEVER, SCAN_ROWS
from .score import BLOCK, FORBIDDEN, Scorer, widened
from .sheet import Integers, Ints, Rows
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
    * complete: every mentee is either in ``pairs`` or in ``left_out`` with a reason; whoever got fewer mentors than
      they would like stands in ``fewer``, and a mentor with less than their minimum in ``unfilled``;
    * the same to the last byte on every tier (``on``), processor and number of threads.

    ``proof="full"`` adds the bound up from every pair anew, independent of how the solver came by its prices.
    ``progress(done, of)`` is asked while scanning and solving. When it answers False, or ``deadline`` seconds after the
    call, the run stops, and the result is the best assignment at hand with an honest gap, usually above 0; finding that
    gap takes one more look at every pair. An ``earlier`` result, of this program or one like it, is where the search
    begins: total and prices are the same, of several best matchings another one may be chosen.
    """
    runs_on, watch = on or tier(threads), within(deadline, progress)
    with ThreadPoolExecutor(max_workers=1) as beside:
        name = beside.submit(fingerprint, program)
        scorer = Scorer(program)
        plan = solve(scorer, progress=watch, on=runs_on, earlier=earlier)
        return _Report(scorer, plan, runs_on, Proof(proof)).result(name.result())


def within(deadline: float | None, progress: Progress | None) -> Progress | None:
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
        self.mentees, self.mentors = plan.mentees, plan.mentors
        self._count()

    def _count(self) -> None:
        self.has = np.bincount(self.mentees, minlength=len(self.scorer.mentees))
        self.loads = self.scorer.base_load + np.bincount(self.mentors, minlength=len(self.scorer.mentors))

    def result(self, program: str) -> Result:
        """The frozen outcome; ``program`` is the fingerprint of what it answers."""
        if not self.plan.complete:
            self._fill()
        scorer, pairs_scored = self.scorer, self.plan.pairs_scored
        if self.every_pair:
            pairs_scored += len(scorer.mentees) * len(scorer.mentors)
        pairs = sorted(self._pairs(), key=lambda pair: (pair.mentee, pair.mentor))
        left_out = sorted(self._left_out(), key=lambda entry: entry.mentee)
        prices = zip(scorer.mentors, self.plan.prices.tolist(), strict=True)
        return Result(
            program=program,
            pairs=tuple(pairs),
            left_out=tuple(left_out),
            fewer=self._fewer(),
            unfilled=self._unfilled(),
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
        program, scorer, loads = self.program, self.scorer, self.loads
        added: list[tuple[int, int]] = []
        for i in np.flatnonzero(self.has == 0).tolist():
            values = widened(self.tier.values(scorer.sheet, np.array([i])))[0]
            spared = np.where(loads < scorer.minimum, program.unfilled, 0)
            worth = np.where(loads < scorer.capacity, values - program.balance * loads + spared, FORBIDDEN)
            j = int(worth.argmax()) if worth.size else NOBODY
            if j != NOBODY and worth[j] >= -scorer.left_out[i]:
                added.append((i, j))
                loads[j] += 1
        new = np.array(added, dtype=np.int64).reshape(-1, 2)
        self.mentees = np.concatenate([self.mentees, new[:, 0]])
        self.mentors = np.concatenate([self.mentors, new[:, 1]])
        self._count()

    def _pairs(self) -> list[Pair]:
        """Points and values come from the judge: what people are shown never comes out of an array."""
        judge, scorer, pins = self.program.judge, self.scorer, set(self.program.pins)
        rows, columns = scorer.mentee_order, scorer.mentor_order
        return [
            Pair(
                mentee=scorer.mentees[i],
                mentor=scorer.mentors[j],
                points=judge.score(rows[i], columns[j]),
                value=judge.value(rows[i], columns[j]),
                pinned=(scorer.mentees[i], scorer.mentors[j]) in pins,
            )
            for i, j in zip(self.mentees.tolist(), self.mentors.tolist(), strict=True)
        ]

    def _left_out(self) -> list[LeftOut]:
        alone = np.flatnonzero(self.has == 0)
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

    def _fewer(self) -> tuple[Fewer, ...]:
        missing = np.where(self.has > 0, self.scorer.demand - self.has, 0)
        named = [(self.scorer.mentees[i], int(missing[i])) for i in np.flatnonzero(missing)]
        return tuple(Fewer(mentee=mentee, missing=count) for mentee, count in sorted(named))

    def _unfilled(self) -> tuple[Unfilled, ...]:
        missing = np.maximum(0, self.scorer.minimum - self.loads)
        named = [(self.scorer.mentors[j], int(missing[j])) for j in np.flatnonzero(missing)]
        return tuple(Unfilled(mentor=mentor, missing=count) for mentor, count in sorted(named))

    def _total(self, pairs: list[Pair]) -> Points:
        """The objective of the program for what was decided."""
        scorer, base, load = self.scorer, self.scorer.base_load, self.loads
        crowding = self.program.balance * int((load * (load - 1) // 2 - base * (base - 1) // 2).sum())
        alone = int(scorer.left_out[self.has == 0].sum())
        missing = int((scorer.demand - np.maximum(1, self.has)).sum())
        unfilled = int(np.maximum(0, scorer.minimum - load).sum())
        return (
            sum(pair.value for pair in pairs)
            - alone
            - self.program.further * missing
            - self.program.unfilled * unfilled
            - crowding
        )

    def _profits(self) -> Integers:
        """The most each mentee can bring at these prices; pins bring what they do."""
        if not self.every_pair:
            return self.plan.profits
        scorer, plan, profits = self.scorer, self.plan, self.plan.pinned_profits.copy()
        pinned = np.bincount([scorer.row[mentee] for mentee, _ in self.program.pins], minlength=profits.size)
        wishes = scorer.demand - pinned
        way_out = np.where(pinned > 0, self.program.further, scorer.left_out)
        prices = plan.prices.astype(np.int32)
        one, several = np.flatnonzero(wishes == 1), np.flatnonzero(wishes > 1)
        profits[one] += np.maximum(-way_out[one], self.tier.row_best(plan.sheet, one, prices))
        if several.size:
            margins = self._best_margins(several, prices, int(wishes.max()))
            nth = np.arange(margins.shape[1])
            costs = np.where(nth == 0, way_out[several, None], self.program.further)
            brings = np.where(nth < wishes[several, None], np.maximum(-costs, margins), 0)
            profits[several] += brings.sum(axis=1)
        return profits

    def _best_margins(self, rows: Rows, prices: Ints, most: int) -> Integers:
        """The ``most`` highest value - price of each row, best first; FORBIDDEN where there are fewer."""
        widths = np.full(-(-rows.size // SCAN_ROWS), prices.size)
        floor = np.full(rows.size, NEVER, dtype=np.int32)
        found = self.tier.best_pairs(self.plan.sheet, rows, prices, floor, most, widths)
        on = np.arange(most) < found.count[:, None]
        margins = np.full(on.shape, FORBIDDEN, dtype=np.int64)
        margins[on] = found.value[on] - prices[found.column[on]]
        return margins

    def _seats_worth(self) -> int:
        """What the prices take for every seat above its cost, less what minimums cost while nobody has come: the
        mentors' part of the bound."""
        program, scorer = self.program, self.scorer
        worth = 0
        columns = (self.plan.prices, scorer.base_load, scorer.minimum, scorer.capacity)
        for price, first, minimum, last in zip(*(column.tolist() for column in columns), strict=True):
            middle = max(first, minimum)
            worth += _above_cost(price + program.unfilled, program.balance, first, middle)
            worth += _above_cost(price, program.balance, middle, last)
            worth -= program.unfilled * (middle - first)
        return worth


def _above_cost(price: Points, step: Points, first: int, last: int) -> Points:
    """The sum of max(0, price - step * k) over k from ``first`` up to, not including, ``last``."""
    if price <= 0:
        return 0
    end = min(last, -(-price // step)) if step else last
    count = max(0, end - first)
    return count * price - step * (count * first + count * (count - 1) // 2)
