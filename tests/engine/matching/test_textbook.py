"""Hundreds of people against a textbook: shortest augmenting paths on the whole matrix, which shares no idea with the engine.

Brute force ends at a handful of people. This is the same check as with another package's solver, without the package: it
knows every pair, adds one mentee after the other, and keeps nothing but two rows of numbers.
"""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

from alongside.engine.matching import Program, match, tiers
from alongside.engine.matching.score import FORBIDDEN, Scorer

from .test_hunt import crowd

pytestmark = pytest.mark.thorough

FAR = 1 << 50
Matrix = NDArray[np.int64]


def best_of_matrix(values: Matrix) -> int:
    """The highest sum with one column for each row and each column at most once; no more rows than columns."""
    rows, columns = values.shape
    below, beside = np.zeros(rows, dtype=np.int64), np.zeros(columns, dtype=np.int64)
    row_of, column_of = np.full(columns, -1), np.full(rows, -1)
    way = np.zeros(columns, dtype=np.int64)
    for i in range(rows):
        near, done = np.full(columns, FAR), np.zeros(columns, dtype=np.bool_)
        met, row, lowest, at = [], i, 0, -1
        while row >= 0:
            met.append(row)
            reach = (lowest - below[row]) - values[row] - beside
            nearer = (reach < near) & ~done
            near[nearer], way[nearer] = reach[nearer], row
            at = int(np.where(done, FAR, near).argmin())
            lowest, done[at], row = near[at], True, row_of[at]
        below[i] += lowest
        for row in met[1:]:
            below[row] += lowest - near[column_of[row]]
        beside[done] -= lowest - near[done]
        row = -1
        while row != i:
            row = way[at]
            row_of[at], column_of[row], at = row, at, column_of[row]
    return int(values[np.arange(rows), column_of].sum())


def best_by_textbook(program: Program) -> int:
    """The best total: a column for each seat, and one for everybody who goes without."""
    scorer = Scorer(program)
    values = scorer.values(np.arange(len(scorer.mentees)))
    values[values == FORBIDDEN] = -(1 << 40)
    seats = [
        values[:, j] - program.balance * k
        for j, (first, last) in enumerate(zip(scorer.base_load, scorer.capacity, strict=True))
        for k in range(first, last)
    ]
    alone = np.tile(-scorer.left_out[:, None], len(scorer.mentees))
    return best_of_matrix(np.column_stack([*seats, alone]))


def test_textbook_finds_what_can_be_seen() -> None:
    assert best_of_matrix(np.array([[9, 8, 0], [8, 1, 0]])) == 16


@pytest.mark.parametrize("seed", range(20))
def test_hundreds_of_people_have_the_total_of_the_textbook(seed: int) -> None:
    """Tight and roomy, with popular mentors, forbidden pairs, balance and ties; the last of a thousand mentees."""
    mentees = 1_000 if seed == 19 else 300
    mentors = Random(seed).choice([100, 150, 300])
    program = crowd(seed, mentees, mentors, [50_000, 1_000, 3][seed % 3])
    expected = best_by_textbook(program)

    results = [match(program)] + [match(program, on=tiers.Portable())] * (seed % 5 == 0)

    assert {(result.total, result.gap) for result in results} == {(expected, 0)}
