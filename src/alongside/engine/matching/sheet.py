"""A program as arrays: what a block of mentees is worth with every mentor.

A sheet is a short list of operations. Each has a left part with one row for each mentee and a right part with one
column for each mentor, and adds whole points to a block or bars pairs of it. Memory is proportional to people times
answers, never to pairs. The compiled core (``core``) walks over the same arrays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Integers = NDArray[np.int64]
Words = NDArray[np.uint64]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Rows = NDArray[Any]
Columns = NDArray[Any]

BARRED: Final = -(1 << 30)  # the value of a pair that a hard rule forbids, far below every reachable value
NONE: Final = -1  # no such column
SINGLE_IS_EXACT: Final = (
    1 << 21
)  # up to this weight x count, single precision rounds to the right whole number


@dataclass(slots=True)
class Block:
    """Points of some rows against the first columns, and which pairs are barred."""

    points: Ints
    barred: NDArray[np.bool_]

    def add(self, what: NDArray[Any], *, bars: bool) -> None:
        if bars:
            self.barred |= what != 0
        else:
            self.points += what


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Few different answers on the left: a table with one ready line of points over all mentors for each of them."""

    codes: Ints
    table: Ints
    bars: bool = False

    def add(self, block: Block, rows: Rows) -> None:
        block.add(self.table[:, : block.points.shape[1]][self.codes[rows]], bars=self.bars)

    def take(self, rows: Rows | None, columns: Columns | None) -> Lines:
        return replace(self, codes=_rows(self.codes, rows), table=_columns(self.table, columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Equal:
    """Codes that may be equal (``hit``), both given and different (``miss``), or not given on a side (``none``)."""

    left: Ints
    right: Ints
    hit: int
    miss: int
    none: int
    bars: bool = False

    def add(self, block: Block, rows: Rows) -> None:
        left, right = self.left[rows][:, None], self.right[: block.points.shape[1]]
        both = (left >= 0) & (right >= 0)
        compared = np.where(left == right, np.int32(self.hit), np.int32(self.miss))
        block.add(np.where(both, compared, np.int32(self.none)), bars=self.bars)

    def take(self, rows: Rows | None, columns: Columns | None) -> Equal:
        return replace(self, left=_rows(self.left, rows), right=_columns(self.right, columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """floor(rate x min(count, cap)) points; ``half`` lifts the product safely off the whole numbers below it."""

    cap: int
    rate: Doubles
    half: Doubles
    single: bool  # whether single precision is exact

    def points(self, counts: NDArray[Any], rows: Rows) -> Ints:
        kind = np.float32 if self.single else np.float64
        worth = np.minimum(counts, counts.dtype.type(self.cap)).astype(kind)
        worth *= self.rate[rows, None].astype(kind)
        worth += self.half[rows, None].astype(kind)
        points: Ints = worth.astype(np.int32)
        return points


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One figure when the count reaches ``least``, another when it falls short."""

    least: int
    reached: int
    short: int
    bars: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many options (or half hours) two people share, and what follows from the number.

    Either bit sets (``left`` n x regimes x words, ``right`` regimes x words x m; the poorest regime counts) or
    numbers (``left`` n x options, ``right`` options x m in single precision, all sums exact): weights of options, or
    vectors, whose product counts from 0 on.
    """

    left: Words | Floats
    right: Words | Floats
    rates: tuple[Rate, ...] = ()
    limits: tuple[Limit, ...] = ()

    @property
    def are_bits(self) -> bool:
        return self.left.dtype == np.uint64

    def counts(self, rows: Rows, width: int) -> NDArray[Any]:
        """The number of shared options of the rows with the first ``width`` mentors."""
        if not self.are_bits:
            product = np.asarray(self.left[rows] @ self.right[:, :width])
            return np.maximum(product, 0, out=product)
        regimes = [self._shared(rows, regime, width) for regime in range(self.left.shape[1])]
        poorest = regimes[0]
        for shared in regimes[1:]:
            np.minimum(poorest, shared, out=poorest)
        return poorest

    def _shared(self, rows: Rows, regime: int, width: int) -> NDArray[np.uint16]:
        """Bits set on both sides, word by word in reused memory."""
        total = np.zeros((rows.size, width), dtype=np.uint16)
        both, bits = np.empty(total.shape, dtype=np.uint64), np.empty(total.shape, dtype=np.uint8)
        for word, right in enumerate(self.right[regime]):
            np.bitwise_and(self.left[rows, regime, word, None], right[:width], out=both)
            total += np.bitwise_count(both, out=bits)
        return total

    def add(self, block: Block, rows: Rows) -> None:
        counts = self.counts(rows, block.points.shape[1])
        for rate in self.rates:
            block.points += rate.points(counts, rows)
        for limit in self.limits:
            reached = np.where(counts >= limit.least, np.int32(limit.reached), np.int32(limit.short))
            block.add(reached, bars=limit.bars)

    def take(self, rows: Rows | None, columns: Columns | None) -> Counts:
        rates = tuple(
            replace(rate, rate=_rows(rate.rate, rows), half=_rows(rate.half, rows)) for rate in self.rates
        )
        return replace(self, left=_rows(self.left, rows), right=_columns(self.right, columns), rates=rates)


class Effect(IntEnum):
    """What being listed does to a pair."""

    ADD = 0
    BAR = 1
    ONLY = 2  # pairs that are not listed are barred


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Single pairs: for row i the columns ``column[start[i]:start[i + 1]]``, in ascending order, with points."""

    start: Integers
    column: Ints
    points: Ints
    effect: Effect

    def add(self, block: Block, rows: Rows) -> None:
        width = block.points.shape[1]
        places, entries = self._entries(rows)
        inside = self.column[entries] < width
        places, entries = places[inside], entries[inside]
        here = places, self.column[entries]
        if self.effect is Effect.ADD:
            block.points[here] += self.points[entries]
        elif self.effect is Effect.BAR:
            block.barred[here] = True
        else:
            others = np.ones(block.barred.shape, dtype=np.bool_)
            others[here] = False
            block.barred |= others

    def _entries(self, rows: Rows) -> tuple[Rows, Rows]:
        """The place of the row in ``rows`` and the index of each of the rows' entries."""
        first, count = self.start[rows], self.start[rows + 1] - self.start[rows]
        places = np.repeat(np.arange(rows.size), count)
        before = np.cumsum(count) - count
        return places, np.arange(places.size) - np.repeat(before, count) + np.repeat(first, count)

    def take(self, rows: Rows | None, columns: Columns | None) -> Listing:
        everybody = np.arange(self.start.size - 1) if rows is None else rows
        places, entries = self._entries(everybody)
        column, points = self.column[entries], self.points[entries]
        if columns is not None:
            column = _renumbered(column, columns)
            kept = np.flatnonzero(column >= 0)
            kept = kept[np.lexsort((column[kept], places[kept]))]
            places, column, points = places[kept], column[kept], points[kept]
        start = np.searchsorted(places, np.arange(everybody.size + 1)).astype(np.int64)
        return replace(self, start=start, column=column, points=points)


Operation = Lines | Equal | Counts | Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The operations of a program in their order, and what is done to the sum of them.

    ``present``: each mentee's mentor of the last run, who gets ``keep`` points. ``own``: the column of the mentee's
    own self, barred. Points below ``target`` count ``factor`` times.
    """

    rows: int
    columns: int
    operations: tuple[Operation, ...]
    target: int
    factor: int
    keep: int
    present: Ints
    own: Ints

    def block(self, rows: Rows, width: int | None = None) -> Block:
        """The sum of all operations: scores, and the pairs that are barred."""
        shape = rows.size, self.columns if width is None else width
        block = Block(points=np.zeros(shape, dtype=np.int32), barred=np.zeros(shape, dtype=np.bool_))
        for operation in self.operations:
            operation.add(block, rows)
        self._at(rows, self.own, block.barred, True)
        return block

    def values(self, rows: Rows, width: int | None = None) -> Ints:
        """What pairs add to the program's total, BARRED where a hard rule forbids."""
        block = self.block(rows, width)
        if self.factor > 1:
            block.points -= (self.factor - 1) * np.maximum(0, self.target - block.points)
        if self.keep:
            self._at(rows, self.present, block.points, self.keep)
        block.points[block.barred] = BARRED
        return block.points

    def take(self, rows: Rows | None = None, columns: Columns | None = None) -> Sheet:
        """The sheet of some rows and some columns, in the given order."""
        present, own = _rows(self.present, rows), _rows(self.own, rows)
        return replace(
            self,
            rows=self.rows if rows is None else rows.size,
            columns=self.columns if columns is None else columns.size,
            operations=tuple(operation.take(rows, columns) for operation in self.operations),
            present=present if columns is None else _renumbered(present, columns),
            own=own if columns is None else _renumbered(own, columns),
        )

    def without(self, rows: Rows, columns: Columns) -> Sheet:
        """The sheet with single pairs barred as well."""
        order = np.lexsort((columns, rows))
        start = np.searchsorted(rows[order], np.arange(self.rows + 1)).astype(np.int64)
        barred = Listing(
            start=start,
            column=columns[order].astype(np.int32),
            points=np.zeros(order.size, dtype=np.int32),
            effect=Effect.BAR,
        )
        return replace(self, operations=(*self.operations, barred))

    @staticmethod
    def _at(rows: Rows, column_of: Ints, where: NDArray[Any], what: int) -> None:
        """Adds to (or sets, in a mask) the one column each row has, if it is in the block."""
        column = column_of[rows]
        here = np.flatnonzero((column >= 0) & (column < where.shape[1]))
        where[here, column[here]] += np.asarray(what, dtype=where.dtype)


def _rows(array: NDArray[Any], rows: Rows | None) -> NDArray[Any]:
    return array if rows is None else np.ascontiguousarray(array[rows])


def _columns(array: NDArray[Any], columns: Columns | None) -> NDArray[Any]:
    return array if columns is None else np.ascontiguousarray(array[..., columns])


def _renumbered(column: Ints, columns: Columns) -> Ints:
    """Places of the columns in the new order, NONE for those that are not in it."""
    size = max(int(columns.max(initial=NONE)), int(column.max(initial=NONE))) + 2
    place = np.full(size, NONE, dtype=np.int32)
    place[columns] = np.arange(columns.size, dtype=np.int32)
    place[-1] = NONE  # what NONE itself points at
    return place[column]
