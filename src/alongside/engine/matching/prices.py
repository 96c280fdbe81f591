"""What prices prove: the certificate's bound, for whoever has only the prices.

An independent path: answers are read with ``criteria``, one mentee at a time, and nothing comes from the solver, its
arrays or its compiled core. Up to ``PLAIN`` pairs everything is a plain Python integer (``plain``). Larger programs are
read row by row into 64-bit whole numbers (``ledger``), which hold every sum there can be; what the rows bring is added
up in plain integers either way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nlargest
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .errors import ProgramError
from .ledger import Ledger
from .model import Points
from .plain import PlainRows
from .program import Program
from .score import BLOCK, FORBIDDEN, Scorer

PLAIN: Final = 1_000_000  # pairs that are read in plain Python; a few seconds
DEAREST: Final = (
    1 << 60
)  # prices up to here keep every difference in 64 bits; others are counted without that limit

Margins = Callable[[int, int, Sequence[int]], Sequence[int]]
"""The so many highest value - price of mentee i with allowed mentors, apart from those at some positions."""


def bound(
    program: Program, prices: Mapping[str, Points], *, progress: Callable[[int, int], object] | None = None
) -> Points:
    """What these prices prove that no assignment of the program can exceed, whoever found them and however.

    Looks at every pair once; ``progress(done, of)`` counts mentees. Exact for prices of any size. Raises ProgramError
    unless every mentor, and nobody else, has one.
    """
    _one_for_everybody(program, prices)
    price = [prices[mentor] for mentor in program.mentors.ids]
    column = {person: j for j, person in enumerate(program.mentors.ids)}
    best, count, brought = _margins(program, price), len(program.mentees.ids), 0
    for i, mentee in enumerate(program.mentees.ids):
        pins = [column[mentor] for mentor in program.pins_of.get(mentee, ())]
        brought += sum(program.judge.value(i, j) - price[j] for j in pins)
        costs = program.wish_costs(i, held=len(pins))
        margins = best(i, len(costs), pins) if costs else ()
        brought += sum(max(-cost, margin) for cost, margin in zip(costs, margins, strict=False))
        brought -= sum(costs[len(margins) :])
        if progress is not None and (i % BLOCK == BLOCK - 1 or i == count - 1):
            progress(i + 1, count)
    return brought + sum(_seats(program, j, asked) for j, asked in enumerate(price))


def _margins(program: Program, price: Sequence[int]) -> Margins:
    if len(program.mentees.ids) * len(program.mentors.ids) <= PLAIN:
        plain = PlainRows(program)

        def in_plain_integers(i: int, most: int, apart: Sequence[int]) -> list[int]:
            row = plain.row(i)
            for j in apart:
                row[j] = None
            worth = (value - asked for value, asked in zip(row, price, strict=True) if value is not None)
            return nlargest(most, worth)

        return in_plain_integers
    far = max(map(abs, price), default=0) >= DEAREST
    prices, ledger = np.array(price, dtype=object if far else np.int64), Ledger(program)

    def in_arrays(i: int, most: int, apart: Sequence[int]) -> list[int]:
        values, allowed = ledger.row(i)
        allowed[list(apart)] = False
        margins = (values - prices)[allowed]
        if most == 1 and margins.size:
            return [int(margins.max())]
        return [int(margin) for margin in np.sort(margins)[::-1][:most]]

    return in_arrays


def _seats(program: Program, j: int, price: Points) -> Points:
    """What the price takes for every seat above its cost, less what a minimum costs while nobody has come."""
    worth = -program.spared(j)
    for k in range(program.mentors.base_load[j], program.mentors.capacity[j]):
        above = price - program.seat_cost(j, k)
        if above <= 0:  # no later seat costs less
            break
        worth += above
    return worth


def nearest(program: Program, prices: Mapping[str, Points], mentees: Iterable[str]) -> dict[str, str | None]:
    """For each of these mentees the allowed mentor with seats whose seat they would pay least above its worth to them,
    ties in lottery order; None where there is none."""
    asked = tuple(mentees)
    if not asked:
        return {}
    _one_for_everybody(program, prices)
    scorer = Scorer(program)
    price = np.array([prices[mentor] for mentor in scorer.mentors], dtype=np.int64)
    closed = scorer.capacity <= scorer.base_load
    found: dict[str, str | None] = {}
    places = np.array([scorer.row[mentee] for mentee in asked], dtype=np.intp)
    for start in range(0, len(asked), BLOCK):
        margins = _after_prices(scorer, places[start : start + BLOCK], price)
        margins[:, closed] = FORBIDDEN
        for mentee, row in zip(asked[start : start + BLOCK], margins, strict=True):
            j = int(row.argmax()) if row.size else -1
            found[mentee] = scorer.mentors[j] if j >= 0 and row[j] > FORBIDDEN else None
    return found


def _after_prices(scorer: Scorer, rows: NDArray[np.intp], price: NDArray[np.int64]) -> NDArray[np.int64]:
    """Values after paying the price, FORBIDDEN where a hard rule forbids."""
    values = scorer.values(rows)
    return np.where(values == FORBIDDEN, FORBIDDEN, values - price)


def _one_for_everybody(program: Program, prices: Mapping[str, Points]) -> None:
    strangers = sorted(prices.keys() ^ set(program.mentors.ids))
    if strangers:
        raise ProgramError("prices", "must be one for every mentor and nobody else", strangers)
