"""Who may read a goal: its owner, and the partner while it is shared. Nobody else, staff least of all."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from alongside.foundation.errors import NotAllowed, NotFound
from alongside.foundation.reading import one_of_rows
from alongside.goals.models import Goal, Step
from alongside.mentorships.access import in_own
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person


def visible_goals(person: Person, *, of: Mentorship | Sequence[Mentorship] | None = None) -> QuerySet[Goal]:
    """One's own goals, and those a partner shares, in the mentorships this person is or was a member of.

    Or `of` some of these, or of one, which the goals then hold.
    """
    rows = of.goals.all() if isinstance(of, Mentorship) else Goal.objects.all()
    return rows.filter(readable_by(person.pk), in_own(person, of))


def readable_by(person: int) -> Q:
    """What remains of the check for goals of mentorships known to be this person's: their own, and what is shared."""
    return Q(owner=person) | Q(shared=True)


def get_goal(person: Person, public_id: str) -> Goal:
    """A goal, for whoever may read it. Raises NotFound for everybody else."""
    rows = visible_goals(person).filter(public_id=public_id)
    row = one_of_rows(rows.select_related("mentorship__program", "mentorship__match_type", "owner"))
    if row is None:
        raise NotFound
    return row


def get_step(person: Person, goal: Goal, public_id: str) -> Step:
    """A small step of a goal this person may read. Raises NotFound."""
    row = goal.steps.filter(public_id=public_id).first()
    if row is None or not visible_goals(person).filter(pk=goal.pk).exists():
        raise NotFound
    row.goal = goal
    return row


def check_owner(person: Person, goal: Goal) -> None:
    """Raises NotAllowed for a partner who may only read it, NotFound for everybody else."""
    if goal.owner_id == person.pk:
        return
    if visible_goals(person).filter(pk=goal.pk).exists():
        raise NotAllowed
    raise NotFound
