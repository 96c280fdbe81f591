"""The scan, the sample and the staircase on programs small enough to check, with lists so short that they matter."""

from __future__ import annotations

import random
from dataclasses import replace
from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.engine.matching import Program, certify, match, tiers
from alongside.engine.matching.match import Proof
from bench.matching.population import FAMILIES, population

from .test_determinism import shuffled
from .worlds import Cells, best_total, cells, program_of, programs

pytestmark = pytest.mark.thorough

HUNT = import_module("alongside.engine.matching.hunt")


@pytest.fixture(autouse=True, params=["numpy", "quickest"])
def short_lists(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pairs a list, one more a round, a sample from seven mentees on, few bids; on both tiers."""
    if request.param == "numpy":
        monkeypatch.setattr(
            import_module("alongside.engine.matching.match"), "tier", lambda _: tiers.Portable()
        )
    for name, value in {"LISTED": 2, "ADDED": 1, "SAMPLE_ABOVE": 6, "SAMPLE_SEATED": 2, "BIDS": 3}.items():
        monkeypatch.setattr(HUNT, name, value)


def crowd(seed: int, mentees: int, mentors: int, most: int) -> Program:
    """A program in which many want the same few."""
    chance = random.Random(seed)
    popular = [chance.randint(0, most) for _ in range(mentors)]
    matrix = [
        [
            None if chance.random() < 0.2 else min(100_000, popular[j] + chance.randint(0, most))
            for j in range(mentors)
        ]
        for _ in range(mentees)
    ]
    return program_of(
        matrix,
        capacity=[chance.randint(0, 3) for _ in range(mentors)],
        base_load=[chance.choice([0, 0, 1]) for _ in range(mentors)],
        left_out=chance.choice([0, 20_000, 200_000]),
        balance=chance.choice([0, 0, 700]),
        pins=(),
    )


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells())
def test_total_is_the_best_of_all_assignments(world: Cells) -> None:
    program = world.program()

    result = match(program, proof="bounds")

    assert (result.total, result.gap) == (best_total(program), 0)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(programs(), st.integers(0, 99))
def test_answer_is_the_same_whatever_is_listed_sampled_or_shuffled(program: Program, seed: int) -> None:
    first, second = match(program), match(shuffled(program, seed), proof="bounds")

    assert (first.total, first.prices, first.pairs) == (second.total, second.prices, second.pairs)
    assert certify(program, first).flaws == ()


@pytest.mark.parametrize("most", [0, 1, 40, 50_000])
@pytest.mark.parametrize(("mentees", "mentors"), [(60, 25), (25, 60), (80, 40), (120, 9)])
def test_crowds_are_proven_by_the_bounds_and_by_every_pair(most: int, mentees: int, mentors: int) -> None:
    program = crowd(most + mentees, mentees, mentors, most)

    result = match(program, proof=Proof.BOUNDS)

    assert result.gap == 0
    assert certify(program, result).flaws == ()
    assert match(program, proof=Proof.FULL).bound == result.bound


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells(), st.data())
def test_a_price_is_what_one_more_seat_is_worth(world: Cells, data: st.DataObject) -> None:
    """Exactly, because of all prices that prove a matching the lowest are given."""
    j = data.draw(st.integers(0, len(world.capacity) - 1))
    seats, base = world.capacity[j], world.base_load[j]
    result = match(world.program())
    wider = replace(world, capacity=(*world.capacity[:j], max(seats, base) + 1, *world.capacity[j + 1 :]))

    gained = match(wider.program()).total - result.total

    assert gained == max(0, dict(result.prices)[f"r{j}"] - world.balance * max(seats, base))


def test_stopping_at_any_moment_leaves_a_feasible_result_and_an_honest_bound() -> None:
    program = crowd(3, 40, 15, 50_000)
    best = match(program).total
    moments = 0

    for moment in range(400):
        asked = iter(range(moment))
        result = match(program, progress=lambda done, of, asked=asked: next(asked, None) is not None)
        moments += result.gap > 0
        assert certify(program, result).feasible
        assert result.total <= best <= result.bound

    assert moments > 10


def test_a_deadline_of_no_time_stops_at_once_and_a_long_one_never() -> None:
    program = crowd(3, 40, 15, 50_000)

    hurried, patient = match(program, deadline=0.0), match(program, deadline=3_600.0)

    assert hurried.gap > 0
    assert certify(program, hurried).feasible
    assert patient == match(program)


def test_scanning_part_by_part_changes_nothing_and_can_be_stopped_in_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = crowd(9, 700, 40, 50_000)
    monkeypatch.setattr(HUNT, "SAMPLE_ABOVE", 10_000)
    whole = match(program)
    monkeypatch.setattr(HUNT, "AT_ONCE", 1)
    seen: list[int] = []

    parts = match(program, progress=lambda done, of: seen.append(done) is None)
    stopped = match(program, proof="bounds", progress=lambda done, of: done < 35)

    assert parts == whole
    assert {percent for percent in seen if 20 < percent < 50} == {25, 30, 36, 41, 47}
    mentors = program.mentors
    seated = sum(most > first for most, first in zip(mentors.capacity, mentors.base_load, strict=True))
    closed = 700 * (40 - seated)  # what a mentor without a seat would have to cost
    assert (
        stopped.stats.pairs_scored == 3 * 128 * seated + closed + 700 * 40
    )  # three parts; all, for an honest bound
    assert certify(program, stopped).feasible


def test_pairs_scored_stay_within_budget_in_every_family(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # lists and samples as they are in earnest
    spent = {}
    for family in FAMILIES:
        program = population(family, 2_000, seed=5)
        pairs = len(program.mentees.ids) * len(program.mentors.ids)
        result = match(program, proof="bounds")
        spent[family] = result.stats.pairs_scored / pairs
        assert result.gap == 0

    assert {family: passes for family, passes in spent.items() if passes > 1.55} == {}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(programs(), programs())
def test_beginning_with_an_earlier_result_of_any_program_ends_at_the_same_total_and_prices(
    program: Program, other: Program
) -> None:
    scratch = match(program)

    for earlier in (match(other), scratch):
        warm = match(program, earlier=earlier)
        assert (warm.total, warm.bound, warm.prices) == (scratch.total, scratch.bound, scratch.prices)
        assert certify(program, warm).flaws == ()


def test_beginning_with_the_same_result_searches_for_few_anew() -> None:
    program = crowd(5, 80, 30, 50_000)
    scratch = match(program)

    warm = match(program, earlier=scratch)

    assert (warm.pairs, warm.prices) == (scratch.pairs, scratch.prices)
    assert warm.stats.rows_searched < scratch.stats.rows_searched / 4
    assert warm.stats.pairs_scored < scratch.stats.pairs_scored


def test_prices_out_of_any_range_are_only_a_bad_beginning() -> None:
    program = crowd(5, 40, 20, 50_000)
    scratch = match(program)
    wild = replace(
        scratch, prices=tuple((mentor, (-1) ** k * 10**12) for k, (mentor, _) in enumerate(scratch.prices))
    )

    assert match(program, earlier=wild).prices == scratch.prices
