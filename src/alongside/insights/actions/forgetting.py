"""Somebody leaves: what they asked the team for goes with them; that there was a case, stays as a count."""

from django.db import transaction

from alongside.insights.models import Case
from alongside.people.models import Person


@transaction.atomic
def forget_cases_of(*, person: Person) -> None:
    """Takes name and words out of a person's cases."""
    Case.objects.filter(person=person).update(person=None, note_sealed=None, team_note_sealed=None)
