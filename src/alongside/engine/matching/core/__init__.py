"""The compiled tier: the scan and the sparse solver in C, called through ctypes, which releases the interpreter.

Same steps, same integers, same result as numpy and plain Python (see ``tiers``); only quicker. Rows are shared out to
threads in blocks, each block writes to its own place, so the number of threads changes nothing either.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alongside.engine.matching.scan import NEVER, SCAN_ROWS, Found
from alongside.engine.matching.sheet import (
    Counts,
    Equal,
    Integers,
    Ints,
    Lines,
    Operation,
    Rate,
    Rows,
    Sheet,
)
from alongside.engine.matching.sparse import Arcs, GoOn, Seats, State

from . import build

TILE: Final = 64
LEVELS: Final = (("base", "any processor"), ("avx2", "AVX2"), ("avx512", "AVX-512"))
FEW_PAIRS: Final = 1 << 16  # not worth waking threads for
SEARCHES: Final = 64  # between two questions whether to go on

Array = NDArray[Any]


class _Rate(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int32) for name in ("cap", "single")),
        *((name, ctypes.c_void_p) for name in ("rate", "half")),
    )


class _Limit(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_int32) for name in ("least", "reached", "missed", "bars"))


class _Operation(ctypes.Structure):
    _numbers = "kind bars size regimes hit miss none effect rates limits"
    _fields_ = (
        *((name, ctypes.c_int32) for name in _numbers.split()),
        *((name, ctypes.c_void_p) for name in ("left", "right", "start", "column", "points")),
        ("rate", ctypes.POINTER(_Rate)),
        ("limit", ctypes.POINTER(_Limit)),
    )


class _Sheet(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int32) for name in ["rows", "columns", "operations", "target", "factor", "keep"]),
        ("operation", ctypes.POINTER(_Operation)),
        *((name, ctypes.c_void_p) for name in ("present", "own")),
    )


LINES, EQUAL, BITS, WEIGHTS, LISTING = range(5)


class _Handed:
    """A sheet as the C side reads it, and every array it points at."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.kept: list[object] = []
        operations = [self._operation(operation) for operation in sheet.operations]
        self.struct = _Sheet(
            rows=sheet.rows,
            columns=sheet.columns,
            operations=len(operations),
            target=sheet.target,
            factor=sheet.factor,
            keep=sheet.keep,
            operation=self._array(_Operation, operations),
            present=self._at(sheet.present),
            own=self._at(sheet.own),
        )

    def _operation(self, operation: Operation) -> _Operation:
        match operation:
            case Lines(codes=codes, table=table, bars=bars):
                right = self._tiles(table)
                return _Operation(
                    kind=LINES, bars=bars, size=table.shape[0], left=self._at(codes), right=right
                )
            case Equal(left=left, right=theirs, hit=hit, miss=miss, none=none, bars=bars):
                right = self._tiles(theirs[None])
                return _Operation(
                    kind=EQUAL, bars=bars, hit=hit, miss=miss, none=none, left=self._at(left), right=right
                )
            case Counts():
                return self._counts(operation)
            case _:
                return _Operation(
                    kind=LISTING,
                    effect=int(operation.effect),
                    start=self._at(operation.start),
                    column=self._at(operation.column),
                    points=self._at(operation.points),
                )

    def _counts(self, counts: Counts) -> _Operation:
        rates = [self._rate(rate) for rate in counts.rates]
        limits = [_Limit(limit.least, limit.reached, limit.short, limit.bars) for limit in counts.limits]
        flat = counts.right.reshape(-1, counts.right.shape[-1])
        return _Operation(
            kind=BITS if counts.are_bits else WEIGHTS,
            size=counts.left.shape[-1],
            regimes=counts.left.shape[1] if counts.are_bits else 1,
            left=self._at(counts.left),
            right=self._tiles(flat),
            rates=len(rates),
            limits=len(limits),
            rate=self._array(_Rate, rates),
            limit=self._array(_Limit, limits),
        )

    def _rate(self, rate: Rate) -> _Rate:
        return _Rate(cap=rate.cap, single=rate.single, rate=self._at(rate.rate), half=self._at(rate.half))

    def _tiles(self, right: Array) -> int:
        """Rows over all mentors, cut into tiles that hold 64 places of every row; the last one padded with 0."""
        size, columns = right.shape
        count = -(-columns // TILE)
        padded = np.zeros((size, count * TILE), dtype=right.dtype)
        padded[:, :columns] = right
        return self._at(padded.reshape(size, count, TILE).transpose(1, 0, 2))

    def _at(self, array: Array) -> int:
        whole = np.ascontiguousarray(array)
        self.kept.append(whole)
        return whole.ctypes.data

    def _array(self, kind: type[ctypes.Structure], entries: list[Any]) -> Any:
        array = (kind * max(1, len(entries)))(*entries)
        self.kept.append(array)
        return ctypes.cast(array, ctypes.POINTER(kind))


class Compiled:
    """The core with one of its builds, and so many threads."""

    def __init__(self, library: ctypes.CDLL, level: int, threads: int) -> None:
        self._library, self._threads = library, threads
        suffix, title = LEVELS[level]
        self.name = f"compiled ({title})"
        self._values, self._row_best, self._column_best, self._best_pairs = (
            getattr(library, f"{name}_{suffix}")
            for name in ("values", "row_best", "column_best", "best_pairs")
        )
        self._handed: list[_Handed] = []

    def values(self, sheet: Sheet, rows: Rows) -> Ints:
        values = np.empty((rows.size, sheet.columns), dtype=np.int32)
        self._blocks(self._values, sheet, rows, [], values)
        return values

    def row_best(self, sheet: Sheet, rows: Rows, prices: Ints) -> Ints:
        best = np.empty(rows.size, dtype=np.int32)
        self._blocks(self._row_best, sheet, rows, [_padded(prices)], best)
        return best

    def column_best(self, sheet: Sheet, rows: Rows, profits: Ints) -> Ints:
        handed, asked = self._hand(sheet), rows.astype(np.int32)
        profits = np.ascontiguousarray(profits, dtype=np.int32)
        share = max(1, -(-rows.size // self._threads))
        starts = range(0, rows.size, share)
        best = np.full((max(1, len(starts)), -(-sheet.columns // TILE) * TILE), NEVER, dtype=np.int32)

        def work(k: int) -> None:
            part = slice(starts[k], starts[k] + share)
            here = asked[part]
            self._column_best(
                ctypes.byref(handed.struct), _of(here), here.size, _of(profits[part]), _of(best[k])
            )

        self._share(work, len(starts), rows.size * sheet.columns)
        found: Ints = best.max(axis=0)[: sheet.columns]
        return found

    def best_pairs(
        self, sheet: Sheet, rows: Rows, prices: Ints, floor: Ints, most: int, widths: Rows
    ) -> Found:
        handed, asked, padded = self._hand(sheet), rows.astype(np.int32), _padded(prices)
        floor = np.ascontiguousarray(floor, dtype=np.int32)
        column = np.zeros((rows.size, most), dtype=np.int32)
        value = np.zeros_like(column)
        count, bound = np.zeros(rows.size, dtype=np.int32), np.zeros(rows.size, dtype=np.int32)
        wide: list[int] = widths.tolist()

        def work(k: int) -> None:
            part = slice(k * SCAN_ROWS, (k + 1) * SCAN_ROWS)
            places = (_of(array[part]) for array in (column, value, count, bound))
            if not self._best_pairs(
                ctypes.byref(handed.struct), _of(asked[part]), asked[part].size, _of(padded), _of(floor[part]),
                most, wide[k], *places,
            ):  # fmt: skip
                raise MemoryError

        self._share(work, len(wide), sum(wide) * SCAN_ROWS)
        return Found(column=column, value=value, count=count, bound=bound)

    def net(self, arcs: Arcs, seats: Seats, way_out: Integers, state: State) -> CompiledNet:
        return CompiledNet(self._library, arcs, seats, way_out, state)

    def _blocks(self, function: Any, sheet: Sheet, rows: Rows, fixed: list[Array], result: Array) -> None:
        """Calls a function of the scan for one block of rows after the other; ``result`` has a place for each row."""
        handed, asked = self._hand(sheet), rows.astype(np.int32)

        def work(k: int) -> None:
            part = slice(k * SCAN_ROWS, (k + 1) * SCAN_ROWS)
            given = (*map(_of, fixed), _of(result[part]))
            function(ctypes.byref(handed.struct), _of(asked[part]), asked[part].size, *given)

        self._share(work, -(-rows.size // SCAN_ROWS), rows.size * sheet.columns)

    def _share(self, work: Callable[[int], None], jobs: int, pairs: int) -> None:
        if jobs < 2 or self._threads < 2 or pairs < FEW_PAIRS:
            for job in range(jobs):
                work(job)
        else:
            with ThreadPoolExecutor(
                max_workers=self._threads
            ) as pool:  # of this call: a process may fork later
                for _ in pool.map(work, range(jobs)):
                    pass

    def _hand(self, sheet: Sheet) -> _Handed:
        """The sheet for the C side; the two used last are kept ready."""
        ready = next((handed for handed in self._handed if handed.sheet is sheet), None)
        if ready is None:
            ready = _Handed(sheet)
            self._handed = [ready, *self._handed[:1]]
        return ready


class CompiledNet:
    """One sparse problem in C; shares the arrays of ``state`` with Python."""

    def __init__(
        self, library: ctypes.CDLL, arcs: Arcs, seats: Seats, way_out: Integers, state: State
    ) -> None:
        self._library, self._state = library, state
        self._kept = [
            np.ascontiguousarray(array, dtype=kind)
            for array, kind in (
                (arcs.start, np.int64), (arcs.column, np.int32), (arcs.value, np.int32), (seats.terms, np.int64),
                (way_out, np.int64),
            )
        ]  # fmt: skip
        start, column, value, terms, out = (_of(array) for array in self._kept)
        self._net = library.net_new(
            way_out.size, seats.size, start, column, value, terms, out,
            _of(state.mentor_of), _of(state.prices), _of(state.profits),
        )  # fmt: skip
        if not self._net:
            raise MemoryError

    def auction(self, first_step: int, last_step: int, factor: int, back: int, most_bids: int) -> int:
        numbers = (ctypes.c_int64(k) for k in (first_step, last_step, factor, back, most_bids))
        bids = int(self._library.net_auction(ctypes.c_void_p(self._net), *numbers))
        if bids < 0:
            raise MemoryError
        return bids

    def repair(self, go_on: GoOn) -> bool:
        before, done = self._searched(), 0
        while not done:
            if not go_on():
                break
            done = int(self._library.net_repair(ctypes.c_void_p(self._net), ctypes.c_int64(SEARCHES)))
        self._state.searched += self._searched() - before
        if done < 0:
            raise MemoryError
        return done > 0

    def lower(self) -> None:
        if not self._library.net_lower(ctypes.c_void_p(self._net)):
            raise MemoryError

    def _searched(self) -> int:
        return int(self._library.net_searched(ctypes.c_void_p(self._net)))

    def __del__(self) -> None:
        if getattr(self, "_net", None):
            self._library.net_free(ctypes.c_void_p(self._net))


def _of(array: Array) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


def _padded(prices: Ints) -> Ints:
    """Prices that reach to the end of the last tile."""
    padded = np.zeros(-(-prices.size // TILE) * TILE, dtype=np.int32)
    padded[: prices.size] = prices
    return padded


@cache
def library() -> ctypes.CDLL | None:
    """The compiled core of this installation, if there is one. Nothing is compiled here."""
    path: Path = build.place()
    if not path.exists():
        return None
    try:
        core = ctypes.CDLL(str(path))
    except OSError:
        return None
    core.net_new.restype = ctypes.c_void_p
    core.net_auction.restype = core.net_searched.restype = ctypes.c_int64
    return core


def levels() -> tuple[int, ...]:
    """The builds of the scan this processor can run, the quickest first; empty without a core."""
    core = library()
    return () if core is None else tuple(range(core.core_level(), -1, -1))


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def compiled(level: int, threads: int) -> Compiled:
    """The tier with one of the builds ``levels`` names."""
    core = library()
    if core is None:
        raise LookupError("this installation has no compiled core")
    return Compiled(core, level, threads)
