"""What became of a talk, said by each of the two with one tap."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict
from alongside.meetings.actions._row import locked, tell
from alongside.meetings.enums import TALKED, MeetingState, OutcomeKind
from alongside.meetings.models import Meeting, Outcome
from alongside.meetings.queries.lists import talks_held, times_of_talks_held
from alongside.mentorships.actions import record_talk_held, retract_talk
from alongside.people.models import Person

_OVER = (MeetingState.BOOKED, MeetingState.HELD, MeetingState.NOT_HELD)


@transaction.atomic
def say_outcome(*, meeting: Meeting, actor: Person, kind: OutcomeKind, now: datetime) -> Meeting:
    """What became of a talk, by one of the two; it may be said anew.

    The talk took place as soon as one says so. The first to say so makes it count as contact of that day; when
    nobody says so any more it counts no longer. Raises Conflict for a talk that has not begun or was called off.
    """
    row = locked(meeting, actor=actor)
    if row.state not in _OVER or row.starts_at is None or row.starts_at > now:
        raise Conflict(_("This can be said once the time of the talk has come."))
    Outcome.objects.update_or_create(meeting=row, person=actor, defaults={"kind": kind, "said_at": now})
    said = set(row.outcomes.values_list("kind", flat=True))
    state = MeetingState.HELD if said & set(TALKED) else MeetingState.NOT_HELD
    if row.state == state:
        return row
    was_held, row.state = row.state == MeetingState.HELD, state
    row.save(update_fields=["state"])
    if state == MeetingState.HELD:
        tell("meeting.held", row, actor=actor, now=now, kind=kind)
        record_talk_held(
            mentorship=row.mentorship,
            actor=actor,
            at=row.starts_at,
            talks_held=talks_held(row.mentorship),
            now=now,
        )
    else:
        tell("meeting.not_held", row, actor=actor, now=now, kind=kind)
        if was_held:
            retract_talk(mentorship=row.mentorship, actor=actor, talks=times_of_talks_held(row.mentorship))
    return row
