"""The bound of prices, many pairs at once, against the definition one pair at a time."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from itertools import combinations
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.engine.matching import Program, ProgramError, bound, match, nearest

from . import worlds


def _by_hand(program: Program, prices: dict[str, int]) -> int:
    """The formula of docs/algorithms/matching.md, as it stands there."""
    judge, mentors = program.judge, program.mentors
    total = 0
    for i, mentee in enumerate(program.mentees.ids):
        margins = {
            mentor: judge.value(i, j) - prices[mentor]
            for j, mentor in enumerate(program.mentors.ids)
            if judge.allowed(i, j)
        }
        pins = {b for a, b in program.pins if a == mentee}
        demand = program.mentees.demand[i]
        total += max(
            sum(margins[mentor] for mentor in choice)
            - (0 if choice else program.left_out_cost(i))
            - program.further * (demand - max(1, size))
            for size in range(demand + 1)
            for choice in combinations(margins, size)
            if pins <= {*choice}
        )
    for j, mentor in enumerate(mentors.ids):
        for k in range(mentors.base_load[j], mentors.capacity[j]):
            spared = program.unfilled if k < mentors.minimum[j] else 0
            total += max(0, prices[mentor] - program.balance * k + spared)
        total -= program.unfilled * max(0, mentors.minimum[j] - mentors.base_load[j])
    return total


@pytest.mark.parametrize("plain", [0, 1_000])
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(program=worlds.programs(), seed=st.integers(0, 1_000), far=st.sampled_from([1, 1, 1 << 70]))
def test_any_prices_prove_what_the_formula_says(
    monkeypatch: pytest.MonkeyPatch, plain: int, program: Program, seed: int, far: int
) -> None:
    """In plain integers, and, as in large programs, row by row in arrays."""
    monkeypatch.setattr(import_module("alongside.engine.matching.prices"), "PLAIN", plain)
    random = Random(seed)
    prices = {mentor: far * random.randint(-200_000, 400_000) for mentor in program.mentors.ids}

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


@pytest.mark.parametrize("prices", [{}, {"r0": 0, "r1": 0}])
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
