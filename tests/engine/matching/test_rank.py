"""The best partners for one person, in both directions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine.matching import Program, ProgramError, Ranked, Ranking, rank
from alongside.engine.matching.lottery import ticket

from .worlds import program_of, programs


def test_ranking_is_by_points_and_skips_who_is_not_allowed() -> None:
    program = program_of([[10, None, 30], [5, 50, 5]], capacity=[1, 2, 3], base_load=[1, 0, 5])

    assert rank(program, "e0", 5) == Ranking(
        mentors=(Ranked(person="r2", points=30, seats=0), Ranked(person="r0", points=10, seats=0)), mentees=()
    )
    assert rank(program, "r1", 5) == Ranking(mentors=(), mentees=(Ranked(person="e1", points=50, seats=2),))


def test_only_as_many_as_asked_for() -> None:
    assert [entry.person for entry in rank(program_of([[10, 20, 30]]), "e0", 2).mentors] == ["r2", "r1"]


def test_stranger_is_refused() -> None:
    with pytest.raises(ProgramError, match="is not in the program"):
        rank(program_of([[1]]), "zoe", 3)


@settings(max_examples=100, deadline=None)
@given(programs(), st.integers(0, 5))
def test_ranking_is_the_sorted_list_of_all_allowed_scores(program: Program, count: int) -> None:
    judge, key = program.judge, program.lottery_key
    mentees, mentors = program.mentees.ids, program.mentors.ids

    for person in {*mentees, *mentors}:
        ranking = rank(program, person, count)
        forward = [
            (-judge.score(mentees.index(person), j), ticket(key, other), other)
            for j, other in enumerate(mentors)
            if person in mentees and judge.allowed(mentees.index(person), j)
        ]
        backward = [
            (-judge.score(i, mentors.index(person)), ticket(key, other), other)
            for i, other in enumerate(mentees)
            if person in mentors and judge.allowed(i, mentors.index(person))
        ]
        for told, expected in ((ranking.mentors, forward), (ranking.mentees, backward)):
            best = sorted(expected)[:count]
            assert [(entry.person, entry.points) for entry in told] == [
                (other, -less) for less, _, other in best
            ]
