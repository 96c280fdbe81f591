"""Removing what a program knows of somebody who deletes their account. Counts stay; the person does not."""

from django.db import transaction

from alongside.enrollment.models import Invitation, NotWith, Participation
from alongside.people.models import Person
from alongside.questionnaires.models import Answer


@transaction.atomic
def forget_person(*, person: Person) -> None:
    """Deletes their answers, files, wishes and notes about them, and takes name and address out of invitations."""
    own = Participation.objects.filter(person=person)
    answers = Answer.objects.filter(answer_set__participation__in=own)
    for answer in answers.exclude(file=""):
        answer.file.delete(save=False)
    answers.delete()
    NotWith.objects.filter(participation__in=own).delete()
    for participation in own:
        participation.tags.clear()
    own.update(reference="", importance={}, imported={}, note_from_team="")
    for invitation in Invitation.objects.filter(email__iexact=person.email):
        invitation.email, invitation.name = f"{invitation.public_id}@erased.invalid", ""
        invitation.save(update_fields=["email", "name"])
