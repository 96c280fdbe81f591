"""Who may read a talk: the members of its mentorship. Private notes are their author's alone."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from alongside.foundation.errors import NotFound
from alongside.foundation.reading import one_of_rows
from alongside.meetings.enums import NoteKind
from alongside.meetings.models import AgendaItem, Meeting, Note, OfferedTime
from alongside.mentorships.access import in_own
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person


def visible_meetings(
    person: Person, *, of: Mentorship | Sequence[Mentorship] | None = None
) -> QuerySet[Meeting]:
    """Talks of the mentorships this person is or was a member of; or `of` some of them, or of one, which they then hold."""
    rows = of.meetings.all() if isinstance(of, Mentorship) else Meeting.objects.all()
    return rows.filter(in_own(person, of))


def get_meeting(person: Person, public_id: str) -> Meeting:
    """A talk, for the two. Raises NotFound for everybody else."""
    rows = visible_meetings(person).filter(public_id=public_id)
    row = one_of_rows(
        rows.select_related("mentorship__program", "mentorship__match_type", "offered_by", "settled_by")
    )
    if row is None:
        raise NotFound
    return row


def check_visible(person: Person, meeting: Meeting) -> None:
    """Raises NotFound unless this person is one of the two."""
    if not visible_meetings(person).filter(pk=meeting.pk).exists():
        raise NotFound


def get_offered_time(person: Person, meeting: Meeting, public_id: str) -> OfferedTime:
    """One of the times offered. Raises NotFound; a time that was replaced is no longer there."""
    check_visible(person, meeting)
    row = meeting.offered_times.filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def get_agenda_item(person: Person, public_id: str) -> AgendaItem:
    """A line of an agenda or something to do after a talk. Raises NotFound."""
    rows = AgendaItem.objects.filter(meeting__mentorship__members__person=person)
    row = rows.select_related("meeting__mentorship").filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def visible_notes(person: Person, meeting: Meeting) -> QuerySet[Note]:
    """The shared notes in all their versions, the newest first, and one's own private one."""
    own = Q(kind=NoteKind.PRIVATE, author=person)
    return (
        meeting.notes.filter(Q(kind=NoteKind.SHARED) | own, meeting__mentorship__members__person=person)
        .select_related("author")
        .order_by("-version", "-pk")
    )
