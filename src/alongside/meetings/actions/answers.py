"""Answering the time of a booked talk: yes, or perhaps. A no is calling it off."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict
from alongside.meetings.actions._attending import set_answer
from alongside.meetings.actions._row import locked, tell
from alongside.meetings.enums import Attending, MeetingState
from alongside.meetings.models import Meeting
from alongside.meetings.queries.attending import attending_of
from alongside.people.models import Person


@transaction.atomic
def accept_time(*, meeting: Meeting, actor: Person, now: datetime) -> bool:
    """The time of a booked talk suits. Nobody is mailed: the page and the calendars of both show it. False if it was so.

    Raises Conflict for a talk that is not booked or whose time is over.
    """
    return _answer(meeting, actor, Attending.ACCEPTED, now)


@transaction.atomic
def doubt_time(*, meeting: Meeting, actor: Person, now: datetime) -> bool:
    """The actor may not be able to come: the talk stays booked, the partner hears of it. False if it was so.

    Raises Conflict as `accept_time`.
    """
    if not _answer(meeting, actor, Attending.TENTATIVE, now):
        return False
    tell("meeting.doubted", meeting, actor=actor, now=now)
    return True


def _answer(meeting: Meeting, actor: Person, status: Attending, now: datetime) -> bool:
    row = locked(meeting, actor=actor)
    if row.state != MeetingState.BOOKED:
        raise Conflict(_("This talk is not booked at a time just now. Have a look at it."))
    if row.ends_at is None or row.ends_at <= now:
        raise Conflict(_("The time of this talk is over. You can say what became of it."))
    if attending_of(row, actor) == status:
        return False
    set_answer(row, actor, status, now=now)
    return True
