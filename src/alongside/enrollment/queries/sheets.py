"""The people of a program as a sheet: only what the coordinators may see."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from alongside.enrollment.enums import ParticipationState, Role
from alongside.enrollment.fills import filled_value
from alongside.enrollment.models import Participation
from alongside.foundation.sheets import write_sheet
from alongside.programs.models import Program
from alongside.questionnaires.enums import SEES, QuestionKind, Reader
from alongside.questionnaires.fields import field_of
from alongside.questionnaires.models import Question
from alongside.questionnaires.queries import questions_of, visible_answers


def people_sheet(program: Program, participations: Sequence[Participation]) -> bytes:
    """A CSV of these people and the answers staff may see. Never private answers, wishes about people, or talk.

    Needs persons and preferences fetched along. Three queries.
    """
    questions = [
        question
        for question in questions_of(program.form)
        if question.visibility in SEES[Reader.TEAM] and question.kind != QuestionKind.FILE
    ]
    shown = visible_answers([row.answers_id for row in participations], reader=Reader.TEAM)
    header = [
        _("Name"), _("Full name"), _("E-mail"), _("Role"), _("State"), _("Since"), _("Capacity"),
        _("Hours a month"), _("Time zone"), _("Tags"), *(question.label for question in questions),
    ]  # fmt: skip
    rows = [
        [
            *_about(row),
            *_answers(
                row, questions, {answer.question.key: answer.lines for answer in shown[row.answers_id]}
            ),
        ]
        for row in participations
    ]
    return write_sheet(header, rows)


def _about(row: Participation) -> list[str]:
    return [
        row.person.name,
        row.person.full_name,
        row.person.email,
        str(Role(row.role).label),
        str(ParticipationState(row.state).label),
        row.state_since.date().isoformat(),
        str(row.capacity) if row.role != Role.MENTEE else "",
        str(row.hours_per_month),
        row.person.preferences.zone,
        ", ".join(tag.name for tag in row.tags.all()),
    ]


def _answers(row: Participation, questions: Sequence[Question], given: dict[str, list[str]]) -> list[str]:
    return ["; ".join(_lines(row, question, given)) for question in questions]


def _lines(row: Participation, question: Question, given: dict[str, list[str]]) -> list[str]:
    if not question.fills:
        return given.get(question.key, [])
    return field_of(question).display(question, filled_value(question.fills, row))
