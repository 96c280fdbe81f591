"""Reading requests: who asked whom, what they wrote, what is open."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from alongside.enrollment.models import Participation
from alongside.matching.access import visible_requests
from alongside.matching.enums import RequestState
from alongside.matching.models import Request, Suggestion
from alongside.mentorships.enums import OPEN_STATES, MemberRole
from alongside.mentorships.models import Member
from alongside.people.models import Person
from alongside.vault.queries import open_many


@dataclass(frozen=True, slots=True)
class Letters:
    """What the two wrote with a request."""

    message: str
    reply: str


def has_mentor(mentee: Participation) -> bool:
    """Whether this place as mentee is filled: somebody accompanies them now."""
    return Member.objects.filter(
        participation=mentee, role=MemberRole.MENTEE, mentorship__state__in=OPEN_STATES
    ).exists()


def open_requests_of(mentee: Participation) -> QuerySet[Request]:
    """What this mentee has asked and waits for."""
    return Request.objects.filter(mentee=mentee, state=RequestState.SENT)


def sent_by(person: Person) -> QuerySet[Request]:
    """Everything a person asked, open requests first, then the newest."""
    return _in_order(visible_requests(person).filter(mentee__person=person))


def received_by(person: Person) -> QuerySet[Request]:
    """Everything a person was asked, open requests first, then the newest. Those taken back are gone."""
    rows = visible_requests(person).filter(mentor__person=person)
    return _in_order(rows.exclude(state=RequestState.WITHDRAWN))


def open_received_count(person: Person) -> int:
    """How many requests wait for this person's answer."""
    return Request.objects.filter(mentor__person=person, state=RequestState.SENT).count()


def letters_of(request: Request) -> Letters:
    """What the two wrote. At most one query. The caller has the request from `get_request`."""
    message, reply = open_many(
        [(request.message_sealed, request.message_place), (request.reply_sealed, request.reply_place)]
    )
    return Letters(message, reply)


def wishes_of(mentee: Participation) -> list[Suggestion]:
    """Whom this mentee named for the next run, best first. One query."""
    rows = Suggestion.objects.filter(mentee=mentee).select_related("mentor__person__preferences")
    return list(rows.order_by("rank"))


def due_requests(*, now: datetime) -> QuerySet[Request]:
    """Open requests to remind of or to end."""
    remind = Q(reminded_at__isnull=True, remind_at__lte=now)
    return Request.objects.filter(Q(expires_at__lte=now) | remind, state=RequestState.SENT).order_by("pk")


def _in_order(rows: QuerySet[Request]) -> QuerySet[Request]:
    settled = Case(
        When(state=RequestState.SENT, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return rows.order_by(settled, "-created_at", "-pk")
