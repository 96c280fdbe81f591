"""Requests between participants: sent, withdrawn, come to their end. Answering one is in `answering`."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.enrollment.enums import ParticipationState
from alongside.enrollment.models import Participation
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.journal.actions import record
from alongside.matching.access import check_may_ask, check_may_match
from alongside.matching.actions.settling import lock_participations, settle
from alongside.matching.deadlines import deadline_for
from alongside.matching.enums import RequestState
from alongside.matching.models import Request
from alongside.matching.queries.pairs import pair_facts
from alongside.matching.queries.requests import has_mentor, open_requests_of
from alongside.mentorships.queries import open_load
from alongside.people.models import Person
from alongside.people.queries import hours_of
from alongside.vault.actions import seal

MOST_OPEN = 2
LONGEST_MESSAGE = 2_000


@transaction.atomic
def send_request(
    *, mentee: Participation, mentor: Participation, message: str, actor: Person, now: datetime
) -> Request:
    """Asks a mentor. At most two requests are open at a time, to different people.

    Raises Conflict when the mentee has a mentor, when the mentor has no place, or when the two cannot be a pair; why
    not is told to nobody.
    """
    check_may_ask(mentee, actor)
    words = clean_words(message, field="message", needed=True)
    people = lock_participations({mentee.pk, mentor.pk})
    mentee, mentor = people[mentee.pk], people[mentor.pk]
    check_may_match(mentee.program)
    _check_free(mentee)
    _check_open_requests(mentee, mentor)
    _check_place(mentor)
    if mentor.program_id != mentee.program_id or not pair_facts(mentee, mentor, now=now).allowed:
        raise Conflict(_("The two of you cannot be a pair in this program. There are others to ask."))
    deadline = deadline_for(hours_of(mentor.person), now)
    row = Request(
        mentee=mentee,
        mentor=mentor,
        created_at=now,
        remind_at=deadline.remind_at,
        expires_at=deadline.expires_at,
    )
    row.message_sealed = seal(words, scope=row.scope, owner_id=actor.pk, about=row.message_place)
    row.save()
    _tell("request.sent", row, actor=actor, now=now)
    return row


@transaction.atomic
def withdraw_request(*, request: Request, actor: Person, now: datetime) -> Request:
    """Takes one's own request back. Does nothing when it is settled already."""
    row = locked_request(request)
    if row.mentee.person_id != actor.pk:
        raise NotFound
    if row.state == RequestState.SENT:
        settle(row, RequestState.WITHDRAWN, actor=actor, now=now)
    return row


@transaction.atomic
def tend_request(*, request: Request, now: datetime) -> None:
    """Reminds the receiver once at half time and lets a request end in its time. Does nothing before.

    The days are counted anew with the hours that stand now: whoever went away meanwhile loses no day.
    """
    row = locked_request(request)
    if row.state != RequestState.SENT or not _is_due(row, now):
        return
    deadline = deadline_for(hours_of(row.mentor.person), row.created_at)
    row.remind_at, row.expires_at = deadline.remind_at, deadline.expires_at
    row.save(update_fields=["remind_at", "expires_at"])
    if row.expires_at <= now:
        settle(row, RequestState.EXPIRED, actor=None, now=now)
    elif row.reminded_at is None and row.remind_at <= now:
        row.reminded_at = now
        row.save(update_fields=["reminded_at"])
        _tell("request.reminded", row, actor=None, now=now)


def locked_request(request: Request) -> Request:
    """The row as it is now, locked until the transaction ends."""
    rows = Request.objects.select_for_update(of=("self",)).select_related(
        "mentee__person", "mentor__person__preferences", "mentee__program"
    )
    return rows.get(pk=request.pk)


def _is_due(row: Request, now: datetime) -> bool:
    return row.expires_at <= now or (row.reminded_at is None and row.remind_at <= now)


def _check_free(mentee: Participation) -> None:
    if mentee.state != ParticipationState.APPROVED:
        raise Conflict(_("You can ask as soon as you are enrolled."))
    if has_mentor(mentee):
        raise Conflict(_("You have a mentor in this program."))


def _check_open_requests(mentee: Participation, mentor: Participation) -> None:
    open_ = list(open_requests_of(mentee).values_list("mentor_id", flat=True))
    if mentor.pk in open_:
        raise Conflict(_("You have asked {name} already.").format(name=mentor.person.name))
    if len(open_) >= MOST_OPEN:
        raise Conflict(_("You have asked two people. Wait for an answer, or take one of them back."))


def _check_place(mentor: Participation) -> None:
    if mentor.state != ParticipationState.APPROVED or open_load(mentor) >= mentor.capacity:
        raise Conflict(_("{name} has no place to give right now.").format(name=mentor.person.name))


def clean_words(text: str, *, field: str, needed: bool = False) -> str:
    words = text.replace("\r\n", "\n").strip()
    if needed and not words:
        raise Invalid(_("Write a line, so that they know who asks."), field=field)
    if len(words) > LONGEST_MESSAGE:
        raise Invalid(
            _("Please keep this to {most} characters; it has {length} now.").format(
                most=LONGEST_MESSAGE, length=len(words)
            ),
            field=field,
        )
    return words


def _tell(verb: str, row: Request, *, actor: Person | None, now: datetime) -> None:
    record(
        verb,
        actor_id=actor.pk if actor else None,
        subject=row,
        program_id=row.mentee.program_id,
        now=now,
    )
