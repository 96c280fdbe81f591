"""What every change of a program goes through: permission, a lock, and a word when somebody else was quicker."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict
from alongside.people.models import Person
from alongside.programs.access import check_may_change
from alongside.programs.enums import ProgramState
from alongside.programs.models import Program
from alongside.programs.queries import fingerprint


def locked_program(program: Program, *, actor: Person) -> Program:
    """The program, locked until the transaction ends, if this person may change it and it is not archived."""
    check_may_change(actor, program)
    row = Program.objects.select_for_update().select_related(None).get(pk=program.pk)
    if row.state == ProgramState.ARCHIVED:
        raise Conflict(_("This program is in the archive. Take it out first, then it can be changed."))
    return row


def put(row: models.Model, values: Mapping[str, Any], *, seen: str | None) -> list[str]:
    """Saves the values that differ and returns their names.

    `seen` is the fingerprint of these fields when the editor read them; Conflict when they changed in between.
    """
    if seen is not None and seen != fingerprint(row, values):
        raise Conflict(_("Somebody else changed this page while you had it open."))
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    return changed
