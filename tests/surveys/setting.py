"""A program with its surveys, pairs that can be asked, answers that can be given."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from alongside.enrollment.enums import Role
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.surveys.actions import answer_survey, install_surveys
from alongside.surveys.actions.planning import open_wave
from alongside.surveys.enums import AskState
from alongside.surveys.models import Ask, Survey
from tests import factories as make
from tests.factories import NOW

CORE = ("CON1", "SAF1", "LIS1", "AGR1", "RHY1", "USE1")


def program_with_surveys() -> Program:
    program = make.program()
    install_surveys(program=program, actor=None, now=NOW)
    return program


def pair(program: Program, **fields: Any) -> Mentorship:
    mentee, mentor = make.person(), make.person()
    return make.mentorship(
        make.participation(program, mentee, Role.MENTEE),
        make.participation(program, mentor, Role.MENTOR),
        **fields,
    )


def survey(program: Program, key: str) -> Survey:
    return Survey.objects.get(program=program, key=key)


def member(mentorship: Mentorship, role: str) -> Person:
    return mentorship.members.get(role=role).person


def asked(
    mentorship: Mentorship, role: str = "mentee", key: str = "how-is-it-going", *, at: datetime = NOW
) -> Ask:
    """An ask of this survey that waits for its answer."""
    wave = open_wave(survey(mentorship.program, key), 1, now=at)
    return Ask.objects.create(
        wave=wave,
        person=member(mentorship, role),
        mentorship=mentorship,
        role=role,
        state=AskState.ASKED,
        planned_for=at,
        due_at=at,
        asked_at=at,
    )


def answer(ask: Ask, answers: Mapping[str, Any], *, at: datetime = NOW + timedelta(hours=1)) -> Ask:
    questions = {row.key: row for row in ask.wave.survey.questionnaire.questions.all()}
    given = {questions[key]: value for key, value in answers.items()}
    return answer_survey(ask=ask, actor=ask.person, answers=given, now=at)


def core(*steps: int) -> dict[str, str]:
    """The core six as posted; 0 stands for "can't say yet"."""
    return {key: str(step) for key, step in zip(CORE, steps, strict=True) if step}


def answers_of_many(
    program: Program, sets: Sequence[Mapping[str, Any]], *, role: str = "mentee", **where: Any
) -> None:
    """One new pair for each set of answers; its member of `role` gives it."""
    for answers in sets:
        answer(asked(pair(program), role, **where), answers)
