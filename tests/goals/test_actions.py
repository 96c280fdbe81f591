"""Goals: written, shared, moved through their states and back, with small steps. Only their owner changes them."""

from datetime import date, timedelta

import pytest

from alongside.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from alongside.goals import actions
from alongside.goals.access import get_goal
from alongside.goals.enums import GoalState
from alongside.goals.models import Goal, Step
from alongside.goals.queries import goal_line
from alongside.journal.models import Entry
from alongside.mentorships.actions import end_early
from alongside.mentorships.enums import EndReason
from alongside.people.models import Person
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)
STRANGERS = ("dov", "eva", "ada", "gus", "hal")


@pytest.fixture
def goal(cast_: Cast) -> Goal:
    return actions.add_goal(
        mentorship=cast_.pair, actor=cast_.chi, title="Speak up in  reviews", why="I wait too long.", now=NOW
    )


def _add_step(goal: Goal, actor: Person, text: str) -> Step:
    return actions.add_step(goal=goal, actor=actor, text=text, now=NOW)


def _steps(goal: Goal, viewer: Person) -> list[tuple[str, bool]]:
    return [(line.text, line.done) for line in goal_line(goal, viewer=viewer).steps]


def test_added_goal_is_sealed_private_and_in_motion(cast_: Cast, goal: Goal) -> None:
    assert b"Speak" not in bytes(goal.title_sealed)
    assert b"wait" not in bytes(goal.why_sealed or b"")
    assert (goal.state, goal.shared, goal.state_since) == (GoalState.ACTIVE, False, NOW)
    line = goal_line(goal, viewer=cast_.chi)
    assert (line.title, line.why) == ("Speak up in reviews", "I wait too long.")
    entry = Entry.objects.get(verb="goal.added")
    assert (entry.subject_id, entry.actor_id, entry.data) == (
        goal.pk,
        cast_.chi.pk,
        {"mentorship": cast_.pair.pk},
    )


@pytest.mark.parametrize(
    ("title", "why", "field"), [("  ", "", "title"), ("x" * 161, "", "title"), ("x", "y" * 4001, "why")]
)
def test_goal_needs_a_short_title(cast_: Cast, title: str, why: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.add_goal(mentorship=cast_.pair, actor=cast_.chi, title=title, why=why, now=NOW)

    assert refused.value.field == field
    assert Goal.objects.count() == 0


def test_goal_does_not_begin_at_its_end(cast_: Cast) -> None:
    with pytest.raises(Invalid):
        actions.add_goal(mentorship=cast_.pair, actor=cast_.chi, title="x", state=GoalState.REACHED, now=NOW)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_strangers_add_change_and_find_nothing(cast_: Cast, goal: Goal, stranger: str) -> None:
    actor = getattr(cast_, stranger)
    actions.share_goal(goal=goal, actor=cast_.chi, shared=True, now=NOW)

    with pytest.raises(NotFound):
        actions.add_goal(mentorship=cast_.pair, actor=actor, title="x", now=NOW)
    with pytest.raises(NotFound):
        actions.reach_goal(goal=goal, actor=actor, now=NOW)
    with pytest.raises(NotFound):
        get_goal(actor, goal.public_id)


def test_partner_finds_a_goal_only_while_it_is_shared_and_never_changes_it(cast_: Cast, goal: Goal) -> None:
    with pytest.raises(NotFound):
        get_goal(cast_.ben, goal.public_id)
    with pytest.raises(NotFound):
        actions.reach_goal(goal=goal, actor=cast_.ben, now=NOW)

    actions.share_goal(goal=goal, actor=cast_.chi, shared=True, now=NOW)
    assert get_goal(cast_.ben, goal.public_id) == goal
    with pytest.raises(NotAllowed):
        actions.reach_goal(goal=goal, actor=cast_.ben, now=NOW)
    with pytest.raises(NotAllowed):
        actions.add_step(goal=goal, actor=cast_.ben, text="x", now=NOW)

    actions.share_goal(goal=goal, actor=cast_.chi, shared=False, now=NOW)
    with pytest.raises(NotFound):
        get_goal(cast_.ben, goal.public_id)


def test_sharing_twice_is_told_once(cast_: Cast, goal: Goal) -> None:
    for _ in range(2):
        actions.share_goal(goal=goal, actor=cast_.chi, shared=True, now=NOW)

    assert Entry.objects.filter(verb="goal.shared").count() == 1


def test_edited_goal_reads_anew(cast_: Cast, goal: Goal) -> None:
    actions.edit_goal(
        goal=goal, actor=cast_.chi, title="Say it in the room", around_on=date(2026, 9, 1), now=LATER
    )

    goal.refresh_from_db()
    line = goal_line(goal, viewer=cast_.chi)
    assert (line.title, line.why, goal.around_on) == ("Say it in the room", "", date(2026, 9, 1))


def test_reached_goal_can_go_on(cast_: Cast, goal: Goal) -> None:
    actions.reach_goal(goal=goal, actor=cast_.chi, now=NOW)
    actions.reach_goal(goal=goal, actor=cast_.chi, now=LATER)
    goal.refresh_from_db()
    assert (goal.state, goal.state_since) == (GoalState.REACHED, NOW)
    assert Entry.objects.filter(verb="goal.reached").count() == 1

    with pytest.raises(Conflict):
        actions.rest_goal(goal=goal, actor=cast_.chi, now=LATER)
    actions.activate_goal(goal=goal, actor=cast_.chi, now=LATER)
    goal.refresh_from_db()
    assert (goal.state, goal.state_since) == (GoalState.ACTIVE, LATER)


def test_rest_keeps_everything_and_may_name_a_day(cast_: Cast, goal: Goal) -> None:
    _add_step(goal, cast_.chi, "One question a week")

    actions.rest_goal(goal=goal, actor=cast_.chi, wakes_on=date(2026, 9, 1), now=NOW)

    goal.refresh_from_db()
    assert (goal.state, goal.wakes_on) == (GoalState.RESTING, date(2026, 9, 1))
    assert _steps(goal, cast_.chi) == [("One question a week", False)]
    assert Entry.objects.filter(verb="goal.rested").count() == 1


def test_rest_until_a_past_day_is_refused_and_changes_nothing(cast_: Cast, goal: Goal) -> None:
    with pytest.raises(Invalid) as refused:
        actions.rest_goal(goal=goal, actor=cast_.chi, wakes_on=date(2026, 3, 4), now=NOW)

    goal.refresh_from_db()
    assert refused.value.field == "wakes_on"
    assert goal.state == GoalState.ACTIVE


def test_let_go_with_what_matters_more_becomes_a_new_idea(cast_: Cast, goal: Goal) -> None:
    actions.share_goal(goal=goal, actor=cast_.chi, shared=True, now=NOW)

    actions.let_go_goal(goal=goal, actor=cast_.chi, matters_more="Health comes first", now=LATER)

    goal.refresh_from_db()
    idea = Goal.objects.exclude(pk=goal.pk).get()
    assert (goal.state, goal.became) == (GoalState.LET_GO, idea)
    assert goal_line(goal, viewer=cast_.chi).farewell == "Health comes first"
    assert (idea.state, idea.owner, idea.shared) == (GoalState.IDEA, cast_.chi, True)
    assert goal_line(idea, viewer=cast_.ben).title == "Health comes first"
    assert Entry.objects.filter(verb="goal.let_go").count() == 1


def test_let_go_without_a_word_is_fine_and_twice_is_once(cast_: Cast, goal: Goal) -> None:
    for _ in range(2):
        actions.let_go_goal(goal=goal, actor=cast_.chi, now=LATER)

    goal.refresh_from_db()
    assert (goal.state, goal.became, goal.farewell_sealed) == (GoalState.LET_GO, None, None)
    assert Goal.objects.count() == 1


def test_let_go_goal_can_become_an_idea_again(cast_: Cast, goal: Goal) -> None:
    actions.let_go_goal(goal=goal, actor=cast_.chi, now=NOW)

    actions.make_goal_idea(goal=goal, actor=cast_.chi, now=LATER)

    goal.refresh_from_db()
    assert goal.state == GoalState.IDEA


def test_resting_goal_wakes_once_on_its_day_in_its_owners_zone(cast_: Cast, goal: Goal) -> None:
    actions.rest_goal(goal=goal, actor=cast_.chi, wakes_on=date(2026, 3, 6), now=NOW)
    in_kolkata_thursday = NOW.replace(day=5, hour=18, minute=29)

    assert actions.wake_goals(now=in_kolkata_thursday) == 0
    assert actions.wake_goals(now=in_kolkata_thursday + timedelta(minutes=1)) == 1
    assert actions.wake_goals(now=LATER + timedelta(days=3)) == 0
    assert Entry.objects.get(verb="goal.woke").subject_id == goal.pk


def test_goal_that_left_its_rest_does_not_ask(cast_: Cast, goal: Goal) -> None:
    actions.rest_goal(goal=goal, actor=cast_.chi, wakes_on=date(2026, 3, 6), now=NOW)
    actions.activate_goal(goal=goal, actor=cast_.chi, now=NOW)

    assert actions.wake_goals(now=LATER + timedelta(days=9)) == 0


def test_steps_are_ticked_moved_and_taken_away(cast_: Cast, goal: Goal) -> None:
    first, second, third = (_add_step(goal, cast_.chi, text) for text in ("one", "two", "three"))

    actions.tick_step(step=second, actor=cast_.chi, done=True, now=NOW)
    actions.move_step(step=third, actor=cast_.chi, up=True)
    actions.move_step(step=first, actor=cast_.chi, up=True)
    assert _steps(goal, cast_.chi) == [("one", False), ("three", False), ("two", True)]

    actions.move_step(step=first, actor=cast_.chi, up=False)
    actions.tick_step(step=second, actor=cast_.chi, done=False, now=NOW)
    actions.remove_step(step=third, actor=cast_.chi)
    assert _steps(goal, cast_.chi) == [("one", False), ("two", False)]
    assert b"two" not in bytes(second.text_sealed)


def test_removed_goal_is_gone_with_its_steps(cast_: Cast, goal: Goal) -> None:
    _add_step(goal, cast_.chi, "one")

    for _ in range(2):
        actions.remove_goal(goal=goal, actor=cast_.chi, now=NOW)

    assert (Goal.objects.count(), Step.objects.count()) == (0, 0)


def test_ended_mentorship_is_read_not_written(cast_: Cast, goal: Goal) -> None:
    end_early(mentorship=cast_.pair, actor=cast_.chi, reason=EndReason.UNSAID, now=NOW)

    with pytest.raises(Conflict):
        actions.reach_goal(goal=goal, actor=cast_.chi, now=NOW)
    assert get_goal(cast_.chi, goal.public_id) == goal
