"""How a goal moves: into motion, to rest, reached, let go; and each of them back."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.engine.timing.zones import wall_at
from alongside.foundation.errors import Conflict, Invalid
from alongside.goals.actions._row import LONGEST_TITLE, line, locked, sealed, tell
from alongside.goals.enums import GoalState
from alongside.goals.models import Goal
from alongside.people.models import Person
from alongside.people.queries import known_zone

_FURTHEST_CLOCK = timedelta(days=1)  # somewhere it is tomorrow already


@transaction.atomic
def activate_goal(*, goal: Goal, actor: Person, now: datetime) -> Goal:
    """Into motion, from anywhere. Idempotent."""
    return _step(locked(goal, actor=actor), GoalState.ACTIVE, verb="goal.activated", actor=actor, now=now)


@transaction.atomic
def make_goal_idea(*, goal: Goal, actor: Person, now: datetime) -> Goal:
    """Back to an idea. Idempotent."""
    return _step(locked(goal, actor=actor), GoalState.IDEA, verb="goal.became_idea", actor=actor, now=now)


@transaction.atomic
def reach_goal(*, goal: Goal, actor: Person, now: datetime) -> Goal:
    """Reached, by the owner's own measure. Idempotent."""
    return _step(locked(goal, actor=actor), GoalState.REACHED, verb="goal.reached", actor=actor, now=now)


@transaction.atomic
def rest_goal(*, goal: Goal, actor: Person, wakes_on: date | None = None, now: datetime) -> Goal:
    """Lets a goal rest: it keeps everything and asks nothing, or asks softly once from `wakes_on` on.

    Called again it changes that day. Raises Invalid for a day that is not to come.
    """
    row = locked(goal, actor=actor)
    if wakes_on is not None and wakes_on <= _today(row, now):
        raise Invalid(_("Choose a day to come, or leave it open."), field="wakes_on")
    if row.state != GoalState.RESTING:
        _step(row, GoalState.RESTING, verb="goal.rested", actor=actor, now=now)
    row.wakes_on, row.woke_at = wakes_on, None
    row.save(update_fields=["wakes_on", "woke_at"])
    return row


@transaction.atomic
def let_go_goal(*, goal: Goal, actor: Person, matters_more: str = "", now: datetime) -> Goal:
    """Lets a goal go, which is not failing. What matters more now, if it is said, becomes a new idea.

    The idea may be read by those who could read the goal it grew from. Called again it changes nothing.
    """
    row = locked(goal, actor=actor)
    if row.state == GoalState.LET_GO:
        return row
    _step(row, GoalState.LET_GO, verb="goal.let_go", actor=actor, now=now)
    if matters_more.strip():
        words = line(matters_more, longest=LONGEST_TITLE, field="matters_more")
        row.farewell_sealed = sealed(
            words, mentorship=row.mentorship, owner=row.owner, about=f"goal:{row.public_id}:farewell"
        )
        row.became = _idea(row, words, now)
        row.save(update_fields=["farewell_sealed", "became"])
        tell("goal.added", row.became, actor=actor, now=now)
    return row


@transaction.atomic
def wake_goals(*, now: datetime) -> int:
    """Tells of every resting goal whose day has come in its owner's zone, once a rest; returns how many."""
    latest = (now + _FURTHEST_CLOCK).date()
    rows = Goal.objects.filter(state=GoalState.RESTING, woke_at__isnull=True, wakes_on__lte=latest)
    woke = 0
    for row in rows.select_related("mentorship", "owner__preferences").order_by("pk"):
        if row.wakes_on is None or row.wakes_on > _today(row, now):
            continue
        still = Goal.objects.filter(pk=row.pk, state=GoalState.RESTING, woke_at__isnull=True)
        if still.update(woke_at=now):
            tell("goal.woke", row, actor=None, now=now)
            woke += 1
    return woke


def _step(row: Goal, state: GoalState, *, verb: str, actor: Person, now: datetime) -> Goal:
    """Moves a locked row. Raises Conflict when that is no step from where it stands."""
    if row.state == state:
        return row
    if not row.can_become(state):
        raise Conflict(
            _("This goal stands at “%(state)s” now. Take it into motion first.")
            % {"state": GoalState(row.state).label}
        )
    row.state, row.state_since, row.wakes_on, row.woke_at = state, now, None, None
    row.save(update_fields=["state", "state_since", "wakes_on", "woke_at"])
    tell(verb, row, actor=actor, now=now)
    return row


def _idea(grown_from: Goal, words: str, now: datetime) -> Goal:
    idea = Goal(
        mentorship=grown_from.mentorship,
        owner=grown_from.owner,
        state=GoalState.IDEA,
        state_since=now,
        shared=grown_from.shared,
        created_at=now,
    )
    about = f"goal:{idea.public_id}:title"
    idea.title_sealed = (
        sealed(words, mentorship=grown_from.mentorship, owner=grown_from.owner, about=about) or b""
    )
    idea.save()
    return idea


def _today(goal: Goal, now: datetime) -> date:
    return wall_at(now, known_zone(goal.owner.preferences.zone)).day
