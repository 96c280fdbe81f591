"""When each of a pair is meant to be asked. Whether that is a good moment, `asking` decides when it comes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import transaction

from alongside.engine.timing.zones import instant_at, wall_at
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.people.queries import known_zone
from alongside.surveys.enums import AskState, SurveyAudience, TriggerKind, WaveState
from alongside.surveys.models import Ask, Survey, Wave
from alongside.surveys.rules import days_of
from alongside.surveys.triggers import is_of_the_end, trigger_of

MORNING = time(9)
AFTER_END = timedelta(days=1)
AFTER_TALK = timedelta(hours=2)


@transaction.atomic
def plan_asks(*, mentorship: Mentorship, now: datetime, surveys: Sequence[Survey] | None = None) -> int:
    """Plans what the two are asked from the start on; returns how many asks. Days gone by are left out.

    Doing it twice plans nothing twice. A constant number of statements but for new waves.
    """
    chosen = surveys if surveys is not None else _switched_on(mentorship)
    today = wall_at(now, known_zone(mentorship.program.zone)).day
    months = mentorship.match_type.months
    planned: list[tuple[Survey, int, date]] = []
    for survey in chosen:
        days = days_of(
            trigger_of(survey), started_on=mentorship.started_on, ends_on=mentorship.ends_on, months=months
        )
        planned += [(survey, turn, day) for turn, day in enumerate(days, start=1) if day >= today]
    return _plan(mentorship, planned, now=now)


@transaction.atomic
def plan_closing_asks(*, mentorship: Mentorship, now: datetime) -> int:
    """After a good ending: the closing survey the next day, and what is meant to come some time after the end."""
    today = wall_at(now, known_zone(mentorship.program.zone)).day
    planned: list[tuple[Survey, int, date]] = []
    for survey in _switched_on(mentorship):
        trigger = trigger_of(survey)
        if trigger.kind == TriggerKind.CLOSING:
            planned.append((survey, 1, today + AFTER_END))
        elif trigger.kind == TriggerKind.DAY and trigger.origin == "end" and trigger.day is not None:
            planned.append((survey, 1, today + timedelta(days=trigger.day)))
    return _plan(mentorship, planned, now=now)


@transaction.atomic
def plan_talk_asks(*, mentorship: Mentorship, talks_held: int, now: datetime) -> int:
    """After a talk: the survey for oneself alone, after every second one and only where the program offers it."""
    planned = []
    for survey in _switched_on(mentorship):
        trigger = trigger_of(survey)
        if trigger.kind == TriggerKind.AFTER_TALK and talks_held and talks_held % (trigger.every or 2) == 0:
            turn = talks_held // (trigger.every or 2)
            planned.append((survey, turn, wall_at(now, known_zone(mentorship.program.zone)).day))
    return _plan(mentorship, planned, now=now, earliest=now + AFTER_TALK)


@transaction.atomic
def drop_asks(*, mentorship: Mentorship, of_the_end: bool, now: datetime) -> int:
    """Lets go what was planned or asked and is no longer to the point; returns how many.

    With `of_the_end` what belongs to the ending (it was taken back), else everything before it (the pair has ended).
    """
    asks = Ask.objects.filter(mentorship=mentorship, state__in=(AskState.PLANNED, AskState.ASKED))
    ids = [
        ask.pk for ask in asks.select_related("wave__survey") if is_of_the_end(ask.wave.survey) == of_the_end
    ]
    return Ask.objects.filter(pk__in=ids).update(state=AskState.DROPPED)


def _switched_on(mentorship: Mentorship) -> list[Survey]:
    return list(Survey.objects.filter(program=mentorship.program_id, switched_on=True))


def _plan(
    mentorship: Mentorship,
    planned: Sequence[tuple[Survey, int, date]],
    *,
    now: datetime,
    earliest: datetime | None = None,
) -> int:
    """What was let go before it was asked is planned anew; what is there stays."""
    if not planned:
        return 0
    waves, members = _Waves(now), members_of(mentorship)
    wanted = [
        _ask(waves.of(survey, turn), mentorship, member, day, earliest)
        for survey, turn, day in planned
        for member in members
        if member.left_at is None and survey.audience in (SurveyAudience.BOTH, member.role)
    ]
    known = {(ask.wave_id, ask.person_id): ask for ask in Ask.objects.filter(mentorship=mentorship)}
    again = [ask for ask in wanted if (old := known.get((ask.wave_id, ask.person_id))) and _was_let_go(old)]
    for ask in again:
        Ask.objects.filter(pk=known[ask.wave_id, ask.person_id].pk).update(
            state=AskState.PLANNED, planned_for=ask.planned_for, due_at=ask.due_at
        )
    fresh = [ask for ask in wanted if (ask.wave_id, ask.person_id) not in known]
    Ask.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh) + len(again)


def _was_let_go(ask: Ask) -> bool:
    return ask.state == AskState.DROPPED and ask.asked_at is None


def _ask(wave: Wave, mentorship: Mentorship, member: Member, day: date, earliest: datetime | None) -> Ask:
    morning = instant_at(day, MORNING, known_zone(member.person.preferences.zone)).instant
    at = max(morning, earliest) if earliest else morning
    return Ask(
        wave=wave, person=member.person, mentorship=mentorship, role=member.role, planned_for=at, due_at=at
    )


@dataclass
class _Waves:
    """The open waves of surveys, one for each time a pair is asked, made where there is none."""

    now: datetime
    known: dict[tuple[int, int], Wave] = field(default_factory=dict)

    def of(self, survey: Survey, turn: int) -> Wave:
        place = survey.pk, turn
        if place not in self.known:
            self.known[place] = open_wave(survey, turn, now=self.now)
        return self.known[place]


def open_wave(survey: Survey, turn: int, *, now: datetime) -> Wave:
    """The open wave of a survey for the given time a pair is asked; a new one after the last was closed."""
    wave = survey.waves.filter(turn=turn, state=WaveState.OPEN).first()
    if wave is not None:
        return wave
    Survey.objects.select_for_update().get(pk=survey.pk)  # two planners do not make the same wave
    newest = survey.waves.order_by("-number").values_list("number", flat=True).first() or 0
    wave, _made = survey.waves.get_or_create(
        turn=turn,
        state=WaveState.OPEN,
        defaults={"number": newest + 1, "opens_on": now.date(), "created_at": now},
    )
    return wave
