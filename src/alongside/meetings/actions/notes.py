"""Notes of a talk: shared ones, of which every version is kept, and one's own, which nobody else reads."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Invalid
from alongside.meetings.actions._row import LONGEST_NOTE, locked, sealed
from alongside.meetings.enums import NoteKind
from alongside.meetings.errors import NoteChanged
from alongside.meetings.models import Meeting, Note
from alongside.meetings.queries.page import shared_note
from alongside.people.models import Person


def save_shared_note(*, meeting: Meeting, actor: Person, text: str, based_on: int, now: datetime) -> int:
    """The shared notes, written anew on the version the actor had before them (0: none); returns the version now.

    Raises NoteChanged when the partner wrote in between: nothing is overwritten, and the caller still holds the words.
    The same words again make no new version.
    """
    try:
        with transaction.atomic():
            return _save_shared(meeting, actor, _checked(text), based_on, now)
    except IntegrityError:  # both saved at once; the constraint let one of them through
        raise NoteChanged(_changed()) from None


@transaction.atomic
def save_own_note(*, meeting: Meeting, actor: Person, text: str, now: datetime) -> None:
    """One's own notes on a talk; empty words take them away."""
    row = locked(meeting, actor=actor)
    words = _checked(text)
    own = Note.objects.filter(meeting=row, author=actor, kind=NoteKind.PRIVATE)
    if not words:
        own.delete()
        return
    note = own.first() or Note(meeting=row, author=actor, kind=NoteKind.PRIVATE, created_at=now)
    note.text_sealed = sealed(words, meeting=row, owner=actor, about=f"note:{note.public_id}:text")
    note.save()


def _save_shared(meeting: Meeting, actor: Person, words: str, based_on: int, now: datetime) -> int:
    row = locked(meeting, actor=actor)
    newest = shared_note(row, viewer=actor)
    if newest.text == words:
        return newest.version
    if newest.version != based_on:
        raise NoteChanged(_changed())
    note = Note(meeting=row, author=actor, kind=NoteKind.SHARED, version=newest.version + 1, created_at=now)
    note.text_sealed = sealed(words, meeting=row, owner=actor, about=f"note:{note.public_id}:text")
    note.save()
    return note.version


def _changed() -> str:
    return _(
        "Your partner wrote in these notes while you did. Both are here; put together what you want to keep."
    )


def _checked(text: str) -> str:
    words = text.strip()
    if len(words) > LONGEST_NOTE:
        raise Invalid(_("This is longer than one page of notes can hold."), field="text")
    return words
