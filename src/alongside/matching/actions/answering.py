"""The receiver's answer to a request: yes to a trial, a kind no, or full right now."""

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.enrollment.actions import change_own_capacity
from alongside.enrollment.enums import ParticipationState
from alongside.enrollment.models import Participation
from alongside.foundation.errors import Conflict, NotFound
from alongside.matching.access import check_may_match, is_receiver
from alongside.matching.actions.asking import clean_words, locked_request
from alongside.matching.actions.settling import full_among, lock_participations, settle, supersede_requests
from alongside.matching.enums import RequestState
from alongside.matching.models import Request
from alongside.matching.queries.pairs import pair_facts, reasons_for_both
from alongside.matching.queries.requests import has_mentor
from alongside.mentorships.actions import start_mentorship
from alongside.mentorships.models import Mentorship
from alongside.mentorships.queries import open_load
from alongside.people.models import Person
from alongside.vault.actions import seal

_SETTLED: dict[str, str | Promise] = {
    RequestState.ACCEPTED: gettext_lazy("You have said yes to this already."),
    RequestState.DECLINED: gettext_lazy("You have answered this already."),
    RequestState.EXPIRED: gettext_lazy("This request has come to its end. The team can help you on."),
    RequestState.WITHDRAWN: gettext_lazy("The request was taken back in the meantime."),
    RequestState.SUPERSEDED: gettext_lazy("A place was taken in the meantime, so this request is settled."),
}


@transaction.atomic
def accept_request(*, request: Request, actor: Person, now: datetime) -> Mentorship:
    """Begins the mentorship, as a trial.

    Both participations are held while places are counted: of many accepts at once only as many win as there are
    places, and no mentee is accepted by two. The mentee's other requests are settled, and those to a mentor who has no
    place left. Accepting again gives the same mentorship. Raises Conflict that says what is so now.
    """
    if not is_receiver(actor, request):
        raise NotFound
    people = lock_participations({request.mentee_id, request.mentor_id})
    row = locked_request(request)
    mentee, mentor = people[row.mentee_id], people[row.mentor_id]
    if row.state == RequestState.ACCEPTED and row.mentorship is not None:
        return row.mentorship
    _check_sent(row)
    check_may_match(mentee.program)
    _check_both(mentee, mentor)
    found = pair_facts(mentee, mentor, now=now)
    if not found.allowed:
        raise Conflict(_("The two of you cannot be a pair in this program any more."))
    reasons = reasons_for_both(found.facts, found.questions, mentee=mentee.person, mentor=mentor.person)
    row.mentorship = start_mentorship(mentee=mentee, mentor=mentor, reasons=reasons, actor=actor, now=now)
    settle(row, RequestState.ACCEPTED, actor=actor, now=now)
    supersede_requests(
        mentees=[mentee.pk], full_mentors=full_among([mentor.pk]), actor=actor, now=now, but=row
    )
    return row.mentorship


@transaction.atomic
def decline_request(*, request: Request, words: str, actor: Person, now: datetime) -> Request:
    """A kind no, with words or without. Nothing is asked and nobody's standing changes.

    Does nothing when it was declined already; raises Conflict when it is settled otherwise.
    """
    if not is_receiver(actor, request):
        raise NotFound
    reply = clean_words(words, field="words")
    row = locked_request(request)
    if row.state == RequestState.DECLINED:
        return row
    _check_sent(row)
    row.reply_sealed = seal(reply, scope=row.scope, owner_id=actor.pk, about=row.reply_place)
    settle(row, RequestState.DECLINED, actor=actor, now=now)
    return row


@transaction.atomic
def say_full(*, participation: Participation, actor: Person, now: datetime) -> int:
    """ "Full right now": the mentor is offered to nobody until they say otherwise, and every open request is settled.

    Those who accompany somebody go on undisturbed. Returns how many requests were settled.
    """
    if participation.person_id != actor.pk:
        raise NotFound
    change_own_capacity(participation=participation, capacity=0, actor=actor, now=now)
    return supersede_requests(mentees=(), full_mentors=[participation.pk], actor=actor, now=now)


def _check_sent(row: Request) -> None:
    if row.state != RequestState.SENT:
        raise Conflict(str(_SETTLED[row.state]))


def _check_both(mentee: Participation, mentor: Participation) -> None:
    if mentee.state != ParticipationState.APPROVED:
        raise Conflict(_("{name} no longer takes part.").format(name=mentee.person.name))
    if has_mentor(mentee):
        raise Conflict(_("{name} has found a mentor in the meantime.").format(name=mentee.person.name))
    if mentor.state != ParticipationState.APPROVED:
        raise Conflict(_("You are not taking part as mentor right now."))
    if open_load(mentor) >= mentor.capacity:
        raise Conflict(
            _(
                "Your places are all taken, so nobody else can be accepted now. You can change how many you have."
            )
        )
