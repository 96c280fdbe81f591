"""Who looks after a program."""

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict, Invalid
from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.programs.actions._editing import locked_program
from alongside.programs.enums import StaffRole
from alongside.programs.models import Program, Staff


@transaction.atomic
def add_staff(*, program: Program, actor: Person, email: str, role: str) -> Staff:
    """Adds a person by their address, or gives them another role. Raises Invalid."""
    row = locked_program(program, actor=actor)
    if role not in StaffRole.values:
        raise Invalid(_("Choose a role."), field="role")
    person = Person.objects.filter(email__iexact=email.strip(), is_active=True, erased_at=None).first()
    if person is None:
        raise Invalid(
            _("Nobody with this address has an account here yet. Ask them to sign in once."), field="email"
        )
    member = row.staff.filter(person=person).first()
    if member is not None:
        return _give_role(row, member, actor, role)
    member = Staff.objects.create(program=row, person=person, role=role)
    _record(row, actor, "staff.added", member)
    return member


@transaction.atomic
def change_staff_role(*, member: Staff, actor: Person, role: str) -> Staff:
    """Another role for somebody. Raises Conflict when no coordinator would be left."""
    row = locked_program(member.program, actor=actor)
    if role not in StaffRole.values:
        raise Invalid(_("Choose a role."), field="role")
    return _give_role(row, member, actor, role)


@transaction.atomic
def remove_staff(*, member: Staff, actor: Person) -> None:
    """Takes somebody off the program. Raises Conflict for its contact and its last coordinator."""
    row = locked_program(member.program, actor=actor)
    if member.person_id == row.contact_id:
        raise Conflict(_("People turn to this person for help. Choose another contact first."))
    _check_one_left(row, member)
    _record(row, actor, "staff.removed", member)
    Staff.objects.filter(pk=member.pk).delete()


@transaction.atomic
def choose_contact(*, member: Staff, actor: Person) -> Program:
    """Makes this coordinator the person whose name stands at the foot of each page. Raises Invalid for assistants."""
    row = locked_program(member.program, actor=actor)
    if member.role != StaffRole.COORDINATOR:
        raise Invalid(_("The contact has to be a coordinator."), field="contact")
    if row.contact_id != member.person_id:
        row.contact = member.person
        row.save(update_fields=["contact"])
        _record(row, actor, "program.contact_chosen", member)
    return row


def _give_role(program: Program, member: Staff, actor: Person, role: str) -> Staff:
    if member.role == role:
        return member
    if role != StaffRole.COORDINATOR:
        if member.person_id == program.contact_id:
            raise Conflict(_("People turn to this person for help. Choose another contact first."))
        _check_one_left(program, member)
    member.role = role
    member.save(update_fields=["role"])
    _record(program, actor, "staff.role_changed", member)
    return member


def _check_one_left(program: Program, member: Staff) -> None:
    others = program.staff.filter(role=StaffRole.COORDINATOR).exclude(pk=member.pk)
    if not others.exists():
        raise Conflict(_("A program needs at least one coordinator."))


def _record(program: Program, actor: Person, verb: str, member: Staff) -> None:
    record(
        verb,
        actor_id=actor.pk,
        subject=member,
        program_id=program.pk,
        data={"person": member.person_id, "role": member.role},
    )
