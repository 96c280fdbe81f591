"""Mentees who would like several mentors, in a form the sparse solver knows: one row for each listed pair, and a shelf.

A row of such a pair either takes the mentor or a place on the mentee's own shelf, a column only these rows can reach.
With ``rows`` rows and ``demand`` wishes, the first rows - demand places must be taken, so nobody gets more mentors than
they would like; each place after them is a wish that is not met and costs ``further``, the last one what being left
out costs. The same mentor is never taken twice, because every pair has one row. The price of the shelf, turned round,
is what the least of the mentee's wishes brings: their profit, as far as pairs off the lists are concerned.

Somebody with fewer listed pairs than wishes has empty rows, which can only take the shelf.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from .market import Market
from .sheet import Integers, Ints, Rows
from .sparse import OUT, Arcs, GoOn, Seats, State
from .tiers import Tier

MUST: Final = -(1 << 40)  # what a place costs that has to be taken
NO_WAY_OUT: Final = -(1 << 50)  # a row always has the shelf

Pairs = tuple[Ints, Ints]


class Shelves:
    """A solver for a market in which some mentees have several wishes; keeps ``state`` as a plain one does.

    ``state.mentor_of`` is for those with one wish; the pairs of all others are ``state.held``, and their profit is what
    the least of their wishes brings.
    """

    def __init__(self, tier: Tier, arcs: Arcs, market: Market, state: State) -> None:
        self._state, self._arcs, self._columns = state, arcs, market.seats.size
        self._several = np.flatnonzero(market.demand > 1)
        self._single = np.flatnonzero(market.demand == 1)
        wishes, listed = market.demand[self._several], np.diff(arcs.start)
        rows_of = np.ones(market.demand.size, dtype=np.int64)
        rows_of[self._several] = np.maximum(listed[self._several], wishes)
        self._start = np.concatenate([[0], np.cumsum(rows_of)])
        owner = np.repeat(np.arange(rows_of.size), rows_of)
        shelf_of = np.full(rows_of.size, -1, dtype=np.int64)
        shelf_of[self._several] = self._columns + np.arange(self._several.size)
        self._lay_out(shelf_of)
        on_shelves = np.flatnonzero(shelf_of[owner] >= 0)
        shelf = shelf_of[owner[on_shelves]]
        every = Arcs.of(
            owner.size,
            np.concatenate([self._row, on_shelves]).astype(np.int32),
            np.concatenate([arcs.column, shelf]).astype(np.int32),
            np.concatenate([arcs.value, np.zeros(shelf.size, dtype=np.int32)]),
        )
        count = rows_of[self._several]
        shelves = Seats.of(
            first=0, capacity=count, slope=0, lower=count - wishes, upper=count - 1, low=MUST,
            middle=market.further, high=-market.way_out[self._several],
        )  # fmt: skip
        way_out = np.where(shelf_of[owner] >= 0, NO_WAY_OUT, market.way_out[owner])
        self._inner = self._begin(on_shelves, shelf, owner)
        self._net = tier.net(every, market.seats.joined(shelves), way_out, self._inner)

    def _lay_out(self, shelf_of: Integers) -> None:
        """The row of every listed pair, and which of the pairs are of mentees with several wishes."""
        mentee = self._arcs.rows().astype(np.int64)
        place = np.arange(mentee.size) - self._arcs.start[mentee]
        several = shelf_of[mentee] >= 0
        self._row: Rows = self._start[mentee] + np.where(several, place, 0)
        self._pairs = np.flatnonzero(several)
        self._pair_of = mentee[self._pairs], self._arcs.column[self._pairs].astype(np.int64)

    def _begin(self, on_shelves: Rows, shelf: Rows, owner: Rows) -> State:
        """The state as the rows have it."""
        state = self._state
        mentor_of = state.mentor_of[owner]
        mentor_of[on_shelves] = shelf
        profits = state.profits[owner]
        rows, (mentee, column) = self._row[self._pairs], self._pair_of
        margins = self._arcs.value[self._pairs] - state.prices[column]
        profits[rows] = np.maximum(margins, state.profits[mentee])
        held = np.isin(mentee * self._columns + column, self._keys(state.held))
        mentor_of[rows[held]] = column[held]
        prices = np.concatenate([state.prices, -state.profits[self._several]])
        return State(mentor_of=mentor_of, prices=prices, profits=profits)

    def _keys(self, pairs: Pairs) -> Integers:
        return pairs[0].astype(np.int64) * self._columns + pairs[1]

    # --- the solver's three steps ---

    def auction(self, first_step: int, last_step: int, factor: int, back: int, most_bids: int) -> int:
        bids = self._net.auction(first_step, last_step, factor, back, most_bids)
        self._end()
        return bids

    def repair(self, go_on: GoOn) -> bool:
        before = self._inner.searched
        done = self._net.repair(go_on)
        self._state.searched += self._inner.searched - before
        self._end()
        return done

    def lower(self) -> None:
        self._net.lower()
        self._end()

    def _end(self) -> None:
        """The rows' state as that of mentees. Before repair is done somebody may have more than they would like; the
        first of their list are theirs."""
        state, inner, single = self._state, self._inner, self._start[self._single]
        state.prices[:] = inner.prices[: self._columns]
        state.profits[self._single] = inner.profits[single]
        state.profits[self._several] = -inner.prices[self._columns :]
        state.mentor_of[self._single] = inner.mentor_of[single]
        state.mentor_of[self._several] = OUT
        mentor = inner.mentor_of[self._row[self._pairs]]
        taken = (mentor >= 0) & (mentor < self._columns)
        mentee, column = (side[taken].astype(np.int32) for side in self._pair_of)
        state.held = mentee, column


def within_demand(held: Pairs, demand: Integers) -> Pairs:
    """The first pairs of each mentee, as many as they have wishes; pairs come mentee by mentee."""
    mentee, column = held
    kept = np.arange(mentee.size) - np.searchsorted(mentee, mentee) < demand[mentee]
    return mentee[kept], column[kept]


def not_listed(arcs: Arcs, rows: Ints, column: Ints, columns: int) -> Rows:
    """Which of these pairs are on no list yet."""
    asked = rows.astype(np.int64) * columns + column
    listed = arcs.rows().astype(np.int64) * columns + arcs.column
    return np.flatnonzero(~np.isin(asked, listed))


def first_profits(market: Market, arcs: Arcs, prices: Integers) -> Integers:
    """About what the least wish of each mentee with several brings at these prices; lists are best first."""
    several = np.flatnonzero(market.demand > 1)
    first, listed = arcs.start[several], np.diff(arcs.start)[several]
    wishes = market.demand[several]
    last = np.maximum(0, np.minimum(first + wishes, arcs.start[several + 1]) - 1)
    listed_margins = arcs.value - prices[arcs.column]
    margins = listed_margins[last] if arcs.column.size else market.way_out[several]
    return np.where(
        listed >= wishes,
        np.maximum(margins, -market.further),
        np.where(listed > 0, -market.further, market.way_out[several]),
    )
