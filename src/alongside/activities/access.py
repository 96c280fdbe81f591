"""Who may read what a pair plans: its members. A tip for one of the two is that one's alone."""

from django.db.models import F, Q, QuerySet

from alongside.activities.enums import ActivityKind
from alongside.activities.models import Activity, Letter
from alongside.foundation.errors import NotFound
from alongside.people.models import Person
from alongside.programs.enums import PlanAudience


def visible_activities(person: Person) -> QuerySet[Activity]:
    """What is planned in the mentorships this person is or was a member of."""
    for_them = Q(who=PlanAudience.BOTH) | Q(who=F("mentorship__members__role"))
    return Activity.objects.filter(
        ~Q(kind=ActivityKind.TIP) | for_them, mentorship__members__person=person
    ).select_related("mentorship__program", "mentorship__match_type", "added_by", "notes_by")


def get_activity(person: Person, public_id: str) -> Activity:
    """Something planned, for the two. Raises NotFound for everybody else."""
    row = visible_activities(person).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def own_letters(person: Person) -> QuerySet[Letter]:
    """Letters this person wrote to themself. Nobody else has a way to them; shut ones are not opened for anybody."""
    return Letter.objects.filter(writer=person).select_related("mentorship")
