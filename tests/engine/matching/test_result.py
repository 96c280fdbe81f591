"""Figures about a whole run."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alongside.engine.matching import Figures, match
from alongside.engine.matching.result import PERCENTILES, figures

from .worlds import program_of


def test_figures_of_a_run_by_hand() -> None:
    assert figures([10, 20, 30, 45], [2, 2, 0], left_out=3) == Figures(
        matched=4,
        left_out=3,
        mean=26,
        least=10,
        percentiles=((1, 10), (5, 10), (25, 10), (50, 20), (75, 30), (95, 45)),
        gini=2738,
        load=((0, 1), (2, 2)),
    )


def test_figures_without_pairs_have_no_scores() -> None:
    assert figures([], [0], left_out=1) == Figures(
        matched=0, left_out=1, mean=None, least=None, percentiles=(), gini=None, load=((0, 1),)
    )


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=30))
def test_gini_agrees_with_comparing_everybody_with_everybody(points: list[int]) -> None:
    differences, total = sum(abs(a - b) for a in points for b in points), sum(points)

    told = figures(points, [], left_out=0)

    assert told.gini == (10_000 * differences // (2 * len(points) * total) if total else None)
    assert [share for share, _ in told.percentiles] == list(PERCENTILES)
    assert all(value in points for _, value in told.percentiles)


def test_gini_is_not_told_when_a_pair_counts_less_than_nothing() -> None:
    assert figures([-5, 100], [], left_out=0).gini is None


def test_mentor_of_tells_the_pair_or_nobody() -> None:
    result = match(program_of([[5], [9]]))

    assert [result.mentor_of(mentee) for mentee in ("e0", "e1", "zoe")] == [None, "r0", None]
