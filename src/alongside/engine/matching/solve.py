"""From a scored program to a plan: pins take their seats, the market is hunted down, closed mentors get a price."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from .checks import REACH
from .hunt import Hunt, Stopped, Watch
from .market import Market
from .result import Result
from .score import BLOCK, Scorer
from .several import Pairs, within_demand
from .sheet import Integers, Ints, Rows, Sheet
from .sparse import Seats, State
from .tiers import Tier, tier

Progress = Callable[[int, int], bool]  # (done, of) -> whether to go on; ``done`` never falls

NOBODY: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """What the solver found, by position in the scorer's lottery order.

    ``mentees`` and ``mentors``: the pairs, mentee by mentee, pins among them. ``prices``: one integer per mentor, the
    certificate. ``profits``: what each mentee brings at these prices with the pairs of the plan; with ``complete`` no
    choice of theirs brings more, which is the proof. ``pinned_profits``: the part of the pins. ``sheet`` bars each
    pinned pair whose mentee has further wishes. The counters are the same on every machine.
    """

    mentees: Rows
    mentors: Rows
    prices: Integers
    profits: Integers
    pinned_profits: Integers
    sheet: Sheet
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
        pins = sorted((scorer.row[a], scorer.column[b]) for a, b in scorer.program.pins)
        self.pins = np.array(pins, dtype=np.int64).reshape(-1, 2)
        self.first = scorer.base_load.copy()
        self.open = scorer.demand.copy()
        np.add.at(self.first, self.pins[:, 1], 1)
        np.subtract.at(self.open, self.pins[:, 0], 1)
        self.rows = np.flatnonzero(self.open)
        self.columns = np.flatnonzero(scorer.capacity > self.first)
        apart = self.pins[self.open[self.pins[:, 0]] > 0]  # the same mentor is never taken twice
        self.sheet = scorer.sheet.without(apart[:, 0], apart[:, 1]) if apart.size else scorer.sheet

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
        prices, scored = self._prices(state.prices, state.profits)
        pinned, profits = np.zeros(self.open.size, dtype=np.int64), np.zeros(self.open.size, dtype=np.int64)
        for i, j in self.pins.tolist():
            pinned[i] += self.scorer.values(np.array([i]))[0, j] - prices[j]
        profits += pinned
        profits[self.rows] += self._brought(hunt)
        mentees, mentors = self._pairs(state)
        return Plan(
            mentees=mentees,
            mentors=mentors,
            prices=prices,
            profits=profits,
            pinned_profits=pinned,
            sheet=self.sheet,
            complete=complete,
            pairs_scored=hunt.scored + scored,
            rows_searched=state.searched,
            rounds=hunt.rounds,
        )

    def _market(self) -> Market:
        """Everybody who has a wish beyond their pins, every mentor who has a seat left."""
        scorer, program = self.scorer, self.scorer.program
        rows = None if self.rows.size == self.open.size else self.rows
        columns = None if self.columns.size == self.first.size else self.columns
        seats = Seats.of_mentors(
            first=self.first,
            capacity=scorer.capacity,
            balance=program.balance,
            minimum=scorer.minimum,
            unfilled=program.unfilled,
        )
        first = np.where(self.open == scorer.demand, scorer.left_out, program.further)
        return Market(
            sheet=self.sheet if rows is None and columns is None else self.sheet.take(rows, columns),
            seats=seats.take(self.columns),
            way_out=-first[self.rows],
            demand=self.open[self.rows],
            further=program.further,
        )

    def _pairs(self, state: State) -> tuple[Rows, Rows]:
        """Pins and what was found, mentee by mentee."""
        placed = np.flatnonzero(state.mentor_of >= 0)
        mentee, mentor = within_demand(state.held, self.open[self.rows])
        rows = np.concatenate([placed, mentee])
        columns = np.concatenate([state.mentor_of[placed], mentor])
        mentees = np.concatenate([self.pins[:, 0], self.rows[rows]])
        mentors = np.concatenate([self.pins[:, 1], self.columns[columns]])
        order = np.lexsort((mentors, mentees))
        return mentees[order], mentors[order]

    def _brought(self, hunt: Hunt) -> Integers:
        """What the open wishes of each row bring: the profit of one wish; of several, the pairs less what is not met."""
        market, state = hunt.market, hunt.state
        brought = np.where(market.demand > 1, 0, state.profits)
        mentee, mentor = state.held
        values = self._values(market.sheet, mentee, mentor)
        np.add.at(brought, mentee, values - state.prices[mentor])
        unmet = market.demand - np.bincount(mentee, minlength=brought.size)
        none = (market.demand > 1) & (unmet == market.demand)
        short = np.where(market.demand > 1, market.further * np.where(none, unmet - 1, unmet), 0)
        return np.asarray(brought - short + np.where(none, market.way_out, 0))

    def _values(self, sheet: Sheet, rows: Rows, columns: Rows) -> Integers:
        """Values of single pairs, mentee by mentee."""
        values = np.zeros(rows.size, dtype=np.int64)
        for start in range(0, rows.size, BLOCK):
            part = slice(start, start + BLOCK)
            block, place = np.unique(rows[part], return_inverse=True)
            values[part] = self.tier.values(sheet, block)[place, columns[part]]
        return values

    def _before(self, earlier: Result) -> tuple[Ints, Integers, Pairs]:
        """Pairs and prices of an earlier result, as far as its people are still here and free; a mentor who is new has
        the middle of all prices."""
        scorer, asked = self.scorer, dict(earlier.prices)
        place_of = {scorer.mentors[j]: k for k, j in enumerate(self.columns.tolist())}
        row_of = {scorer.mentees[i]: k for k, i in enumerate(self.rows.tolist())}
        middle = sorted(asked.values())[len(asked) // 2] if asked else 0
        prices = (min(max(-REACH, asked.get(scorer.mentors[j], middle)), REACH) for j in self.columns)
        mentor_of = np.full(self.rows.size, NOBODY, dtype=np.int32)
        held: list[tuple[int, int]] = []
        several = self.open[self.rows] > 1
        for pair in earlier.pairs:
            row, place = row_of.get(pair.mentee, NOBODY), place_of.get(pair.mentor, NOBODY)
            if row == NOBODY or place == NOBODY:
                continue
            if several[row]:
                held.append((row, place))
            else:
                mentor_of[row] = place
        pairs = np.array(held, dtype=np.int32).reshape(-1, 2)
        return mentor_of, np.array([*prices], dtype=np.int64), (pairs[:, 0], pairs[:, 1])

    def _prices(self, open_prices: Integers, profits: Integers) -> tuple[Integers, int]:
        """Prices of everybody; a mentor without a seat to give costs just enough that nobody would want one."""
        prices = self.scorer.program.balance * self.first
        prices[self.columns] = open_prices
        closed = np.setdiff1d(np.arange(prices.size), self.columns)
        if closed.size and self.rows.size:
            sheet = self.sheet.take(self.rows, closed)
            wanted = self.tier.column_best(sheet, np.arange(self.rows.size), profits.astype(np.int32))
            prices[closed] = np.maximum(prices[closed], wanted)
        return prices, closed.size * self.rows.size
