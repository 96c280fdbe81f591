"""Programs and results survive storage bit for bit."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from alongside.engine.matching import (
    Program,
    ProgramError,
    fingerprint,
    match,
    program_from_json,
    program_to_json,
    result_from_json,
    result_to_json,
)

from .worlds import program_of, programs


@settings(max_examples=150, deadline=None)
@given(programs())
def test_stored_program_is_equal_and_solves_to_equal_bytes(program: Program) -> None:
    stored = program_from_json(program_to_json(program))

    assert stored == program
    assert program_to_json(stored) == program_to_json(program)
    assert result_to_json(match(stored)) == result_to_json(match(program))


@settings(max_examples=80, deadline=None)
@given(programs())
def test_stored_result_is_equal(program: Program) -> None:
    result = match(program)

    assert result_from_json(result_to_json(result)) == result
    assert result.program == fingerprint(program)


def test_json_holds_no_number_that_json_readers_could_round() -> None:
    text = program_to_json(program_of([[1, 2], [3, None]]))

    numbers: list[float] = []
    json.loads(
        text, parse_int=lambda digits: numbers.append(int(digits)), parse_float=lambda _: pytest.fail("float")
    )

    assert numbers
    assert all(abs(number) < 2**53 for number in numbers)


@pytest.mark.parametrize("read", [program_from_json, result_from_json])
def test_another_format_is_refused(read: object) -> None:
    with pytest.raises(ProgramError, match="format: is 2; this version reads 1"):
        read('{"format": 2}')  # type: ignore[operator]
