"""Several mentors for one mentee, and mentors who should have some: against trying everything, on every tier."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from alongside.engine.matching import (
    Advisor,
    Fault,
    Fewer,
    Flaw,
    PinConflict,
    ProgramError,
    Unfilled,
    WeightOverflow,
    bound,
    certify,
    core,
    fingerprint,
    match,
    program_from_json,
    program_to_json,
    result_from_json,
    result_to_json,
    tiers,
)
from alongside.engine.matching.core import build

from .test_determinism import shuffled, without_name
from .worlds import Cells, best_total, program_of, wishes

pytestmark = pytest.mark.thorough

HUNT = import_module("alongside.engine.matching.hunt")
PORTABLE = tiers.Portable()
build.ensure()
BUILDS = [core.compiled(level, threads) for level in core.levels() for threads in (1, 3)]


@settings(max_examples=300, deadline=None)
@given(wishes())
def test_total_is_the_best_of_all_choices_and_its_certificate_holds(world: Cells) -> None:
    program = world.program()

    result = match(program)

    assert (result.total, result.gap) == (best_total(program), 0)
    assert certify(program, result).flaws == ()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Samples, lists shorter than wishes, and few bids, in small programs already."""
    for name, value in {"LISTED": 2, "ADDED": 1, "SAMPLE_ABOVE": 3, "SAMPLE_SEATED": 1, "BIDS": 4}.items():
        monkeypatch.setattr(HUNT, name, value)


@pytest.mark.usefixtures("small")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wishes(mentees=8))
def test_short_lists_and_samples_change_nothing_on_any_tier(world: Cells) -> None:
    program = world.program()
    expected = match(program, on=PORTABLE)

    assert (expected.total, expected.gap) == (best_total(program), 0)
    assert {result_to_json(match(program, on=on)) for on in BUILDS} <= {result_to_json(expected)}


def crowd(seed: int, mentees: int, mentors: int, **more: object) -> Cells:
    random = Random(seed)
    matrix = [
        [random.choice([None, random.randint(0, 90_000)]) for _ in range(mentors)] for _ in range(mentees)
    ]
    world = Cells(
        matrix=tuple(map(tuple, matrix)),
        capacity=tuple(random.randint(1, 6) for _ in range(mentors)),
        base_load=(0,) * mentors,
        left_out=(150_000,) * mentees,
        balance=700,
        demand=tuple(random.choice([1, 1, 2, 3]) for _ in range(mentees)),
        minimum=tuple(random.choice([0, 0, 1]) for _ in range(mentors)),
        further=20_000,
    )
    return replace(world, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("mentees", "mentors"), [(150, 90), (60, 200), (300, 20)])
def test_crowds_are_proven_and_equal_in_any_order_on_every_tier(mentees: int, mentors: int) -> None:
    program = crowd(mentees, mentees, mentors).program()

    result = match(program, on=PORTABLE)

    outcomes = {
        result_to_json(without_name(match(shuffled(program, seed), on=on))) for seed, on in enumerate(BUILDS)
    }
    assert outcomes <= {result_to_json(without_name(result))}
    assert certify(program, result).flaws == ()
    assert match(program, proof="bounds").bound == result.bound


def test_a_large_crowd_with_a_sample_is_proven() -> None:
    program = crowd(5, 1_700, 120, capacity=(30,) * 120).program()

    result = match(program)

    assert result.gap == 0
    assert bound(program, dict(result.prices)) == result.total
    assert result.stats.pairs_scored <= 3.5 * 1_700 * 120


def test_each_mentee_gets_different_mentors_and_says_how_many_are_missing() -> None:
    result = match(program_of([[90, 50, None]], capacity=[5, 5, 5], demand=[3]))

    assert [(pair.mentor, pair.points) for pair in result.pairs] == [("r0", 90), ("r1", 50)]
    assert (result.fewer, result.left_out) == ((Fewer(mentee="e0", missing=1),), ())
    assert result.mentors_of("e0") == ("r0", "r1")


def test_nobody_goes_without_so_that_somebody_has_two() -> None:
    """e0 would get far more from a second mentor than e1 from their first."""
    result = match(program_of([[99_000, 99_000], [None, 10]], demand=[2, 1]))

    assert [(pair.mentee, pair.mentor) for pair in result.pairs] == [("e0", "r0"), ("e1", "r1")]


def test_what_a_further_mentor_is_worth_decides_whether_a_dear_seat_is_taken() -> None:
    """r0's second seat costs 60 and brings 50; it is taken when doing without costs more than 10."""
    world = [[50, 50], [50, 50]]

    taken = [
        match(program_of(world, capacity=[2, 1], demand=[2, 1], balance=60, further=points)).figures.matched
        for points in (0, 9, 11)
    ]

    assert taken == [2, 2, 3]


def test_a_mentor_who_should_have_two_gets_two_at_a_price() -> None:
    """Everybody prefers r0; r1 is to have two of the three, and those who lose least go."""
    matrix = [[90, 10], [90, 70], [90, 60]]

    plain = match(program_of(matrix, capacity=[3, 3]))
    filled = match(program_of(matrix, capacity=[3, 3], minimum=[0, 2]))

    assert plain.figures.load == ((0, 1), (3, 1))
    assert [pair.mentor for pair in filled.pairs] == ["r0", "r1", "r1"]
    assert filled.total == 90 + 70 + 60
    assert dict(filled.prices)["r1"] < 0


def test_a_minimum_nobody_can_fill_is_told_and_costs_what_it_says() -> None:
    program = program_of([[90, None]], capacity=[1, 4], minimum=[0, 3], unfilled=500)

    result = match(program)

    assert result.unfilled == (Unfilled(mentor="r1", missing=3),)
    assert (result.total, result.gap) == (90 - 1_500, 0)


def test_those_of_the_base_load_count_for_the_minimum() -> None:
    program = program_of([[90, 80]], capacity=[3, 3], base_load=[0, 2], minimum=[0, 2], unfilled=50_000)

    assert [pair.mentor for pair in match(program).pairs] == ["r0"]


def test_pins_are_some_of_the_mentors_one_would_like() -> None:
    program = program_of([[10, 90, 80]], demand=[2], pins=[(0, 0)])

    result = match(program)

    assert [(pair.mentor, pair.pinned) for pair in result.pairs] == [("r0", True), ("r1", False)]
    assert certify(program, result).flaws == ()


@pytest.mark.parametrize("pins", [[(0, 0), (0, 0)], [(0, 0), (0, 1), (0, 2)]])
def test_more_pins_than_wishes_and_one_pin_twice_contradict_each_other(pins: list[tuple[int, int]]) -> None:
    with pytest.raises(PinConflict, match="pin"):
        program_of([[10, 90, 80]], capacity=[3, 3, 3], demand=[2], pins=pins)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"demand": [0]}, "mentees.demand"),
        ({"demand": [21]}, "mentees.demand"),
        ({"demand": [True]}, "mentees.demand"),
        ({"minimum": [2]}, "mentors.minimum"),
        ({"minimum": [-1]}, "mentors.minimum"),
        ({"demand": [2], "further": 6, "left_out": 5}, "further"),
        ({"further": -1}, "further"),
        ({"unfilled": -1}, "unfilled"),
    ],
)
def test_wishes_and_minimums_that_make_no_sense_are_refused(change: dict[str, object], field: str) -> None:
    with pytest.raises(ProgramError) as refused:
        program_of([[10]], **change)  # type: ignore[arg-type]

    assert refused.value.field == field


def test_unfilled_is_part_of_the_points_that_must_stay_exact() -> None:
    assert program_of([[10]], unfilled=8_000_000).unfilled == 8_000_000
    with pytest.raises(WeightOverflow):
        program_of([[10]], unfilled=8_000_000, minimum=[1])


@settings(max_examples=80, deadline=None)
@given(wishes())
def test_a_stopped_run_is_feasible_with_an_honest_gap(world: Cells) -> None:
    program = world.program()
    best = match(program).total

    for limit in (0, 30, 60):
        stopped = match(program, progress=lambda done, of, limit=limit: done <= limit)  # type: ignore[misc]

        assert certify(program, stopped).feasible
        assert stopped.total <= best <= stopped.bound


@settings(max_examples=80, deadline=None)
@given(wishes())
def test_an_earlier_result_leads_to_the_same_total_and_prices(world: Cells) -> None:
    program = world.program()
    earlier = match(replace(program, balance=program.balance + 1))

    again, fresh = match(program, earlier=earlier), match(program)

    assert (again.total, again.prices) == (fresh.total, fresh.prices)


@settings(max_examples=60, deadline=None)
@given(wishes(mentees=4, mentors=3))
def test_deciding_a_further_pair_by_hand_costs_what_solving_with_the_pin_costs(world: Cells) -> None:
    program = world.program()
    result = match(program)
    advisor = Advisor(program, result)

    for mentee in program.mentees.ids:
        at_least = {entry.mentor: entry.costs_at_least for entry in advisor.alternatives(mentee, 9)}
        for mentor in program.mentors.ids:
            answer = advisor.what_if(mentee, mentor)
            if answer.cost is None:
                continue
            forced = replace(program, pins=(*program.pins, (mentee, mentor)))
            assert answer.cost == result.total - match(forced).total
            assert answer.cost >= at_least.get(mentor, 0)
            assert (answer.moves == ()) == (mentor in result.mentors_of(mentee))


def test_what_is_written_is_read_back_and_old_programs_keep_their_names() -> None:
    plain = program_of([[10, 20]])
    program = program_of([[10, None]], demand=[2], minimum=[0, 1], further=5, unfilled=7)
    result = match(program)

    assert "demand" not in program_to_json(plain)
    assert "minimum" not in program_to_json(plain)
    assert program_from_json(program_to_json(program)) == program
    assert result_from_json(result_to_json(result)) == result
    assert (result.fewer, result.unfilled) == (
        (Fewer(mentee="e0", missing=1),),
        (Unfilled(mentor="r1", missing=1),),
    )
    assert fingerprint(program) != fingerprint(replace(program, unfilled=8))


def test_the_same_mentor_twice_and_missing_counts_that_are_wrong_are_named() -> None:
    program = program_of([[90, 50]], capacity=[2, 2], demand=[2])
    result = match(program)
    first, second = result.pairs

    twice = certify(program, replace(result, pairs=(first, first)))
    told = certify(program, replace(result, pairs=(first,), fewer=(Fewer(mentee="e0", missing=2),)))

    assert Flaw(fault=Fault.PLACED_TWICE, people=("e0", "r0"), expected=1, found=2) in twice.flaws
    assert Flaw(fault=Fault.MISSING, people=("e0",), expected=1, found=2) in told.flaws
    assert certify(program, replace(result, pairs=(first, second))).holds
