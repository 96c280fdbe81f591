"""Who does the heavy steps: numpy and plain Python everywhere, or the compiled core where there is one.

Every tier takes the same steps on the same integers, so results are equal to the last byte; only the time differs.
"""

from __future__ import annotations

from typing import Protocol

from . import core, scan
from .sheet import Integers, Ints, Rows, Sheet
from .sparse import Arcs, GoOn, Net, Seats, State


class Solver(Protocol):
    """The sparse problem of one round."""

    def auction(self, first_step: int, last_step: int, factor: int, back: int, most_bids: int) -> int: ...

    def repair(self, go_on: GoOn) -> bool: ...

    def lower(self) -> None: ...


class Tier(Protocol):
    """The steps whose cost grows with the number of pairs or arcs."""

    name: str

    def values(self, sheet: Sheet, rows: Rows) -> Ints: ...

    def best_pairs(
        self, sheet: Sheet, rows: Rows, prices: Ints, floor: Ints, most: int, widths: Rows
    ) -> scan.Found: ...

    def row_best(self, sheet: Sheet, rows: Rows, prices: Ints) -> Ints: ...

    def column_best(self, sheet: Sheet, rows: Rows, profits: Ints) -> Ints: ...

    def net(self, arcs: Arcs, seats: Seats, way_out: Integers, state: State) -> Solver: ...


class Portable:
    """numpy in blocks of rows, and plain Python for the searches."""

    name = "numpy"

    def values(self, sheet: Sheet, rows: Rows) -> Ints:
        return sheet.values(rows)

    def best_pairs(
        self, sheet: Sheet, rows: Rows, prices: Ints, floor: Ints, most: int, widths: Rows
    ) -> scan.Found:
        return scan.best_pairs(sheet, rows, prices, floor, most, widths)

    def row_best(self, sheet: Sheet, rows: Rows, prices: Ints) -> Ints:
        return scan.row_best(sheet, rows, prices)

    def column_best(self, sheet: Sheet, rows: Rows, profits: Ints) -> Ints:
        return scan.column_best(sheet, rows, profits)

    def net(self, arcs: Arcs, seats: Seats, way_out: Integers, state: State) -> Solver:
        return Net(arcs, seats, way_out, state)


def tier(threads: int | None = None) -> Tier:
    """The quickest tier of this installation, on so many threads (None: on as many as this process may use)."""
    levels = core.levels()
    return core.compiled(levels[0], threads or core.processors()) if levels else Portable()


def runs_on() -> str:
    """In two words what matching runs on here, for people: the results are the same."""
    return tier().name
