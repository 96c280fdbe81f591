"""What an enrollment still needs before it can be sent in."""

from dataclasses import dataclass

from alongside.enrollment.enums import EnrollmentStep
from alongside.enrollment.models import Participation
from alongside.enrollment.queries.answers import own_form_answers
from alongside.questionnaires.models import Question
from alongside.questionnaires.queries import questions_for

SKIPPABLE = (EnrollmentStep.HOW_YOU_TICK,)


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A step to look at once more: never saved, or with questions that need an answer."""

    step: EnrollmentStep
    questions: tuple[Question, ...]


def open_points(participation: Participation) -> list[OpenPoint]:
    """The steps that keep an enrollment from being sent in, in order; none when it can be."""
    answers = own_form_answers(participation)
    unanswered: dict[str, list[Question]] = {}
    for question in questions_for(participation.program.form, role=participation.role):
        if question.required and answers.get(question.key) in (None, "", []):
            unanswered.setdefault(question.step, []).append(question)
    return [
        OpenPoint(step, tuple(unanswered.get(step, ())))
        for step in EnrollmentStep
        if step in unanswered or (step not in participation.steps_done and step not in SKIPPABLE)
    ]
