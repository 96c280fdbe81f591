"""Who may see which participation: its person, and the staff of its program."""

from django.db.models import QuerySet

from alongside.enrollment.models import Participation
from alongside.foundation.errors import NotFound
from alongside.people.models import Person
from alongside.programs.models import Program


def own_participations(person: Person) -> QuerySet[Participation]:
    return Participation.objects.filter(person=person).select_related("program", "match_type")


def get_own_participation(person: Person, public_id: str) -> Participation:
    """One's own participation. Raises NotFound for anybody else's."""
    row = own_participations(person).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def participations_of(program: Program) -> QuerySet[Participation]:
    """All participations of a program; the caller has the program from `get_staffed_program`."""
    return Participation.objects.filter(program=program).select_related("person", "match_type")


def get_participation(program: Program, public_id: str) -> Participation:
    """A participation of a program that the caller is staff of. Raises NotFound."""
    row = participations_of(program).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row
