"""What prices prove, many pairs at once: the certificate's bound, for whoever has only the prices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .errors import ProgramError
from .model import Points
from .program import Program
from .score import BLOCK, FORBIDDEN, Scorer

Integers = NDArray[np.int64]

DEAREST: Final = 1 << 31  # no price a solver finds comes near; keeps every difference in 64 bits


def bound(
    program: Program, prices: Mapping[str, Points], *, progress: Callable[[int, int], object] | None = None
) -> Points:
    """What these prices prove that no assignment of the program can exceed, whoever found them and however.

    One pass over all pairs in blocks; ``progress(done, of)`` counts mentees. Raises ProgramError unless every
    mentor has one price within ``DEAREST``.
    """
    scorer = Scorer(program)
    price = _in_order(scorer, prices)
    pin = np.full(len(scorer.mentees), -1, dtype=np.intp)
    for mentee, mentor in program.pins:
        pin[scorer.row[mentee]] = scorer.column[mentor]
    count, brought = len(scorer.mentees), 0
    for start in range(0, count, BLOCK):
        rows = np.arange(start, min(start + BLOCK, count))
        margins = _margins(scorer, rows, price)
        most = np.maximum(-scorer.left_out[rows], margins.max(axis=1, initial=FORBIDDEN))
        pinned = np.flatnonzero(pin[rows] >= 0)
        most[pinned] = margins[pinned, pin[rows[pinned]]]
        brought += int(most.sum())
        if progress is not None:
            progress(start + rows.size, count)
    return brought + _seats(program, prices)


def nearest(program: Program, prices: Mapping[str, Points], mentees: Iterable[str]) -> dict[str, str | None]:
    """For each of these mentees the allowed mentor with seats whose seat they would pay least above its worth to them,
    ties in lottery order; None where there is none."""
    asked = tuple(mentees)
    if not asked:
        return {}
    scorer = Scorer(program)
    price = _in_order(scorer, prices)
    closed = scorer.capacity <= scorer.base_load
    found: dict[str, str | None] = {}
    places = np.array([scorer.row[mentee] for mentee in asked], dtype=np.intp)
    for start in range(0, len(asked), BLOCK):
        margins = _margins(scorer, places[start : start + BLOCK], price)
        margins[:, closed] = FORBIDDEN
        for mentee, row in zip(asked[start : start + BLOCK], margins, strict=True):
            j = int(row.argmax()) if row.size else -1
            found[mentee] = scorer.mentors[j] if j >= 0 and row[j] > FORBIDDEN else None
    return found


def _in_order(scorer: Scorer, prices: Mapping[str, Points]) -> Integers:
    strangers = sorted(prices.keys() ^ scorer.column.keys())
    if strangers:
        raise ProgramError("prices", "must be one for every mentor and nobody else", strangers)
    wild = sorted(mentor for mentor, price in prices.items() if abs(price) > DEAREST)
    if wild:
        raise ProgramError("prices", f"must lie within {DEAREST}", wild)
    return np.array([prices[mentor] for mentor in scorer.mentors], dtype=np.int64)


def _margins(scorer: Scorer, rows: NDArray[np.intp], price: Integers) -> Integers:
    """Values after paying the price, FORBIDDEN where a hard rule forbids."""
    values = scorer.values(rows).astype(np.int64)
    return np.where(values == FORBIDDEN, FORBIDDEN, values - price)


def _seats(program: Program, prices: Mapping[str, Points]) -> Points:
    """What the prices take for every seat above its cost."""
    mentors = zip(program.mentors.ids, program.mentors.base_load, program.mentors.capacity, strict=True)
    return sum(
        max(0, prices[mentor] - program.balance * seat)
        for mentor, first, last in mentors
        for seat in range(first, last)
    )
