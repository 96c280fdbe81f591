"""Bringing somebody in to look after a program: for the coordinators' page and for the administrators'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from alongside.foundation.clock import now
from alongside.people.signin import active_person
from alongside.programs.actions import add_staff, invite_staff

if TYPE_CHECKING:
    from alongside.people.models import Person
    from alongside.programs.models import Program


def bring_in(program: Program, actor: Person, *, email: str, role: str) -> str:
    """Adds who has an account here, sends a letter to who has none; says which. Raises as the two actions."""
    if active_person(email.strip()) is not None:
        member = add_staff(program=program, actor=actor, email=email, role=role)
        return _("{name} now looks after this program.").format(name=member.person.name)
    letter = invite_staff(program=program, actor=actor, email=email, role=role, now=now())
    return _("A letter with a link is on its way to {email}.").format(email=letter.email)
