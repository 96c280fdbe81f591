"""Who may do what in a program. Staff of one program are strangers in another; administrators see no program by office."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.foundation.errors import NotAllowed, NotFound
from alongside.people.models import Person
from alongside.programs.enums import StaffRole
from alongside.programs.models import Program


def staffed_programs(person: Person) -> QuerySet[Program]:
    """Programs this person is staff of, in any role."""
    return Program.objects.filter(staff__person=person)


def get_staffed_program(person: Person, public_id: str) -> Program:
    """The program, for its staff. Raises NotFound for everybody else, administrators included."""
    program = staffed_programs(person).select_related("contact", "form").filter(public_id=public_id).first()
    if program is None:
        raise NotFound
    return program


def is_staff(person: Person, program: Program) -> bool:
    return program.staff.filter(person=person).exists()


def may_change_program(person: Person, program: Program) -> bool:
    """Coordinators may; assistants only look."""
    return program.staff.filter(person=person, role=StaffRole.COORDINATOR).exists()


def check_may_change(person: Person, program: Program) -> None:
    """Raises NotFound for strangers of the program and NotAllowed for its assistants."""
    role = program.staff.filter(person=person).values_list("role", flat=True).first()
    if role is None:
        raise NotFound
    if role != StaffRole.COORDINATOR:
        raise NotAllowed(_("Only a coordinator of this program can change this."))


def may_create_program(person: Person) -> bool:
    """Administrators, and whoever coordinates a program already."""
    return person.is_administrator or person.staff_roles.filter(role=StaffRole.COORDINATOR).exists()
