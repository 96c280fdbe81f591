"""Wishes of mentees: up to three mentors, in order, that the next run counts."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.enrollment.enums import ParticipationState, Role
from alongside.enrollment.models import Participation
from alongside.foundation.errors import Conflict, Invalid
from alongside.journal.actions import record
from alongside.matching.access import check_may_match, check_may_suggest
from alongside.matching.models import Suggestion
from alongside.people.models import Person

MOST_WISHES = 3


@transaction.atomic
def save_suggestions(
    *, mentee: Participation, mentors: Sequence[Participation], actor: Person, now: datetime
) -> list[Suggestion]:
    """The mentee's wishes, best first; replaces those before, and none takes them all back.

    Whether a wish can be met is not told here: each counts in the run as far as the program's limits allow.
    """
    check_may_suggest(mentee, actor)
    row = Participation.objects.select_for_update(of=("self",)).select_related("program").get(pk=mentee.pk)
    check_may_match(row.program)
    if row.state != ParticipationState.APPROVED:
        raise Conflict(_("You can name people as soon as you are enrolled."))
    _check_mentors(row, mentors)
    Suggestion.objects.filter(mentee=row).delete()
    made = Suggestion.objects.bulk_create(
        Suggestion(mentee=row, mentor=mentor, rank=rank, created_at=now)
        for rank, mentor in enumerate(mentors, start=1)
    )
    record(
        "suggestions.saved",
        actor_id=actor.pk,
        subject=row,
        program_id=row.program_id,
        data={"count": len(made)},
        now=now,
    )
    return made


def _check_mentors(mentee: Participation, mentors: Sequence[Participation]) -> None:
    if len(mentors) > MOST_WISHES:
        raise Invalid(_("Name at most three people."), field="mentors")
    if len({mentor.pk for mentor in mentors}) < len(mentors):
        raise Invalid(_("Each person can stand in one place only."), field="mentors")
    for mentor in mentors:
        if mentor.program_id != mentee.program_id or mentor.role == Role.MENTEE or mentor.pk == mentee.pk:
            raise Invalid(_("Choose people who mentor in this program."), field="mentors")
