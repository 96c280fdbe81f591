"""What the room does when something happened elsewhere."""

from alongside.enrollment.actions import fill_places
from alongside.enrollment.actions.forgetting import forget_person
from alongside.foundation.clock import now
from alongside.journal.models import Entry
from alongside.people.models import Person
from alongside.programs.models import Program


def fill_added_places(entry: Entry) -> None:
    """A program with more places than before takes in whoever has waited longest. Nothing to do when nobody waits."""
    program = Program.objects.filter(pk=entry.program_id or entry.subject_id).first()
    if program is not None:
        fill_places(program=program, now=now())


def forget_leaver(entry: Entry) -> None:
    """Somebody deletes their account: their answers and wishes go with them."""
    forget_person(person=Person.objects.get(pk=entry.subject_id))
