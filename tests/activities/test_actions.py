"""Activities: planned from library, plan or own idea; done, skipped, planned again; steps and notes."""

from datetime import date, timedelta

import pytest

from alongside.activities import actions
from alongside.activities.access import get_activity
from alongside.activities.enums import ActivityState
from alongside.activities.errors import NotesChanged
from alongside.activities.library import activity_library
from alongside.activities.models import Activity
from alongside.activities.queries import activity_lines
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.journal.models import Entry
from alongside.mentorships.actions import start_mentorship
from alongside.mentorships.models import Mentorship
from alongside.programs.enums import PlanAudience, PlanItemKind
from alongside.programs.models import PlanItem, PlanStage, Program
from tests import factories as make
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 20)


def _planned(cast: Cast, key: str = "network-map", planned_on: date | None = DAY) -> Activity:
    return actions.plan_activity(
        mentorship=cast.pair, actor=cast.chi, key=key, planned_on=planned_on, now=NOW
    )


def _plan_of(program: Program) -> PlanStage:
    arrive = PlanStage.objects.create(program=program, name="Arrive", intro="Take your time.", position=0)
    later = PlanStage.objects.create(program=program, name="Later", position=1)
    for stage, kind, key, day, who in (
        (arrive, PlanItemKind.TALK, "first-video", 3, PlanAudience.BOTH),
        (arrive, PlanItemKind.SURVEY, "first-hello", 7, PlanAudience.BOTH),
        (arrive, PlanItemKind.ACTIVITY, "user-manual-of-me", 10, PlanAudience.BOTH),
        (later, PlanItemKind.TIP, "", 28, PlanAudience.MENTOR),
    ):
        PlanItem.objects.create(stage=stage, kind=kind, key=key, title=key or "Listen", day=day, who=who)
    return arrive


def _begun(cast: Cast) -> Mentorship:
    mentee = make.participation(cast.program, make.person("Ivy"), "mentee")
    mentor = make.participation(cast.program, make.person("Jon"), "mentor")
    return start_mentorship(mentee=mentee, mentor=mentor, reasons=[], actor=None, now=NOW)


def test_mentorship_begins_with_the_programs_plan_on_days_from_its_start(cast_: Cast) -> None:
    _plan_of(cast_.program)

    mentorship = _begun(cast_)

    rows = Activity.objects.filter(mentorship=mentorship).order_by("planned_on")
    assert [(row.kind, row.library_key, row.stage, row.planned_on, row.who) for row in rows] == [
        ("talk", "first-video", "Arrive", date(2026, 3, 7), "both"),
        ("activity", "user-manual-of-me", "Arrive", date(2026, 3, 14), "both"),
        ("tip", "", "Later", date(2026, 4, 1), "mentor"),
    ]


def test_plan_is_laid_out_once_and_outlives_the_programs_edits(cast_: Cast) -> None:
    stage = _plan_of(cast_.program)
    mentorship = _begun(cast_)

    assert actions.lay_out_plan(mentorship=mentorship, now=NOW) == 0
    stage.delete()
    mine = Activity.objects.filter(mentorship=mentorship, stage="Arrive").order_by("pk")
    assert [line.title for line in activity_lines(mine)] == ["first-video", "user-manual-of-me"]


def test_planned_activity_is_told_and_carries_the_librarys_words(cast_: Cast) -> None:
    row = _planned(cast_)

    (line,) = activity_lines([row])
    assert (line.title, line.minutes, row.planned_on, row.state) == ("Network map", 40, DAY, "planned")
    entry = Entry.objects.get(verb="activity.planned")
    assert (entry.actor_id, entry.data["key"]) == (cast_.chi.pk, "network-map")


def test_planning_the_same_again_moves_its_day_instead_of_doubling_it(cast_: Cast) -> None:
    first = _planned(cast_)

    again = actions.plan_activity(
        mentorship=cast_.pair, actor=cast_.ben, key="network-map", planned_on=DAY + timedelta(days=7), now=NOW
    )

    assert (again.pk, again.planned_on, Activity.objects.count()) == (first.pk, DAY + timedelta(days=7), 1)


def test_activity_done_once_can_be_planned_anew(cast_: Cast) -> None:
    first = _planned(cast_)
    actions.set_activity_state(activity=first, actor=cast_.chi, state=ActivityState.DONE, now=NOW)

    assert _planned(cast_).pk != first.pk


def test_unknown_activity_is_refused(cast_: Cast) -> None:
    with pytest.raises(Invalid):
        _planned(cast_, key="no-such-thing")


def test_own_idea_is_sealed(cast_: Cast) -> None:
    row = actions.add_own_activity(
        mentorship=cast_.pair, actor=cast_.ben, title="Visit the lab", text="Bring shoes.", now=NOW
    )

    assert b"lab" not in bytes(row.title_sealed or b"")
    assert (row.title, row.text) == ("", "")
    (line,) = activity_lines([row])
    assert (line.title, line.text, line.steps) == ("Visit the lab", "Bring shoes.", [])


@pytest.mark.parametrize("state", [ActivityState.DONE, ActivityState.SKIPPED])
def test_done_and_skipped_are_steps_with_a_way_back(cast_: Cast, state: ActivityState) -> None:
    row = _planned(cast_)

    for _ in range(2):
        actions.set_activity_state(activity=row, actor=cast_.ben, state=state, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.settled_at) == (state, NOW)
    assert Entry.objects.filter(verb=f"activity.{state}").count() == 1

    actions.set_activity_state(activity=row, actor=cast_.chi, state=ActivityState.PLANNED, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.settled_at) == (ActivityState.PLANNED, None)


def test_steps_are_ticked_by_either_and_only_those_there_are(cast_: Cast) -> None:
    row = _planned(cast_)
    count = len(activity_library().activity("network-map").steps)

    actions.tick_activity_step(activity=row, actor=cast_.chi, position=2, done=True)
    actions.tick_activity_step(activity=row, actor=cast_.ben, position=0, done=True)
    row = actions.tick_activity_step(activity=row, actor=cast_.ben, position=2, done=False)

    (line,) = activity_lines([row])
    assert [tick.position for tick in line.steps if tick.done] == [0]
    for position in (-1, count):
        with pytest.raises(Invalid):
            actions.tick_activity_step(activity=row, actor=cast_.chi, position=position, done=True)


def test_notes_are_sealed_and_never_overwritten_unseen(cast_: Cast) -> None:
    row = _planned(cast_)
    actions.write_activity_notes(activity=row, actor=cast_.chi, text="Two names.", based_on=0)

    with pytest.raises(NotesChanged):
        actions.write_activity_notes(activity=row, actor=cast_.ben, text="Three names.", based_on=0)

    row = actions.write_activity_notes(activity=row, actor=cast_.ben, text="Two names. And Li.", based_on=1)
    assert b"names" not in bytes(row.notes_sealed or b"")
    assert (activity_lines([row])[0].notes, row.notes_by) == ("Two names. And Li.", cast_.ben)


def test_what_the_plan_offers_is_skipped_not_removed(cast_: Cast) -> None:
    own = _planned(cast_)
    _plan_of(cast_.program)
    actions.lay_out_plan(mentorship=cast_.pair, now=NOW)
    offered = Activity.objects.get(library_key="user-manual-of-me")

    for _ in range(2):
        actions.remove_activity(activity=own, actor=cast_.ben, now=NOW)
    with pytest.raises(Conflict):
        actions.remove_activity(activity=offered, actor=cast_.ben, now=NOW)

    assert not Activity.objects.filter(pk=own.pk).exists()


def test_tip_is_for_whom_it_is_meant(cast_: Cast) -> None:
    _plan_of(cast_.program)
    actions.lay_out_plan(mentorship=cast_.pair, now=NOW)
    tip = Activity.objects.get(kind="tip")

    assert get_activity(cast_.ben, tip.public_id) == tip
    with pytest.raises(NotFound):
        get_activity(cast_.chi, tip.public_id)


@pytest.mark.parametrize("stranger", ["dov", "eva", "ada", "gus", "hal"])
def test_nobody_else_plans_changes_or_finds(cast_: Cast, stranger: str) -> None:
    row, actor = _planned(cast_), getattr(cast_, stranger)

    with pytest.raises(NotFound):
        get_activity(actor, row.public_id)
    with pytest.raises(NotFound):
        actions.plan_activity(mentorship=cast_.pair, actor=actor, key="case-on-the-table", now=NOW)
    with pytest.raises(NotFound):
        actions.set_activity_state(activity=row, actor=actor, state=ActivityState.DONE, now=NOW)
    with pytest.raises(NotFound):
        actions.write_activity_notes(activity=row, actor=actor, text="x", based_on=0)
    row.refresh_from_db()
    assert (row.state, row.notes_version) == (ActivityState.PLANNED, 0)
