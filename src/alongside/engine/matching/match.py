"""From a program to a result: score, solve, and write down what was decided and why."""

from __future__ import annotations

import numpy as np

from .model import Points
from .program import Program
from .result import LeftOut, Pair, Result, Stats, Why, figures
from .score import BLOCK, FORBIDDEN, Integers, Scorer
from .solve import NOBODY, Plan, Progress, solve
from .wire import fingerprint


def match(program: Program, *, progress: Progress | None = None) -> Result:
    """The best matching of the program as a whole, proven: ``result.gap`` is 0.

    * exact: no other assignment has a higher total; ``result.prices`` prove it to anybody (see ``certify``);
    * fair to the order of the input: the same people, answers and lottery key give the same result in any order;
    * complete: every mentee is either in ``pairs`` or in ``left_out`` with a reason.

    ``progress(done, of)`` is asked while solving; when it answers False the run stops, and the result is the best
    assignment at hand with an honest gap above 0 when it is not proven.
    """
    scorer = Scorer(program)
    plan = solve(scorer, progress=progress)
    return _Report(scorer, plan).result()


class _Report:
    """Turns positions in lottery order into identifiers, and adds the proof up in one pass over all pairs."""

    def __init__(self, scorer: Scorer, plan: Plan) -> None:
        self.scorer, self.plan, self.program = scorer, plan, scorer.program
        self.pins = dict(self.program.pins)
        self.loads = scorer.base_load.copy()
        np.add.at(self.loads, plan.mentor_of[plan.mentor_of != NOBODY], 1)
        self.pairs: list[Pair] = []
        self.left_out: list[LeftOut] = []
        self.profits = 0

    def result(self) -> Result:
        """The frozen outcome."""
        for start in range(0, len(self.scorer.mentees), BLOCK):
            rows = np.arange(start, min(start + BLOCK, len(self.scorer.mentees)))
            for i, value in zip(rows.tolist(), self.scorer.values(rows), strict=True):
                self._report(i, value)
        prices = zip(self.scorer.mentors, self.plan.prices.tolist(), strict=True)
        return Result(
            program=fingerprint(self.program),
            pairs=tuple(sorted(self.pairs, key=lambda pair: pair.mentee)),
            left_out=tuple(sorted(self.left_out, key=lambda entry: entry.mentee)),
            total=self._total(),
            bound=self.profits + self._seats_worth(),
            prices=tuple(sorted(prices)),
            figures=figures([pair.points for pair in self.pairs], self.loads.tolist(), len(self.left_out)),
            stats=Stats(
                pairs_scored=self.plan.pairs_scored + len(self.scorer.mentees) * len(self.scorer.mentors),
                rows_searched=self.plan.rows_searched,
            ),
        )

    def _report(self, i: int, value: Integers) -> None:
        mentee, j, way_out = (
            self.scorer.mentees[i],
            int(self.plan.mentor_of[i]),
            -int(self.scorer.left_out[i]),
        )
        best = int((value - self.plan.prices).max(initial=FORBIDDEN))
        pinned = mentee in self.pins
        self.profits += int(value[j] - self.plan.prices[j]) if pinned else max(way_out, best)
        if j == NOBODY:
            self.left_out.append(self._left_out(mentee, value, way_out))
            return
        pair = Pair(
            mentee=mentee,
            mentor=self.scorer.mentors[j],
            points=self._points(i, j),
            value=int(value[j]),
            pinned=pinned,
        )
        self.pairs.append(pair)

    def _points(self, i: int, j: int) -> Points:
        """The score of a pair, from the judge: what people are shown never comes out of an array."""
        return self.program.judge.score(self.scorer.mentee_order[i], self.scorer.mentor_order[j])

    def _left_out(self, mentee: str, value: Integers, way_out: int) -> LeftOut:
        allowed = value > FORBIDDEN
        seated = allowed & (self.scorer.capacity > self.scorer.base_load)
        free = allowed & (self.scorer.capacity > self.loads)
        margin = int((value - self.plan.prices)[seated].max()) if seated.any() else None
        if not allowed.any():
            why = Why.NOBODY_ALLOWED
        elif not seated.any():
            why = Why.NO_SEATS
        elif not self.plan.complete:
            why = Why.NOT_REACHED
        else:
            why = Why.NOT_WORTH if free.any() else Why.ALL_FULL
        short = None if margin is None else max(0, way_out - margin)
        return LeftOut(mentee=mentee, why=why, allowed=int(allowed.sum()), short=short)

    def _total(self) -> int:
        """The objective of the program for what was decided."""
        base, load = self.scorer.base_load, self.loads
        crowding = self.program.balance * int((load * (load - 1) // 2 - base * (base - 1) // 2).sum())
        alone = sum(int(self.scorer.left_out[self.scorer.row[entry.mentee]]) for entry in self.left_out)
        return sum(pair.value for pair in self.pairs) - alone - crowding

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
