"""The whole problem without ever holding it: prices from a sample, one scan, a sparse solve, and a staircase.

1. **Estimate.** A sixth of both sides is solved exactly (by these same steps); its profits give every mentor a price.
2. **Scan.** Each mentee lists the few best pairs at those prices, and what no pair left off the list exceeds.
3. **Solve** the listed pairs exactly: prices and profits for everybody.
4. **Staircase.** A pair left off can only matter to somebody for whom a mentor's price fell by more than the pair was
   short. Mentors sorted by how much their price fell, each mentee needs to look at a short beginning of that order.
   What is found joins the lists; solve again, until nobody finds anything. Then the prices hold for all pairs.
5. **Lower** the prices as far as they still prove the same assignment: what one more seat would be worth.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from .market import Market
from .scan import NEVER, SCAN_ROWS, Found
from .several import Pairs, Shelves, first_profits, not_listed
from .sheet import Integers, Ints, Rows, Sheet
from .sparse import NO_PAIRS, OPEN, Arcs, State
from .tiers import Solver, Tier

LISTED: Final = 32  # pairs a mentee lists in the scan
ADDED: Final = 8  # pairs a mentee may add in a round
SAMPLE_ABOVE: Final = 1_500  # mentees; below, scanning with no idea of the prices is quicker
SAMPLE_SEATED: Final = 50  # and mentors
SAMPLE: Final = 6  # one in so many people stands for the others
COLD: Final = (2_000, 100, 4, 0)  # steps of the auction without an estimate, in points
WARM: Final = (1_000, 1_000, 4, 3)  # and with one
AT_ONCE: Final = 1 << 25  # pairs looked at between two questions whether to go on; well below a second's work
BIDS: Final = 20  # for each mentee at most; whatever is left is repair's


class Stopped(Exception):
    """Whoever watches said no. The state of the hunt is feasible and its prices are prices."""


class Watch:
    """Asks whether to go on, and tells how far things are, in percent and never backwards."""

    def __init__(self, progress: Callable[[int, int], bool] | None) -> None:
        self.progress, self.told = progress, -1

    def at(self, percent: int) -> None:
        """Raises Stopped when told not to go on."""
        if not self.alive(percent):
            raise Stopped

    def alive(self, percent: int = 0) -> bool:
        if self.progress is None:
            return True
        self.told = max(self.told, percent)
        return self.progress(self.told, 100)


SILENT: Final = Watch(None)


class Hunt:
    """One market on its way to the optimum; ``state`` and ``scored`` can be read at any time."""

    def __init__(self, market: Market, tier: Tier, watch: Watch, *, level: int = 0) -> None:
        self.market, self.tier, self.watch, self.level = market, tier, watch, level
        self.sheet, self.seats = market.sheet, market.seats
        self.everybody = np.arange(self.sheet.rows)
        self.several = bool((market.demand > 1).any())
        self.lowest = self.seats.lowest()
        self.usual = np.maximum(
            0, self.lowest
        )  # nobody begins below 0 only because they should have somebody
        self.state = State.fresh(market.way_out, self.usual)
        self.added = ADDED + (int(market.demand.max()) if self.several else 0)
        self.scored = 0
        self.rounds = 0
        self.warm = False

    def start_from(self, mentor_of: Ints, prices: Integers, held: Pairs = NO_PAIRS) -> None:
        """Begins with the prices and pairs of an earlier run instead of a sample and an auction. Any will do."""
        self.state.mentor_of[:] = mentor_of
        self.state.held = held
        self.state.prices[:] = np.maximum(prices, self.lowest)
        self.warm = True

    def run(self) -> None:
        """Finds the optimum of the market: afterwards no pair at all is worth more than its price and profit."""
        if not self.sheet.rows or not self.sheet.columns:
            self.state.prices[:] = self.lowest
            return
        mentor_of, held = self.state.mentor_of.copy(), self.state.held
        self.state.mentor_of[:], self.state.held = (
            OPEN,
            NO_PAIRS,
        )  # nothing of an earlier run is known to be allowed
        estimated = self.warm or self._estimate()
        self.watch.at(20)
        reference = self.state.prices.copy()
        arcs, bound = self._scan(reference)
        self.watch.at(50)
        self.state.mentor_of[:], self.state.held = mentor_of, held
        if self.several:
            several = self.market.demand > 1
            self.state.profits[several] = first_profits(self.market, arcs, reference)
        net = self._net(arcs)
        if not self.warm:
            net.auction(*(WARM if estimated else COLD), BIDS * self.sheet.rows)
        arcs = self._until_nobody_finds(arcs, net, reference, bound)
        if not self.level:
            self._lower(arcs, reference, bound)

    def go_on(self, arcs: Arcs, reference: Integers, bound: Ints) -> None:
        """From the state as it is to the optimum, with lists an earlier hunt or scan made at ``reference`` prices."""
        self._until_nobody_finds(arcs, self._net(arcs), reference, bound)

    def _net(self, arcs: Arcs) -> Solver:
        """The solver of the listed pairs, at the state as it is."""
        if self.several:
            return Shelves(self.tier, arcs, self.market, self.state)
        return self.tier.net(arcs, self.seats, self.market.way_out, self.state)

    def _until_nobody_finds(self, arcs: Arcs, net: Solver, reference: Integers, bound: Ints) -> Arcs:
        """Repair and staircase in turn; returns the lists as they are in the end."""
        while True:
            if not net.repair(lambda: self.watch.alive(self._percent())):
                raise Stopped
            self.rounds += 1
            self.watch.at(self._percent())
            found = self._staircase(arcs, reference, bound)
            if not found[0].size:
                return arcs
            arcs = arcs.joined(*found)
            net = self._net(arcs)

    def _lower(self, arcs: Arcs, reference: Integers, bound: Ints) -> None:
        """The lowest of all exact prices: lower them on the listed pairs, look whether a pair left off minds."""
        prices, profits = self.state.prices.copy(), self.state.profits.copy()
        while True:
            self._net(arcs).lower()
            self.rounds += 1
            found = self._staircase(arcs, reference, bound)
            if not found[0].size:
                return
            self.state.prices[:], self.state.profits[:] = prices, profits
            arcs = arcs.joined(*found)

    def _percent(self) -> int:
        return 90 - (40 >> min(self.rounds, 6))

    def _estimate(self) -> bool:
        """Prices from the exact solution of a sample; False when the market is too small to need any."""
        if self.sheet.rows <= SAMPLE_ABOVE or self.sheet.columns <= SAMPLE_SEATED:
            return False
        rows = np.arange(self.level % SAMPLE, self.sheet.rows, SAMPLE)
        columns = np.arange(self.level % SAMPLE, self.sheet.columns, SAMPLE)
        sample = Hunt(
            self.market.take(rows, columns),
            self.tier,
            Watch(lambda *_: self.watch.alive()),
            level=self.level + 1,
        )
        sample.run()
        self.scored += sample.scored
        profits = sample.state.profits.astype(np.int32)
        for k in _parts(rows.size, self.sheet.columns):
            best = self.tier.column_best(self.sheet, rows[k], profits[k])
            self.state.prices[:] = np.maximum(best, self.state.prices)
            self.scored += rows[k].size * self.sheet.columns
            self.watch.at(0)
        return True

    def _scan(self, reference: Integers) -> tuple[Arcs, Ints]:
        """The best pairs of everybody at these prices, and what all other pairs do not exceed."""
        columns = self.sheet.columns
        floor = np.full(self.sheet.rows, NEVER, dtype=np.int32)
        widths = np.full(-(-self.sheet.rows // SCAN_ROWS), columns)
        found = self._best_pairs(self.sheet, self.everybody, reference, floor, LISTED, widths)
        rows, column, value = _flat(self.everybody, found.column, found.value, found.count)
        return Arcs.of(self.sheet.rows, rows, column, value), found.bound

    def _staircase(self, arcs: Arcs, reference: Integers, bound: Ints) -> tuple[Ints, Ints, Ints]:
        """Pairs left off the lists that are worth more than their price and profit; none is the proof."""
        fallen = reference - self.state.prices
        short = self.state.profits - bound
        order = np.argsort(-fallen, kind="stable")
        reach = np.searchsorted(-fallen[order], -short, side="left")
        rows = np.argsort(-reach, kind="stable")[: np.count_nonzero(reach)]
        if not rows.size:
            return (np.zeros(0, dtype=np.int32),) * 3
        self.watch.at(self._percent())
        order = order[: reach[rows[0]]]
        widths = reach[rows[::SCAN_ROWS]]
        sheet, floor = self.sheet.take(columns=order), self.state.profits[rows].astype(np.int32)
        found = self._best_pairs(sheet, rows, self.state.prices[order], floor, self.added, widths)
        row, place, value = _flat(rows, found.column, found.value, found.count)
        column = order[place].astype(np.int32)
        if self.several:  # a pair somebody has may be worth more than the least of their wishes
            new = not_listed(arcs, row, column, self.sheet.columns)
            return row[new], column[new], value[new]
        return row, column, value

    def _best_pairs(
        self, sheet: Sheet, rows: Rows, prices: Integers, floor: Ints, most: int, widths: Rows
    ) -> Found:
        """``Tier.best_pairs`` part by part, so that whoever watches is asked in between. Parts are whole blocks of rows,
        so they change nothing."""
        asked, parts = prices.astype(np.int32), []
        percent = max(20, self.watch.told)
        for k in _parts(rows.size, sheet.columns):
            blocks = widths[k.start // SCAN_ROWS : -(-k.stop // SCAN_ROWS)]
            parts.append(self.tier.best_pairs(sheet, rows[k], asked, floor[k], most, blocks))
            self.scored += int(np.repeat(blocks, SCAN_ROWS)[: rows[k].size].sum())
            if not self.rounds:
                percent = max(percent, 20 + 30 * k.stop // rows.size)
            self.watch.at(percent)
        return parts[0] if len(parts) == 1 else Found.joined(parts)


def _parts(rows: int, columns: int) -> list[slice]:
    """Whole blocks of rows that look at no more than AT_ONCE pairs together, or at one block's."""
    step = SCAN_ROWS * max(1, AT_ONCE // (SCAN_ROWS * max(1, columns)))
    return [slice(start, min(start + step, rows)) for start in range(0, rows, step)]


def _flat(rows: Rows, column: Ints, value: Ints, count: Ints) -> tuple[Ints, Ints, Ints]:
    """The listed pairs of all rows, one after the other."""
    on = np.arange(column.shape[1]) < count[:, None]
    return np.repeat(rows.astype(np.int32), count), column[on], value[on]
