"""Who may see which case and which mentorship: staff of the program, states and months only, never what two share."""

from django.db.models import Q, QuerySet

from alongside.foundation.errors import NotFound
from alongside.insights.enums import CaseKind
from alongside.insights.models import Case
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.access import may_change_program
from alongside.programs.models import Program


def staff_mentorships(program: Program) -> QuerySet[Mentorship]:
    """The mentorships of a program, for its staff; what may be shown of them, `queries` decides."""
    return Mentorship.objects.filter(program=program)


def get_staff_mentorship(program: Program, public_id: str) -> Mentorship:
    """A mentorship of a program the caller is staff of. Raises NotFound."""
    rows = staff_mentorships(program).select_related("program", "match_type", "signal")
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def visible_cases(person: Person, program: Program) -> QuerySet[Case]:
    """Cases of a program its staff may see. What somebody felt unsafe about is for the contact person alone."""
    mine = Q() if program.contact_id == person.pk else ~Q(kind=CaseKind.SAFETY)
    return Case.objects.filter(mine, program=program).select_related("person", "mentorship", "taken_by")


def get_case(person: Person, program: Program, public_id: str) -> Case:
    """A case for staff of its program. Raises NotFound."""
    row = visible_cases(person, program).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def may_read_notes(person: Person, program: Program) -> bool:
    """What people write to the team is for coordinators; assistants see that there is something, not what."""
    return may_change_program(person, program)


def own_cases(person: Person) -> QuerySet[Case]:
    """What somebody asked the team for."""
    return Case.objects.filter(person=person)


def get_own_case(person: Person, public_id: str) -> Case:
    """One's own case. Raises NotFound for anybody else's."""
    rows = own_cases(person).select_related("taken_by", "program__contact", "mentorship")
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row
