"""Taking back the beginning of mentorships that nobody has done anything in yet."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict
from alongside.journal.models import Entry
from alongside.mentorships.actions.stepping import tell
from alongside.mentorships.models import Member, Mentorship
from alongside.people.models import Person


@transaction.atomic
def undo_start(*, mentorships: Sequence[Mentorship], actor: Person, now: datetime) -> None:
    """Removes these mentorships as if they had never begun, with everything the house laid out in them.

    The caller decides who may and until when. Raises Conflict, and removes none, when one of the members has written,
    planned or signed anything there.
    """
    pks = [row.pk for row in mentorships]
    list(Mentorship.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    if _somebody_acted(mentorships):
        raise Conflict(_("Somebody has begun already, so these pairs can no longer be taken back together."))
    for row in mentorships:
        tell("mentorship.start_undone", row, actor=actor, now=now)
    Mentorship.objects.filter(pk__in=pks).delete()


def _somebody_acted(mentorships: Sequence[Mentorship]) -> bool:
    """Whether a member's hand shows in the journal since the first of these began."""
    pks = [row.pk for row in mentorships]
    if not pks:
        return False
    members = Member.objects.filter(mentorship__in=pks).values_list("person_id", flat=True)
    in_there = Q(subject_type="mentorship", subject_id__in=pks) | Q(data__mentorship__in=pks)
    since = min(row.state_since for row in mentorships)
    entries = Entry.objects.filter(in_there, at__gte=since, actor_id__in=set(members))
    return entries.exclude(verb="mentorship.started").exists()
