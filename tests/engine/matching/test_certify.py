"""The checker accepts what is right and names exactly what is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine.matching import (
    Certificate,
    Fault,
    Flaw,
    LeftOut,
    Pair,
    Program,
    Result,
    Why,
    certify,
    fingerprint,
    match,
)

from .worlds import Cells, best_total, cells, program_of, programs

MATRIX = ((50, 20, None), (40, 30, 10), (45, 25, 5), (5, None, None))


@pytest.fixture
def program() -> Program:
    """r0 has two seats, r1 one, r2 none left; e1 is pinned to r1."""
    return program_of(
        MATRIX, capacity=(2, 1, 1), base_load=(0, 0, 1), left_out=(60, 60, 60, 0), pins=[(1, 1)]
    )


@pytest.fixture
def result(program: Program) -> Result:
    """e0 and e2 with r0, e1 with r1, e3 left out."""
    return match(program)


def faults(certificate: Certificate) -> set[Fault]:
    return {flaw.fault for flaw in certificate.flaws}


def with_pair(result: Result, mentee: str, **changes: object) -> Result:
    """The result with one pair tampered with."""
    return replace(
        result,
        pairs=tuple(
            replace(pair, **changes) if pair.mentee == mentee else pair
            for pair in result.pairs  # type: ignore[arg-type]
        ),
    )


def with_price(result: Result, mentor: str, price: int) -> Result:
    """The result with one price tampered with."""
    return replace(result, prices=tuple((m, price if m == mentor else p) for m, p in result.prices))


def test_a_sound_result_has_no_flaws(program: Program, result: Result) -> None:
    certificate = certify(program, result)

    assert certificate == Certificate(total=125, bound=125, flaws=())
    assert certificate.holds
    assert certificate.feasible


def test_wrong_points_and_value_of_a_pair_are_named_with_both_numbers(
    program: Program, result: Result
) -> None:
    certificate = certify(program, with_pair(result, "e0", points=51, value=52))

    assert certificate.flaws == (
        Flaw(fault=Fault.WRONG_POINTS, people=("e0", "r0"), expected=50, found=51),
        Flaw(fault=Fault.WRONG_VALUE, people=("e0", "r0"), expected=50, found=52),
    )
    assert str(certificate.flaws[0]) == "states the wrong points of a pair (e0, r0): 51, not 50"


def test_wrong_total_and_bound_are_named(program: Program, result: Result) -> None:
    certificate = certify(program, replace(result, total=126, bound=127))

    assert certificate.flaws == (
        Flaw(fault=Fault.WRONG_TOTAL, expected=125, found=126),
        Flaw(fault=Fault.WRONG_BOUND, expected=125, found=127),
    )
    assert not certificate.feasible


def test_more_mentees_than_seats_are_named(program: Program, result: Result) -> None:
    certificate = certify(program, with_pair(result, "e2", mentor="r2", points=5, value=5))

    assert Flaw(fault=Fault.OVER_CAPACITY, people=("r2",), expected=0, found=1) in certificate.flaws


def test_a_forbidden_pair_is_named_with_its_rule(program: Program, result: Result) -> None:
    certificate = certify(program, with_pair(result, "e0", mentor="r2"))

    assert Flaw(fault=Fault.FORBIDDEN_PAIR, people=("e0", "r2"), rule="apart") in certificate.flaws


def test_a_pin_that_was_not_kept_is_named(program: Program, result: Result) -> None:
    swapped = with_pair(with_pair(result, "e1", mentor="r0", pinned=False), "e2", mentor="r1")

    assert Flaw(fault=Fault.PIN_BROKEN, people=("e1", "r1")) in certify(program, swapped).flaws


def test_a_pair_that_only_says_it_is_pinned_is_named(program: Program, result: Result) -> None:
    certificate = certify(program, with_pair(result, "e0", pinned=True))

    assert certificate.flaws == (Flaw(fault=Fault.PIN_BROKEN, people=("e0", "r0")),)


def test_a_mentee_placed_twice_forgotten_or_unknown_is_named(program: Program, result: Result) -> None:
    first, *rest = result.pairs
    stranger = LeftOut(mentee="zoe", why=Why.ALL_FULL, allowed=1, short=1)

    twice = certify(program, replace(result, pairs=(first, *result.pairs)))
    forgotten = certify(program, replace(result, pairs=tuple(rest)))
    unknown = certify(program, replace(result, left_out=(*result.left_out, stranger)))

    assert twice.flaws == (Flaw(fault=Fault.PLACED_TWICE, people=("e0",), expected=1, found=2),)
    assert forgotten.flaws == (Flaw(fault=Fault.FORGOTTEN, people=("e0",)),)
    assert unknown.flaws == (Flaw(fault=Fault.UNKNOWN_PERSON, people=("zoe",)),)


def test_an_unknown_mentor_is_named(program: Program, result: Result) -> None:
    certificate = certify(program, with_pair(result, "e0", mentor="zoe"))

    assert certificate.flaws == (Flaw(fault=Fault.UNKNOWN_PERSON, people=("zoe",)),)


def test_missing_or_double_prices_are_named(program: Program, result: Result) -> None:
    missing = certify(program, replace(result, prices=result.prices[1:]))
    double = certify(program, replace(result, prices=(*result.prices, ("r0", 3))))
    stranger = certify(program, replace(result, prices=(*result.prices, ("zoe", 3))))

    assert missing.flaws == (Flaw(fault=Fault.PRICES, people=("r0",), expected=1, found=0),)
    assert double.flaws == (Flaw(fault=Fault.PRICES, people=("r0",), expected=1, found=2),)
    assert stranger.flaws == (Flaw(fault=Fault.PRICES, people=("zoe",), expected=0, found=1),)


def test_a_result_of_another_program_is_named(program: Program, result: Result) -> None:
    other = replace(program, lottery_key="other")

    assert certify(other, result).flaws == (
        Flaw(fault=Fault.OTHER_PROGRAM, expected=fingerprint(other), found=result.program),
    )


def test_a_worse_assignment_with_honest_numbers_is_feasible_but_not_proven(
    program: Program, result: Result
) -> None:
    idle = LeftOut(mentee="e2", why=Why.ALL_FULL, allowed=3, short=0)
    pairs = tuple(pair for pair in result.pairs if pair.mentee != "e2")
    worse = replace(result, pairs=pairs, left_out=(idle, *result.left_out), total=result.total - 45 - 60)

    certificate = certify(program, worse)

    assert certificate.flaws == (Flaw(fault=Fault.NOT_PROVEN, expected=20, found=125),)
    assert certificate.feasible


@pytest.mark.parametrize("price", [-1_000, 1_000])
def test_a_price_changed_by_much_is_objected_to(program: Program, result: Result, price: int) -> None:
    certificate = certify(program, with_price(result, "r0", price))

    assert faults(certificate) == {Fault.WRONG_BOUND, Fault.NOT_PROVEN}
    assert certificate.bound is not None
    assert certificate.bound > 125


@settings(max_examples=150, deadline=None)
@given(cells(mentees=4, mentors=3), st.data(), st.integers(-200, 200))
def test_any_prices_give_a_bound_and_only_proving_ones_pass(
    world: Cells, data: st.DataObject, change: int
) -> None:
    """Prices are rarely unique, so the checker must recount: it may accept a changed price only if it still proves."""
    program = world.program()
    result = match(program)
    mentor, price = data.draw(st.sampled_from(result.prices))

    certificate = certify(program, with_price(result, mentor, price + change))

    assert certificate.total == best_total(program)
    assert certificate.bound is not None
    assert certificate.bound >= certificate.total
    assert certificate.holds == (certificate.bound == certificate.total)


@settings(max_examples=100, deadline=None)
@given(programs(), st.data())
def test_a_mentee_moved_by_hand_never_passes_unless_the_total_is_the_same(
    program: Program, data: st.DataObject
) -> None:
    result = match(program)
    if not result.pairs or not program.mentors.ids:
        return
    pair: Pair = data.draw(st.sampled_from(result.pairs))
    mentor = data.draw(st.sampled_from(program.mentors.ids))

    certificate = certify(program, with_pair(result, pair.mentee, mentor=mentor))

    i, j = program.mentees.ids.index(pair.mentee), program.mentors.ids.index(mentor)
    if certificate.holds:
        assert (program.judge.score(i, j), program.judge.value(i, j)) == (pair.points, pair.value)
