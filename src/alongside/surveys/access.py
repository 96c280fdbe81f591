"""Who may see which survey: the person who is asked their own asks, staff the surveys of their program."""

from django.db.models import QuerySet

from alongside.foundation.errors import NotFound
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.questionnaires.models import Question
from alongside.surveys.enums import AskState
from alongside.surveys.models import Ask, Survey, Wave


def visible_asks(person: Person) -> QuerySet[Ask]:
    """What this person was asked, answered or not."""
    return asks_of(person.pk).select_related(
        "wave__survey__program__contact", "wave__survey__questionnaire", "mentorship"
    )


def asks_of(person: int) -> QuerySet[Ask]:
    """As `visible_asks` by the person's key, with nothing along."""
    return Ask.objects.filter(person=person, asked_at__isnull=False)


def get_ask(person: Person, public_id: str) -> Ask:
    """One's own ask that is open or was answered. Raises NotFound for anybody else's, and once it was let go."""
    row = visible_asks(person).exclude(state=AskState.DROPPED).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def surveys_of(program: Program) -> QuerySet[Survey]:
    """All surveys of a program in order; the caller has the program from `get_staffed_program`."""
    return Survey.objects.filter(program=program).select_related("questionnaire", "program")


def get_survey(program: Program, key: str) -> Survey:
    """A survey of a program the caller is staff of. Raises NotFound."""
    row = surveys_of(program).filter(key=key).first()
    if row is None:
        raise NotFound
    return row


def get_own_survey(program: Program, key: str) -> Survey:
    """A survey the program words itself. Raises NotFound."""
    row = get_survey(program, key)
    if not row.is_own:
        raise NotFound
    return row


def get_survey_question(survey: Survey, public_id: str) -> Question:
    """A question of this survey that is asked. Raises NotFound."""
    questions = survey.questionnaire.questions.filter(retired_at=None)
    question = questions.filter(public_id=public_id).first()
    if question is None:
        raise NotFound
    return question


def is_answered(survey: Survey) -> bool:
    """Whether anybody has answered: from then on its questions stay as they are."""
    return Ask.objects.filter(wave__survey=survey, state=AskState.ANSWERED).exists()


def get_wave(program: Program, key: str, number: int) -> Wave:
    """A wave of a survey of a program the caller is staff of. Raises NotFound."""
    rows = Wave.objects.filter(survey__program=program, survey__key=key, number=number)
    row = rows.select_related("survey__questionnaire", "survey__program").first()
    if row is None:
        raise NotFound
    return row
