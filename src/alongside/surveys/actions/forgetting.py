"""Somebody leaves: what names them goes. Answers counted in groups name nobody and stay."""

from django.db import transaction

from alongside.people.models import Person
from alongside.surveys.models import Ask, OwnAnswers, Shared


@transaction.atomic
def forget_answers_of(*, person: Person) -> None:
    """Takes away what was asked of a person, what they kept for themself and what they shared by name."""
    OwnAnswers.objects.filter(person=person).delete()
    Shared.objects.filter(person=person).delete()
    Ask.objects.filter(person=person).delete()
