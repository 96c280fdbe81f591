"""Turning asks whose time has come into questions people hear of: by the rules of `rules`, else later or not at all."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from alongside.journal.actions import record
from alongside.mentorships.enums import MentorshipState
from alongside.people.models import Person
from alongside.people.queries import hours_of_people
from alongside.surveys.catalog import survey_catalog
from alongside.surveys.enums import AskState
from alongside.surveys.models import Ask
from alongside.surveys.rules import (
    BUDGET_SPAN,
    OPEN_FOR,
    REMIND_AFTER,
    REMIND_WITHIN,
    Situation,
    first_good_moment,
    moment_of_asking,
)
from alongside.surveys.triggers import is_of_the_end

CHUNK = 200

# The people of these asks who have a talk before them today, with the end of the last one. Talks live in a room this
# one does not know; who calls hands the look at them over.
BusyUntil = Callable[[Iterable[Person], datetime], Mapping[int, datetime]]


@transaction.atomic
def ask_due(*, now: datetime, busy_until: BusyUntil) -> int:
    """Asks, puts off or drops what is due, reminds once, lets go what stayed open for three weeks; returns how many
    were asked. At most 200 of each kind; the rest waits for the next turn."""
    _bring_forward(now)
    Ask.objects.filter(state=AskState.ASKED, asked_at__lte=now - OPEN_FOR).update(state=AskState.DROPPED)
    asked = _ask_planned(now, busy_until)
    _remind(now, busy_until)
    return asked


def _bring_forward(now: datetime) -> None:
    """A survey about the first talk comes two days after it, not only on the day it would come without one."""
    waiting = Ask.objects.filter(
        state=AskState.PLANNED,
        wave__survey__trigger__kind="first_talk",
        mentorship__first_met_at__isnull=False,
        planned_for__gt=F("mentorship__first_met_at") + timedelta(days=2),
    )
    for ask in waiting.select_related("mentorship", "wave__survey")[:CHUNK]:
        met_at = ask.mentorship.first_met_at if ask.mentorship else None
        if met_at is not None:
            ask.planned_for = met_at + timedelta(days=int(ask.wave.survey.trigger.get("day") or 2))
            ask.due_at = min(ask.due_at, ask.planned_for)
            ask.save(update_fields=["planned_for", "due_at"])


def _ask_planned(now: datetime, busy_until: BusyUntil) -> int:
    due = Ask.objects.select_for_update(of=("self",)).filter(state=AskState.PLANNED, due_at__lte=now)
    asks = list(
        due.select_related("wave__survey", "mentorship", "person__preferences").order_by("due_at", "pk")[
            :CHUNK
        ]
    )
    people = {ask.person_id: ask.person for ask in asks}
    hours, busy = hours_of_people(people.values()), busy_until(people.values(), now)
    spent = _Spent(people, now)
    asked = 0
    for ask in asks:
        items, seconds = _cost(ask)
        moment = None
        if _is_to_the_point(ask) and ask.person.is_active:
            moment = moment_of_asking(
                Situation(
                    now=now,
                    planned_for=ask.planned_for,
                    hours=hours[ask.person_id],
                    started_on=ask.mentorship.started_on if ask.mentorship else now.date(),
                    last_asked_at=spent.last.get(ask.person_id),
                    busy_until=busy.get(ask.person_id),
                    is_resting=bool(ask.mentorship and ask.mentorship.state == MentorshipState.PAUSED),
                    items=items,
                    seconds=seconds,
                    items_spent=spent.items.get(ask.person_id, 0),
                    seconds_spent=spent.seconds.get(ask.person_id, 0),
                )
            )
        if _settle(ask, moment, now):
            spent.add(ask.person_id, items, seconds, now)
            asked += 1
    return asked


def _settle(ask: Ask, moment: datetime | None, now: datetime) -> bool:
    """Whether it is asked now; else it is put off, or dropped for no moment at all."""
    if moment is None:
        ask.state = AskState.DROPPED
    elif moment > now:
        ask.due_at = moment
    else:
        ask.state, ask.asked_at = AskState.ASKED, now
    ask.save(update_fields=["state", "due_at", "asked_at"])
    if ask.state != AskState.ASKED:
        return False
    _tell("survey.asked", ask, now)
    return True


def _remind(now: datetime, busy_until: BusyUntil) -> None:
    """Once, a few days on, in the person's hours; after that, silence."""
    open_asks = Ask.objects.select_for_update(of=("self",)).filter(
        state=AskState.ASKED,
        reminded_at__isnull=True,
        asked_at__lte=now - REMIND_AFTER,
        asked_at__gt=now - REMIND_WITHIN,
        wave__survey__switched_on=True,
    )
    asks = list(open_asks.select_related("wave__survey", "mentorship", "person__preferences")[:CHUNK])
    people = {ask.person_id: ask.person for ask in asks}
    hours, busy = hours_of_people(people.values()), busy_until(people.values(), now)
    for ask in asks:
        resting = ask.mentorship is not None and ask.mentorship.state == MentorshipState.PAUSED
        good = first_good_moment(hours[ask.person_id], now) == now and ask.person_id not in busy
        if good and not resting and ask.person.is_active:
            ask.reminded_at = now
            ask.save(update_fields=["reminded_at"])
            _tell("survey.reminded", ask, now)


class _Spent:
    """What each person was asked in the last half year, and when last."""

    def __init__(self, people: Iterable[int], now: datetime) -> None:
        self.last: dict[int, datetime] = {}
        self.items: dict[int, int] = {}
        self.seconds: dict[int, int] = {}
        asked = Ask.objects.filter(person__in=list(people), asked_at__gt=now - BUDGET_SPAN)
        for ask in asked.select_related("wave__survey").order_by("asked_at"):
            if ask.asked_at is not None:
                self.add(ask.person_id, *_cost(ask), ask.asked_at)

    def add(self, person_id: int, items: int, seconds: int, at: datetime) -> None:
        self.last[person_id] = at
        self.items[person_id] = self.items.get(person_id, 0) + items
        self.seconds[person_id] = self.seconds.get(person_id, 0) + seconds


def _cost(ask: Ask) -> tuple[int, int]:
    """Items and seconds the survey asks of a person."""
    survey = ask.wave.survey
    if survey.is_own:
        return survey.questionnaire.questions.filter(retired_at=None).count(), survey.seconds
    return len(survey_catalog().survey(survey.key).asked), survey.seconds


def _is_to_the_point(ask: Ask) -> bool:
    """Not once the survey is switched off, nor "have you found each other" to two who have talked."""
    survey, mentorship = ask.wave.survey, ask.mentorship
    if not survey.switched_on:
        return False
    if mentorship is None:
        return True
    if (mentorship.state == MentorshipState.CLOSED) != is_of_the_end(survey):
        return False
    return not (survey.key in _skipped_after_talk() and mentorship.first_met_at is not None)


def _skipped_after_talk() -> set[str]:
    return {survey.key for survey in survey_catalog().surveys if survey.skip_when == "talk_held"}


def _tell(verb: str, ask: Ask, now: datetime) -> None:
    record(
        verb,
        actor_id=None,
        subject=ask,
        program_id=ask.wave.survey.program_id,
        data={"person": ask.person_id, "mentorship": ask.mentorship_id},
        now=now,
    )
