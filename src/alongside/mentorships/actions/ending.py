"""Ending: well, by both; or early, by one, without fault and without a trace of why."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict
from alongside.mentorships.actions.stepping import locked, step, tell
from alongside.mentorships.enums import EndKind, EndReason, MentorshipState, NewMatch
from alongside.mentorships.models import Closing, Mentorship
from alongside.people.models import Person
from alongside.programs.access import check_may_change
from alongside.vault.actions import seal


@transaction.atomic
def end_well(
    *, mentorship: Mentorship, actor: Person, words: str = "", note: str = "", now: datetime
) -> Mentorship:
    """One of the two is ready to end well: `words` go to the partner, `note` stays theirs.

    The first one begins the closing, the second completes it. May be called again to change one's words until then.
    """
    row = locked(mentorship, actor=actor)
    if row.state == MentorshipState.CLOSED:
        raise Conflict(_("This mentorship has ended. You can still read everything here."))
    closing, _created = Closing.objects.get_or_create(
        mentorship=row, by=actor, defaults={"kind": EndKind.WELL, "created_at": now}
    )
    _write(closing, words=words, note=note)
    if row.closings.exclude(by=actor).exists():
        step(row, MentorshipState.CLOSED, now=now)
        tell("mentorship.ended", row, actor=actor, now=now, data={"kind": EndKind.WELL})
    elif row.state != MentorshipState.CLOSING:
        step(row, MentorshipState.CLOSING, now=now)
        tell("mentorship.closing_begun", row, actor=actor, now=now)
    return row


@transaction.atomic
def close_mentorship(*, mentorship: Mentorship, actor: Person | None, now: datetime) -> Mentorship:
    """Completes a closing without waiting for the other's words. Does nothing when it is closed."""
    row = locked(mentorship, actor=actor)
    if row.state == MentorshipState.CLOSED:
        return row
    if row.state != MentorshipState.CLOSING:
        raise Conflict(_("A mentorship closes after one of you has begun to end it."))
    step(row, MentorshipState.CLOSED, now=now)
    tell("mentorship.ended", row, actor=actor, now=now, data={"kind": EndKind.WELL})
    return row


@transaction.atomic
def begin_closing(*, mentorship: Mentorship, now: datetime) -> Mentorship:
    """The end date has come: the system opens the closing for both. Nothing happens when it ends already."""
    row = locked(mentorship, actor=None)
    if row.state not in {MentorshipState.CLOSING, MentorshipState.CLOSED}:
        step(row, MentorshipState.CLOSING, now=now)
        tell("mentorship.closing_begun", row, actor=None, now=now)
    return row


@transaction.atomic
def tell_closing_soon(*, mentorship: Mentorship, now: datetime) -> bool:
    """Lets both know that the end date is near, once for each date; False when they have been told."""
    row = locked(mentorship, actor=None)
    if row.end_told_for == row.ends_on or row.state == MentorshipState.CLOSED:
        return False
    row.end_told_for = row.ends_on
    row.save(update_fields=["end_told_for"])
    tell("mentorship.closing_soon", row, actor=None, now=now)
    return True


@transaction.atomic
def end_with_program(*, mentorship: Mentorship, actor: Person, now: datetime) -> Mentorship:
    """A coordinator ends it because the program ends. Both are told; nobody's reason is asked. Nothing to do twice.

    Raises NotFound for strangers of the program, NotAllowed for its assistants.
    """
    check_may_change(actor, mentorship.program)
    row = locked(mentorship, actor=None)
    if row.state != MentorshipState.CLOSED:
        step(row, MentorshipState.CLOSED, now=now)
        tell("mentorship.ended", row, actor=actor, now=now, data={"kind": EndKind.WITH_PROGRAM})
    return row


@transaction.atomic
def end_early(
    *,
    mentorship: Mentorship,
    actor: Person,
    reason: EndReason,
    note: str = "",
    words: str = "",
    new_match: NewMatch | None = None,
    now: datetime,
) -> Mentorship:
    """Ends the mentorship at once. The partner learns that it ended and reads `words` if there are any, nothing else.

    `reason` and `note` are never shown to anyone but `actor`; reasons are counted in groups. A reason of "unsafe" also
    records `mentorship.safety_reported`, to which the safety contact's notice is wired. Raises Conflict when closed.
    """
    row = locked(mentorship, actor=actor)
    step(row, MentorshipState.CLOSED, now=now)
    closing, _created = Closing.objects.update_or_create(
        mentorship=row,
        by=actor,
        defaults={
            "kind": EndKind.EARLY,
            "reason": reason,
            "wants_new_match": new_match or "",
            "created_at": now,
        },
    )
    _write(closing, words=words, note=note)
    tell("mentorship.ended", row, actor=actor, now=now, data={"kind": EndKind.EARLY})
    if reason == EndReason.UNSAFE:
        tell("mentorship.safety_reported", row, actor=actor, now=now)
    return row


def _write(closing: Closing, *, words: str, note: str) -> None:
    scope, place = closing.mentorship.scope, f"closing:{closing.public_id}"
    owner_id = closing.by_id or 0
    closing.words_sealed = seal(words, scope=scope, owner_id=owner_id, about=f"{place}:words")
    closing.note_sealed = seal(note, scope=scope, owner_id=owner_id, about=f"{place}:note")
    closing.save(update_fields=["words_sealed", "note_sealed"])
