"""The exact assignment on a sparse graph of candidate pairs, with integer prices: an auction, then repair.

The auction only looks for good prices, fast. ``repair`` makes any state exact: it keeps whatever pairs fit the
prices and then runs one shortest-path search for each mentee who is still open (forward: who makes room?) and for
each seat that is priced although it stays empty (reverse: who would rather come?). This is the plain Python tier;
``core/solve.c`` takes the same steps in the same order, so both end in the same state.

Kept true by repair for v = value, p = price, pi = profit, and the cost c(k) of a mentor's k-th seat:
v - p <= pi on every arc, with equality for a pair; pi >= way out, with equality for those left out;
p >= c(last used seat), and p <= c(next seat) where a seat is free.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Final

import numpy as np

from .sheet import Integers, Ints

OPEN: Final = -1  # not decided yet
OUT: Final = -2  # goes without a mentor
FAR: Final = 1 << 60  # further than any path
NODE: Final = 1 << 32  # a heap entry is distance x NODE + node, so that equal distances go by node


TERMS: Final = ("first", "capacity", "slope", "lower", "upper", "low", "middle", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """What every column has to give, one line of TERMS for each: seats ``first`` (already taken) to ``capacity``.

    Seat k, counted from 0, costs slope x k, and ``low`` more below ``lower``, ``high`` more from ``upper``, ``middle``
    more between the two. A seat never costs less than the one before it.
    """

    terms: Integers

    @classmethod
    def of(cls, **terms: Integers | Sequence[int] | int) -> Seats:
        """Seats from one array or one number for each of TERMS."""
        columns = np.broadcast_arrays(*(np.asarray(terms[name], dtype=np.int64) for name in TERMS))
        return cls(terms=np.stack(columns, axis=-1))

    @classmethod
    def of_mentors(
        cls, *, first: Integers, capacity: Integers, balance: int, minimum: Integers, unfilled: int
    ) -> Seats:
        """The k-th mentee costs balance x (k - 1); each of the ``minimum`` first spares ``unfilled`` points."""
        return cls.of(
            first=first,
            capacity=capacity,
            slope=balance,
            lower=minimum,
            upper=capacity,
            low=-unfilled,
            middle=0,
            high=0,
        )

    @property
    def size(self) -> int:
        return len(self.terms)

    def take(self, columns: Integers) -> Seats:
        return Seats(terms=self.terms[columns])

    def joined(self, others: Seats) -> Seats:
        """These columns, and after them the others."""
        return Seats(terms=np.concatenate([self.terms, others.terms]))

    def lowest(self) -> Integers:
        """What the first seat of each column costs that is not taken: no price is lower."""
        first, _, slope, lower, upper, low, middle, high = self.terms.T
        step = np.where(first < lower, low, np.where(first < upper, middle, high))
        return np.asarray(slope * first + step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arcs:
    """Candidate pairs sorted by row; those of row i are ``start[i]`` to ``start[i + 1]``."""

    start: Integers
    column: Ints
    value: Ints

    @classmethod
    def of(cls, size: int, rows: Ints, column: Ints, value: Ints) -> Arcs:
        """Arcs from parallel arrays; a row keeps the order its arcs came in."""
        order = np.argsort(rows, kind="stable")
        start = np.searchsorted(rows[order], np.arange(size + 1)).astype(np.int64)
        return cls(start=start, column=column[order], value=value[order])

    def rows(self) -> Ints:
        return np.repeat(np.arange(self.start.size - 1, dtype=np.int32), np.diff(self.start))

    def joined(self, rows: Ints, column: Ints, value: Ints) -> Arcs:
        """These arcs and new ones, which come after those their row has."""
        return Arcs.of(
            self.start.size - 1,
            np.concatenate([self.rows(), rows]),
            np.concatenate([self.column, column]),
            np.concatenate([self.value, value]),
        )


NO_PAIRS: Final = (np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32))


@dataclass(slots=True, kw_only=True)
class State:
    """What a solver starts from and ends in; plain arrays so that either tier can go on with it."""

    mentor_of: Ints
    prices: Integers
    profits: Integers
    held: tuple[Ints, Ints] = NO_PAIRS  # mentees and columns of the pairs of those with several wishes
    searched: int = 0

    @classmethod
    def fresh(cls, way_out: Integers, prices: Integers) -> State:
        return cls(
            mentor_of=np.full(way_out.size, OPEN, dtype=np.int32),
            prices=prices.copy(),
            profits=way_out.copy(),
        )


GoOn = Callable[[], bool]


class Net:
    """One sparse problem in plain Python. ``state`` is written when a step is done."""

    def __init__(self, arcs: Arcs, seats: Seats, way_out: Integers, state: State) -> None:
        self.arcs, self.state = arcs, state
        self.way_out = way_out.tolist()
        self.terms: list[list[int]] = seats.terms.tolist()
        self.first: list[int] = seats.terms[:, 0].tolist()
        self.capacity: list[int] = seats.terms[:, 1].tolist()
        self.start = arcs.start.tolist()
        order = np.argsort(arcs.column, kind="stable")
        self.rows_of, self.values_of = arcs.rows()[order], arcs.value[order]
        self.column_start = np.searchsorted(arcs.column[order], np.arange(seats.size + 1)).tolist()
        self.prices: list[int] = state.prices.tolist()
        self.profits: list[int] = state.profits.tolist()
        self.mentor_of: list[int] = state.mentor_of.tolist()
        self._empty()

    # --- holders: who has a seat with whom ---

    def _empty(self) -> None:
        self.load: list[int] = list(self.first)
        self.holders: list[dict[int, None]] = [{} for _ in self.first]  # in the order they came

    def _join(self, i: int, j: int) -> None:
        self.mentor_of[i] = j
        self.holders[j][i] = None
        self.load[j] += 1

    def _leave(self, i: int, mark: int = OPEN) -> None:
        j = self.mentor_of[i]
        self.mentor_of[i] = mark
        if j >= 0:
            del self.holders[j][i]
            self.load[j] -= 1

    def _free(self, j: int) -> bool:
        return self.load[j] < self.capacity[j]

    def cost(self, j: int, k: int) -> int:
        """What seat ``k`` of a column costs."""
        _, _, slope, lower, upper, low, middle, high = self.terms[j]
        return slope * k + (low if k < lower else middle if k < upper else high)

    def _next_cost(self, j: int) -> int:
        return self.cost(j, self.load[j])

    def _row(self, i: int) -> list[tuple[int, int]]:
        here = slice(self.start[i], self.start[i + 1])
        return list(zip(self.arcs.column[here].tolist(), self.arcs.value[here].tolist(), strict=True))

    def _column(self, j: int) -> list[tuple[int, int]]:
        here = slice(self.column_start[j], self.column_start[j + 1])
        return list(zip(self.rows_of[here].tolist(), self.values_of[here].tolist(), strict=True))

    # --- auction ---

    def auction(self, first_step: int, last_step: int, factor: int, back: int, most_bids: int) -> int:
        """Lets mentees bid for seats, in rounds of ever smaller raises; leaves the asked prices behind.

        Each round starts ``back`` raises below the prices of the last. Stops after ``most_bids`` bids.
        """
        bids, step = 0, first_step
        while True:
            bids += self._round(step, step * back, most_bids - bids)
            if step <= last_step or bids >= most_bids:
                break
            step = max(last_step, step // factor)
        self._save()
        return bids

    def _round(self, step: int, back: int, most_bids: int) -> int:
        floor = [price - back for price in self.prices]
        ask, weakest = list(floor), [OPEN] * len(floor)
        label = [0] * len(self.mentor_of)
        self.mentor_of = [OPEN] * len(self.mentor_of)
        self._empty()
        for j in range(len(floor)):
            ask[j], weakest[j] = self._ask(j, floor[j], label)
        queue, bids = list(range(len(self.mentor_of))), 0
        for i in queue:  # grows at its end while it is walked
            if bids == most_bids:
                break
            bids += 1
            j, value, second = self._wish(i, ask)
            if j < 0:
                continue
            if weakest[j] >= 0:
                queue.append(weakest[j])
                self._leave(weakest[j])
            self._join(i, j)
            label[i] = value - second + step
            ask[j], weakest[j] = self._ask(j, floor[j], label)
        self.prices = [
            price if asked >= FAR else asked for price, asked in zip(self.prices, ask, strict=True)
        ]
        return bids

    def _wish(self, i: int, ask: list[int]) -> tuple[int, int, int]:
        """The mentor a mentee likes best at these prices, its value, and how good the second choice is."""
        best, second, mentor, worth = -FAR, self.way_out[i], OPEN, 0
        for j, value in self._row(i):
            margin = value - ask[j]
            if margin > best:
                if best > second:
                    second = best
                best, mentor, worth = margin, j, value
            elif margin > second:
                second = margin
        return (mentor, worth, second) if best >= self.way_out[i] else (OUT, 0, 0)

    def _ask(self, j: int, floor: int, label: list[int]) -> tuple[int, int]:
        """The lowest price at which a newcomer gets a seat, and whose seat that would be."""
        best, weakest = (max(self._next_cost(j), floor), OPEN) if self._free(j) else (FAR, OPEN)
        for i in reversed(self.holders[j]):
            if label[i] < best:
                best, weakest = label[i], i
        return best, weakest

    # --- repair ---

    def repair(self, go_on: GoOn) -> bool:
        """Makes the state exact for these arcs; False when it was told to stop before that."""
        self._settle()
        for i, j in enumerate(self.mentor_of):
            if j == OPEN:
                if not go_on():
                    self._save()
                    return False
                _Forward(self).run(i)
        for j in range(len(self.prices)):
            while self._free(j) and self.prices[j] > self._next_cost(j):
                if not go_on():
                    self._save()
                    return False
                _Reverse(self).run(j)
        self._save()
        return True

    def lower(self) -> None:
        """From exact prices to the lowest exact prices, which are unique: what one more seat would be worth.

        A price can fall until the mentor's last seat does not pay any more, somebody who goes without would come,
        or somebody with another mentor would rather come than stay at what their own mentor's price falls to.
        """
        falls = self._falls()
        heap = [fall * NODE + j for j, fall in enumerate(falls)]
        heapify(heap)
        while heap:
            fall, j = divmod(heappop(heap), NODE)
            if fall == falls[j]:
                for i in self.holders[j]:
                    for nearer in self._hold(i, fall, falls):
                        heappush(heap, falls[nearer] * NODE + nearer)
        for j, fall in enumerate(falls):
            self.prices[j] -= fall
            for i in self.holders[j]:
                self.profits[i] += fall
        self._save()

    def _falls(self) -> list[int]:
        """How far each price can fall for its own seats and for those who go without."""
        self._empty()
        for i, j in enumerate(self.mentor_of):
            if j >= 0:
                self._join(i, j)
        falls = [
            price - self.cost(j, max(load - 1, first))
            for j, (price, load, first) in enumerate(zip(self.prices, self.load, self.first, strict=True))
        ]
        for i, j in enumerate(self.mentor_of):
            if j < 0:
                self._hold(i, 0, falls)
        return falls

    def _hold(self, i: int, rise: int, falls: list[int]) -> list[int]:
        """Mentors whose price can fall less than thought because of somebody whose profit rises by ``rise``."""
        base, held = rise + self.profits[i], []
        for j, value in self._row(i):
            most = base - value + self.prices[j]
            if most < falls[j]:
                falls[j] = most
                held.append(j)
        return held

    def _settle(self) -> None:
        """Keeps the pairs that fit the prices, fills seats that fit, and says who is out."""
        self.prices = [max(price, self.cost(j, self.first[j])) for j, price in enumerate(self.prices)]
        before, self.mentor_of = self.mentor_of, [OPEN] * len(self.mentor_of)
        self._empty()
        tight = [self._tight(i) for i in range(len(before))]
        for i, j in enumerate(before):
            if j in tight[i] and self._free(j):
                self._join(i, j)
        for j, price in enumerate(self.prices):
            while self.load[j] > self.first[j] and price < self.cost(j, self.load[j] - 1):
                self._leave(next(reversed(self.holders[j])))
        for i, choices in enumerate(tight):
            if self.mentor_of[i] >= 0:
                continue
            seat = next((j for j in choices if self._free(j) and self.prices[j] >= self._next_cost(j)), OPEN)
            if seat >= 0:
                self._join(i, seat)
            elif self.profits[i] == self.way_out[i]:
                self.mentor_of[i] = OUT

    def _tight(self, i: int) -> list[int]:
        """Sets the profit of a mentee and returns the mentors who give it."""
        margins = [(value - self.prices[j], j) for j, value in self._row(i)]
        profit = self.profits[i] = max(self.way_out[i], max(margins, default=(-FAR, 0))[0])
        return [j for margin, j in margins if margin == profit]

    def _save(self) -> None:
        self.state.mentor_of[:] = self.mentor_of
        self.state.prices[:] = self.prices
        self.state.profits[:] = self.profits


class _Forward:
    """The cheapest way to make room for an open mentee: a free seat, or somebody who goes without."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.distance: dict[int, int] = {}  # of columns
        self.through: dict[int, int] = {}  # the row a column was reached from
        self.rows: list[tuple[int, int]] = []
        self.heap: list[int] = []
        self.best, self.end_row, self.end_seat = FAR, OPEN, OPEN

    def run(self, root: int) -> None:
        net, settled = self.net, set()
        self._row(root, 0)
        while self.heap:
            at, j = divmod(heappop(self.heap), NODE)
            if at >= self.best:
                break
            if j not in settled:
                settled.add(j)
                for i in reversed(net.holders[j]):
                    self._row(i, at)
        for i, at in self.rows:
            net.profits[i] -= max(0, self.best - at)
        for j in settled:
            net.prices[j] += max(0, self.best - self.distance[j])
        net.state.searched += len(self.rows)
        self._augment(root)

    def _row(self, i: int, at: int) -> None:
        net, distance = self.net, self.distance
        self.rows.append((i, at))
        base = at + net.profits[i]
        best = self.best
        if base - net.way_out[i] < best:
            best, self.end_row, self.end_seat = base - net.way_out[i], i, OPEN
        for j, value in net._row(i):
            near = base - value + net.prices[j]
            if near < best and near < distance.get(j, FAR):
                distance[j], self.through[j] = near, i
                heappush(self.heap, near * NODE + j)
                if net._free(j):
                    end = near + max(0, net._next_cost(j) - net.prices[j])
                    if end < best:
                        best, self.end_row, self.end_seat = end, OPEN, j
        self.best = best

    def _augment(self, root: int) -> None:
        """Moves everybody on the path one mentor further."""
        net, j = self.net, self.end_seat
        if self.end_row >= 0:
            j = net.mentor_of[self.end_row]
            net._leave(self.end_row, OUT)
            if self.end_row == root:
                return
        while True:
            i = self.through[j]
            before = net.mentor_of[i]
            net._leave(i)
            net._join(i, j)
            if i == root:
                return
            j = before


class _Reverse:
    """The cheapest way to fill (or to cheapen) a free seat whose price is above its cost."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.distance: dict[int, int] = {}  # of rows
        self.to: dict[int, int] = {}  # the column a row would move to
        self.by: dict[int, int] = {}  # the row whose leaving opened a column
        self.columns: list[tuple[int, int]] = []
        self.heap: list[int] = []
        self.best, self.end = FAR, OPEN

    def run(self, root: int) -> None:
        net = self.net
        self.best = net.prices[root] - net._next_cost(root)  # nobody comes: the price falls to the cost
        seen, settled = {root}, set()
        self._column(root, 0, seen)
        while self.heap:
            at, i = divmod(heappop(self.heap), NODE)
            if at >= self.best:
                break
            if i in settled:
                continue
            settled.add(i)
            j = net.mentor_of[i]
            if j >= 0 and j not in seen:
                seen.add(j)
                self.by[j] = i
                self._column(j, at, seen)
        for i in settled:
            net.profits[i] += max(0, self.best - self.distance[i])
        for j, at in self.columns:
            net.prices[j] -= max(0, self.best - at)
        net.state.searched += len(settled)
        self._augment(root)

    def _column(self, j: int, at: int, seen: set[int]) -> None:
        net, distance, best = self.net, self.distance, self.best
        self.columns.append((j, at))
        base, profits = at + net.prices[j], net.profits
        for i, value in net._column(j):
            near = base + profits[i] - value
            if near >= best or near >= distance.get(i, FAR):
                continue
            distance[i], self.to[i] = near, j
            holder_of = net.mentor_of[i]
            if holder_of < 0:
                best, self.end = near, i
            elif holder_of not in seen:
                last = net.cost(holder_of, net.load[holder_of] - 1)
                end = near + max(0, net.prices[holder_of] - last)
                if end < best:
                    best, self.end = end, i
            heappush(self.heap, near * NODE + i)
        self.best = best

    def _augment(self, root: int) -> None:
        net, i = self.net, self.end
        while i >= 0:
            j = self.to[i]
            net._leave(i)
            net._join(i, j)
            i = OPEN if j == root else self.by[j]
