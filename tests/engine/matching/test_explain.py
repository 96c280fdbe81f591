"""Why this pair, why nobody, what else, and what it would cost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from importlib import import_module

import pytest
from hypothesis import given, settings

from alongside.engine.matching import (
    Advisor,
    Alternative,
    Barrier,
    Explanation,
    HoursAtLeast,
    Mentee,
    Mentees,
    Mentor,
    Mentors,
    Move,
    NotProven,
    Overlap,
    PinConflict,
    Program,
    ProgramError,
    Reason,
    Result,
    Rule,
    SameAnswer,
    SharedHours,
    SharedTags,
    SharedWeek,
    StepDifference,
    Steps,
    Table,
    TwoLabels,
    Verb,
    Why,
    barriers,
    explain,
    match,
)

from .worlds import program_of, programs


@pytest.fixture
def pair() -> Program:
    """Ada would like three topics, Ben offers two of them; he is one grade up, elsewhere, and shares two half hours."""
    scale = ("AA", "EO", "HEO")
    return Program(
        mentees=Mentees.of(
            [
                Mentee(
                    id="ada",
                    answers={
                        "topics": frozenset({"sql", "talks", "python"}),
                        "grade": "AA",
                        "site": "north",
                        "week": 0b1110,
                    },
                )
            ]
        ),
        mentors=Mentors.of(
            [
                Mentor(
                    id="ben",
                    answers={
                        "topics": frozenset({"sql", "talks", "rust"}),
                        "grade": "EO",
                        "site": "south",
                        "week": 0b0110,
                    },
                )
            ]
        ),
        questions=(
            Overlap(key="topics", weight=60_000, mentee="topics", mentor="topics"),
            Steps(
                key="grade", weight=20_000, mentee="grade", mentor="grade", scale=scale, points=((1, 20_000),)
            ),
            Table(key="site", weight=0, mentee="site", mentor="site", points=(("north", "south", 0),)),
            SharedHours(key="hours", weight=20_000, mentee="week", mentor="week", full=8),
        ),
        rules=(
            Rule(
                key="hour", verb=Verb.MUST, relation=HoursAtLeast(mentee="week", mentor="week", half_hours=3)
            ),
            Rule(key="near", verb=Verb.PREFER, relation=SameAnswer(mentee="site", mentor="site"), points=500),
        ),
    )


def test_explanation_tells_points_and_facts_of_every_question(pair: Program) -> None:
    assert explain(pair, "ada", "ben") == Explanation(
        mentee="ada",
        mentor="ben",
        score=65_000,
        reasons=(
            Reason(
                key="topics",
                points=40_000,
                most=60_000,
                facts=SharedTags(shared=("sql", "talks"), missing=("python",)),
            ),
            Reason(
                key="grade",
                points=20_000,
                most=20_000,
                facts=StepDifference(mentee="AA", mentor="EO", difference=1),
            ),
            Reason(key="site", points=0, most=0, facts=TwoLabels(mentee="north", mentor="south", same=False)),
            Reason(key="hours", points=5_000, most=20_000, facts=SharedWeek(half_hours=2, slots=(1, 2))),
            Reason(key="near", points=0, most=500, facts=None),
        ),
        forbidden_by=("hour",),
    )


@settings(max_examples=120, deadline=None)
@given(programs())
def test_reasons_of_every_pair_add_up_to_its_score(program: Program) -> None:
    points = {(pair.mentee, pair.mentor): pair.points for pair in match(program).pairs}

    for mentee in program.mentees.ids:
        for mentor in program.mentors.ids:
            told = explain(program, mentee, mentor)
            assert sum(reason.points for reason in told.reasons) == told.score
            assert points.get((mentee, mentor), told.score) == told.score
            assert told.allowed or (mentee, mentor) not in points


def test_explaining_a_stranger_is_refused(pair: Program) -> None:
    with pytest.raises(ProgramError, match="person: is not on this side of the program"):
        explain(pair, "ben", "ada")


@pytest.fixture
def tight() -> tuple[Program, Result]:
    """Two mentors, three mentees who may have either, and e3 whom nobody may have."""
    program = program_of(
        [[90, 60], [80, 70], [50, 20], [None, None]], left_out=[100, 100, 100, 7], lottery_key="k"
    )
    return program, match(program)


def test_account_of_a_full_program_names_the_price_that_was_not_reached(
    tight: tuple[Program, Result],
) -> None:
    program, result = tight

    account = Advisor(program, result).account("e2")

    assert (account.why, account.allowed, account.barriers) == (Why.ALL_FULL, 2, ())
    prices = dict(result.prices)
    for option in account.nearest:
        cost = prices[option.mentor] - 100 - option.points
        assert option == Alternative(
            mentor=option.mentor, points=option.points, costs_at_least=cost, price=prices[option.mentor]
        )


def test_account_of_somebody_nobody_may_have_names_the_binding_rule(tight: tuple[Program, Result]) -> None:
    program, result = tight

    account = Advisor(program, result).account("e3")

    assert (account.why, account.nearest) == (Why.NOBODY_ALLOWED, ())
    assert account.barriers == (Barrier(rule="apart", mentors=2, alone=2),)


def test_barriers_tell_which_rule_alone_closes_a_door() -> None:
    program = Program(
        mentees=Mentees(ids=("ada",), columns={"site": ["north"], "week": [0b1]}),
        mentors=Mentors(
            ids=("ada", "ben", "chi"),
            columns={"site": ["north", "north", "south"], "week": [0b1, 0, 0]},
            capacity=(1, 1, 1),
        ),
        questions=(SharedHours(key="hours", weight=100_000, mentee="week", mentor="week", full=1),),
        rules=(
            Rule(key="away", verb=Verb.MUST_NOT, relation=SameAnswer(mentee="site", mentor="site")),
            Rule(
                key="hour", verb=Verb.MUST, relation=HoursAtLeast(mentee="week", mentor="week", half_hours=1)
            ),
        ),
    )

    account = Advisor(program, match(program)).account("ada")

    assert account.barriers == (
        Barrier(rule="hour", mentors=2, alone=1),
        Barrier(rule="away", mentors=2, alone=0),
        Barrier(rule="self", mentors=1, alone=0),
    )


@given(program=programs())
def test_barriers_count_what_the_judge_forbids(program: Program) -> None:
    found = barriers(program, program.mentees.ids)

    for i, mentee in enumerate(program.mentees.ids):
        broken = [program.judge.forbidding(i, j) for j in range(len(program.mentors.ids))]
        expected = {
            Barrier(
                rule=key,
                mentors=sum(key in keys for keys in broken),
                alone=sum(keys == (key,) for keys in broken),
            )
            for key in {key for keys in broken for key in keys}
        }
        assert set(found[mentee]) == expected


def test_barriers_of_nobody_are_none(tight: tuple[Program, Result]) -> None:
    assert barriers(tight[0], []) == {}


def test_barriers_of_a_stranger_are_refused(tight: tuple[Program, Result]) -> None:
    with pytest.raises(ProgramError, match="is not on this side"):
        barriers(tight[0], ["stranger"])


def test_account_of_somebody_with_a_mentor_is_refused(tight: tuple[Program, Result]) -> None:
    with pytest.raises(ProgramError, match="was not left out"):
        Advisor(*tight).account("e0")


def test_allowed_mentor_without_seats_is_told_apart() -> None:
    program = program_of([[50]], capacity=[1], base_load=[1])

    assert [entry.why for entry in match(program).left_out] == [Why.NO_SEATS]


def test_seat_that_costs_more_than_going_without_is_told_apart() -> None:
    program = program_of([[10]], capacity=[2], base_load=[1], balance=50, left_out=20)

    [entry] = match(program).left_out

    assert (entry.why, entry.short) == (Why.NOT_WORTH, 20)


def test_what_if_of_the_present_mentor_costs_nothing(tight: tuple[Program, Result]) -> None:
    answer = Advisor(*tight).what_if("e0", "r0")

    assert (answer.cost, answer.moves) == (0, ())


def test_what_if_tells_who_would_move(tight: tuple[Program, Result]) -> None:
    """e2 taking r0 leaves e0 and e1 the one seat with r1: 50 + 70 - 100 - 7 instead of 90 + 70 - 100 - 7."""
    answer = Advisor(*tight).what_if("e2", "r0")

    assert answer.cost == 40
    assert answer.moves == (
        Move(mentee="e2", before=None, after="r0"),
        Move(mentee="e0", before="r0", after=None),
    )


def test_what_if_of_a_forbidden_pair_names_the_rule(tight: tuple[Program, Result]) -> None:
    answer = Advisor(*tight).what_if("e3", "r0")

    assert (answer.cost, answer.forbidden_by, answer.moves) == (None, ("apart",), ())


def test_what_if_without_any_seat_to_give_has_no_cost() -> None:
    program = program_of([[50, 40], [30, 30]], pins=[(1, 0)])

    assert Advisor(program, match(program)).what_if("e0", "r0").cost is None


def test_what_if_of_an_unproven_result_is_refused() -> None:
    program = program_of([[50, 40], [30, 30]])
    stopped = match(program, progress=lambda done, of: False)
    stopped = replace(stopped, bound=stopped.total + 1)

    with pytest.raises(NotProven, match="gap of 1 points"):
        Advisor(program, stopped).what_if("e0", "r1")


@settings(max_examples=60, deadline=None)
@given(programs())
def test_what_if_is_the_cost_of_solving_again_and_its_moves_lead_there(program: Program) -> None:
    result = match(program)
    advisor = Advisor(program, result)

    for mentee in program.mentees.ids:
        one = program.mentees.demand[program.mentees.ids.index(mentee)] == 1
        others = tuple(pin for pin in program.pins if not one or pin[0] != mentee)
        for mentor in program.mentors.ids:
            answer = advisor.what_if(mentee, mentor)
            if mentor in result.mentors_of(mentee):
                assert (answer.cost, answer.moves) == (0, ())
                continue
            try:
                forced = match(replace(program, pins=(*others, (mentee, mentor))))
            except PinConflict:
                assert answer.cost is None
                continue
            assert answer.cost == result.total - forced.total
            assert total_after(program, result, answer.moves) == forced.total


def total_after(program: Program, result: Result, moves: tuple[Move, ...]) -> int:
    """The objective after the moves, counted by hand; every move starts where the person is."""
    mentors_of = {person: set(result.mentors_of(person)) for person in program.mentees.ids}
    for move in moves:
        if move.before is not None:
            mentors_of[move.mentee].remove(move.before)
    for move in moves:
        if move.after is not None:
            assert move.after not in mentors_of[move.mentee]
            mentors_of[move.mentee].add(move.after)
    total, load = 0, Counter(dict(zip(program.mentors.ids, program.mentors.base_load, strict=True)))
    for i, mentee in enumerate(program.mentees.ids):
        has = mentors_of[mentee]
        assert len(has) <= program.mentees.demand[i]
        total -= 0 if has else program.left_out_cost(i)
        total -= program.further * (program.mentees.demand[i] - max(1, len(has)))
        for mentor in has:
            j = program.mentors.ids.index(mentor)
            assert program.judge.allowed(i, j)
            total += program.judge.value(i, j) - program.balance * load[mentor]
            load[mentor] += 1
            assert load[mentor] <= program.mentors.capacity[j]
    rows = zip(program.mentors.ids, program.mentors.minimum, strict=True)
    return total - sum(program.unfilled * max(0, minimum - load[mentor]) for mentor, minimum in rows)


def test_forgetting_rows_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    program = program_of([[90, 60, 30], [80, 70, 40], [50, 20, 10]])
    result = match(program)
    advisor = Advisor(program, result)
    expected = [advisor.alternatives(mentee, 3) for mentee in program.mentees.ids]

    monkeypatch.setattr(import_module("alongside.engine.matching.explain"), "REMEMBERED", 1)

    forgetful = Advisor(program, result)
    assert [forgetful.alternatives(mentee, 3) for mentee in program.mentees.ids] == expected


def test_accounts_of_two_people_are_given_by_one_advisor(tight: tuple[Program, Result]) -> None:
    advisor = Advisor(*tight)
    alone = [entry.mentee for entry in tight[1].left_out]

    assert len(alone) > 1
    assert [advisor.account(mentee) for mentee in alone] == [
        Advisor(*tight).account(mentee) for mentee in alone
    ]


@settings(max_examples=100, deadline=None)
@given(programs())
def test_alternatives_are_allowed_sorted_and_never_promise_too_much(program: Program) -> None:
    result = match(program)
    advisor = Advisor(program, result)

    for i, mentee in enumerate(program.mentees.ids):
        options = advisor.alternatives(mentee, 99)
        costs = [option.costs_at_least for option in options]
        allowed = {mentor for j, mentor in enumerate(program.mentors.ids) if program.judge.allowed(i, j)}
        assert {option.mentor for option in options} == allowed - {*result.mentors_of(mentee)}
        assert costs == sorted(costs)
        assert advisor.alternatives(mentee, 1) == options[:1]
        for option in options:
            exact = advisor.what_if(mentee, option.mentor).cost
            assert exact is None or option.costs_at_least <= exact
