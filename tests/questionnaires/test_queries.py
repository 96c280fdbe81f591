from typing import Any

import pytest

from alongside.questionnaires.actions import create_answer_set, create_questionnaire, save_answers
from alongside.questionnaires.enums import Reader, Visibility
from alongside.questionnaires.models import AnswerSet, Questionnaire
from alongside.questionnaires.queries import (
    answer_file,
    answers_for_matching,
    answers_of,
    missing_required,
    own_answers,
    questions_for,
    visible_answers,
)
from alongside.questionnaires.spec import QuestionSpec
from tests.factories import NOW

pytestmark = pytest.mark.django_db
YES_NO = (("yes", "Yes"), ("no", "No"))


@pytest.fixture
def form() -> Questionnaire:
    """One question for each circle of readers; `program` and `partner` are matched on."""
    return create_questionnaire(
        title="Form",
        actor_id=None,
        questions=[
            QuestionSpec(
                kind="single",
                label=f"For {visibility}",
                key=visibility.value,
                visibility=visibility,
                options=YES_NO,
                match_rule="same" if visibility in ("program", "partner") else "none",
            )
            for visibility in Visibility
        ],
    )


def answered(form: Questionnaire) -> AnswerSet:
    answer_set = create_answer_set(questionnaire=form, now=NOW)
    save_answers(
        answer_set=answer_set,
        answers={question: "yes" for question in form.questions.all()},
        owner_id=5,
        now=NOW,
    )
    return answer_set


@pytest.mark.parametrize(
    ("reader", "keys"),
    [
        (Reader.FELLOW, ["program"]),
        (Reader.PARTNER, ["program", "partner"]),
        (Reader.TEAM, ["program", "partner", "team"]),
    ],
)
def test_each_reader_sees_their_circle_and_no_more(
    form: Questionnaire, reader: Reader, keys: list[str]
) -> None:
    answer_set = answered(form)

    shown = visible_answers([answer_set], reader=reader)[answer_set.pk]

    assert [(entry.question.key, entry.value, entry.lines) for entry in shown] == [
        (key, "yes", ["Yes"]) for key in keys
    ]


def test_reader_cannot_ask_for_more_by_name(form: Questionnaire) -> None:
    answer_set = answered(form)

    assert visible_answers([answer_set], reader=Reader.TEAM, keys=["me", "group"]) == {answer_set.pk: []}


def test_owner_reads_everything(form: Questionnaire) -> None:
    assert own_answers(answered(form)) == {visibility.value: "yes" for visibility in Visibility}


def test_bulk_answers_leave_sealed_ones_out_and_cost_one_query(
    form: Questionnaire, django_assert_num_queries: Any
) -> None:
    sets = [answered(form) for _ in range(3)]
    empty = create_answer_set(questionnaire=form, now=NOW)
    open_ones = {key: "yes" for key in ("program", "partner", "team", "group")}

    for some in (sets[:1], sets):
        with django_assert_num_queries(1):
            assert answers_of(some) == {answer_set.pk: open_ones for answer_set in some}
        with django_assert_num_queries(1):
            assert answers_for_matching(some) == {
                answer_set.pk: {"program": "yes", "partner": "yes"} for answer_set in some
            }
        with django_assert_num_queries(1):
            assert len(visible_answers(iter(some), reader=Reader.TEAM)) == len(some)
    assert answers_of([empty]) == {empty.pk: {}}


def test_role_and_step_choose_the_questions() -> None:
    form = create_questionnaire(
        title="Form",
        actor_id=None,
        questions=[
            QuestionSpec(kind="short_text", label="All", key="all"),
            QuestionSpec(kind="short_text", label="Learn", key="learn", audience="mentee", step="when"),
            QuestionSpec(kind="short_text", label="Give", key="give", audience="mentor"),
        ],
    )

    assert [question.key for question in questions_for(form, role="mentee")] == ["all", "learn"]
    assert [question.key for question in questions_for(form, role="mentor")] == ["all", "give"]
    assert [question.key for question in questions_for(form, role="both")] == ["all", "learn", "give"]
    assert [question.key for question in questions_for(form, role="mentee", step="when")] == ["learn"]


def test_missing_required_ignores_what_is_kept_elsewhere() -> None:
    form = create_questionnaire(
        title="Form",
        actor_id=None,
        questions=[
            QuestionSpec(kind="short_text", label="Needed", key="needed", required=True),
            QuestionSpec(kind="hours", label="Hours", key="hours", required=True, fills="preferences.hours"),
            QuestionSpec(kind="short_text", label="Free", key="free"),
        ],
    )
    questions = list(form.questions.all())

    assert [question.key for question in missing_required(questions, {})] == ["needed"]
    assert missing_required(questions, {"needed": "x"}) == []


def test_no_file_without_one(form: Questionnaire) -> None:
    assert answer_file(answered(form), "program", reader=Reader.TEAM) is None
