"""What one person sees of surveys: what is open for them, what they said."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from alongside.foundation.compiled import compiled
from alongside.foundation.reading import along
from alongside.mentorships.models import Member, Mentorship
from alongside.people.models import Person
from alongside.questionnaires.enums import Reader
from alongside.questionnaires.fields import field_of
from alongside.questionnaires.models import Question
from alongside.questionnaires.queries import questions_of, visible_answers
from alongside.surveys.access import asks_of, visible_asks
from alongside.surveys.enums import AskState, WaveState
from alongside.surveys.keys import giver_in, own_place
from alongside.surveys.models import Ask, OwnAnswers, Response, Shared, Wave
from alongside.surveys.scoring import NEEDS
from alongside.surveys.words import length_words
from alongside.vault.queries import open_many

# What a row of an open survey needs, out of the sixty columns of the tables it is read from.
_SHOWN = (
    "public_id",
    "asked_at",
    "person_id",
    "mentorship_id",
    "wave__survey__seconds",
    "wave__survey__questionnaire__title",
)


@dataclass(frozen=True, slots=True)
class OpenAsk:
    """A survey that waits for a person, if they like. `partner` is the name of the other of the two."""

    ask: Ask
    title: str
    seconds: int
    partner: str

    @property
    def length(self) -> str:
        return length_words(self.seconds)


def open_asks(person: Person, *, of: Sequence[Mentorship] | None = None) -> list[OpenAsk]:
    """Surveys this person may answer now, the oldest first. Two queries, however many there are.

    One query where all pairs of the person are at hand and know their members: `of` them.
    """
    if of is None:
        rows = visible_asks(person).filter(state=AskState.ASKED, wave__state=WaveState.OPEN)
        members = Prefetch("mentorship__members", Member.objects.select_related("person"))
        along_all = along(rows, "wave__survey__questionnaire", "mentorship").prefetch_related(members)
        found = list(along_all.only(*_SHOWN, "mentorship__public_id"))
    else:
        found = _open_ones(person.pk)
    found.sort(key=lambda ask: (ask.asked_at, ask.pk))
    known = {pair.pk: pair for pair in of or ()}
    for ask in found:
        if ask.mentorship_id in known:
            ask.mentorship = known[ask.mentorship_id]
    return [about(ask) for ask in found]


@compiled
def _open_ones(person: int) -> QuerySet[Ask]:
    rows = asks_of(person).filter(state=AskState.ASKED, wave__state=WaveState.OPEN)
    return along(rows, "wave__survey__questionnaire").only(*_SHOWN)


def about(ask: Ask) -> OpenAsk:
    """What a page says of an ask. The number of queries depends on what was fetched along."""
    survey = ask.wave.survey
    return OpenAsk(ask, survey.questionnaire.title_said, survey.seconds, _partner_name(ask))


def questions_of_ask(ask: Ask) -> list[Question]:
    """The questions in order, each asked of both roles in its own wording."""
    return list(questions_of(ask.wave.survey.questionnaire))


def known_needs(ask: Ask) -> dict[str, object]:
    """Words and points of the needs the person wrote down earlier with the same partner, to keep or edit."""
    keys = [f"NEED{place}" for place in range(1, NEEDS + 1)]
    earlier = OwnAnswers.objects.filter(person_id=ask.person_id, mentorship=ask.mentorship).order_by("-pk")
    for row, text in _opened(list(earlier[:5])):
        if any(row.get(key) for key in keys) and text:
            return {key: row[key] for key in keys if row.get(key)}
    return {}


def card_for(ask: Ask) -> Wave | None:
    """The newest answer of the coordinators to what people said, in the same program."""
    waves = Wave.objects.filter(survey__program=ask.wave.survey.program_id, card_at__isnull=False)
    return waves.order_by("-card_at").first()


def own_survey_answers(person: Person) -> list[tuple[str, str, list[str]]]:
    """Everything a person answered, for themself: (survey, question, answer in words). For the export of own data.

    Answers counted in groups are found through the pseudonym, which only this installation can make.
    """
    return [*_own(person), *_counted(person), *_shared(person)]


def _own(person: Person) -> list[tuple[str, str, list[str]]]:
    rows = list(
        OwnAnswers.objects.filter(person=person).select_related("wave__survey__questionnaire").order_by("pk")
    )
    found = []
    for (answers, _text), row in zip(_opened(rows), rows, strict=True):
        found += _in_words(row.wave, answers)
    return found


def _shared(person: Person) -> list[tuple[str, str, list[str]]]:
    rows = Shared.objects.filter(person=person).select_related("wave__survey__questionnaire").order_by("pk")
    return [line for row in rows for line in _in_words(row.wave, row.data)]


def _counted(person: Person) -> list[tuple[str, str, list[str]]]:
    programs = set(visible_asks(person).values_list("wave__survey__program_id", flat=True))
    givers = [giver_in(program_id, person.pk) for program_id in programs]
    answered = Response.objects.filter(pseudonym__in=givers).select_related("wave__survey__questionnaire")
    rows = list(answered.order_by("wave__opens_on", "wave_id", "pk"))
    shown = visible_answers([row.answers_id for row in rows], reader=Reader.OWNER)
    return [
        (row.wave.survey.questionnaire.title_said, answer.question.label_for(row.role), answer.lines)
        for row in rows
        for answer in shown[row.answers_id]
    ]


def _in_words(wave: Wave, answers: dict[str, object]) -> list[tuple[str, str, list[str]]]:
    questions = questions_of(wave.survey.questionnaire, retired=True).filter(key__in=answers)
    return [
        (
            wave.survey.questionnaire.title_said,
            question.label,
            field_of(question).display(question, answers[question.key]),
        )
        for question in questions
    ]


def _opened(rows: list[OwnAnswers]) -> list[tuple[dict[str, object], str]]:
    texts = open_many([(row.sealed, own_place(row)) for row in rows])
    return [(json.loads(text) if text else {}, text) for text in texts]


def _partner_name(ask: Ask) -> str:
    mentorship: Mentorship | None = ask.mentorship
    if mentorship is None:
        return ""
    members = mentorship.known_members or mentorship.members.all()
    others = [member.person.name for member in members if member.person_id != ask.person_id]
    return others[0] if others else ""
