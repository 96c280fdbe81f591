"""A program's own surveys: begun, worded, asked, answered, and from then on renewed instead of changed."""

from datetime import timedelta

import pytest

from alongside.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from alongside.programs.actions import PlanItemSpec, add_plan_item, add_plan_stage, copy_program
from alongside.programs.enums import PlanItemKind, StaffRole
from alongside.programs.models import PlanItem, Program, Staff
from alongside.questionnaires.models import Question
from alongside.surveys.actions import (
    add_survey_question,
    answer_survey,
    ask_due,
    create_survey,
    describe_survey,
    install_surveys,
    place_survey_question,
    remove_survey,
    remove_survey_question,
    renew_survey,
    reword_survey_question,
    switch_survey,
)
from alongside.surveys.catalog import Trigger
from alongside.surveys.enums import AskState, OwnKind
from alongside.surveys.models import Ask, Survey
from alongside.surveys.queries import survey_lines
from alongside.surveys.queries.board import own_survey_titles
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db
FIVE_DAYS_ON = Trigger(kind="day", day=35, origin="start")  # the pairs started on 2 February


def made(cast: Cast, **kind: object) -> Survey:
    return create_survey(program=cast.program, title="Our own", actor=cast.ada, now=NOW, **kind)  # type: ignore[arg-type]


def asked_for(cast: Cast, survey: Survey, label: str, kind: OwnKind = OwnKind.AGREE) -> Question:
    return add_survey_question(
        survey=survey,
        kind=kind,
        words={"label": label},
        choices=[("", "Red"), ("", "Blue")] if kind == OwnKind.SINGLE else (),
        ends={"least": 1, "most": 5} if kind == OwnKind.SCALE else None,
        actor=cast.ada,
    )


def labels(survey: Survey) -> list[str]:
    return [row.label for row in survey.questionnaire.questions.filter(retired_at=None).order_by("position")]


def switched_on(cast: Cast, survey: Survey) -> Survey:
    describe_survey(
        survey=survey,
        title="Our own",
        intro="",
        audience="both",
        trigger=FIVE_DAYS_ON,
        actor=cast.ada,
        now=NOW,
    )
    return switch_survey(survey=survey, actor=cast.ada, on=True, now=NOW)


def ask(cast: Cast, survey: Survey) -> list[Ask]:
    for hours in range(0, 24, 6):  # a day, so that it is morning for everybody once
        ask_due(now=NOW + timedelta(days=5, hours=hours), busy_until=lambda people, now: {})
    return list(Ask.objects.filter(wave__survey=survey, state=AskState.ASKED).order_by("person__name"))


def test_survey_is_worded_switched_on_and_asked(cast_: Cast) -> None:
    survey = made(cast_)
    for label, kind in (("One", OwnKind.AGREE), ("Two", OwnKind.SINGLE), ("Three", OwnKind.SCALE)):
        asked_for(cast_, survey, label, kind)
    asked_for(cast_, survey, "Four", OwnKind.WORDS)
    assert labels(survey) == ["One", "Two", "Three", "Four"]
    assert Survey.objects.get(pk=survey.pk).seconds == 40

    switched_on(cast_, survey)

    assert [row.person.name for row in ask(cast_, survey)] == ["Ben", "Chi", "Eva", "Fay"]


def test_survey_for_one_role_asks_nobody_else(cast_: Cast) -> None:
    survey = made(cast_)
    asked_for(cast_, survey, "One")
    describe_survey(
        survey=survey,
        title="Ours",
        intro="",
        audience="mentor",
        trigger=FIVE_DAYS_ON,
        actor=cast_.ada,
        now=NOW,
    )
    switch_survey(survey=survey, actor=cast_.ada, on=True, now=NOW)

    assert [row.person.name for row in ask(cast_, survey)] == ["Ben", "Fay"]


def test_new_moment_plans_the_pairs_anew(cast_: Cast) -> None:
    survey = made(cast_)
    asked_for(cast_, survey, "One")
    switched_on(cast_, survey)

    later = Trigger(kind="day", day=90, origin="start")
    describe_survey(
        survey=survey, title="Ours", intro="", audience="both", trigger=later, actor=cast_.ada, now=NOW
    )

    assert {row.planned_for.date().isoformat() for row in Ask.objects.filter(wave__survey=survey)} == {
        "2026-05-02",
        "2026-05-03",
    }


def test_survey_without_a_question_is_not_asked(cast_: Cast) -> None:
    with pytest.raises(Invalid, match="question"):
        switch_survey(survey=made(cast_), actor=cast_.ada, on=True, now=NOW)


def test_answered_survey_stays_as_it_is_and_gets_a_new_version(cast_: Cast) -> None:
    survey = made(cast_)
    question = asked_for(cast_, survey, "One")
    asked_for(cast_, survey, "Two")
    switched_on(cast_, survey)
    [of_ben, *_others] = ask(cast_, survey)
    answer_survey(ask=of_ben, actor=cast_.ben, answers={question: question.options[0]["id"]}, now=NOW)

    words = {"label": "Other"}
    for change in (
        lambda: reword_survey_question(survey=survey, question=question, words=words, actor=cast_.ada),
        lambda: remove_survey_question(survey=survey, question=question, actor=cast_.ada, now=NOW),
        lambda: place_survey_question(survey=survey, question=question, index=1, actor=cast_.ada),
        lambda: asked_for(cast_, survey, "Three"),
        lambda: remove_survey(survey=survey, actor=cast_.ada),
    ):
        with pytest.raises(Conflict):
            change()
    assert labels(survey) == ["One", "Two"]

    newer = renew_survey(survey=survey, actor=cast_.ada, now=NOW)
    assert renew_survey(survey=survey, actor=cast_.ada, now=NOW) == newer
    copied = newer.questionnaire.questions.get(label="One")
    reword_survey_question(survey=newer, question=copied, words=words, actor=cast_.ada)
    assert (labels(survey), labels(newer), newer.version) == (["One", "Two"], ["Other", "Two"], 2)

    switch_survey(survey=newer, actor=cast_.ada, on=True, now=NOW)
    assert list(Survey.objects.filter(is_own=True, switched_on=True)) == [newer]


def test_copy_of_a_shipped_survey_keeps_its_words(cast_: Cast) -> None:
    install_surveys(program=cast_.program, actor=cast_.ada, now=NOW)
    pulse = Survey.objects.get(key="how-is-it-going")
    survey = made(cast_, copy_of=pulse)
    assert labels(survey) == labels(pulse)
    assert survey.trigger == pulse.trigger

    first = survey.questionnaire.questions.get(key="CON1")
    with pytest.raises(Conflict, match="same everywhere"):
        reword_survey_question(survey=survey, question=first, words={"label": "Mine"}, actor=cast_.ada)
    remove_survey_question(survey=survey, question=first, actor=cast_.ada, now=NOW)
    place_survey_question(
        survey=survey, question=survey.questionnaire.questions.get(key="USE1"), index=0, actor=cast_.ada
    )

    assert labels(survey)[0] == survey.questionnaire.questions.get(key="USE1").label
    assert not survey.questionnaire.questions.filter(key="CON1").exists()
    with pytest.raises(NotFound):  # the shipped one itself is nobody's to change
        remove_survey_question(survey=pulse, question=first, actor=cast_.ada, now=NOW)


def test_survey_nobody_was_asked_can_go(cast_: Cast) -> None:
    survey = made(cast_)
    asked_for(cast_, survey, "One")

    remove_survey(survey=survey, actor=cast_.ada)

    assert not Survey.objects.filter(is_own=True).exists()
    assert not Question.objects.filter(label="One").exists()


def test_own_surveys_come_along_when_a_program_is_copied(cast_: Cast) -> None:
    survey = made(cast_)
    asked_for(cast_, survey, "One")
    switched_on(cast_, survey)

    copy = copy_program(program=cast_.program, name="Next year", actor=cast_.ada)

    [theirs] = copy.surveys.filter(is_own=True)
    assert (labels(theirs), theirs.switched_on, theirs.key) == (["One"], True, "own-1")


def in_plan(program: Program) -> list[str]:
    return list(PlanItem.objects.filter(stage__program=program).order_by("day").values_list("key", flat=True))


def test_plan_stands_for_the_copies_of_a_copied_program_and_for_the_newest_version(cast_: Cast) -> None:
    gone, kept = made(cast_), made(cast_)
    for survey in (gone, kept):
        asked_for(cast_, survey, "One")
        switched_on(cast_, survey)
    stage = add_plan_stage(program=cast_.program, actor=cast_.ada, name="Arrive")
    for day, key in enumerate((kept.key, "first-hello", gone.key)):
        spec = PlanItemSpec(kind=PlanItemKind.SURVEY, key=key, day=day)
        add_plan_item(stage=stage, actor=cast_.ada, spec=spec)
    newer = renew_survey(survey=gone, actor=cast_.ada, now=NOW)
    assert own_survey_titles(cast_.program).keys() == {gone.key, kept.key, newer.key}

    switched_on(cast_, newer)
    copy = copy_program(program=cast_.program, name="Next year", actor=cast_.ada)

    assert in_plan(cast_.program) == [kept.key, "first-hello", newer.key]
    assert own_survey_titles(cast_.program).keys() == {kept.key, newer.key}
    assert list(own_survey_titles(copy)) == ["own-1", "own-2"]
    assert in_plan(copy) == ["own-1", "first-hello", "own-2"]


def test_ending_early_is_there_and_always_asks(cast_: Cast) -> None:
    install_surveys(program=cast_.program, actor=cast_.ada, now=NOW)
    survey = Survey.objects.get(key="ending-early")

    assert survey.switched_on
    with pytest.raises(Conflict):
        switch_survey(survey=survey, actor=cast_.ada, on=False, now=NOW)
    [line] = [line for line in survey_lines(cast_.program) if line.survey == survey]
    assert (line.schedule, line.is_locked) == ("When somebody ends it early, on that page", True)


def test_only_coordinators_of_the_program_build(cast_: Cast) -> None:
    with pytest.raises(NotFound):
        create_survey(program=cast_.program, title="Mine", actor=cast_.gus, now=NOW)
    Staff.objects.filter(program=cast_.program).update(role=StaffRole.ASSISTANT)
    with pytest.raises(NotAllowed):
        made(cast_)
