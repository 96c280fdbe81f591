"""The same program given to other packages: what they need, built from the same scores, and the total they find.

None of them knows a private way out, so a pair counts for what it is worth above going without, never below 0; a seat
with several mentees becomes several columns. Totals are comparable; none of them gives a proof.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

from alongside.engine.matching import Program
from alongside.engine.matching.score import Scorer
from alongside.engine.matching.sheet import BARRED
from alongside.engine.matching.tiers import tier


def gains(program: Program) -> tuple[Scorer, Any]:
    """What each pair is worth above going without, 0 where it is forbidden or not worth it."""
    scorer = Scorer(program)
    values = tier().values(scorer.sheet, np.arange(len(scorer.mentees)))
    worth = np.where(values == BARRED, 0, values + scorer.left_out[:, None].astype(np.int32))
    return scorer, np.maximum(worth, 0, out=worth)


def _seats(scorer: Scorer, worth: Any) -> Any:
    return np.repeat(worth, scorer.capacity, axis=1)


def scipy(program: Program) -> int:
    """`scipy.optimize.linear_sum_assignment` on the dense matrix of seats."""
    scorer, worth = gains(program)
    dense = _seats(scorer, worth)
    rows, columns = import_module("scipy.optimize").linear_sum_assignment(dense, maximize=True)
    return int(dense[rows, columns].sum(dtype=np.int64) - scorer.left_out.sum())


def lapjv(program: Program) -> int:
    """`lapjv` on the dense matrix of seats, made square."""
    scorer, worth = gains(program)
    dense = _seats(scorer, worth)
    size = max(dense.shape)
    cost = np.zeros((size, size), dtype=np.float32)
    cost[: dense.shape[0], : dense.shape[1]] = -dense
    columns, _, _ = import_module("lapjv").lapjv(cost)
    chosen = np.asarray(columns[: dense.shape[0]])
    rows = np.flatnonzero(chosen < dense.shape[1])
    return int(dense[rows, chosen[rows]].sum(dtype=np.int64) - scorer.left_out.sum())


def ortools(program: Program) -> int:
    """OR-tools `SimpleMinCostFlow` with an arc for every pair that is worth something."""
    scorer, worth = gains(program)
    flow = import_module("ortools.graph.python.min_cost_flow").SimpleMinCostFlow()
    mentees, mentors = worth.shape
    source, sink = mentees + mentors, mentees + mentors + 1
    i, j = np.nonzero(worth)
    everybody, all_mentors = np.arange(mentees), np.arange(mentors)
    flow.add_arcs_with_capacity_and_unit_cost(
        np.full(mentees, source), everybody, np.ones(mentees, int), np.zeros(mentees, int)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        i, mentees + j, np.ones(i.size, int), -worth[i, j].astype(np.int64)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        mentees + all_mentors, np.full(mentors, sink), scorer.capacity, np.zeros(mentors, int)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        np.array([source]), np.array([sink]), np.array([mentees]), np.array([0])
    )
    flow.set_node_supply(source, mentees)
    flow.set_node_supply(sink, -mentees)
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("OR-tools found no optimum")
    return int(-flow.optimal_cost() - scorer.left_out.sum())


RIVALS: dict[str, Callable[[Program], int]] = {"ortools": ortools, "lapjv": lapjv, "scipy": scipy}
