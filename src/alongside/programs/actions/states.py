"""Opening, matching, running, closing, archiving, and the ways back."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict
from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.programs.access import check_may_change
from alongside.programs.enums import STEPS, ProgramState
from alongside.programs.models import Program
from alongside.programs.queries import step_blocks


@transaction.atomic
def step_program(*, program: Program, actor: Person, to: str, now: datetime) -> Program:
    """The program in the state `to`; nothing to do when it is there already.

    Raises Conflict for a step that cannot be taken from here, or that something blocks; the sentence says what.
    """
    check_may_change(actor, program)
    row = Program.objects.select_for_update().select_related(None).get(pk=program.pk)
    before = row.state
    if before == to:
        return row
    if to not in STEPS[before]:
        raise Conflict(
            _("This program is in the state “{state}” now. This step does not lead from there.").format(
                state=row.get_state_display()
            )
        )
    if blocks := step_blocks(row, to, today=now.astimezone(ZoneInfo(row.zone)).date()):
        raise Conflict(" ".join(item.words for item in blocks))
    row.state = to
    row.archived_at = now if to == ProgramState.ARCHIVED else None
    row.save(update_fields=["state", "archived_at"])
    record(
        "program.state_changed",
        actor_id=actor.pk,
        subject=row,
        program_id=row.pk,
        data={"from": before, "to": to},
        now=now,
    )
    return row
