"""What every change of a talk begins and ends with: the locked row, sealed words, an entry in the journal."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from alongside.foundation.errors import Invalid
from alongside.journal.actions import record
from alongside.meetings.access import check_visible
from alongside.meetings.models import Meeting
from alongside.mentorships.access import check_may_write
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.vault.actions import seal

LONGEST_LINE, LONGEST_PLACE, LONGEST_NOTE = 300, 400, 20_000


def locked(meeting: Meeting, *, actor: Person) -> Meeting:
    """The talk as it is now, locked until the transaction ends.

    Raises NotFound for strangers, Conflict once the mentorship is closed.
    """
    check_visible(actor, meeting)
    check_may_write(actor, meeting.mentorship)
    rows = Meeting.objects.select_for_update(of=("self",)).select_related(
        "mentorship__program", "offered_by__preferences", "settled_by"
    )
    return rows.get(pk=meeting.pk)


def lock_people(mentorship: Mentorship) -> list[Person]:
    """The two, locked in one order everywhere, so that nobody is booked twice for one hour, in whatever pair."""
    ids = list(mentorship.members.values_list("person_id", flat=True))
    rows = Person.objects.select_for_update(of=("self",), no_key=True).select_related("preferences")
    return list(rows.filter(pk__in=ids).order_by("pk"))


def revise(row: Meeting, now: datetime, *fields: str) -> None:
    """Saves these fields as a new revision, as calendars count them."""
    row.sequence += 1
    row.revised_at = now
    row.save(update_fields=[*fields, "sequence", "revised_at"])


def line(text: str, *, field: str = "text") -> str:
    """One line of words. Raises Invalid when there are none or too many."""
    words = " ".join(text.split())
    if not words:
        raise Invalid(_("There are no words yet."), field=field)
    if len(words) > LONGEST_LINE:
        raise Invalid(_("Say it a little shorter."), field=field)
    return words


def sealed(text: str, *, meeting: Meeting, owner: Person, about: str) -> bytes | None:
    return seal(text, scope=meeting.mentorship.scope, owner_id=owner.pk, about=about)


def tell(verb: str, meeting: Meeting, *, actor: Person | None, now: datetime, **facts: Any) -> None:
    """Records an entry about the talk: states and instants, never words. No actor: it came about by itself."""
    data: dict[str, Any] = {
        "mentorship": meeting.mentorship_id,
        "starts_at": meeting.starts_at.isoformat() if meeting.starts_at else "",
        "minutes": meeting.minutes,
    }
    record(
        verb,
        actor_id=actor.pk if actor is not None else None,
        subject=meeting,
        program_id=meeting.mentorship.program_id,
        data={**data, **facts},
        now=now,
    )
