"""Applying what a calendar answered by mail: yes, perhaps, no, or another time. Every end has a name and a sentence."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.engine.timing.zones import instant_at
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.meetings.access import visible_meetings
from alongside.meetings.actions._attending import is_overtaken, keep_stamp
from alongside.meetings.actions.answers import accept_time, doubt_time
from alongside.meetings.actions.times import cancel_meeting, offer_other_times
from alongside.meetings.enums import Attending, MeetingState, ReplyOutcome
from alongside.meetings.models import Meeting
from alongside.meetings.replies import CalendarReply, Said, Unreadable, read_reply
from alongside.people.models import Person
from alongside.people.queries import known_zone


@dataclass(frozen=True, slots=True)
class CalendarAnswer:
    """What became of an answer. `words` are for its sender, empty when all is well and nothing needs to be said."""

    outcome: ReplyOutcome
    words: str = ""
    meeting: Meeting | None = None
    person: Person | None = None

    @property
    def is_applied(self) -> bool:
        return self.outcome in _APPLIED


_APPLIED = frozenset(
    {
        ReplyOutcome.ACCEPTED,
        ReplyOutcome.TENTATIVE,
        ReplyOutcome.DECLINED,
        ReplyOutcome.COUNTERED,
        ReplyOutcome.UNCHANGED,
    }
)


def apply_calendar_reply(*, mail: bytes, known_as: Person | None = None, now: datetime) -> CalendarAnswer:
    """Applies the answer of a calendar that a raw mail holds. Never raises for what a mail says; changes all or nothing.

    ACCEPTED confirms the time, TENTATIVE tells the partner that it is not sure yet, DECLINED calls the talk off, COUNTER
    offers the proposed time to the partner instead. `known_as` is who the mail is known to come from, by the signed address
    it went to; without it only an answer counts whose sender, attendee and member of the pair are one. Applying the same
    mail twice changes nothing the second time; an answer to a time that was moved meanwhile changes nothing at all, and
    neither does one that a later answer of the same calendars has overtaken on its way.
    """
    try:
        reply = read_reply(mail)
    except Unreadable:
        return CalendarAnswer(
            ReplyOutcome.UNREADABLE,
            _("Your calendar's answer could not be read. The page of the talk has the same buttons."),
            person=known_as,
        )
    if reply is None:
        return CalendarAnswer(ReplyOutcome.NO_REPLY, person=known_as)
    person = known_as or Person.objects.filter(email__iexact=reply.sender, is_active=True).first()
    said = _said_by(reply, person)
    if person is None or (said is None and not (reply.is_counter and known_as)):
        return CalendarAnswer(
            ReplyOutcome.UNKNOWN_SENDER,
            _("The answer names another address than yours, so it was left out."),
            person=known_as,
        )
    if reply.uid.startswith("series-"):
        return CalendarAnswer(
            ReplyOutcome.NOT_POSSIBLE,
            _(
                "This talk is one of a rhythm, and your answer may mean one of them or all. Its page has the same buttons."
            ),
            person=person,
        )
    meeting = visible_meetings(person).filter(public_id=reply.uid.partition("@")[0]).first()
    if meeting is None:
        return CalendarAnswer(
            ReplyOutcome.UNKNOWN_TALK, _("There is no such talk of yours any more."), person=person
        )
    return _applied(reply, said, meeting, person, now)


def _applied(
    reply: CalendarReply, said: Said | None, meeting: Meeting, person: Person, now: datetime
) -> CalendarAnswer:
    try:
        with transaction.atomic():
            outcome = _apply(reply, said, meeting, person, now)
    except Invalid as problem:
        return CalendarAnswer(ReplyOutcome.BAD_TIME, problem.message, meeting, person)
    except Conflict as problem:
        return CalendarAnswer(ReplyOutcome.NOT_POSSIBLE, problem.message, meeting, person)
    except NotFound:
        return CalendarAnswer(
            ReplyOutcome.UNKNOWN_TALK, _("There is no such talk of yours any more."), person=person
        )
    words = _WORDS[outcome]() if outcome in _WORDS else ""
    return CalendarAnswer(outcome, words, meeting, person)


def _apply(
    reply: CalendarReply, said: Said | None, meeting: Meeting, person: Person, now: datetime
) -> ReplyOutcome:
    row = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    proposed = _proposed(reply, person)
    if _is_done(row, reply, said, proposed, person):
        return ReplyOutcome.UNCHANGED
    if _is_outdated(row, reply) or is_overtaken(row, person, reply.stamped_at):
        return ReplyOutcome.OUTDATED
    outcome = _take(row, reply, said, proposed, person, now)
    keep_stamp(row, person, reply.stamped_at)
    return outcome


def _take(
    meeting: Meeting,
    reply: CalendarReply,
    said: Said | None,
    proposed: datetime | None,
    person: Person,
    now: datetime,
) -> ReplyOutcome:
    if reply.is_counter:
        return _counter(meeting, proposed, person, now)
    status = said.status if said is not None else None
    if status == Attending.ACCEPTED:
        changed = accept_time(meeting=meeting, actor=person, now=now)
        return ReplyOutcome.ACCEPTED if changed else ReplyOutcome.UNCHANGED
    if status == Attending.TENTATIVE:
        changed = doubt_time(meeting=meeting, actor=person, now=now)
        return ReplyOutcome.TENTATIVE if changed else ReplyOutcome.UNCHANGED
    if status == Attending.DECLINED:
        cancel_meeting(meeting=meeting, actor=person, by_calendar=True, now=now)
        return ReplyOutcome.DECLINED
    return ReplyOutcome.UNREADABLE


def _counter(row: Meeting, proposed: datetime | None, person: Person, now: datetime) -> ReplyOutcome:
    if proposed is None or proposed == row.starts_at:
        raise Invalid(_("Your calendar proposed no other time that we can read."), field="times")
    offer_other_times(meeting=row, actor=person, times=[proposed], now=now)
    return ReplyOutcome.COUNTERED


def _is_done(
    row: Meeting, reply: CalendarReply, said: Said | None, proposed: datetime | None, person: Person
) -> bool:
    """Whether things stand as the answer wants them already, such as after the same mail."""
    if reply.is_counter:
        mine = row.state == MeetingState.PROPOSED and row.offered_by_id == person.pk
        return mine and list(row.offered_times.values_list("starts_at", flat=True)) == [proposed]
    declined = said is not None and said.status == Attending.DECLINED
    return declined and row.state == MeetingState.CANCELED


def _is_outdated(row: Meeting, reply: CalendarReply) -> bool:
    """Whether the answer is to an invitation before the present one. Another link or length leaves the time as it was."""
    if reply.sequence >= row.sequence:
        return False
    return reply.is_counter or row.state != MeetingState.BOOKED or reply.starts_at != row.starts_at


def _said_by(reply: CalendarReply, person: Person | None) -> Said | None:
    """What this person's own line says."""
    if person is None:
        return None
    return next((said for said in reply.said if said.address == person.email.lower()), None)


def _proposed(reply: CalendarReply, person: Person) -> datetime | None:
    """The proposed instant; a wall time without a zone is on the person's own clock."""
    if reply.floating is not None:
        zone = known_zone(person.preferences.zone)
        with suppress(ValueError, OverflowError):  # the first and last days of the calendar
            return instant_at(reply.floating.date(), reply.floating.time(), zone).instant.astimezone(UTC)
        return None
    return reply.starts_at


def _outdated() -> str:
    return _("The talk was changed after the invitation you answered. Its page shows how it stands now.")


def _unknown_status() -> str:
    return _("Your calendar's answer is of a kind we do not know. The page of the talk has the same buttons.")


_WORDS = {ReplyOutcome.OUTDATED: _outdated, ReplyOutcome.UNREADABLE: _unknown_status}
