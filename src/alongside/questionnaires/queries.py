"""Reading questions and answers. `visible_answers` is the one place that decides who sees which answer."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from alongside.questionnaires.enums import SEES, Audience, MatchRule, Reader, Visibility
from alongside.questionnaires.fields import Value, field_of
from alongside.questionnaires.models import Answer, AnswerSet, Question, Questionnaire
from alongside.vault.queries import open_many

Answers = dict[str, Value]


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer as a reader sees it: the question, the stored value, the value in words (a line each)."""

    question: Question
    value: Value
    lines: list[str]


def questions_of(questionnaire: Questionnaire, *, retired: bool = False) -> QuerySet[Question]:
    """The questions in order; those no longer asked only with `retired`."""
    questions = Question.objects.filter(questionnaire=questionnaire)
    return questions if retired else questions.filter(retired_at=None)


def questions_for(questionnaire: Questionnaire, *, role: str, step: str | None = None) -> list[Question]:
    """What somebody in this role is asked, in order; `both` is asked everything."""
    questions = questions_of(questionnaire)
    if role != "both":
        questions = questions.filter(audience__in=(Audience.EVERYONE, role))
    return list(questions if step is None else questions.filter(step=step))


def answers_of(answer_sets: Iterable[AnswerSet | int]) -> dict[int, Answers]:
    """{answer set's pk: {question key: value}} of what is not sealed, in one query; every set asked for has an entry.

    For rooms that count or compare. Whatever a person is shown comes from `visible_answers`.
    """
    return _by_set(answer_sets, Answer.objects.exclude(question__visibility=Visibility.ME))


def answers_for_matching(answer_sets: Iterable[AnswerSet | int]) -> dict[int, Answers]:
    """As `answers_of`, but only the questions in use that matching looks at. One query, never a sealed answer."""
    matched = Answer.objects.filter(question__retired_at=None).exclude(question__match_rule=MatchRule.NONE)
    return _by_set(answer_sets, matched.exclude(question__visibility=Visibility.ME))


def own_answers(answer_set: AnswerSet) -> Answers:
    """{question key: value} for the person who answered, sealed ones opened. At most two queries."""
    return own_answers_of([answer_set])[answer_set.pk]


def own_answers_of(answer_sets: Iterable[AnswerSet]) -> dict[int, Answers]:
    """{answer set's pk: as `own_answers`} for the person who gave all of them. At most two queries for any number."""
    sets = {row.pk: row for row in answer_sets}
    rows = list(Answer.objects.filter(answer_set__in=sets).select_related("question"))
    sealed = [row for row in rows if row.sealed]
    opened = open_many([(row.sealed, about(sets[row.answer_set_id], row.question)) for row in sealed])
    private = {row.pk: json.loads(text) for row, text in zip(sealed, opened, strict=True) if text}
    found: dict[int, Answers] = {pk: {} for pk in sets}
    for row in rows:
        value = private.get(row.pk, row.value)
        if value is not None:
            found[row.answer_set_id][row.question.key] = value
    return found


def visible_answers(
    answer_sets: Iterable[AnswerSet | int], *, reader: Reader, keys: Iterable[str] | None = None
) -> dict[int, list[ShownAnswer]]:
    """{answer set's pk: answers this reader may see}, in the order of the form, in one query.

    Guarantee: a Reader other than OWNER never gets an answer of a narrower circle, and never a sealed one. For the
    owner sealed answers are left out here; `own_answers` opens them.
    """
    wanted = _ids(answer_sets)
    rows = Answer.objects.filter(
        answer_set__in=wanted, question__visibility__in=SEES[reader], value__isnull=False
    )
    if keys is not None:
        rows = rows.filter(question__key__in=list(keys))
    found: dict[int, list[ShownAnswer]] = {pk: [] for pk in wanted}
    for row in rows.select_related("question").order_by("question__position", "question_id"):
        shown = ShownAnswer(row.question, row.value, field_of(row.question).display(row.question, row.value))
        found[row.answer_set_id].append(shown)
    return found


def answer_file(answer_set: AnswerSet, key: str, *, reader: Reader) -> Answer | None:
    """The answer whose file this reader may open, or None."""
    return (
        Answer.objects.filter(answer_set=answer_set, question__key=key, question__visibility__in=SEES[reader])
        .exclude(file="")
        .first()
    )


def missing_required(questions: Iterable[Question], answers: Mapping[str, Value]) -> list[Question]:
    """The required questions without an answer, those left out whose answer lives elsewhere (`fills`)."""
    return [
        question
        for question in questions
        if question.required and not question.fills and answers.get(question.key) is None
    ]


def about(answer_set: AnswerSet, question: Question) -> str:
    """The place a sealed answer is bound to."""
    return f"answer:{answer_set.public_id}:{question.public_id}"


def _by_set(answer_sets: Iterable[AnswerSet | int], answers: QuerySet[Answer]) -> dict[int, Answers]:
    wanted = _ids(answer_sets)
    found: dict[int, Answers] = defaultdict(dict, {pk: {} for pk in wanted})
    rows = answers.filter(answer_set__in=wanted, value__isnull=False)
    for pk, key, value in rows.values_list("answer_set_id", "question__key", "value"):
        found[pk][key] = value
    return dict(found)


def _ids(answer_sets: Iterable[AnswerSet | int]) -> list[int]:
    return [entry if isinstance(entry, int) else entry.pk for entry in answer_sets]
