"""Planning activities, doing them, skipping them, writing a few notes or a letter to oneself; and the program's plan."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.activities.access import visible_activities
from alongside.activities.enums import VERBS, ActivityKind, ActivityState
from alongside.activities.errors import NotesChanged
from alongside.activities.library import activity_library
from alongside.activities.models import Activity, Letter
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.journal.actions import record
from alongside.mentorships.access import check_may_write, check_member
from alongside.mentorships.enums import MentorshipState
from alongside.mentorships.models import Mentorship
from alongside.mentorships.rests import Rest, after_rests, rests_of
from alongside.people.models import Person
from alongside.programs.enums import PlanItemKind
from alongside.programs.models import PlanItem
from alongside.vault.actions import seal

LONGEST_TITLE, LONGEST_TEXT = 160, 6000
FURTHEST = timedelta(days=1100)
_OF_PLAN = {
    PlanItemKind.ACTIVITY: ActivityKind.ACTIVITY,
    PlanItemKind.TALK: ActivityKind.TALK,
    PlanItemKind.TIP: ActivityKind.TIP,
}


@transaction.atomic
def lay_out_plan(*, mentorship: Mentorship, now: datetime) -> int:
    """Gives a mentorship the program's plan: activities, talks and tips, on days counted from its start.

    Surveys of the plan are asked by their own room. Called again it adds only what is not there; returns how much.
    """
    items = PlanItem.objects.filter(stage__program=mentorship.program_id, kind__in=_OF_PLAN)
    there = set(Activity.objects.filter(mentorship=mentorship).values_list("plan_item_id", flat=True))
    rests = rests_of(mentorship, now=now)
    rows = [
        _from_plan(item, mentorship, rests, now)
        for item in items.select_related("stage")
        if item.pk not in there
    ]
    Activity.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def shift_plan(*, mentorship: Mentorship, now: datetime) -> int:
    """Lays what the plan still holds ahead on days that leave out the mentorship's rests; returns how much moved.

    What is done or skipped stays, and so does every day the two chose themselves. Always counted from the start, so it
    may be called at any time and as often as one likes; a rest that ends early moves the days back.
    """
    rests = rests_of(mentorship, now=now)
    rows = Activity.objects.select_for_update().filter(
        mentorship=mentorship, state=ActivityState.PLANNED, plan_day__isnull=False
    )
    moved = []
    for row in rows:
        day = after_rests(mentorship.started_on + timedelta(days=row.plan_day or 0), rests)
        if row.planned_on != day:
            row.planned_on = day
            moved.append(row)
    if moved:
        Activity.objects.bulk_update(moved, ["planned_on"])
        record(
            "plan.shifted",
            actor_id=None,
            subject=mentorship,
            program_id=mentorship.program_id,
            data={"count": len(moved)},
            now=now,
        )
    return len(moved)


@transaction.atomic
def plan_activity(
    *, mentorship: Mentorship, actor: Person, key: str, planned_on: date | None = None, now: datetime
) -> Activity:
    """Plans an activity of the library for the two. One that is planned already is given back, with the new day."""
    check_may_write(actor, mentorship)
    if key not in {activity.key for activity in activity_library().activities}:
        raise Invalid(_("This activity is not in the library."), field="key")
    _check_day(planned_on, now)
    Mentorship.objects.select_for_update(of=("self",)).get(pk=mentorship.pk)
    there = (
        visible_activities(actor)
        .filter(
            mentorship=mentorship, kind=ActivityKind.ACTIVITY, library_key=key, state=ActivityState.PLANNED
        )
        .order_by("pk")
        .first()
    )
    if there is not None:
        return replan_activity(
            activity=there, actor=actor, planned_on=planned_on or there.planned_on, now=now
        )
    row = Activity.objects.create(
        mentorship=mentorship, library_key=key, added_by=actor, planned_on=planned_on, created_at=now
    )
    _tell(VERBS[ActivityState.PLANNED], row, actor=actor, now=now)
    return row


@transaction.atomic
def add_own_activity(
    *,
    mentorship: Mentorship,
    actor: Person,
    title: str,
    text: str = "",
    planned_on: date | None = None,
    now: datetime,
) -> Activity:
    """Something the two thought of themselves."""
    check_may_write(actor, mentorship)
    words = " ".join(title.split())
    if not words or len(words) > LONGEST_TITLE:
        raise Invalid(_("Give it a short title."), field="title")
    _check_day(planned_on, now)
    row = Activity(
        mentorship=mentorship, kind=ActivityKind.OWN, added_by=actor, planned_on=planned_on, created_at=now
    )
    place = f"activity:{row.public_id}"
    row.title_sealed = _sealed(words, row, actor, f"{place}:title")
    row.text_sealed = _sealed(_checked(text), row, actor, f"{place}:text")
    row.save()
    _tell(VERBS[ActivityState.PLANNED], row, actor=actor, now=now)
    return row


@transaction.atomic
def set_activity_state(*, activity: Activity, actor: Person, state: ActivityState, now: datetime) -> Activity:
    """Done, skipped, or planned again: each is a step from each, said by either of the two. Idempotent."""
    row = _locked(activity, actor=actor)
    if row.state != state:
        row.state = state
        row.settled_at = None if state == ActivityState.PLANNED else now
        row.save(update_fields=["state", "settled_at"])
        _tell(VERBS[state], row, actor=actor, now=now)
    return row


@transaction.atomic
def replan_activity(*, activity: Activity, actor: Person, planned_on: date | None, now: datetime) -> Activity:
    """Another day for it, or none in particular. A day is a wish, not a due date; a rest no longer moves it."""
    row = _locked(activity, actor=actor)
    _check_day(planned_on, now)
    if row.planned_on != planned_on:
        row.planned_on, row.plan_day = planned_on, None
        row.save(update_fields=["planned_on", "plan_day"])
        _tell("activity.replanned", row, actor=actor, now=now)
    return row


@transaction.atomic
def tick_activity_step(*, activity: Activity, actor: Person, position: int, done: bool) -> Activity:
    """Ticks one of the steps the library gives, or opens it again. Raises Invalid for a step it does not have."""
    row = _locked(activity, actor=actor)
    if not 0 <= position < _step_count(row):
        raise Invalid(_("There is no such step."), field="position")
    ticked = {int(number) for number in row.steps_done}
    row.steps_done = sorted(ticked | {position} if done else ticked - {position})
    row.save(update_fields=["steps_done"])
    return row


@transaction.atomic
def write_activity_notes(*, activity: Activity, actor: Person, text: str, based_on: int) -> Activity:
    """The pair's notes on an activity, written anew by one of the two on the version they had before them.

    Raises NotesChanged when somebody wrote in between: nothing is overwritten unseen.
    """
    row = _locked(activity, actor=actor)
    words = _checked(text)
    if row.notes_version != based_on:
        raise NotesChanged(_("These notes were written anew while you were writing. Both are here."))
    row.notes_sealed = _sealed(words, row, actor, f"activity:{row.public_id}:notes")
    row.notes_by, row.notes_version = actor, row.notes_version + 1
    row.save(update_fields=["notes_sealed", "notes_by", "notes_version"])
    return row


@transaction.atomic
def remove_activity(*, activity: Activity, actor: Person, now: datetime) -> None:
    """Takes away what the two planned themselves. What the plan offers is skipped instead. Idempotent."""
    if not Activity.objects.filter(pk=activity.pk).exists():
        return
    row = _locked(activity, actor=actor)
    if row.stage:
        raise Conflict(_("This comes from the program’s plan. You can skip it instead."))
    _tell("activity.removed", row, actor=actor, now=now)
    Activity.objects.filter(pk=row.pk).delete()


@transaction.atomic
def seal_letter(*, mentorship: Mentorship, actor: Person, text: str, now: datetime) -> Letter:
    """A letter to oneself, shut from now on until the two part: its writer cannot read it either.

    Raises Conflict where one lies sealed already, and when letters are open because the two are parting.
    """
    check_may_write(actor, mentorship)
    row = Mentorship.objects.select_for_update(of=("self",)).get(pk=mentorship.pk)
    words = _checked(text)
    if not words:
        raise Invalid(_("There are no words yet."), field="text")
    if row.state == MentorshipState.CLOSING:
        raise Conflict(_("You two are bringing it to an end. Letters are open now."))
    if Letter.objects.filter(mentorship=row, writer=actor).exists():
        raise Conflict(_("Your letter is sealed already. Take it away first to write another one."))
    letter = Letter(mentorship=row, writer=actor, created_at=now)
    about = f"letter:{letter.public_id}:text"
    letter.text_sealed = seal(words, scope=row.scope, owner_id=actor.pk, about=about) or b""
    letter.save()
    _tell_of_letter("letter.sealed", letter, now=now)
    return letter


@transaction.atomic
def remove_letter(*, mentorship: Mentorship, actor: Person, now: datetime) -> None:
    """Takes one's own letter away for good, read or unread. Idempotent; possible after the end as well."""
    check_member(actor, mentorship)
    letter = Letter.objects.filter(mentorship=mentorship, writer=actor).select_related("mentorship").first()
    if letter is not None:
        _tell_of_letter("letter.removed", letter, now=now)
        Letter.objects.filter(pk=letter.pk).delete()


def _from_plan(item: PlanItem, mentorship: Mentorship, rests: Sequence[Rest], now: datetime) -> Activity:
    return Activity(
        mentorship=mentorship,
        kind=_OF_PLAN[PlanItemKind(item.kind)],
        library_key=item.key,
        plan_item=item,
        stage=item.stage.name,
        stage_intro=item.stage.intro,
        stage_position=item.stage.position,
        who=item.who,
        title=item.title,
        text=item.text,
        planned_on=after_rests(mentorship.started_on + timedelta(days=item.day), rests),
        plan_day=item.day,
        created_at=now,
    )


def _locked(activity: Activity, *, actor: Person) -> Activity:
    if not visible_activities(actor).filter(pk=activity.pk).exists():
        raise NotFound
    check_may_write(actor, activity.mentorship)
    rows = Activity.objects.select_for_update(of=("self",)).select_related("mentorship")
    return rows.get(pk=activity.pk)


def _step_count(row: Activity) -> int:
    if row.kind != ActivityKind.ACTIVITY:
        return 0
    known = {activity.key: len(activity.steps) for activity in activity_library().activities}
    return known.get(row.library_key, 0)


def _check_day(day: date | None, now: datetime) -> None:
    if day is not None and abs(day - now.date()) > FURTHEST:
        raise Invalid(_("Choose a day within the coming years."), field="planned_on")


def _checked(text: str) -> str:
    if len(text.strip()) > LONGEST_TEXT:
        raise Invalid(_("Say it a little shorter."), field="text")
    return text.strip()


def _sealed(text: str, row: Activity, owner: Person, about: str) -> bytes | None:
    return seal(text, scope=row.mentorship.scope, owner_id=owner.pk, about=about)


def _tell(verb: str, row: Activity, *, actor: Person, now: datetime) -> None:
    record(
        verb,
        actor_id=actor.pk,
        subject=row,
        program_id=row.mentorship.program_id,
        data={"mentorship": row.mentorship_id, "kind": row.kind, "key": row.library_key},
        now=now,
    )


def _tell_of_letter(verb: str, letter: Letter, *, now: datetime) -> None:
    record(
        verb,
        actor_id=letter.writer_id,
        subject=letter,
        program_id=letter.mentorship.program_id,
        data={"mentorship": letter.mentorship_id},
        now=now,
    )
