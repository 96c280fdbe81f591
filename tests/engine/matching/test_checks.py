"""Programs that cannot be matched are refused at construction, with field and people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from alongside.engine.matching import (
    Answer,
    Fairness,
    HoursAtLeast,
    InCommon,
    Listed,
    Mentee,
    Mentees,
    Mentor,
    Mentors,
    Overlap,
    PinConflict,
    Program,
    ProgramError,
    Question,
    ReportingLine,
    Rule,
    Same,
    SameAnswer,
    SharedHours,
    Steps,
    StepsBetween,
    Table,
    Verb,
    WeightOverflow,
    certify,
    match,
    weighted,
)

from .worlds import program_of

SAME = Same(key="unit", weight=100_000, mentee="unit", mentor="unit")


def asking(question: Question, mentee: Answer = None, mentor: Answer = None) -> Program:
    """One mentee and one mentor with an answer each to one question."""
    return Program(
        mentees=Mentees(ids=("ada",), columns={"c": [mentee]}),
        mentors=Mentors(ids=("ben",), columns={"c": [mentor]}),
        questions=(question,),
    )


def ruled(rule: Rule, mentee: Answer = None, mentor: Answer = None) -> Program:
    """The same with a rule instead."""
    same = Same(key="unit", weight=100_000, mentee="u", mentor="u")
    return Program(
        mentees=Mentees(ids=("ada",), columns={"c": [mentee], "u": [None]}),
        mentors=Mentors(ids=("ben",), columns={"c": [mentor], "u": [None]}),
        questions=(same,),
        rules=(rule,),
    )


def asked(kind: Callable[..., Question], **fields: Any) -> Question:
    return kind(**({"key": "q", "weight": 100_000, "mentee": "c", "mentor": "c"} | fields))


def steps(*points: tuple[int, int], scale: tuple[str, ...] = ("a", "b")) -> Question:
    return asked(Steps, scale=scale, points=points)


def must(relation: Any, **fields: Any) -> Rule:
    return Rule(**({"key": "r", "verb": Verb.MUST, "relation": relation} | fields))


HOURS = asked(SharedHours, full=8)
BETWEEN = StepsBetween(mentee="c", mentor="c", scale=("a", "b"), low=0, high=1)
BOTH = HoursAtLeast(mentee="c", mentor="c", half_hours=1)


@pytest.mark.parametrize(
    ("build", "field", "ids"),
    [
        (lambda: Mentees(ids=("ada",), columns={"unit": []}), "mentees.columns.unit", ()),
        (lambda: Mentors(ids=("ben",), capacity=(1, 2)), "mentors.capacity", ()),
        (lambda: asking(asked(Same), "x", frozenset("x")), "mentors.columns.c", ("ben",)),
        (lambda: asking(asked(Overlap), "x"), "mentees.columns.c", ("ada",)),
        (lambda: asking(asked(Overlap), frozenset({""})), "mentees.columns.c", ("ada",)),
        (lambda: asking(asked(Overlap), weighted({"a": 0})), "mentees.columns.c", ("ada",)),
        (lambda: asking(asked(Overlap), (("a", 1), ("a", 2))), "mentees.columns.c", ("ada",)),
        (lambda: asking(asked(Overlap), weighted({"a": 1_000_001})), "mentees.columns.c", ("ada",)),
        (lambda: asking(steps((1, 100_000)), "z"), "mentees.columns.c", ("ada",)),
        (lambda: asking(steps((1, 99_999)), "a"), "questions.q.points", ()),
        (lambda: asking(steps((1, 100_000), (1, 5)), "a"), "questions.q.points", ()),
        (lambda: asking(steps((1, 100_000), (2, -5)), "a"), "questions.q.points", ()),
        (lambda: asking(steps((1, 100_000), scale=("a", "a")), "a"), "questions.q.scale", ()),
        (lambda: asking(steps((1, 100_000), scale=()), "a"), "questions.q.scale", ()),
        (lambda: asking(asked(Table, points=(("a", "a", 1),))), "questions.q.points", ()),
        (lambda: asking(HOURS, 1 << 336), "mentees.columns.c", ("ada",)),
        (lambda: asking(HOURS, -1), "mentees.columns.c", ("ada",)),
        (lambda: asking(HOURS, "010"), "mentees.columns.c", ("ada",)),
        (lambda: asking(HOURS, ()), "mentees.columns.c", ("ada",)),
        (lambda: asking(HOURS, (1, 2), 3), "questions.q", ()),
        (lambda: asking(asked(SharedHours, full=0)), "questions.q.full", ()),
        (lambda: asking(asked(Same, mentor="elsewhere")), "questions.q", ()),
        (lambda: asking(asked(Same, weight=99_999)), "questions", ()),
        (lambda: asking(asked(Same, weight=-1)), "questions.q.weight", ()),
        (lambda: asking(asked(Same, weight=True)), "questions.q.weight", ()),
        (lambda: asking(asked(Same, key="self")), "keys", ()),
        (lambda: asking(asked(Same, key="")), "keys", ()),
        (lambda: ruled(must(BETWEEN, key="unit"), "a"), "keys", ()),
        (lambda: ruled(must(BETWEEN), "z"), "mentees.columns.c", ("ada",)),
        (lambda: ruled(must(replace(BETWEEN, scale=("a", "a")))), "rules.r.scale", ()),
        (lambda: ruled(must(BOTH), "x"), "mentees.columns.c", ("ada",)),
        (lambda: ruled(must(replace(BOTH, half_hours=337))), "rules.r.half_hours", ()),
        (lambda: ruled(must(InCommon(mentee="c", mentor="c")), 5), "mentees.columns.c", ("ada",)),
        (lambda: ruled(must(SameAnswer(mentee="c", mentor="c")), 5), "mentees.columns.c", ("ada",)),
        (lambda: ruled(must(SameAnswer(mentee="x", mentor="c"))), "rules.r", ()),
        (lambda: ruled(must(ReportingLine(column="c", levels=-1))), "rules.r.levels", ()),
        (lambda: ruled(must(ReportingLine(column="c")), 5), "mentees.columns.c", ("ada",)),
        (lambda: ruled(must(BOTH, points=5)), "rules.r.points", ()),
        (lambda: ruled(must(BOTH, verb=Verb.PREFER)), "rules.r.points", ()),
        (lambda: ruled(must(BOTH, verb=Verb.AVOID, points=-5)), "rules.r.points", ()),
        (lambda: ruled(must(BOTH, verb="perhaps")), "rules.r.verb", ()),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_field(
    build: Callable[[], object], field: str, ids: tuple[str, ...]
) -> None:
    with pytest.raises(ProgramError) as refusal:
        build()

    assert (refusal.value.field, refusal.value.ids) == (field, ids)


@pytest.mark.parametrize(
    ("changes", "field", "ids"),
    [
        ({"mentees": Mentees(ids=("e0", "e0"), columns={"name": ["a", "b"]})}, "mentees.ids", ("e0",)),
        ({"mentees": Mentees(ids=("",), columns={"name": ["a"]})}, "mentees.ids", ("''",)),
        (
            {"mentees": Mentees(ids=("e0",), columns={"name": ["a"]}, left_out=(-1,))},
            "mentees.left_out",
            ("e0",),
        ),
        (
            {"mentees": Mentees(ids=("e0",), columns={"name": ["a"]}, present=("",))},
            "mentees.present",
            ("e0",),
        ),
        (
            {"mentors": Mentors(ids=("r0",), columns={"name": ["a"]}, capacity=(-1,))},
            "mentors.capacity",
            ("r0",),
        ),
        (
            {"mentors": Mentors(ids=("r0",), columns={"name": ["a"]}, base_load=(100_001,))},
            "mentors.base_load",
            ("r0",),
        ),
        ({"left_out": -1}, "left_out", ()),
        ({"balance": 1.5}, "balance", ()),
        ({"keep": -1}, "keep", ()),
        ({"fairness": Fairness(target=-1)}, "fairness.target", ()),
        ({"fairness": Fairness(factor=0)}, "fairness.factor", ()),
        ({"pins": (("e0", "zoe"),)}, "pins", ("zoe",)),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(
    changes: dict[str, Any], field: str, ids: tuple[str, ...]
) -> None:
    with pytest.raises(ProgramError) as refusal:
        replace(program_of([[1]]), **changes)

    assert (refusal.value.field, refusal.value.ids) == (field, ids)


def test_person_on_both_sides_has_one_manager() -> None:
    with pytest.raises(ProgramError, match=r"rules.line: have two different managers \(ada\)"):
        Program(
            mentees=Mentees(ids=("ada",), columns={"boss": ["ben"], "unit": [None]}),
            mentors=Mentors(ids=("ada",), columns={"boss": ["chi"], "unit": [None]}),
            questions=(SAME,),
            rules=(Rule(key="line", verb=Verb.MUST_NOT, relation=ReportingLine(column="boss")),),
        )


@pytest.mark.parametrize(
    ("matrix", "pins", "rule"),
    [
        ([[None]], [(0, 0)], "apart"),
        ([[1, 2]], [(0, 0), (0, 1)], "pin"),
        ([[1], [2]], [(0, 0), (1, 0)], "seats"),
    ],
)
def test_pin_conflict_names_the_pin_and_the_rule(
    matrix: list[list[int | None]], pins: list[tuple[int, int]], rule: str
) -> None:
    with pytest.raises(PinConflict) as refusal:
        program_of(matrix, pins=pins)

    assert refusal.value.rule == rule
    assert refusal.value.pin == (f"e{pins[-1][0]}", f"r{pins[-1][1]}")


def test_pin_on_a_mentor_whose_seats_are_taken_already_is_refused() -> None:
    with pytest.raises(PinConflict):
        program_of([[1]], base_load=[1], pins=[(0, 0)])


@pytest.mark.parametrize(
    "changes",
    [
        {"left_out": 8_000_000},
        {"balance": 8_000_001},
        {"fairness": Fairness(target=90_000, factor=60)},
        {"keep": 5_000_000},
        {"rules": (Rule(key="a", verb=Verb.AVOID, relation=Listed(pairs=frozenset()), points=4_000_001),)},
    ],
)
def test_points_beyond_exact_arithmetic_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(WeightOverflow):
        replace(program_of([[1]]), **changes)


def test_largest_points_still_allowed_are_solved_exactly() -> None:
    program = replace(program_of([[1, 99], [2, 3]], left_out=0), left_out=7_800_000, balance=8_000_000)

    assert certify(program, match(program)).flaws == ()


def test_rows_and_columns_make_the_same_side() -> None:
    rows = Mentors.of(
        [Mentor(id="ben", answers={"a": "x"}, capacity=2), Mentor(id="chi", answers={"b": "y"})]
    )

    assert rows == Mentors(
        ids=("ben", "chi"), columns={"a": ["x", None], "b": [None, "y"]}, capacity=(2, 1), base_load=(0, 0)
    )
    assert Mentees.of([Mentee(id="ada", present="ben")]) == Mentees(ids=("ada",), present=("ben",))


def test_what_the_caller_handed_over_can_change_without_changing_the_program() -> None:
    names = ["ada"]
    side = Mentees(ids=("ada",), columns={"name": names})

    names[0] = "zoe"

    assert side.columns["name"] == ("ada",)
    with pytest.raises(TypeError):
        side.columns["name"] = ()  # type: ignore[index]
