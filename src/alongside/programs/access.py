"""Who may do what in a program. Staff of one program are strangers in another; administrators see no program by office."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.foundation.compiled import compiled
from alongside.foundation.errors import NotAllowed, NotFound
from alongside.people.models import Person
from alongside.programs.enums import StaffRole
from alongside.programs.models import PlanItem, PlanStage, Program, Staff, StaffInvitation
from alongside.programs.tokens import parts_of_staff_token
from alongside.questionnaires.models import Question


def staffed_programs(person: Person) -> QuerySet[Program]:
    """Programs this person is staff of, in any role."""
    return Program.objects.filter(staff__person=person)


def is_staff_anywhere(person: Person) -> bool:
    """Whether this person is staff of any program, in any role."""
    return bool(_one_role(person.pk))


@compiled
def _one_role(person: int) -> QuerySet[Staff, int]:
    return Staff.objects.filter(person=person).order_by().values_list("pk", flat=True)[:1]


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


def get_form_question(program: Program, public_id: str) -> Question:
    """A question of the program's form, retired ones included. Raises NotFound."""
    question = Question.objects.filter(questionnaire=program.form_id, public_id=public_id).first()
    if question is None:
        raise NotFound
    return question


def get_plan_stage(program: Program, public_id: str) -> PlanStage:
    """A stage of the program's plan. Raises NotFound."""
    stage = program.plan_stages.select_related("program").filter(public_id=public_id).first()
    if stage is None:
        raise NotFound
    return stage


def get_plan_item(program: Program, public_id: str) -> PlanItem:
    """An item of the program's plan. Raises NotFound."""
    items = PlanItem.objects.filter(stage__program=program, public_id=public_id)
    item = items.select_related("stage__program").first()
    if item is None:
        raise NotFound
    return item


def get_staff_invitation(program: Program, public_id: str) -> StaffInvitation:
    """A letter of this program, for its staff. Raises NotFound."""
    rows = StaffInvitation.objects.select_related("program").filter(program=program, accepted_at=None)
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def get_staff_invitation_of_link(token: str, *, now: datetime) -> StaffInvitation:
    """The open letter a link came with. Raises NotFound for everything else."""
    parts = parts_of_staff_token(token)
    if parts is None:
        raise NotFound
    rows = StaffInvitation.objects.select_related("program__contact", "invited_by")
    row = rows.filter(public_id=parts[0], serial=parts[1], accepted_at=None, expires_at__gt=now).first()
    if row is None:
        raise NotFound
    return row


def get_program_for_administrator(person: Person, public_id: str) -> Program:
    """A program by name and staff, for administrators. Raises NotFound."""
    row = Program.objects.select_related("contact").filter(public_id=public_id).first()
    if not person.is_administrator or row is None:
        raise NotFound
    return row


def get_staff_member(program: Program, person_id: str) -> Staff:
    """The staff entry of a person, by the person's public id. Raises NotFound."""
    member = program.staff.select_related("person", "program").filter(person__public_id=person_id).first()
    if member is None:
        raise NotFound
    return member
