"""The one way a participation changes its state: the program locked first, then the row; checked, written, recorded."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from alongside.enrollment.enums import STEPS, ParticipationState
from alongside.enrollment.models import Participation
from alongside.foundation.errors import Conflict
from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.programs.models import Program


def locked_program(program: Program) -> Program:
    """The program's row, locked until the transaction ends: whoever counts places waits here for the others."""
    return Program.objects.select_for_update().get(pk=program.pk)


def locked(participation: Participation) -> Participation:
    """The row as it is now, locked until the transaction ends."""
    rows = Participation.objects.select_for_update(of=("self",)).select_related(
        "program", "match_type", "person"
    )
    return rows.get(pk=participation.pk)


def step(row: Participation, state: ParticipationState, *, now: datetime) -> None:
    """Moves a locked row to `state`. Raises Conflict when that is no step from where it stands."""
    if state not in STEPS[row.state]:
        raise Conflict(
            _("{name} stands at “{state}”, so this is not possible now.").format(
                name=row.person.name, state=ParticipationState(row.state).label
            )
        )
    row.state, row.state_since = state, now
    changed = ["state", "state_since"]
    if state == ParticipationState.APPROVED:
        row.approved_at, changed = now, [*changed, "approved_at"]
    row.save(update_fields=changed)


def tell(
    verb: str, row: Participation, *, actor: Person | None, now: datetime, data: dict[str, Any] | None = None
) -> None:
    """Records an entry about the participation."""
    record(
        verb,
        actor_id=actor.pk if actor else None,
        subject=row,
        program_id=row.program_id,
        data={"person": row.person_id, "role": row.role, **(data or {})},
        now=now,
    )
