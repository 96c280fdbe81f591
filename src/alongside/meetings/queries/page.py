"""What stands on the page of one talk: agenda, things to do, wishes, notes, outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q

from alongside.foundation.wording import in_words
from alongside.meetings.access import visible_meetings, visible_notes
from alongside.meetings.agendas import Agenda, talk_help
from alongside.meetings.enums import MeetingState, NoteKind, OutcomeKind, WishKind
from alongside.meetings.models import AgendaItem, Meeting, Note
from alongside.mentorships.enums import MentorshipState
from alongside.mentorships.models import Mentorship
from alongside.people.enums import Channel
from alongside.people.models import Person
from alongside.vault.queries import open_many

Said = TypeVar("Said", WishKind, OutcomeKind)
_CARRIED = 50  # open things to do of earlier talks that are shown at most


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A line of the agenda, or something to do; `is_carried` when it comes from an earlier talk."""

    item: AgendaItem
    text: str
    is_carried: bool

    @property
    def done(self) -> bool:
        return self.item.done_at is not None


@dataclass(frozen=True, slots=True)
class SharedNote:
    """One version of the shared notes; version 0 is the empty page before anybody wrote."""

    version: int
    text: str
    author: Person | None
    note: Note | None


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Everything on the page of a talk that is words or said by one of the two."""

    place: str
    agenda: Sequence[AgendaLine]
    to_do: Sequence[AgendaLine]
    shared: SharedNote
    own_note: str
    my_wish: WishKind | None
    their_wish: WishKind | None
    my_outcome: OutcomeKind | None
    their_outcome: OutcomeKind | None


EMPTY = SharedNote(0, "", None, None)


def meeting_page(meeting: Meeting, *, viewer: Person) -> MeetingPage:
    """The page of a talk for one of the two. Five queries at most."""
    items = list(_items(meeting, viewer))
    notes = list(visible_notes(viewer, meeting))
    newest = next((note for note in notes if note.kind == NoteKind.SHARED), None)
    own = next((note for note in notes if note.kind == NoteKind.PRIVATE), None)
    place, shared_text, own_text, *texts = open_many(
        [
            (meeting.place_sealed, f"meeting:{meeting.public_id}:place"),
            *(
                (note.text_sealed if note else None, f"note:{note.public_id}:text" if note else "")
                for note in (newest, own)
            ),
            *((item.text_sealed, f"agenda:{item.public_id}:text") for item in items),
        ]
    )
    lines = [
        AgendaLine(item, text, item.meeting_id != meeting.pk) for item, text in zip(items, texts, strict=True)
    ]
    wishes = dict(meeting.wishes.values_list("person_id", "kind"))
    outcomes = dict(meeting.outcomes.values_list("person_id", "kind"))
    return MeetingPage(
        place=place,
        agenda=[line for line in lines if not line.item.is_action],
        to_do=[line for line in lines if line.item.is_action],
        shared=SharedNote(newest.version, shared_text, newest.author, newest) if newest else EMPTY,
        own_note=own_text,
        my_wish=_said(WishKind, wishes, viewer, mine=True),
        their_wish=_said(WishKind, wishes, viewer, mine=False),
        my_outcome=_said(OutcomeKind, outcomes, viewer, mine=True),
        their_outcome=_said(OutcomeKind, outcomes, viewer, mine=False),
    )


def shared_note(meeting: Meeting, *, viewer: Person) -> SharedNote:
    """The newest version of the shared notes. Two queries."""
    versions = note_versions(meeting, viewer=viewer, limit=1)
    return versions[0] if versions else EMPTY


def note_versions(meeting: Meeting, *, viewer: Person, limit: int = 50) -> list[SharedNote]:
    """The versions of the shared notes, the newest first. Two queries for any number."""
    rows = list(visible_notes(viewer, meeting).filter(kind=NoteKind.SHARED)[:limit])
    texts = open_many([(row.text_sealed, f"note:{row.public_id}:text") for row in rows])
    return [SharedNote(row.version, text, row.author, row) for row, text in zip(rows, texts, strict=True)]


def suggested_agenda(meeting: Meeting) -> Agenda:
    """The agenda that fits this talk: the one chosen for it, else by what kind of talk it is and how it is held.

    At most one query.
    """
    chosen = {agenda.key: agenda for agenda in in_words(talk_help()).agendas}.get(meeting.agenda_key)
    if chosen is not None:
        return chosen
    talk = _kind_of_talk(meeting.mentorship)
    fitting = in_words(talk_help()).for_talk(talk, meeting.channel) or in_words(talk_help()).for_talk(
        talk, Channel.VIDEO
    )
    return min(fitting, key=lambda agenda: abs((agenda.minutes or 0) - meeting.minutes))


def _kind_of_talk(mentorship: Mentorship) -> str:
    if mentorship.state in (MentorshipState.CLOSING, MentorshipState.CLOSED):
        return "closing"
    return "regular" if mentorship.first_met_at else "first"


def _items(meeting: Meeting, viewer: Person) -> Sequence[AgendaItem]:
    """This talk's own lines, and what earlier talks left to do and nobody has done."""
    own = Q(meeting=meeting)
    earlier = visible_meetings(viewer).filter(mentorship=meeting.mentorship_id).exclude(pk=meeting.pk)
    if meeting.starts_at is not None:
        earlier = earlier.filter(starts_at__lt=meeting.starts_at)
    carried = Q(is_action=True, done_at__isnull=True, meeting__in=earlier)
    if meeting.state in (MeetingState.HELD, MeetingState.NOT_HELD, MeetingState.CANCELED):
        carried = Q(pk__in=())
    rows = AgendaItem.objects.filter(own | carried).select_related("by", "meeting")
    return list(rows.order_by("meeting__starts_at", "position", "pk")[: _CARRIED * 2])


def _said(kind: type[Said], by_person: dict[int, str], viewer: Person, *, mine: bool) -> Said | None:
    value = next((value for person, value in by_person.items() if (person == viewer.pk) == mine), None)
    return kind(value) if value else None
