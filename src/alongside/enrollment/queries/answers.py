"""What participants answered, wherever it lives, and who sees it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise

from alongside.enrollment.enums import EnrollmentStep, Role
from alongside.enrollment.fills import filled_value
from alongside.enrollment.models import Participation
from alongside.programs.models import Program
from alongside.questionnaires.enums import HARD_RULES, SEES, Audience, MatchRule, Reader, Visibility
from alongside.questionnaires.fields import field_of
from alongside.questionnaires.models import Question
from alongside.questionnaires.queries import (
    Answers,
    answers_of,
    own_answers,
    own_answers_of,
    questions_for,
    questions_of,
    visible_answers,
)
from alongside.questionnaires.queries import answers_for_matching as matched_answers


def with_answers(participations: Iterable[Participation]) -> dict[int, Answers]:
    """{participation's pk: {question key: value}}, those that live with the person included, sealed ones left out.

    Needs person and preferences fetched along, as `enrolled` does. Two queries.
    """
    rows = list(participations)
    return _merged(rows, answers_of([row.answers_id for row in rows]), _filling(_forms(rows)))


def answers_for_matching(
    participations: Iterable[Participation], *, questions: Iterable[Question] | None = None
) -> dict[int, Answers]:
    """As `with_answers`, only what matching compares, without criteria that a person said do not count for them.

    Somebody who gave a criterion the importance 0 ("no match on identity, please") is matched as if they had not answered.
    `questions` are those of the form, where the caller has them at hand: that saves a query.
    """
    rows = list(participations)
    filling = _filling(_forms(rows)) if questions is None else [row for row in questions if _fills(row)]
    matched = [question for question in filling if question.match_rule != MatchRule.NONE]
    merged = _merged(rows, matched_answers([row.answers_id for row in rows]), matched)
    for row in rows:
        for key, weight in row.importance.items():
            if weight == 0:
                merged[row.pk].pop(key, None)
    return merged


@dataclass(frozen=True, slots=True)
class Given:
    """One answer in words, a line each."""

    label: str
    lines: list[str]


def answers_for_team(participation: Participation) -> list[Given]:
    """What the coordinators may read of somebody's answers, in the order of the form, wherever the answers live.

    Needs person and preferences fetched along. Two queries.
    """
    shown = visible_answers([participation.answers_id], reader=Reader.TEAM)[participation.answers_id]
    lines = {answer.question.key: answer.lines for answer in shown}
    for question in _filling([participation.program.form_id]):
        if question.visibility in SEES[Reader.TEAM]:
            lines[question.key] = field_of(question).display(
                question, filled_value(question.fills, participation)
            )
    asked = questions_of(participation.program.form, retired=True)
    return [Given(question.label, lines[question.key]) for question in asked if lines.get(question.key)]


def own_form_answers(participation: Participation) -> Answers:
    """Everything the person answered, for themself: sealed answers opened, places elsewhere read."""
    answers = own_answers(participation.answers)
    for question in _filling([participation.program.form_id]):
        answers[question.key] = filled_value(question.fills, participation)
    return answers


@dataclass(frozen=True, slots=True)
class OwnGiven:
    """One answer of one's own in words, a line each, and who may read it."""

    label: str
    lines: list[str]
    visibility: Visibility


def own_answers_with_readers(participations: Iterable[Participation]) -> dict[int, list[OwnGiven]]:
    """{participation's pk: every answer the person gave, private ones and those kept elsewhere too, in the form's order}.

    All of one person, with answers, person and preferences fetched along. Three queries for any number.
    """
    rows = list(participations)
    given = own_answers_of([row.answers for row in rows])
    asked: dict[int, list[Question]] = defaultdict(list)
    for question in Question.objects.filter(questionnaire__in=_forms(rows)).order_by("position", "pk"):
        asked[question.questionnaire_id].append(question)
    return {
        row.pk: list(_own_given(row, asked[row.answers.questionnaire_id], given[row.answers_id]))
        for row in rows
    }


def _own_given(row: Participation, asked: Iterable[Question], given: Answers) -> Iterator[OwnGiven]:
    for question in asked:
        if row.role != Role.BOTH and question.audience not in (Audience.EVERYONE, row.role):
            continue
        value = filled_value(question.fills, row) if question.fills else given.get(question.key)
        if value not in (None, "", [], {}):
            lines = field_of(question).display(question, value)
            yield OwnGiven(question.label_for(row.role), lines, Visibility(question.visibility))


def criteria_of(program: Program, *, role: str) -> list[Question]:
    """The questions whose weight a person may choose for themself: matched ones that are no hard rule."""
    return [
        question
        for question in questions_for(program.form, role=role)
        if question.match_rule != MatchRule.NONE
        and question.match_rule not in HARD_RULES
        and question.audience == Audience.EVERYONE
    ]


@dataclass(frozen=True, slots=True)
class SeenBy:
    """One line of the table answer × audience."""

    words: str | Promise
    visibility: Visibility

    @property
    def partner(self) -> bool:
        return self.visibility in (Visibility.PROGRAM, Visibility.PARTNER)

    @property
    def everyone(self) -> bool:
        return self.visibility == Visibility.PROGRAM

    @property
    def team(self) -> bool:
        return self.visibility in (Visibility.PROGRAM, Visibility.PARTNER, Visibility.TEAM)

    @property
    def groups(self) -> bool:
        return self.visibility == Visibility.GROUP


def who_sees_what(participation: Participation) -> list[SeenBy]:
    """One line for each question of this person's form, in order. One query."""
    return seen_by_others(participation.program, role=participation.role)


def seen_by_others(program: Program, *, role: str) -> list[SeenBy]:
    """The same for somebody who would take part in this role. One query."""
    order = {step: number for number, step in enumerate(EnrollmentStep.values)}
    questions = questions_for(program.form, role=role)
    questions.sort(key=lambda question: (order.get(question.step, len(order)), question.position))
    return [
        SeenBy(question.label_for(role), Visibility(question.visibility))
        for question in questions
        if question.step != EnrollmentStep.PRIVACY
    ]


def _merged(
    rows: list[Participation], given: dict[int, Answers], filling: Iterable[Question]
) -> dict[int, Answers]:
    filling = list(filling)
    merged: dict[int, Answers] = {}
    for row in rows:
        answers = dict(given[row.answers_id])
        for question in filling:
            value = filled_value(question.fills, row)
            if question.questionnaire_id == row.answers.questionnaire_id and value is not None:
                answers[question.key] = value
        merged[row.pk] = answers
    return merged


def _fills(question: Question) -> bool:
    """Whether the answer lives elsewhere and may be compared."""
    return bool(question.fills) and question.retired_at is None and question.visibility != Visibility.ME


def _forms(rows: Iterable[Participation]) -> set[int]:
    return {row.answers.questionnaire_id for row in rows}


def _filling(forms: Iterable[int]) -> list[Question]:
    return list(
        Question.objects.filter(questionnaire__in=list(forms), retired_at=None)
        .exclude(fills="")
        .exclude(visibility=Visibility.ME)
        .order_by("position", "pk")
    )


def form_questions(participation: Participation, step: str) -> tuple[list[Question], list[Question]]:
    """The questions of a step: those whose answers live here, and those that fill a place elsewhere. One query."""
    asked = [
        question
        for question in questions_of(participation.program.form)
        if question.step == step
        and (participation.role == "both" or question.audience in (Audience.EVERYONE, participation.role))
    ]
    return [row for row in asked if not row.fills], [row for row in asked if row.fills]
