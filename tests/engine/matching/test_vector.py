"""Likeness of vectors: the definition, every other path to the same points, and what cannot be read."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine.matching import (
    Answer,
    Likeness,
    Mentees,
    Mentors,
    Program,
    ProgramError,
    Same,
    Vector,
    certify,
    core,
    explain,
    match,
    program_from_json,
    program_to_json,
    result_to_json,
    tiers,
)
from alongside.engine.matching.core import build
from alongside.engine.matching.score import Scorer

from .test_ledger import agrees

build.ensure()
TIERS = [tiers.Portable(), *(core.compiled(level, 2) for level in core.levels())]


def likely(seed: int, mentees: int, mentors: int, size: int, full: int, largest: int = 127) -> Program:
    """A program in which likeness gives most of the points; some cells are empty."""
    random = Random(seed)

    def column(count: int) -> list[Answer]:
        vectors = [tuple(random.randint(-largest, largest) for _ in range(size)) for _ in range(count)]
        return [None if random.random() < 0.1 else vector for vector in vectors]

    return Program(
        mentees=Mentees(
            ids=tuple(f"e{i}" for i in range(mentees)),
            columns={"goal": column(mentees), "unit": [random.choice("ab") for _ in range(mentees)]},
        ),
        mentors=Mentors(
            ids=tuple(f"r{j}" for j in range(mentors)),
            columns={"goal": column(mentors), "unit": [random.choice("ab") for _ in range(mentors)]},
        ),
        questions=(
            Vector(key="goals", weight=70_000, mentee="goal", mentor="goal", full=full),
            Same(key="unit", weight=30_000, mentee="unit", mentor="unit"),
        ),
    )


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 999),
    st.integers(0, 7),
    st.integers(0, 7),
    st.sampled_from([1, 3, 64]),
    st.integers(1, 90_000),
)
def test_every_path_gives_the_points_of_the_definition(
    seed: int, mentees: int, mentors: int, size: int, full: int
) -> None:
    program = likely(seed, mentees, mentors, size, full)

    agrees(program)
    scorer = Scorer(program)
    expected = [[program.judge.value(i, j) for j in scorer.mentor_order] for i in scorer.mentee_order]
    for on in TIERS:
        assert on.values(scorer.sheet, np.arange(mentees)).tolist() == expected


def test_the_longest_vectors_of_the_largest_numbers_stay_exact() -> None:
    """1,024 numbers of 127: every sum stays below 2**24, also on the way."""
    program = likely(3, 4, 4, 1_024, 16_516_096)
    full, low = (127,) * 1_024, (-127,) * 1_024
    mentees = replace(program.mentees, columns={**program.mentees.columns, "goal": (full, low, full, None)})
    mentors = replace(
        program.mentors, columns={**program.mentors.columns, "goal": (full, (126, *full[1:]), low, full)}
    )
    program = replace(program, mentees=mentees, mentors=mentors)

    agrees(program)
    points = [explain(program, "e0", mentor).reasons[0].points for mentor in program.mentors.ids]
    assert points == [70_000, 69_999, 0, 70_000]
    assert {result_to_json(match(program, on=on)) for on in TIERS} == {result_to_json(match(program))}


def test_likeness_is_matched_proven_and_explained() -> None:
    program = likely(11, 60, 60, 16, 90_000)
    result = match(program)

    assert (result.gap, certify(program, result).flaws) == (0, ())
    assert {result_to_json(match(program, on=on)) for on in TIERS} == {result_to_json(result)}


def test_facts_are_the_product_and_what_counts_as_full() -> None:
    program = replace(
        likely(1, 1, 2, 2, 100),
        mentees=Mentees(ids=("e0",), columns={"goal": [(10, -3)], "unit": ["a"]}),
        mentors=Mentors(ids=("r0", "r1"), columns={"goal": [(4, 2), None], "unit": ["b", "b"]}),
    )

    some, none = (explain(program, "e0", mentor).reasons[0] for mentor in program.mentors.ids)

    assert (some.points, some.facts) == (70_000 * 34 // 100, Likeness(product=34, full=100))
    assert (none.points, none.facts) == (0, Likeness(product=None, full=100))


def test_vectors_are_written_and_read_back() -> None:
    program = likely(5, 3, 3, 4, 50)

    assert program_from_json(program_to_json(program)) == program


@pytest.mark.parametrize(
    ("goal", "problem"),
    [
        ([(1, 2), (1, 2, 3)], "vectors of different length"),
        ([(1, 2), (1, 128)], "hold something questions.goals cannot read"),
        ([(1, 2), (1, -128)], "hold something questions.goals cannot read"),
        ([(1, 2), ()], "hold something questions.goals cannot read"),
        ([(1, 2), 7], "hold something questions.goals cannot read"),
        ([(1, 2), (1, True)], "hold something questions.goals cannot read"),
        ([(1, 2), (0,) * 1_025], "hold something questions.goals cannot read"),
    ],
)
def test_vectors_that_cannot_be_read_are_refused(goal: list[Any], problem: str) -> None:
    program = likely(1, 2, 2, 2, 10)
    columns = {"goal": goal, "unit": ["a", "a"]}

    with pytest.raises(ProgramError, match=problem):
        replace(program, mentors=Mentors(ids=("r0", "r1"), columns=columns))


@pytest.mark.parametrize("full", [0, -1, 16_516_097, True, 2.5])
def test_a_full_product_that_makes_no_sense_is_refused(full: Any) -> None:
    with pytest.raises(ProgramError, match=r"questions\.goals\.full"):
        likely(1, 2, 2, 2, full)
