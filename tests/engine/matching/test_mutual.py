"""Matching in which nobody is the mentor of their own mentor, against trying every assignment."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine.matching import (
    Fairness,
    Fewer,
    Mentees,
    Mentors,
    PinConflict,
    Program,
    Result,
    Table,
    Unfilled,
    Why,
    bound,
    match,
    match_one_way,
    mutual,
)

Scores = list[list[int]]


def _everybody_is_both(
    scores: Scores, *, capacity: int = 1, pins: tuple[tuple[str, str], ...] = ()
) -> Program:
    ids = tuple(f"p{k}" for k in range(len(scores)))
    entries = tuple((ids[i], ids[j], scores[i][j]) for i, j in product(range(len(ids)), repeat=2))
    return Program(
        mentees=Mentees(ids=ids, columns={"name": ids}),
        mentors=Mentors(ids=ids, columns={"name": ids}, capacity=(capacity,) * len(ids)),
        questions=(
            Table(
                key="fit",
                weight=100_000,
                mentee="name",
                mentor="name",
                points=(*entries, ("anybody", "perfect", 100_000)),
            ),
        ),
        left_out=60_000,
        balance=700,
        fairness=Fairness(target=30_000, factor=2),
        pins=pins,
    )


def _best_by_trying(program: Program) -> int:
    """The highest total of any assignment without mutual pairs."""
    count = len(program.mentees.ids)
    judge = program.judge
    best = -(10**9)
    for choice in product([*range(count), None], repeat=count):
        load = Counter(j for j in choice if j is not None)
        if any(load[j] > program.mentors.capacity[j] for j in load):
            continue
        if any(j is not None and (not judge.allowed(i, j) or choice[j] == i) for i, j in enumerate(choice)):
            continue
        total = sum(
            -program.left_out_cost(i) if j is None else judge.value(i, j) for i, j in enumerate(choice)
        )
        total -= sum(program.balance * k for seats in load.values() for k in range(seats))
        best = max(best, total)
    return best


@st.composite
def _scores(draw: st.DrawFn) -> Scores:
    size = draw(st.integers(2, 4))
    cell = st.integers(0, 20).map(lambda tenth: tenth * 5_000)
    return [[draw(cell) for _ in range(size)] for _ in range(size)]


@settings(deadline=None)
@given(scores=_scores(), capacity=st.integers(1, 2))
def test_small_programs_end_with_the_best_one_way_matching(scores: Scores, capacity: int) -> None:
    program = _everybody_is_both(scores, capacity=capacity)

    found = match_one_way(program)

    assert found.proven
    assert mutual(found.result.pairs) == ()
    assert found.result.total == found.best == _best_by_trying(program)
    assert found.result.bound == bound(program, dict(found.result.prices)) >= found.best


def test_program_without_mutual_pairs_is_matched_once() -> None:
    circle = [[0, 90_000, 0], [0, 0, 90_000], [90_000, 0, 0]]
    program = _everybody_is_both(circle)

    found = match_one_way(program)

    assert (found.runs, found.result, found.program) == (1, match(program), program)


def test_search_that_ends_early_tells_how_much_better_it_could_be() -> None:
    program = _everybody_is_both([[50_000 + 1_000 * (i + j) for j in range(9)] for i in range(9)])

    short, long = match_one_way(program, most_runs=1), match_one_way(program, most_runs=60)

    assert mutual(short.result.pairs) == ()
    assert short.result.total <= long.result.total <= long.best <= short.best <= short.result.bound


def test_stopped_run_gives_up_the_weaker_way() -> None:
    program = _everybody_is_both([[0, 80_000], [90_000, 0]])

    def stopped(asked: Program) -> Result:
        whole = match(asked)
        return Result(**{**vars(whole), "bound": whole.total + 5})

    found = match_one_way(program, solve=stopped)

    assert [(pair.mentee, pair.mentor) for pair in found.result.pairs] == [("p1", "p0")]
    assert [(entry.mentee, entry.why) for entry in found.result.left_out] == [("p0", Why.NOT_REACHED)]
    assert found.result.total == 90_000 - 60_000
    assert (found.result.figures.matched, found.result.figures.load) == (1, ((0, 1), (1, 1)))


def test_pinned_way_stays_and_the_other_is_given_up() -> None:
    program = _everybody_is_both([[0, 80_000], [90_000, 0]], pins=(("p0", "p1"),))

    found = match_one_way(program)

    assert [(pair.mentee, pair.mentor) for pair in found.result.pairs] == [("p0", "p1")]
    assert found.proven


def test_pins_that_are_mutual_are_refused() -> None:
    program = _everybody_is_both([[0, 80_000], [90_000, 0]], pins=(("p0", "p1"), ("p1", "p0")))

    with pytest.raises(PinConflict, match="no_mutual"):
        match_one_way(program)


def test_closing_only_the_opposite_ways_finds_what_closing_the_weaker_ones_missed() -> None:
    scores = [
        [70_000, 45_000, 40_000, 75_000],
        [10_000, 60_000, 10_000, 10_000],
        [30_000, 45_000, 10_000, 45_000],
        [95_000, 5_000, 35_000, 20_000],
    ]
    program = _everybody_is_both(scores, capacity=2)

    found = match_one_way(program)

    assert (found.result.total, found.proven) == (_best_by_trying(program), True)
    assert found.result.total == 175_000  # 174,300 without that second look


def test_a_stopped_run_counts_further_mentors_and_minimums_that_go_with_the_weaker_way() -> None:
    plain = _everybody_is_both([[0, 80_000, 30_000], [90_000, 0, 20_000], [10_000, 15_000, 0]], capacity=2)
    program = replace(
        plain,
        mentees=replace(plain.mentees, demand=(2, 2, 1)),
        mentors=replace(plain.mentors, minimum=(0, 2, 0)),
        further=1_000,
        unfilled=50_000,
    )

    def stopped(asked: Program) -> Result:
        whole = match(asked)
        return replace(whole, bound=whole.total + 5)

    found = match_one_way(program, solve=stopped)

    pairs = {(pair.mentee, pair.mentor) for pair in found.result.pairs}
    assert pairs == {("p0", "p2"), ("p1", "p0"), ("p1", "p2")}
    assert [entry.mentee for entry in found.result.left_out] == ["p2"]
    assert found.result.fewer == (Fewer(mentee="p0", missing=1),)
    assert found.result.unfilled == (Unfilled(mentor="p1", missing=2),)
    values = sum(pair.value for pair in found.result.pairs)
    assert (
        found.result.total == values - 60_000 - 1_000 - 2 * 50_000 - 700
    )  # the last for the second seat of p2
    assert found.result.figures.load == ((0, 1), (1, 1), (2, 1))
