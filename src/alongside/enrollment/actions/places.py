"""The program's places: who gets one, who waits, who moves up. Every function here needs the program's row locked."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.enrollment.actions.stepping import step, tell
from alongside.enrollment.enums import ParticipationState
from alongside.enrollment.models import Participation
from alongside.enrollment.queries.participants import places_left, waitlist
from alongside.foundation.errors import Conflict
from alongside.people.models import Person
from alongside.programs.models import Program


def take_place(row: Participation, *, program: Program, actor: Person | None, now: datetime) -> None:
    """Enrolls a locked row if a place is left, else puts it on the waitlist. Raises Conflict where there is none."""
    if row.state in (ParticipationState.APPROVED, ParticipationState.WAITLISTED):
        return
    if places_left(program) != 0:
        step(row, ParticipationState.APPROVED, now=now)
        tell("participation.approved", row, actor=actor, now=now)
        return
    if not program.waitlist:
        raise Conflict(_("All {places} places of this program are taken.").format(places=program.places))
    step(row, ParticipationState.WAITLISTED, now=now)
    tell("participation.waitlisted", row, actor=actor, now=now)


def move_up(program: Program, *, now: datetime) -> list[Participation]:
    """Gives every free place to whoever has waited longest; returns who moved up."""
    free = places_left(program)
    waiting = waitlist(program).select_for_update(of=("self",))
    moved = list(waiting if free is None else waiting[:free])
    for row in moved:
        step(row, ParticipationState.APPROVED, now=now)
        tell("participation.approved", row, actor=None, now=now, data={"moved_up": True})
    return moved
