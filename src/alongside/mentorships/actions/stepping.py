"""The one way a mentorship changes its state: locked, checked against the allowed steps, written."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict
from alongside.journal.actions import record
from alongside.mentorships.access import check_member
from alongside.mentorships.enums import STEPS, MentorshipState
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person


def locked(mentorship: Mentorship, *, actor: Person | None) -> Mentorship:
    """The row as it is now, locked until the transaction ends. Raises NotFound unless `actor` is a member.

    `actor` None is the system itself.
    """
    if actor is not None:
        check_member(actor, mentorship)
    rows = Mentorship.objects.select_for_update(of=("self",)).select_related("program", "match_type")
    return rows.get(pk=mentorship.pk)


def step(row: Mentorship, state: MentorshipState, *, now: datetime) -> None:
    """Moves a locked row to `state`. Raises Conflict when that is no step from where it stands.

    A pause does not outlive the state it belongs to.
    """
    if state not in STEPS[row.state]:
        raise Conflict(
            _("This is not possible while the mentorship is in the state “%(state)s”.")
            % {"state": MentorshipState(row.state).label}
        )
    if row.state == MentorshipState.PAUSED:
        row.pauses.filter(ended_at__isnull=True).update(ended_at=now)
    row.state, row.state_since = state, now
    row.save(update_fields=["state", "state_since"])


def tell(
    verb: str, row: Mentorship, *, actor: Person | None, now: datetime, data: dict[str, object] | None = None
) -> None:
    """Records an entry about the mentorship."""
    record(
        verb,
        actor_id=actor.pk if actor else None,
        subject=row,
        program_id=row.program_id,
        data=data,
        now=now,
    )
