"""What every change of a goal begins and ends with: the locked row, sealed words, an entry in the journal."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.foundation.errors import Invalid
from alongside.goals.access import check_owner
from alongside.goals.models import Goal
from alongside.journal.actions import record
from alongside.mentorships.access import check_may_write
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.vault.actions import seal

LONGEST_TITLE, LONGEST_WHY, LONGEST_STEP = 160, 4000, 300


def locked(goal: Goal, *, actor: Person) -> Goal:
    """The goal as it is now, locked until the transaction ends.

    Raises NotAllowed for the partner, NotFound for strangers, Conflict once the mentorship is closed.
    """
    check_owner(actor, goal)
    check_may_write(actor, goal.mentorship)
    rows = Goal.objects.select_for_update(of=("self",)).select_related("mentorship", "owner__preferences")
    return rows.get(pk=goal.pk)


def line(text: str, *, longest: int, field: str) -> str:
    """One line of words. Raises Invalid when there are none or too many."""
    words = " ".join(text.split())
    if not words:
        raise Invalid(_("There are no words yet."), field=field)
    if len(words) > longest:
        raise Invalid(_("Say it a little shorter."), field=field)
    return words


def sealed(text: str, *, mentorship: Mentorship, owner: Person, about: str) -> bytes | None:
    return seal(text, scope=mentorship.scope, owner_id=owner.pk, about=about)


def tell(verb: str, goal: Goal, *, actor: Person | None, now: datetime) -> None:
    """Records an entry about the goal: which, never what it is about."""
    record(
        verb,
        actor_id=actor.pk if actor else None,
        subject=goal,
        program_id=goal.mentorship.program_id,
        data={"mentorship": goal.mentorship_id},
        now=now,
    )
