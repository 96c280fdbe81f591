"""The solver against trying everything, and in the cases that break solvers."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings

from alongside.engine.matching import Fairness, Program, Why, certify, match

from .worlds import Cells, best_total, cells, program_of, programs


@settings(max_examples=400, deadline=None)
@given(cells())
def test_total_is_the_best_of_all_assignments(world: Cells) -> None:
    program = world.program()

    result = match(program)

    assert (result.total, result.gap) == (best_total(program), 0)


@settings(max_examples=150, deadline=None)
@given(programs())
def test_total_is_the_best_with_every_kind_of_question_rule_and_pin(program: Program) -> None:
    result = match(program)

    assert (result.total, result.gap) == (best_total(program), 0)
    assert certify(program, result).flaws == ()


@settings(max_examples=100, deadline=None)
@given(programs())
def test_everybody_is_placed_or_left_out_with_a_reason(program: Program) -> None:
    result = match(program)

    named = [pair.mentee for pair in result.pairs] + [entry.mentee for entry in result.left_out]
    assert {*named} == {*program.mentees.ids}
    assert not {pair.mentee for pair in result.pairs} & {entry.mentee for entry in result.left_out}
    assert all(entry.allowed == 0 for entry in result.left_out if entry.why is Why.NOBODY_ALLOWED)


@pytest.mark.parametrize("size", [1, 2, 30, 120])
def test_equal_scores_place_everybody(size: int) -> None:
    program = program_of([[50_000] * size] * size)

    result = match(program)

    assert (result.gap, result.figures.matched, result.total) == (0, size, 50_000 * size)


def test_zero_and_one_scores_in_a_large_program_are_proven() -> None:
    random_ = random.Random(7)
    program = program_of([[random_.randint(0, 1) for _ in range(80)] for _ in range(100)], left_out=1)

    result = match(program)

    assert (result.gap, certify(program, result).flaws) == (0, ())


def test_one_star_mentor_gets_only_the_mentee_who_loses_most_without_them() -> None:
    program = program_of([[90_000, 40_000], [95_000, 80_000]])

    result = match(program)

    assert [(pair.mentee, pair.mentor) for pair in result.pairs] == [("e0", "r0"), ("e1", "r1")]
    assert result.total == 170_000


def test_chain_of_unique_preferences_is_untangled_to_its_end() -> None:
    size = 60
    chain = [[100 if j == i else 99 if j == i + 1 else None for j in range(size)] for i in range(size)]
    chain.append([1_000, *[None] * (size - 1)])

    result = match(program_of(chain, left_out=[5_000] * (size - 1) + [10] + [5_000]))

    assert result.gap == 0
    assert result.total == 1_000 + 99 * (size - 1) - 10


def test_mentee_without_an_allowed_mentor_in_a_tight_market_does_not_disturb_the_others() -> None:
    tight = [[10, 20, 30], [30, 10, 20], [20, 30, 10], [None, None, None]]

    result = match(program_of(tight))

    assert (result.gap, result.figures.matched) == (0, 3)
    assert [(entry.mentee, entry.why) for entry in result.left_out] == [("e3", Why.NOBODY_ALLOWED)]


def test_everybody_forbidden_leaves_everybody_out_and_proves_it() -> None:
    result = match(program_of([[None, None]] * 3, left_out=7))

    assert (result.total, result.bound, result.figures.matched) == (-21, -21, 0)


@pytest.mark.parametrize(("mentees", "mentors"), [(0, 0), (0, 3), (3, 0)])
def test_empty_side_is_a_program_too(mentees: int, mentors: int) -> None:
    matrix = [[1] * mentors for _ in range(mentees)]
    program = program_of(matrix, left_out=5)

    result = match(program)

    assert (result.total, result.gap) == (-5 * mentees, 0)
    assert certify(program, result).flaws == ()


def test_many_more_seats_than_mentees_and_the_other_way_round() -> None:
    random_ = random.Random(3)
    wide = program_of([[random_.randint(0, 99_999) for _ in range(200)] for _ in range(5)])
    tall = program_of([[random_.randint(0, 99_999) for _ in range(3)] for _ in range(200)])

    assert [match(program).gap for program in (wide, tall)] == [0, 0]
    assert [match(program).figures.matched for program in (wide, tall)] == [5, 3]


def test_capacity_of_a_thousand_takes_everybody() -> None:
    result = match(program_of([[i] for i in range(300)], capacity=[1_000]))

    assert (result.figures.matched, result.figures.load) == (300, ((300, 1),))


def test_balance_spreads_mentees_when_scores_are_equal() -> None:
    program = program_of([[100, 100, 100]] * 6, capacity=[6, 6, 6], balance=10)

    assert match(program).figures.load == ((2, 3),)


def test_base_load_counts_for_balance_and_for_seats() -> None:
    program = program_of([[100, 95]] * 2, capacity=[3, 3], base_load=[2, 0], balance=10)

    result = match(program)

    assert [(pair.mentor) for pair in result.pairs] == ["r1", "r1"]
    assert result.figures.load == ((2, 2),)


def test_fairness_lifts_the_weakest_pair() -> None:
    matrix = [[100_000, 60_000], [62_000, 10_000]]

    plain = match(program_of(matrix))
    unfair = match(program_of([[100_000, 50_000], [50_000, 10_000]]))
    fair = match(
        program_of([[100_000, 50_000], [50_000, 10_000]], fairness=Fairness(target=50_000, factor=5))
    )

    assert plain.figures.least == 60_000
    assert (unfair.figures.least, fair.figures.least) == (10_000, 50_000)


def test_stopped_run_is_feasible_with_an_honest_gap() -> None:
    random_ = random.Random(1)
    program = program_of([[random_.randint(0, 90_000) for _ in range(12)] for _ in range(20)])

    stopped = match(program, progress=lambda done, of: done < of // 5)

    certificate = certify(program, stopped)
    assert stopped.gap > 0
    assert certificate.feasible
    assert not certificate.holds
    assert stopped.total < match(program).total <= stopped.bound
    assert {entry.why for entry in stopped.left_out} == {Why.NOT_REACHED}
    assert stopped.figures.matched == 12


def test_progress_never_goes_back_and_ends_below_a_hundred() -> None:
    seen: list[tuple[int, int]] = []

    match(program_of([[1, 2]] * 3, pins=[(1, 1)]), progress=lambda done, of: seen.append((done, of)) is None)

    assert seen == sorted(seen)
    assert (seen[0], {of for _, of in seen}) == ((20, 100), {100})


def test_rows_searched_stay_within_budget_in_a_tight_market() -> None:
    random_ = random.Random(11)
    program = program_of([[random_.randint(0, 90_000) for _ in range(150)] for _ in range(150)])

    result = match(program)

    assert result.gap == 0
    assert result.stats.pairs_scored <= 2.5 * 150 * 150
    assert result.stats.rows_searched <= 30 * 150
