"""The bound of prices, many pairs at once, against the definition one pair at a time."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.engine.matching import Program, ProgramError, bound, match, nearest

from . import worlds


def _by_hand(program: Program, prices: dict[str, int]) -> int:
    """The formula of docs/algorithms/matching.md, as it stands there."""
    judge, pins = program.judge, dict(program.pins)
    total = 0
    for i, mentee in enumerate(program.mentees.ids):
        margins = {
            mentor: judge.value(i, j) - prices[mentor]
            for j, mentor in enumerate(program.mentors.ids)
            if judge.allowed(i, j)
        }
        total += (
            margins[pins[mentee]] if mentee in pins else max([-program.left_out_cost(i), *margins.values()])
        )
    for j, mentor in enumerate(program.mentors.ids):
        seats = range(program.mentors.base_load[j], program.mentors.capacity[j])
        total += sum(max(0, prices[mentor] - program.balance * seat) for seat in seats)
    return total


@given(program=worlds.programs(), seed=st.integers(0, 1_000))
def test_any_prices_prove_what_the_formula_says(program: Program, seed: int) -> None:
    prices = {
        mentor: Random(seed + j).randint(-200_000, 400_000) for j, mentor in enumerate(program.mentors.ids)
    }

    assert bound(program, prices) == _by_hand(program, prices)


@given(program=worlds.programs())
def test_prices_of_a_result_prove_its_total(program: Program) -> None:
    result = match(program)

    assert bound(program, dict(result.prices)) == result.total


def test_progress_counts_every_mentee() -> None:
    program = worlds.program_of([[50, 20]] * 300, capacity=[200, 200])
    told: list[tuple[int, int]] = []

    bound(program, dict.fromkeys(program.mentors.ids, 0), progress=lambda done, of: told.append((done, of)))

    assert told == [(128, 300), (256, 300), (300, 300)]


@pytest.mark.parametrize("prices", [{}, {"r0": 0, "r1": 0}, {"r0": 1 << 60}])
def test_prices_that_are_not_one_for_each_mentor_are_refused(prices: dict[str, int]) -> None:
    program = replace(worlds.program_of([[50]]), balance=7)

    with pytest.raises(ProgramError, match="prices"):
        bound(program, prices)


@given(program=worlds.programs(), seed=st.integers(0, 1_000))
def test_nearest_mentor_is_the_one_whose_seat_costs_least_above_its_worth(
    program: Program, seed: int
) -> None:
    prices = {mentor: Random(seed + j).randint(0, 400_000) for j, mentor in enumerate(program.mentors.ids)}
    mentors = program.mentors

    found = nearest(program, prices, program.mentees.ids)

    for i, mentee in enumerate(program.mentees.ids):
        margins = {
            mentor: program.judge.value(i, j) - prices[mentor]
            for j, mentor in enumerate(mentors.ids)
            if program.judge.allowed(i, j) and mentors.capacity[j] > mentors.base_load[j]
        }
        chosen = found[mentee]
        assert (chosen is None) == (not margins)
        assert chosen is None or margins[chosen] == max(margins.values())


def test_nobody_has_no_nearest_mentor() -> None:
    assert nearest(worlds.program_of([[50]]), {}, []) == {}
