"""The program's form, changed by its coordinators. The rules of questions themselves live in `questionnaires`."""

from datetime import datetime

from django.db import transaction

from alongside.foundation.errors import NotFound
from alongside.people.models import Person
from alongside.programs.actions._editing import locked_program
from alongside.programs.models import Program
from alongside.questionnaires.actions import (
    add_question,
    edit_question,
    place_question,
    restore_question,
    retire_question,
)
from alongside.questionnaires.models import Question
from alongside.questionnaires.spec import QuestionSpec


@transaction.atomic
def add_form_question(*, program: Program, actor: Person, spec: QuestionSpec) -> Question:
    """The question, last of its step. Raises Invalid naming the field."""
    row = locked_program(program, actor=actor)
    return add_question(questionnaire=row.form, spec=spec, actor_id=actor.pk)


@transaction.atomic
def edit_form_question(
    *, program: Program, question: Question, actor: Person, spec: QuestionSpec, version: int | None = None
) -> Question:
    """The question in its new words. Raises Invalid, and Conflict (see `questionnaires.actions.edit_question`)."""
    _own(program, question, actor)
    return edit_question(question=question, spec=spec, actor_id=actor.pk, version=version)


@transaction.atomic
def place_form_question(
    *, program: Program, question: Question, actor: Person, step: str, index: int
) -> None:
    """Puts the question at `index` of `step`."""
    _own(program, question, actor)
    place_question(question=question, step=step, index=index, actor_id=actor.pk)


@transaction.atomic
def retire_form_question(*, program: Program, question: Question, actor: Person, now: datetime) -> None:
    """No longer asked; gone for good when nobody has answered."""
    _own(program, question, actor)
    retire_question(question=question, actor_id=actor.pk, now=now)


@transaction.atomic
def restore_form_question(*, program: Program, question: Question, actor: Person) -> None:
    """Asked again."""
    _own(program, question, actor)
    restore_question(question=question, actor_id=actor.pk)


def _own(program: Program, question: Question, actor: Person) -> None:
    if question.questionnaire_id != locked_program(program, actor=actor).form_id:
        raise NotFound
