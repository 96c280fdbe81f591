"""Reading goals: the board's order, what the partner sees of it, lineage, and counts without words."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from alongside.goals import actions
from alongside.goals.enums import GoalState
from alongside.goals.models import Goal
from alongside.goals.queries import (
    asking_goals,
    board_lines,
    goal_counts,
    goals_in_motion,
    goals_of,
    lineage,
)
from alongside.mentorships.access import own_mentorships
from alongside.people.models import Person
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db


def _goal(
    cast: Cast, title: str, *, owner: Person | None = None, shared: bool = False, **more: object
) -> Goal:
    return actions.add_goal(
        mentorship=cast.pair, actor=owner or cast.chi, title=title, shared=shared, now=NOW, **more
    )


def _titles(cast: Cast, viewer: Person) -> list[str]:
    return [line.title for line in board_lines(goals_of(cast.pair, viewer=viewer), viewer=viewer)]


def test_board_shows_own_goals_by_state_and_what_the_partner_shares(cast_: Cast) -> None:
    for title in ("reached", "let go", "resting", "moving"):
        _goal(cast_, title)
    reached, gone, resting, _moving = Goal.objects.order_by("pk")
    actions.reach_goal(goal=reached, actor=cast_.chi, now=NOW)
    actions.let_go_goal(goal=gone, actor=cast_.chi, now=NOW)
    actions.rest_goal(goal=resting, actor=cast_.chi, now=NOW)
    _goal(cast_, "idea", state=GoalState.IDEA)
    _goal(cast_, "shared by Ben", owner=cast_.ben, shared=True)
    _goal(cast_, "Ben’s own", owner=cast_.ben)

    assert _titles(cast_, cast_.chi) == ["shared by Ben", "moving", "idea", "resting", "reached", "let go"]
    assert _titles(cast_, cast_.ben) == ["Ben’s own", "shared by Ben"]


def test_board_costs_the_same_for_one_goal_and_three(
    cast_: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 3):
        while Goal.objects.count() < count:
            goal = _goal(cast_, "a goal")
            actions.add_step(goal=goal, actor=cast_.chi, text="a step", now=NOW)
        with django_assert_num_queries(3):
            assert len(board_lines(goals_of(cast_.pair, viewer=cast_.chi), viewer=cast_.chi)) == count
        with django_assert_num_queries(2):
            assert len(goals_in_motion(cast_.pair, viewer=cast_.chi)) == count


def test_in_motion_is_what_the_viewer_may_read(cast_: Cast) -> None:
    _goal(cast_, "private")
    _goal(cast_, "shared", shared=True)

    assert [line.title for line in goals_in_motion(cast_.pair, viewer=cast_.ben)] == ["shared"]
    assert goals_in_motion(cast_.pair, viewer=cast_.eva) == []
    assert goals_in_motion(cast_.pair, viewer=cast_.ada) == []


def test_lineage_tells_what_it_grew_from_and_became(cast_: Cast) -> None:
    first = _goal(cast_, "first")
    assert lineage(first, viewer=cast_.chi) == []
    actions.let_go_goal(goal=first, actor=cast_.chi, matters_more="second", now=NOW)
    second = Goal.objects.exclude(pk=first.pk).get()
    actions.let_go_goal(goal=second, actor=cast_.chi, matters_more="third", now=NOW)
    second.refresh_from_db()

    assert [line.title for line in lineage(second, viewer=cast_.chi)] == ["first", "second", "third"]


def test_goal_whose_day_has_come_asks_its_owner_only(cast_: Cast) -> None:
    goal = _goal(cast_, "Certificate", shared=True)
    actions.rest_goal(goal=goal, actor=cast_.chi, wakes_on=date(2026, 3, 6), now=NOW)

    assert asking_goals(cast_.chi, of=own_mentorships(cast_.chi), today=date(2026, 3, 5)) == []
    (line,) = asking_goals(cast_.chi, of=own_mentorships(cast_.chi), today=date(2026, 3, 6))
    assert (line.title, line.asks_softly(date(2026, 3, 6))) == ("Certificate", True)
    assert asking_goals(cast_.ben, of=own_mentorships(cast_.ben), today=date(2026, 3, 6)) == []


def test_counts_carry_no_words(cast_: Cast) -> None:
    goal = _goal(cast_, "one")
    _goal(cast_, "two")
    actions.reach_goal(goal=goal, actor=cast_.chi, now=NOW + timedelta(days=1))

    assert goal_counts(cast_.program) == {"idea": 0, "active": 1, "resting": 0, "reached": 1, "let_go": 0}
    assert sum(goal_counts(cast_.other_program).values()) == 0
