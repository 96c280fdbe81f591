"""What prices prove, many pairs at once: the certificate's bound, for whoever has only the prices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from .errors import ProgramError
from .model import Points
from .program import Program
from .score import BLOCK, FORBIDDEN, Scorer

DEAREST: Final = 1 << 31  # no price a solver finds comes near; keeps every difference in 64 bits


def bound(
    program: Program, prices: Mapping[str, Points], *, progress: Callable[[int, int], object] | None = None
) -> Points:
    """What these prices prove that no assignment of the program can exceed, whoever found them and however.

    One pass over all pairs in blocks; ``progress(done, of)`` counts mentees. Raises ProgramError unless every
    mentor has one price within ``DEAREST``.
    """
    scorer = Scorer(program)
    strangers = sorted(prices.keys() ^ scorer.column.keys())
    if strangers:
        raise ProgramError("prices", "must be one for every mentor and nobody else", strangers)
    wild = sorted(mentor for mentor, price in prices.items() if abs(price) > DEAREST)
    if wild:
        raise ProgramError("prices", f"must lie within {DEAREST}", wild)
    price = np.array([prices[mentor] for mentor in scorer.mentors], dtype=np.int64)
    pin = np.full(len(scorer.mentees), -1, dtype=np.intp)
    for mentee, mentor in program.pins:
        pin[scorer.row[mentee]] = scorer.column[mentor]
    count, brought = len(scorer.mentees), 0
    for start in range(0, count, BLOCK):
        rows = np.arange(start, min(start + BLOCK, count))
        values = scorer.values(rows)
        margins = np.where(values == FORBIDDEN, FORBIDDEN, values - price)
        most = np.maximum(-scorer.left_out[rows], margins.max(axis=1, initial=FORBIDDEN))
        pinned = np.flatnonzero(pin[rows] >= 0)
        most[pinned] = margins[pinned, pin[rows[pinned]]]
        brought += int(most.sum())
        if progress is not None:
            progress(start + rows.size, count)
    return brought + _seats(program, prices)


def _seats(program: Program, prices: Mapping[str, Points]) -> Points:
    """What the prices take for every seat above its cost."""
    mentors = zip(program.mentors.ids, program.mentors.base_load, program.mentors.capacity, strict=True)
    return sum(
        max(0, prices[mentor] - program.balance * seat)
        for mentor, first, last in mentors
        for seat in range(first, last)
    )
