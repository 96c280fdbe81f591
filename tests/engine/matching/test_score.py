"""Points: the definition by hand, and the arrays against the definition."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine.matching import (
    Answer,
    Different,
    Fairness,
    HoursAtLeast,
    InCommon,
    Mentee,
    Mentees,
    Mentor,
    Mentors,
    Overlap,
    Program,
    Question,
    Relation,
    ReportingLine,
    Rule,
    Same,
    SameAnswer,
    SharedHours,
    Steps,
    StepsBetween,
    Table,
    Verb,
    weighted,
)
from alongside.engine.matching.criteria import pair_test, points
from alongside.engine.matching.score import FORBIDDEN, Scorer

from .worlds import SCALE, program_of, programs, questions

OVERLAP = Overlap(key="q", weight=100_000, mentee="c", mentor="c")
STEPS = Steps(key="q", weight=40_000, mentee="c", mentor="c", scale=SCALE, points=((1, 40_000), (2, 9)))
TABLE = Table(key="q", weight=70, mentee="c", mentor="c", points=(("a", "b", 70), ("b", "b", 5)))
SAME = Same(key="q", weight=70, mentee="c", mentor="c")
DIFFERENT = Different(key="q", weight=70, mentee="c", mentor="c")
HOURS = SharedHours(key="q", weight=100, mentee="c", mentor="c", full=3)


@pytest.mark.parametrize(
    ("question", "mentee", "mentor", "expected"),
    [
        (OVERLAP, frozenset("abc"), frozenset("bcd"), 66_666),
        (OVERLAP, frozenset("abc"), frozenset("abcd"), 100_000),
        (OVERLAP, frozenset(), frozenset("a"), 0),
        (OVERLAP, None, frozenset("a"), 0),
        (OVERLAP, frozenset("a"), None, 0),
        (OVERLAP, weighted({"a": 7, "b": 3}), frozenset("b"), 30_000),
        (OVERLAP, weighted({"a": 7, "b": 3}), weighted({"a": 1}), 70_000),
        (STEPS, "AA", "EO", 40_000),
        (STEPS, "AA", "HEO", 9),
        (STEPS, "EO", "AA", 0),
        (STEPS, "AA", None, 0),
        (TABLE, "a", "b", 70),
        (TABLE, "b", "b", 5),
        (TABLE, "b", "a", 0),
        (TABLE, None, "b", 0),
        (SAME, "x", "x", 70),
        (SAME, "x", "y", 0),
        (SAME, None, None, 0),
        (SAME, "", "", 0),
        (DIFFERENT, "x", "y", 70),
        (DIFFERENT, "x", "x", 0),
        (DIFFERENT, "x", None, 0),
        (DIFFERENT, "", "y", 0),
        (HOURS, 0b1110, 0b0110, 66),
        (HOURS, 0b11111, 0b11111, 100),
        (HOURS, (0b111, 0b100), (0b111, 0b110), 33),
        (HOURS, None, 0b1, 0),
    ],
)
def test_points_of_one_question_as_written_in_the_contract(
    question: Question, mentee: Answer, mentor: Answer, expected: int
) -> None:
    assert points(question, mentee, mentor) == expected


@pytest.mark.parametrize(
    ("relation", "mentee", "mentor", "holds"),
    [
        (SameAnswer(mentee="c", mentor="c"), "x", "x", True),
        (SameAnswer(mentee="c", mentor="c"), None, None, False),
        (InCommon(mentee="c", mentor="c"), frozenset("ab"), frozenset("bc"), True),
        (InCommon(mentee="c", mentor="c"), frozenset("ab"), None, False),
        (StepsBetween(mentee="c", mentor="c", scale=SCALE, low=1, high=2), "AA", "HEO", True),
        (StepsBetween(mentee="c", mentor="c", scale=SCALE, low=1, high=2), "AA", "SEO", False),
        (StepsBetween(mentee="c", mentor="c", scale=SCALE, low=-3, high=3), "AA", None, False),
        (HoursAtLeast(mentee="c", mentor="c", half_hours=2), 0b111, 0b110, True),
        (HoursAtLeast(mentee="c", mentor="c", half_hours=3), 0b111, 0b110, False),
        (HoursAtLeast(mentee="c", mentor="c", half_hours=0), None, None, True),
    ],
)
def test_relation_of_one_pair(relation: Relation, mentee: Answer, mentor: Answer, holds: bool) -> None:
    mentees, mentors = (
        Mentees(ids=("e",), columns={"c": [mentee]}),
        Mentors(ids=("r",), columns={"c": [mentor]}),
    )

    assert pair_test(relation, mentees, mentors)(0, 0) is holds


@pytest.mark.parametrize(
    ("levels", "holds"),
    [
        (None, {"ben": True, "cy": True, "dee": True, "eve": False}),
        (1, {"ben": True, "cy": False, "dee": True, "eve": False}),
        (0, {"ben": False, "cy": False, "dee": False, "eve": False}),
    ],
)
def test_reporting_line_reaches_up_and_down_over_people_outside(
    levels: int | None, holds: dict[str, bool]
) -> None:
    """ada reports to ben, ben to out (who takes no part), out to cy; dee reports to ada; eve to ben."""
    relation = ReportingLine(column="boss", levels=levels, above=(("out", "cy"), ("cy", "cy")))
    mentees = Mentees(ids=("ada",), columns={"boss": ["ben"]})
    mentors = Mentors(ids=("ben", "cy", "dee", "eve"), columns={"boss": ["out", "cy", "ada", "ben"]})

    test = pair_test(relation, mentees, mentors)

    assert {mentor: test(0, j) for j, mentor in enumerate(mentors.ids)} == holds


@settings(max_examples=150, deadline=None)
@given(programs())
def test_arrays_agree_with_the_judge_on_every_pair(program: Program) -> None:
    scorer, judge = Scorer(program), program.judge
    rows = np.arange(len(scorer.mentees))

    values, scores = scorer.values(rows), scorer.scores(rows)

    for a, i in enumerate(scorer.mentee_order):
        for b, j in enumerate(scorer.mentor_order):
            allowed = judge.forbidding(i, j) == ()
            assert judge.allowed(i, j) is allowed
            assert values[a, b] == (judge.value(i, j) if allowed else FORBIDDEN)
            assert scores[a, b] == (judge.score(i, j) if allowed else FORBIDDEN)


@settings(max_examples=100, deadline=None)
@given(programs(), st.data())
def test_block_shape_changes_no_value(program: Program, data: st.DataObject) -> None:
    scorer = Scorer(program)
    rows = np.arange(len(scorer.mentees))
    cut = data.draw(st.integers(0, rows.size))

    split = np.concatenate([scorer.values(rows[:cut]), scorer.values(rows[cut:])])

    assert np.array_equal(split, scorer.values(rows))


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(0, 335)), st.sets(st.integers(0, 335)))
def test_shared_half_hours_agree_with_counting_them_one_by_one(mine: set[int], yours: set[int]) -> None:
    question = SharedHours(key="hours", weight=100_000, mentee="week", mentor="week", full=336)
    weeks = [sum(1 << slot for slot in slots) for slots in (mine, yours)]
    program = Program(
        mentees=Mentees.of([Mentee(id="e", answers={"week": weeks[0]})]),
        mentors=Mentors.of([Mentor(id="r", answers={"week": weeks[1]})]),
        questions=(question,),
    )
    counted = sum(slot in mine and slot in yours for slot in range(336))

    assert Scorer(program).scores(np.array([0]))[0, 0] == 100_000 * counted // 336


def test_values_make_scores_fair_and_add_the_keep_bonus() -> None:
    program = program_of([[40_000, 70_000]], fairness=Fairness(target=50_000, factor=3))
    program = replace(program, keep=11, mentees=replace(program.mentees, present=("r0",)))

    assert [program.judge.value(0, j) for j in (0, 1)] == [40_000 - 2 * 10_000 + 11, 70_000]
    assert sorted(Scorer(program).values(np.array([0]))[0].tolist()) == [20_011, 70_000]


def test_a_person_on_both_sides_is_never_their_own_mentor() -> None:
    program = Program(
        mentees=Mentees(ids=("ada",), columns={"x": ["a"]}),
        mentors=Mentors(ids=("ada", "ben"), columns={"x": ["a", "a"]}),
        questions=(Same(key="x", weight=100_000, mentee="x", mentor="x"),),
        rules=(Rule(key="same", verb=Verb.MUST_NOT, relation=SameAnswer(mentee="x", mentor="x")),),
    )

    assert program.judge.forbidding(0, 0) == ("self", "same")
    assert program.judge.forbidding(0, 1) == ("same",)


def test_questions_of_the_tests_are_a_perfect_score() -> None:
    assert sum(question.weight for question in questions()) == 100_000
