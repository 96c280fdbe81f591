"""Writing goals down, changing the words, showing them to the partner, taking them away."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Invalid
from alongside.goals.actions._row import LONGEST_TITLE, LONGEST_WHY, line, locked, sealed, tell
from alongside.goals.enums import GoalState
from alongside.goals.models import Goal
from alongside.mentorships.access import check_may_write
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person


@transaction.atomic
def add_goal(
    *,
    mentorship: Mentorship,
    actor: Person,
    title: str,
    why: str = "",
    state: GoalState = GoalState.ACTIVE,
    shared: bool = False,
    around_on: date | None = None,
    now: datetime,
) -> Goal:
    """A hope or aim of the actor's own: an idea, or in motion at once. Nobody else reads it unless `shared`."""
    check_may_write(actor, mentorship)
    if state not in {GoalState.IDEA, GoalState.ACTIVE}:
        raise Invalid(_("A goal begins as an idea or in motion."), field="state")
    goal = Goal(
        mentorship=mentorship,
        owner=actor,
        state=state,
        state_since=now,
        shared=shared,
        around_on=around_on,
        created_at=now,
    )
    _write(goal, title, why)
    goal.save()
    tell("goal.added", goal, actor=actor, now=now)
    return goal


@transaction.atomic
def edit_goal(
    *, goal: Goal, actor: Person, title: str, why: str = "", around_on: date | None = None, now: datetime
) -> Goal:
    """New words for one's own goal."""
    row = locked(goal, actor=actor)
    _write(row, title, why)
    row.around_on = around_on
    row.save(update_fields=["title_sealed", "why_sealed", "around_on"])
    tell("goal.edited", row, actor=actor, now=now)
    return row


@transaction.atomic
def share_goal(*, goal: Goal, actor: Person, shared: bool, now: datetime) -> Goal:
    """Shows one's goal to the partner, or takes it back to oneself. Idempotent."""
    row = locked(goal, actor=actor)
    if row.shared != shared:
        row.shared = shared
        row.save(update_fields=["shared"])
        tell("goal.shared" if shared else "goal.unshared", row, actor=actor, now=now)
    return row


@transaction.atomic
def remove_goal(*, goal: Goal, actor: Person, now: datetime) -> None:
    """Takes one's goal away with its steps, for good. Does nothing when it is gone."""
    if not Goal.objects.filter(pk=goal.pk).exists():
        return
    row = locked(goal, actor=actor)
    tell("goal.removed", row, actor=actor, now=now)
    Goal.objects.filter(pk=row.pk).delete()


def _write(goal: Goal, title: str, why: str) -> None:
    words = line(title, longest=LONGEST_TITLE, field="title")
    if len(why.strip()) > LONGEST_WHY:
        raise Invalid(_("Say it a little shorter."), field="why")
    place = f"goal:{goal.public_id}"
    owner, mentorship = goal.owner, goal.mentorship
    goal.title_sealed = sealed(words, mentorship=mentorship, owner=owner, about=f"{place}:title") or b""
    goal.why_sealed = sealed(why.strip(), mentorship=mentorship, owner=owner, about=f"{place}:why")
