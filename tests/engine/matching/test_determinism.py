"""The same people give the same result in any order, on any day, in any process."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from hashlib import blake2b

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine.matching import (
    Mentees,
    Mentors,
    Program,
    Result,
    match,
    program_to_json,
    result_to_json,
)
from alongside.engine.matching.lottery import draw, ticket

from .worlds import program_of, programs


def shuffled(program: Program, seed: int) -> Program:
    """The same program with both sides in another order."""
    a, b = list(range(len(program.mentees.ids))), list(range(len(program.mentors.ids)))
    random.Random(seed).shuffle(a)
    random.Random(seed + 1).shuffle(b)
    left, right = program.mentees, program.mentors
    return replace(
        program,
        mentees=Mentees(
            ids=tuple(left.ids[i] for i in a),
            columns={name: [column[i] for i in a] for name, column in left.columns.items()},
            left_out=tuple(left.left_out[i] for i in a),
            present=tuple(left.present[i] for i in a),
            demand=tuple(left.demand[i] for i in a),
        ),
        mentors=Mentors(
            ids=tuple(right.ids[j] for j in b),
            columns={name: [column[j] for j in b] for name, column in right.columns.items()},
            capacity=tuple(right.capacity[j] for j in b),
            base_load=tuple(right.base_load[j] for j in b),
            minimum=tuple(right.minimum[j] for j in b),
        ),
        rules=program.rules,
        pins=tuple(reversed(program.pins)),
    )


def without_name(result: Result) -> Result:
    """A result apart from the fingerprint, which names the order as well."""
    return replace(result, program="")


@settings(max_examples=120, deadline=None)
@given(programs(), st.integers(0, 1_000))
def test_order_of_the_input_changes_nothing(program: Program, seed: int) -> None:
    assert without_name(match(shuffled(program, seed))) == without_name(match(program))


@pytest.mark.parametrize("values", [(50_000,), (0, 1), (0, 20_000, 40_000)])
def test_order_changes_nothing_where_ties_are_everywhere(values: tuple[int, ...]) -> None:
    random_ = random.Random(5)
    program = program_of(
        [[random_.choice(values) for _ in range(40)] for _ in range(60)], lottery_key="spring"
    )

    results = {result_to_json(without_name(match(shuffled(program, seed)))) for seed in range(4)}

    assert len(results) == 1


def test_lottery_key_decides_ties_and_nothing_else() -> None:
    program = program_of([[10]] * 12, left_out=0)

    results = [match(replace(program, lottery_key=key)) for key in ("a", "b", "c", "d")]

    assert len({result.total for result in results}) == 1
    assert len({result.pairs[0].mentee for result in results}) > 1


def test_lottery_order_can_be_recomputed_by_anybody() -> None:
    people = ["ada", "ben", "chi", "dov"]

    by_hand = sorted(
        people, key=lambda person: blake2b(f"spring|{person}".encode(), digest_size=16).hexdigest()
    )

    assert [people[i] for i in draw("spring", people)] == by_hand
    assert ticket("spring", "ada") != ticket("autumn", "ada")


def test_another_process_with_another_hash_seed_gives_the_same_bytes() -> None:
    random_ = random.Random(9)
    program = program_of([[random_.randint(0, 9) for _ in range(15)] for _ in range(15)])
    script = (
        "import sys; from alongside.engine.matching import *; "
        "sys.stdout.write(result_to_json(match(program_from_json(sys.stdin.read()))))"
    )

    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            input=program_to_json(program),
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "src"},
        ).stdout
        for seed in ("1", "2")
    }

    assert outputs == {result_to_json(match(program))}
