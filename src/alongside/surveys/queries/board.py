"""The coordinator's list of surveys: what is asked, when, and how many answered."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from alongside.programs.models import Program
from alongside.questionnaires.enums import Visibility
from alongside.questionnaires.models import Question
from alongside.surveys.access import surveys_of
from alongside.surveys.disclosure import SMALLEST
from alongside.surveys.enums import WaveState
from alongside.surveys.models import Survey, Wave
from alongside.surveys.queries.results import Rate, rate_of
from alongside.surveys.triggers import is_locked, trigger_of
from alongside.surveys.words import length_words, schedule_words

CARD_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class WaveLine:
    wave: Wave
    rate: Rate


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """A survey as the list shows it, with its waves in order. `is_private`: its answers stay with the person.
    `is_locked`: it belongs to a page and cannot be switched."""

    survey: Survey
    title: str
    schedule: str
    length: str
    is_private: bool
    is_locked: bool
    waves: tuple[WaveLine, ...]


def survey_lines(program: Program) -> list[SurveyLine]:
    """All surveys of a program. Two queries."""
    waves: dict[int, list[WaveLine]] = defaultdict(list)
    for wave, asked in waves_of(program):
        waves[wave.survey_id].append(WaveLine(wave, rate_of(asked, wave.shown)))
    told = Question.objects.filter(questionnaire=OuterRef("questionnaire")).exclude(visibility=Visibility.ME)
    return [
        SurveyLine(
            survey,
            survey.questionnaire.title,
            schedule_words(trigger_of(survey)),
            length_words(survey.seconds),
            not survey.told,
            is_locked(survey),
            tuple(waves[survey.pk]),
        )
        for survey in surveys_of(program).annotate(told=Exists(told))
    ]


def own_survey_titles(program: Program) -> dict[str, str]:
    """{key: title} of what the program asks in its own words, in order, the newest version of each. One query."""
    own = surveys_of(program).filter(is_own=True).exclude(replaced_by__switched_on=True)
    return dict(own.values_list("key", "questionnaire__title"))


def waves_of(program: Program) -> list[tuple[Wave, int]]:
    """The waves in which somebody was asked, with how many, in order. One query."""
    asked = Count("asks", filter=Q(asks__asked_at__isnull=False))
    rows = Wave.objects.filter(survey__program=program).annotate(asked=asked).filter(asked__gt=0)
    return [(wave, wave.asked) for wave in rows.order_by("survey__position", "number")]


def waves_without_card(program: Program, *, now: datetime) -> list[Wave]:
    """Closed waves with results nobody has answered yet, for thirty days after they closed. One query."""
    rows = Wave.objects.filter(
        survey__program=program,
        state=WaveState.CLOSED,
        card_at__isnull=True,
        shown__gte=SMALLEST,
        closes_on__gte=(now - CARD_WITHIN).date(),
    )
    return list(rows.select_related("survey__questionnaire").order_by("closes_on"))
