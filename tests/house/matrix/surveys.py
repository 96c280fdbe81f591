"""Surveys: one's own asks for who is asked, waves and switches for the staff of the program."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from alongside.foundation.clock import now
from alongside.surveys.actions import add_survey_question, create_survey, install_surveys
from alongside.surveys.actions.planning import open_wave
from alongside.surveys.enums import OwnKind
from alongside.surveys.models import Ask
from tests.house.matrix import SIGN_IN, Row
from tests.people import Cast

KEY = "how-is-it-going"


def _ask(cast: Cast, state: str = "asked") -> Sequence[Any]:
    install_surveys(program=cast.program, actor=None, now=now())
    wave = open_wave(cast.program.surveys.get(key=KEY), 1, now=now())
    ask = Ask.objects.create(
        wave=wave, person=cast.chi, mentorship=cast.pair, role="mentee", state=state, planned_for=now(), due_at=now(),
        asked_at=now(),
    )  # fmt: skip
    return [ask.public_id]


def _answered(cast: Cast) -> Sequence[Any]:
    return _ask(cast, "answered")


def _program(cast: Cast) -> Sequence[Any]:
    return [cast.program.public_id]


def _survey(cast: Cast) -> Sequence[Any]:
    install_surveys(program=cast.program, actor=None, now=now())
    return [cast.program.public_id, KEY]


def _preview(cast: Cast) -> Sequence[Any]:
    return [*_survey(cast), "mentee"]


def _wave(cast: Cast) -> Sequence[Any]:
    _ask(cast)
    return [cast.program.public_id, KEY, 1]


def _own(cast: Cast) -> Sequence[Any]:
    row = create_survey(program=cast.program, title="Ours", actor=cast.ada, now=now())
    return [cast.program.public_id, row.key]


def _own_question(cast: Cast) -> Sequence[Any]:
    program, key = _own(cast)
    survey = cast.program.surveys.get(key=key)
    question = add_survey_question(
        survey=survey, kind=OwnKind.AGREE, words={"label": "Fine?"}, actor=cast.ada
    )
    return [program, key, question.public_id]


def _new_question(cast: Cast) -> Sequence[Any]:
    return [*_own(cast), "agree"]


_asked = partial(
    Row, anonymous=SIGN_IN, dov=404, chi=200, ben=404, eva=404, ada=404, gus=404, hal=404, args=_ask
)
_staff = partial(
    Row, anonymous=SIGN_IN, dov=404, chi=404, ben=404, eva=404, ada=200, gus=404, hal=404, args=_program
)

ROWS = [
    Row(
        "workspace:surveys", anonymous=SIGN_IN, dov=200, chi=200, ben=200, eva=200, ada=200, gus=200, hal=200
    ),
    _asked("workspace:survey"),
    _asked("workspace:survey", method="POST", chi=302),
    _asked("workspace:survey.thanks", args=_answered),
    _staff("coordinator:surveys"),
    _staff("coordinator:survey.new"),
    _staff("coordinator:survey.new", method="POST", ada=422),
    _staff("coordinator:survey.build", args=_own),
    _staff("coordinator:survey.basics", args=_own),
    _staff("coordinator:survey.basics", method="POST", args=_own, ada=422),
    _staff("coordinator:survey.question.new", args=_new_question),
    _staff("coordinator:survey.question.new", method="POST", args=_new_question, ada=422),
    _staff("coordinator:survey.question", args=_own_question),
    _staff("coordinator:survey.question", method="POST", args=_own_question, ada=422),
    _staff("coordinator:survey.question.place", method="POST", args=_own_question, ada=302),
    _staff("coordinator:survey.question.removal", method="POST", args=_own_question, ada=302),
    _staff("coordinator:survey.version", method="POST", args=_own, ada=302),
    _staff("coordinator:survey.removal", method="POST", args=_own, ada=302),
    _staff("coordinator:survey.switch", method="POST", args=_survey, ada=302),
    _staff("coordinator:survey.preview", args=_preview),
    _staff("coordinator:survey.results", args=_wave),
    _staff("coordinator:survey.file", args=_wave),
    _staff("coordinator:survey.closing", method="POST", args=_wave, ada=302),
    _staff("coordinator:survey.card", args=_wave),
    _staff("coordinator:survey.card", method="POST", args=_wave, ada=422),
]
