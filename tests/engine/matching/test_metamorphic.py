"""What must happen to the total when the program changes in a way whose effect is known."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine.matching import Advisor, Listed, Program, Rule, Verb, match

from .worlds import Cells, cells, program_of, programs


@settings(max_examples=80, deadline=None)
@given(cells(most=20_000), st.integers(1, 20_000))
def test_a_constant_for_all_pairs_adds_it_once_for_everybody_placed(world: Cells, constant: int) -> None:
    """Raising every pair and lowering every way out by the same amount changes nothing but the total."""
    costs = tuple(cost + constant for cost in world.left_out)
    lifted = tuple(tuple(None if v is None else v + constant for v in row) for row in world.matrix)

    plain = match(world.program(left_out=costs))
    raised = match(world.program(matrix=lifted, left_out=world.left_out))

    assert raised.total == plain.total + constant * len(world.matrix)


@settings(max_examples=80, deadline=None)
@given(cells(most=9_000), st.integers(2, 9))
def test_scaling_all_points_scales_the_total(world: Cells, factor: int) -> None:
    scaled = world.program(
        matrix=tuple(tuple(None if v is None else v * factor for v in row) for row in world.matrix),
        left_out=tuple(cost * factor for cost in world.left_out),
        balance=world.balance * factor,
    )

    assert match(scaled).total == factor * match(world.program()).total


@settings(max_examples=80, deadline=None)
@given(cells(mentors=3), st.data())
def test_a_twin_of_a_mentor_is_worth_one_more_seat(world: Cells, data: st.DataObject) -> None:
    j = data.draw(st.integers(0, len(world.capacity) - 1))
    seats = tuple(1 if k == j else c for k, c in enumerate(world.capacity))
    bases = tuple(0 if k == j else b for k, b in enumerate(world.base_load))

    twin = program_of(
        tuple((*row, row[j]) for row in world.matrix),
        capacity=(*seats, 1),
        base_load=(*bases, 0),
        left_out=world.left_out,
    )
    roomier = program_of(
        world.matrix,
        capacity=tuple(2 if k == j else c for k, c in enumerate(seats)),
        base_load=bases,
        left_out=world.left_out,
    )

    assert match(twin).total == match(roomier).total


@settings(max_examples=80, deadline=None)
@given(programs())
def test_pinning_a_pair_of_the_best_matching_changes_no_total(program: Program) -> None:
    result = match(program)

    for pair in result.pairs:
        if not pair.pinned:
            pinned = match(replace(program, pins=(*program.pins, (pair.mentee, pair.mentor))))
            assert (pinned.total, pinned.gap) == (result.total, 0)


@settings(max_examples=80, deadline=None)
@given(programs())
def test_forbidding_a_pair_that_is_not_used_changes_no_total(program: Program) -> None:
    result = match(program)
    used = {(pair.mentee, pair.mentor) for pair in result.pairs}
    unused = {(a, b) for a in program.mentees.ids for b in program.mentors.ids} - used
    rule = Rule(key="unused", verb=Verb.MUST_NOT, relation=Listed(pairs=frozenset(unused)))

    assert match(replace(program, rules=(*program.rules, rule))).total == result.total


@settings(max_examples=80, deadline=None)
@given(cells(most=40_000), st.data(), st.integers(1, 30_000))
def test_raising_one_score_never_lowers_the_total_nor_lifts_it_by_more(
    world: Cells, data: st.DataObject, more: int
) -> None:
    i = data.draw(st.integers(0, len(world.matrix) - 1))
    j = data.draw(st.integers(0, len(world.capacity) - 1))
    score = world.matrix[i][j] or 0
    world = world.with_score(i, j, score)

    gained = match(world.with_score(i, j, score + more).program()).total - match(world.program()).total

    assert 0 <= gained <= more


@settings(max_examples=80, deadline=None)
@given(cells())
def test_taking_one_mentee_away_gains_their_way_out_and_loses_at_most_their_profit(world: Cells) -> None:
    """With i gone the total falls by at most the profit i has at the certificate's prices, and rises by at most
    what i costs when left out."""
    program = world.program()
    result = match(program)
    prices = dict(result.prices)
    margins = [value - prices[f"r{j}"] for j, value in enumerate(world.matrix[0]) if value is not None]
    profit = max([-world.left_out[0], *margins])

    without = match(
        replace(
            program,
            mentees=replace(
                program.mentees,
                ids=program.mentees.ids[1:],
                columns={name: column[1:] for name, column in program.mentees.columns.items()},
                left_out=program.mentees.left_out[1:],
                present=program.mentees.present[1:],
                demand=program.mentees.demand[1:],
            ),
        )
    )

    assert -world.left_out[0] <= result.total - without.total <= profit


@settings(max_examples=60, deadline=None)
@given(programs())
def test_forcing_a_pair_costs_what_solving_again_with_the_pin_costs(program: Program) -> None:
    result = match(program)
    advisor = Advisor(program, result)
    free = [mentee for mentee in program.mentees.ids if mentee not in dict(program.pins)]
    answers = [advisor.what_if(mentee, mentor) for mentee in free for mentor in program.mentors.ids]

    for answer in answers:
        if answer.cost is not None:
            forced = replace(program, pins=(*program.pins, (answer.mentee, answer.mentor)))
            assert answer.cost == result.total - match(forced).total
