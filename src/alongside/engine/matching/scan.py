"""Walks over pairs block by block and keeps little of each: the best few of every mentee, or one maximum.

This is the numpy tier of the scan; ``core`` has the same three functions in C. Both give the same integers: ties at
the end of a list are cut by eight hashed bits of (row, place), so that in programs full of equal scores mentees do
not all list the same few mentors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from .sheet import Ints, Rows, Sheet

NEVER: Final = -(1 << 29)  # below every value minus price, above BARRED minus any price
SCAN_ROWS: Final = 128  # rows that are looked at together; they share the width of the widest
CELLS: Final = 1 << 17  # pairs held at once, few enough to stay near the processor
GROUPS: Final = 256  # the best of so many parts of a row tell what its best few are worth at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """For each asked row: ``count`` pairs in ``column`` and ``value``, best first; ``bound`` is what value - price
    of no pair exceeds that is not listed."""

    column: Ints
    value: Ints
    count: Ints
    bound: Ints

    @classmethod
    def joined(cls, parts: Sequence[Found]) -> Found:
        """What was found for rows that were asked part by part."""
        return cls(
            column=np.concatenate([part.column for part in parts]),
            value=np.concatenate([part.value for part in parts]),
            count=np.concatenate([part.count for part in parts]),
            bound=np.concatenate([part.bound for part in parts]),
        )


def best_pairs(sheet: Sheet, rows: Rows, prices: Ints, floor: Ints, most: int, widths: Rows) -> Found:
    """The ``most`` best pairs of each row by value - price above ``floor``.

    Rows go in blocks of SCAN_ROWS; each block looks at the first so many columns that ``widths`` has for it.
    """
    found = Found(
        column=np.zeros((rows.size, most), dtype=np.int32),
        value=np.zeros((rows.size, most), dtype=np.int32),
        count=np.zeros(rows.size, dtype=np.int32),
        bound=floor.astype(np.int32),
    )
    for block, width in enumerate(widths.tolist()):
        here = np.arange(rows.size)[block * SCAN_ROWS : (block + 1) * SCAN_ROWS]
        for k in _steps(here, width):
            _best_of_block(sheet, rows, prices[:width], here[k], found)
    return found


def row_best(sheet: Sheet, rows: Rows, prices: Ints) -> Ints:
    """The highest value - price of each row, NEVER where every pair is barred."""
    best = np.full(rows.size, NEVER, dtype=np.int32)
    for k in _steps(rows, sheet.columns):
        worth = sheet.values(rows[k]) - prices
        best[k] = np.maximum(NEVER, worth.max(axis=1, initial=NEVER))
    return best


def column_best(sheet: Sheet, rows: Rows, profits: Ints) -> Ints:
    """The highest value - profit of each column over the rows, NEVER where every pair is barred."""
    best = np.full(sheet.columns, NEVER, dtype=np.int32)
    for k in _steps(rows, sheet.columns):
        worth = sheet.values(rows[k]) - profits[k, None]
        np.maximum(best, worth.max(axis=0, initial=NEVER), out=best)
    return best


def _steps(rows: Rows, width: int) -> list[slice]:
    step = max(1, min(SCAN_ROWS, CELLS // max(1, width)))
    return [slice(k, k + step) for k in range(0, rows.size, step)]


def _best_of_block(sheet: Sheet, rows: Rows, prices: Ints, here: Rows, found: Found) -> None:
    """Fills in what is found for the rows at these places."""
    width, most, asked = prices.size, found.column.shape[1], rows[here]
    worth = sheet.values(asked, width)
    worth -= prices
    least = np.maximum(found.bound[here] + 1, _at_least(worth, most))
    places, columns = np.divmod(np.flatnonzero(worth >= least[:, None]), width)
    margins = worth[places, columns]
    keys = margins.astype(np.int64) * 256 + _ticket(asked[places], columns)
    order = np.lexsort((columns, -keys, places))
    places, columns, margins = places[order], columns[order], margins[order]
    nth = np.arange(places.size) - np.searchsorted(places, places)
    kept = nth < most
    places, columns, margins, nth = places[kept], columns[kept], margins[kept], nth[kept]
    found.count[here] = np.bincount(places, minlength=here.size)
    found.column[here[places], nth] = columns
    found.value[here[places], nth] = margins + prices[columns]
    if most < width:
        last = nth == most - 1
        found.bound[here[places[last]]] = margins[last]


def _at_least(worth: Ints, most: int) -> Ints:
    """What the ``most``-th best of each row is worth at least: so many of the row's parts have something as good."""
    rows, width = worth.shape
    whole = width // GROUPS
    part = worth
    if whole > 1 and most <= GROUPS:
        part = worth[:, : whole * GROUPS].reshape(rows, whole, GROUPS).max(axis=1)
    if part.shape[1] <= most:
        return np.full(rows, NEVER, dtype=np.int32)
    return np.partition(part, part.shape[1] - most, axis=1)[:, part.shape[1] - most]


def _ticket(rows: Rows, columns: Rows) -> Rows:
    """Eight hashed bits of a pair of places."""
    mixed = (rows + 1).astype(np.uint32) * np.uint32(0x85EBCA6B)
    mixed ^= columns.astype(np.uint32) * np.uint32(0x9E3779B1)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x27D4EB2F)
    return (mixed >> np.uint32(24)).astype(np.int64)
