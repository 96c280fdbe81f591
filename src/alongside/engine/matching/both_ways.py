"""A sheet that counts both ways: what a pool's pairs are worth, the same for (i, j) and (j, i).

The two readings come from the program's own sheet, once by rows and once by columns, so nothing of the size of all
pairs is ever held. Values are shifted by what the two would cost if they were left out: a pair adds that much to the
pool in which nobody has a partner, and no price has to go below 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from . import scan
from .sheet import BARRED, Columns, Integers, Ints, Rows, Sheet
from .sparse import Arcs, Seats, State
from .tiers import Solver, Tier

NEVER: Final = scan.NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class BothWays(Sheet):
    """Two readings of the same pairs: ``ahead``, and ``back`` with rows and columns changed about."""

    ahead: Sheet
    back: Sheet
    row_cost: Ints
    column_cost: Ints

    @classmethod
    def of(cls, sheet: Sheet, costs: Integers) -> BothWays:
        """Both readings of a sheet that has the same people on both sides."""
        shift = costs.astype(np.int32)
        return cls(
            **_shape(sheet.rows, sheet.columns), ahead=sheet, back=sheet, row_cost=shift, column_cost=shift
        )

    def values(self, rows: Rows, width: int | None = None) -> Ints:
        """What pairs add to the total of the pool in which nobody has a partner, BARRED where a rule forbids."""
        columns = np.arange(self.columns if width is None else width)
        return self.combined(
            rows, self.ahead.values(rows, width), self.back.take(columns=rows).values(columns)
        )

    def combined(self, rows: Rows, ahead: Ints, back: Ints) -> Ints:
        """The mean of two readings; ``back`` has the rows as columns."""
        both = np.ascontiguousarray(back.T)
        barred = np.minimum(ahead, both) < NEVER
        both += ahead
        both >>= 1
        both += self.row_cost[rows, None]
        both += self.column_cost[None, : both.shape[1]]
        both[barred] = BARRED
        return both

    def take(self, rows: Rows | None = None, columns: Columns | None = None) -> BothWays:
        """Some rows and some columns, in the given order."""
        ahead = self.ahead.take(rows, columns)
        return BothWays(
            **_shape(ahead.rows, ahead.columns),
            ahead=ahead,
            back=self.back.take(columns, rows),
            row_cost=self.row_cost if rows is None else self.row_cost[rows],
            column_cost=self.column_cost if columns is None else self.column_cost[columns],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHand(Sheet):
    """A few rows of values that are known."""

    known: Ints

    @classmethod
    def of(cls, known: Ints) -> AtHand:
        return cls(**_shape(*known.shape), known=known)

    def values(self, rows: Rows, width: int | None = None) -> Ints:
        return np.array(self.known[rows, :width])


def _shape(rows: int, columns: int) -> dict[str, Any]:
    """A sheet with no operations of its own."""
    nobody = np.full(rows, -1, dtype=np.int32)
    return {
        "rows": rows, "columns": columns, "operations": (), "target": 0, "factor": 1, "keep": 0, "present": nobody,
        "own": nobody,
    }  # fmt: skip


class PairTier:
    """Any tier, for sheets that count both ways: it gives the readings, numpy keeps the best of them."""

    def __init__(self, on: Tier) -> None:
        self._on, self.name = on, on.name

    def values(self, sheet: Sheet, rows: Rows) -> Ints:
        return self.first(sheet, rows, sheet.columns)

    def first(self, sheet: Sheet, rows: Rows, width: int) -> Ints:
        """Values of some rows with the first columns."""
        assert isinstance(sheet, BothWays)  # noqa: S101 - the only kind this tier is handed
        ahead = sheet.ahead if width == sheet.columns else sheet.ahead.take(columns=np.arange(width))
        back = sheet.back.take(columns=rows)
        return sheet.combined(rows, self._on.values(ahead, rows), self._on.values(back, np.arange(width)))

    def best_pairs(
        self, sheet: Sheet, rows: Rows, prices: Ints, floor: Ints, most: int, widths: Rows
    ) -> scan.Found:
        parts = [
            self._best_of_block(sheet, rows, prices, floor, most, block, width)
            for block, width in enumerate(widths.tolist())
        ]
        return scan.Found(
            column=np.concatenate([part.column for part in parts]),
            value=np.concatenate([part.value for part in parts]),
            count=np.concatenate([part.count for part in parts]),
            bound=np.concatenate([part.bound for part in parts]),
        )

    def _best_of_block(
        self, sheet: Sheet, rows: Rows, prices: Ints, floor: Ints, most: int, block: int, width: int
    ) -> scan.Found:
        here = slice(block * scan.SCAN_ROWS, (block + 1) * scan.SCAN_ROWS)
        known = AtHand.of(self.first(sheet, rows[here], width))
        everybody, widths = np.arange(known.rows), np.array([width])
        return scan.best_pairs(known, everybody, prices[:width], floor[here], most, widths)

    def row_best(self, sheet: Sheet, rows: Rows, prices: Ints) -> Ints:
        parts = [(self.values(sheet, block) - prices).max(axis=1, initial=NEVER) for block in blocks(rows)]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)

    def column_best(self, sheet: Sheet, rows: Rows, profits: Ints) -> Ints:
        best = np.full(sheet.columns, NEVER, dtype=np.int32)
        for k, block in enumerate(blocks(rows)):
            paid = profits[k * scan.SCAN_ROWS : (k + 1) * scan.SCAN_ROWS, None]
            np.maximum(best, (self.values(sheet, block) - paid).max(axis=0, initial=NEVER), out=best)
        return best

    def net(self, arcs: Arcs, seats: Seats, way_out: Integers, state: State) -> Solver:
        return self._on.net(arcs, seats, way_out, state)


def blocks(rows: Rows) -> list[Rows]:
    """Rows in portions that are looked at together."""
    return [rows[k : k + scan.SCAN_ROWS] for k in range(0, rows.size, scan.SCAN_ROWS)]
