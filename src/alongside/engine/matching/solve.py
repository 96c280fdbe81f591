"""From a scored program to a plan: pins take their seats, the market is hunted down, closed mentors get a price."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from .checks import REACH
from .hunt import Hunt, Market, Stopped, Watch
from .result import Result
from .score import Scorer
from .sheet import Integers, Ints
from .sparse import Seats
from .tiers import Tier, tier

Progress = Callable[[int, int], bool]  # (done, of) -> whether to go on; ``done`` never falls

FAR: Final = 1 << 60  # further than any path
NOBODY: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """What the solver found, by position in the scorer's lottery order.

    ``mentor_of``: column of each mentee, -1 when left out. ``prices``: one integer per mentor, the certificate.
    ``profits``: what each mentee brings at these prices; with ``complete`` it is at least what any of their pairs is
    worth, which is the proof. The counters are the same on every machine.
    """

    mentor_of: Integers
    prices: Integers
    profits: Integers
    complete: bool
    pairs_scored: int
    rows_searched: int
    rounds: int


def solve(
    scorer: Scorer,
    *,
    progress: Progress | None = None,
    on: Tier | None = None,
    earlier: Result | None = None,
) -> Plan:
    """The assignment with the highest total, with prices that prove it; quicker when an ``earlier`` result is near.

    When ``progress`` answers False the plan is feasible, mentees not yet decided have nobody, and ``complete`` is
    False.
    """
    return _Solving(scorer, on or tier(), Watch(progress)).plan(earlier)


class _Solving:
    def __init__(self, scorer: Scorer, on: Tier, watch: Watch) -> None:
        self.scorer, self.tier, self.watch = scorer, on, watch
        self.balance = scorer.program.balance
        self.mentor_of = np.full(len(scorer.mentees), NOBODY, dtype=np.int64)
        self.first = scorer.base_load.copy()
        for mentee, mentor in scorer.program.pins:
            self.mentor_of[scorer.row[mentee]] = scorer.column[mentor]
            self.first[scorer.column[mentor]] += 1
        self.rows = np.flatnonzero(self.mentor_of == NOBODY)
        self.columns = np.flatnonzero(scorer.capacity > self.first)

    def plan(self, earlier: Result | None) -> Plan:
        hunt = Hunt(self._market(), self.tier, self.watch)
        if earlier is not None and self.rows.size:
            hunt.start_from(*self._before(earlier))
        complete = True
        try:
            hunt.run()
        except Stopped:
            complete = False
        state = hunt.state
        placed = np.flatnonzero(state.mentor_of >= 0)
        self.mentor_of[self.rows[placed]] = self.columns[state.mentor_of[placed]]
        profits = -self.scorer.left_out
        profits[self.rows] = state.profits
        prices, scored = self._prices(state.prices, state.profits)
        for i in np.setdiff1d(np.arange(profits.size), self.rows):
            j = self.mentor_of[i]
            profits[i] = self.scorer.values(np.array([i]))[0, j] - prices[j]
        return Plan(
            mentor_of=self.mentor_of,
            prices=prices,
            profits=profits,
            complete=complete,
            pairs_scored=hunt.scored + scored,
            rows_searched=state.searched,
            rounds=hunt.rounds,
        )

    def _market(self) -> Market:
        """Everybody who is not pinned, every mentor who has a seat left."""
        rows = None if self.rows.size == self.mentor_of.size else self.rows
        columns = None if self.columns.size == self.first.size else self.columns
        sheet = self.scorer.sheet
        return Market(
            sheet=sheet if rows is None and columns is None else sheet.take(rows, columns),
            seats=Seats(first=self.first, capacity=self.scorer.capacity, balance=self.balance).take(
                self.columns
            ),
            way_out=-self.scorer.left_out[self.rows],
        )

    def _before(self, earlier: Result) -> tuple[Ints, Integers]:
        """Pairs and prices of an earlier result, as far as its people are still here and free; a mentor who is new has
        the middle of all prices."""
        names, place = self.scorer.mentors, {j: k for k, j in enumerate(self.columns.tolist())}
        had, asked = {pair.mentee: pair.mentor for pair in earlier.pairs}, dict(earlier.prices)
        middle = sorted(asked.values())[len(asked) // 2] if asked else 0
        known = (self.scorer.column.get(had.get(self.scorer.mentees[i], ""), NOBODY) for i in self.rows)
        prices = (min(max(0, asked.get(names[j], middle)), REACH) for j in self.columns)
        return (
            np.array([place.get(j, NOBODY) for j in known], dtype=np.int32),
            np.array([*prices], dtype=np.int64),
        )

    def _prices(self, open_prices: Integers, profits: Integers) -> tuple[Integers, int]:
        """Prices of everybody; a mentor without a seat to give costs just enough that nobody would want one."""
        prices = self.balance * self.first
        prices[self.columns] = open_prices
        closed = np.setdiff1d(np.arange(prices.size), self.columns)
        if closed.size and self.rows.size:
            sheet = self.scorer.sheet.take(self.rows, closed)
            wanted = self.tier.column_best(sheet, np.arange(self.rows.size), profits.astype(np.int32))
            prices[closed] = np.maximum(prices[closed], wanted)
        return prices, closed.size * self.rows.size
