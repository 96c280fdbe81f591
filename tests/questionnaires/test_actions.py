from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.journal.models import Entry
from alongside.questionnaires.actions import (
    add_question,
    copy_questionnaire,
    create_answer_set,
    create_questionnaire,
    edit_question,
    place_question,
    restore_question,
    retire_question,
    save_answers,
    save_many_answers,
    set_weights,
)
from alongside.questionnaires.enums import MatchRule, Visibility
from alongside.questionnaires.models import Answer, AnswerSet, Question, Questionnaire
from alongside.questionnaires.points import as_full_score
from alongside.questionnaires.queries import own_answers, questions_for
from alongside.questionnaires.spec import QuestionSpec
from tests.factories import NOW

pytestmark = pytest.mark.django_db
FRUIT = (("", "Apples"), ("", "Big pears"))


def spec(kind: str = "short_text", label: str = "What?", **fields: Any) -> QuestionSpec:
    return QuestionSpec(kind=kind, label=label, **fields)


def form(*specs: QuestionSpec) -> Questionnaire:
    return create_questionnaire(title="Form", questions=specs, actor_id=None)


def keys_of(questionnaire: Questionnaire) -> list[str]:
    return list(questionnaire.questions.filter(retired_at=None).values_list("key", flat=True))


def answered(question: Question, value: Any, owner_id: int | None = 1) -> AnswerSet:
    answer_set = create_answer_set(questionnaire=question.questionnaire, now=NOW)
    save_answers(answer_set=answer_set, answers={question: value}, owner_id=owner_id, now=NOW)
    return answer_set


def test_questionnaire_from_data_keeps_order_keys_and_option_ids() -> None:
    made = form(
        spec("single", "Which fruit?", key="fruit", options=(("app", "Apples"), ("pear", "Pears"))),
        spec("long_text", "What is it about?"),
        spec("long_text", "What is it about?"),
    )

    assert keys_of(made) == ["fruit", "what_is_it_about", "what_is_it_about_2"]
    assert made.questions.get(key="fruit").options == [
        {"id": "app", "label": "Apples"},
        {"id": "pear", "label": "Pears"},
    ]


def test_added_question_stands_last_and_is_recorded() -> None:
    made = form(spec(label="One"))

    added = add_question(questionnaire=made, spec=spec("multiple", "Two", options=FRUIT), actor_id=7)

    assert keys_of(made) == ["one", "two"]
    assert added.options == [{"id": "apples", "label": "Apples"}, {"id": "big_pears", "label": "Big pears"}]
    entry = Entry.objects.get(verb="question.added")
    assert (entry.actor_id, entry.subject_id) == (7, added.pk)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (spec(label="  "), "label"),
        (spec("single", options=(("", "One"),)), "options"),
        (spec("single", options=(("", "One"), ("", "one "))), "options"),
        (spec("scale", settings={"least": 5, "most": 5}), "most"),
        (spec("scale", settings={"least": 0, "most": 11}), "most"),
        (spec("file", visibility="me"), "visibility"),
        (spec("date", match_rule="same"), "match_rule"),
        (spec("single", options=FRUIT, match_rule="same", audience="mentee"), "match_rule"),
        (spec("single", options=FRUIT, match_rule="same", visibility="me"), "match_rule"),
    ],
)
def test_question_that_cannot_be_asked_so_is_refused(wrong: QuestionSpec, field: str) -> None:
    made = form()

    with pytest.raises(Invalid) as refusal:
        add_question(questionnaire=made, spec=wrong, actor_id=None)

    assert refusal.value.field == field
    assert keys_of(made) == []


def test_reworded_option_keeps_its_id_and_answers_follow() -> None:
    question = form(spec("single", "Fruit", options=FRUIT)).questions.get()
    answers = answered(question, "apples")

    edited = edit_question(
        question=question,
        spec=spec(
            "single", "Fruit", options=(("big_pears", "Pears"), ("apples", "Red apples"), ("", "Plums"))
        ),
        actor_id=None,
    )

    assert edited.options == [
        {"id": "big_pears", "label": "Pears"},
        {"id": "apples", "label": "Red apples"},
        {"id": "plums", "label": "Plums"},
    ]
    assert edited.option_label(own_answers(answers)["fruit"]) == "Red apples"


def test_option_taken_out_stays_readable_and_comes_back_under_its_id() -> None:
    question = form(spec("single", "Fruit", options=(*FRUIT, ("", "Plums")))).questions.get()
    without = spec("single", "Fruit", options=(("apples", "Apples"), ("big_pears", "Big pears")))

    edited = edit_question(question=question, spec=without, actor_id=None)
    assert (edited.option_ids, edited.gone_options) == (["apples", "big_pears"], {"plums": "Plums"})
    assert edited.option_label("plums") == "Plums"

    again = edit_question(
        question=question,
        spec=spec("single", "Fruit", options=(*without.options, ("", "plums"))),
        actor_id=None,
    )
    assert (again.option_ids, again.gone_options) == (["apples", "big_pears", "plums"], {})


def test_option_id_that_never_was_is_not_taken_over() -> None:
    question = form(spec("single", "Fruit", options=FRUIT)).questions.get()

    edited = edit_question(
        question=question,
        spec=spec("single", "Fruit", options=(("apples", "Apples"), ("made-up", "Figs"))),
        actor_id=None,
    )

    assert edited.option_ids == ["apples", "figs"]


def test_second_of_two_editors_is_told() -> None:
    question = form(spec(label="One")).questions.get()
    edit_question(question=question, spec=spec(label="First"), actor_id=None, version=1)

    with pytest.raises(Conflict, match="Somebody else changed this question"):
        edit_question(question=question, spec=spec(label="Second"), actor_id=None, version=1)

    assert (
        edit_question(question=question, spec=spec(label="Second"), actor_id=None, version=2).label
        == "Second"
    )


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("partner", "program", False),
        ("partner", "team", True),
        ("partner", "me", False),
        ("me", "team", False),
        ("team", "group", True),
        ("partner", "partner", True),
    ],
)
def test_answers_given_for_some_readers_are_never_shown_to_others(
    before: str, after: str, allowed: bool
) -> None:
    question = form(spec(label="One", visibility=before)).questions.get()
    change = {"question": question, "spec": spec(label="One", visibility=after), "actor_id": None}
    answered(question, "text")

    if allowed:
        assert edit_question(**change).visibility == after
    else:
        with pytest.raises(Conflict, match="People answered this for the readers it named"):
            edit_question(**change)


def test_readers_may_change_while_nobody_has_answered() -> None:
    question = form(spec(label="One", visibility="me")).questions.get()

    edited = edit_question(question=question, spec=spec(label="One", visibility="program"), actor_id=None)

    assert edited.visibility == Visibility.PROGRAM


@pytest.mark.parametrize(
    ("key", "step", "index", "order"),
    [
        ("c", "topics", 0, ["c", "a", "b", "d"]),
        ("a", "topics", 2, ["b", "c", "a", "d"]),
        ("a", "topics", 99, ["b", "c", "a", "d"]),
        ("a", "privacy", 0, ["b", "c", "a", "d"]),
        ("a", "when", 0, ["b", "c", "d", "a"]),
    ],
)
def test_question_is_placed_among_its_step(key: str, step: str, index: int, order: list[str]) -> None:
    made = form(*(spec(label=name) for name in "abc"), spec(label="d", step="privacy"))

    place_question(question=made.questions.get(key=key), step=step, index=index, actor_id=None)

    assert keys_of(made) == order
    assert made.questions.get(key=key).step == step


def test_question_without_answers_goes_for_good() -> None:
    made = form(spec(label="One"))

    retire_question(question=made.questions.get(), actor_id=None, now=NOW)

    assert made.questions.count() == 0


def test_answered_question_retires_and_can_come_back() -> None:
    made = form(spec("single", "One", options=FRUIT, match_rule="same", match_weight=100_000))
    question = made.questions.get()
    answers = answered(question, "apples")

    retire_question(question=question, actor_id=None, now=NOW)
    retire_question(question=question, actor_id=None, now=NOW)

    assert questions_for(made, role="mentee") == []
    assert own_answers(answers) == {"one": "apples"}
    question.refresh_from_db()
    assert (question.match_rule, question.match_weight) == (MatchRule.NONE, 0)
    with pytest.raises(Conflict, match="no longer asked"):
        place_question(question=question, step="topics", index=0, actor_id=None)

    restore_question(question=question, actor_id=None)
    assert questions_for(made, role="mentee") == [question]


def test_weights_sum_to_a_full_score_and_reach_the_steps_table() -> None:
    made = form(
        spec("single", "Grade", options=FRUIT, match_rule="steps", match_direction="mentor_ahead"),
        spec("multiple", "Topics", options=FRUIT, match_rule="overlap"),
        spec("multiple", "More", options=FRUIT, match_rule="overlap"),
        spec("single", "Unit", options=FRUIT, match_rule="must_differ"),
        spec(label="Words"),
    )

    now = set_weights(
        questionnaire=made, weights={"grade": 1, "topics": 1, "more": 1, "unit": 9}, actor_id=None
    )

    assert now == {"grade": 33_334, "more": 33_333, "topics": 33_333}
    grade = made.questions.get(key="grade")
    assert grade.match_settings["direction"] == "mentor_ahead"
    assert max(points for _steps, points in grade.match_settings["points"]) == grade.match_weight == 33_334
    assert made.questions.get(key="unit").match_weight == 0


@pytest.mark.parametrize("weights", [{"topics": -1}, {"topics": 0}, {}])
def test_weights_below_zero_or_all_zero_are_refused(weights: dict[str, int]) -> None:
    made = form(spec("multiple", "Topics", options=FRUIT, match_rule="overlap", match_weight=100_000))

    with pytest.raises(Invalid):
        set_weights(questionnaire=made, weights=weights, actor_id=None)

    assert made.questions.get().match_weight == 100_000


@pytest.mark.parametrize(
    "parts", [{"a": 1}, {"a": 7, "b": 11, "c": 13}, {"a": 50, "b": 50}, {"a": 0, "b": 3}]
)
def test_full_score_is_exact_and_in_proportion(parts: dict[str, int]) -> None:
    scaled = as_full_score(parts)

    assert sum(scaled.values()) == 100_000
    assert all(abs(scaled[key] - part * 100_000 / sum(parts.values())) < 1 for key, part in parts.items())


def test_copy_is_deep_and_brings_no_answers() -> None:
    made = form(
        spec("single", "Fruit", options=FRUIT, match_rule="same", match_weight=100_000), spec(label="Gone")
    )
    answered(made.questions.get(key="gone"), "text")
    retire_question(question=made.questions.get(key="gone"), actor_id=None, now=NOW)

    copy = copy_questionnaire(questionnaire=made, title="Again", actor_id=None)
    original, copied = made.questions.get(key="fruit"), copy.questions.get()
    edit_question(question=copied, spec=spec("single", "Changed", options=FRUIT), actor_id=None)

    assert (copied.key, copied.option_ids, copied.match_weight) == ("fruit", ["apples", "big_pears"], 100_000)
    assert copied.public_id != original.public_id
    original.refresh_from_db()
    assert original.label == "Fruit"
    assert Answer.objects.filter(question__questionnaire=copy).count() == 0


def test_answers_are_stored_changed_and_taken_back() -> None:
    question = form(spec("multiple", "Fruit", options=FRUIT)).questions.get()
    answers = answered(question, ["apples"])

    save_answers(answer_set=answers, answers={question: ["big_pears"]}, owner_id=1, now=NOW)
    assert own_answers(answers) == {"fruit": ["big_pears"]}

    save_answers(answer_set=answers, answers={question: []}, owner_id=1, now=NOW)
    assert own_answers(answers) == {}


def test_bad_answer_names_its_question_and_nothing_is_stored() -> None:
    made = form(spec(label="Name"), spec("single", "Fruit", options=FRUIT))
    name, fruit = made.questions.all()
    answer_set = create_answer_set(questionnaire=made, now=NOW)

    with pytest.raises(Invalid) as refusal:
        save_answers(answer_set=answer_set, answers={name: "Ana", fruit: "figs"}, owner_id=1, now=NOW)

    assert refusal.value.field == "fruit"
    assert own_answers(answer_set) == {}


def test_private_answer_is_sealed_and_opens_for_its_owner_only() -> None:
    question = form(spec("long_text", "Secret", visibility="me")).questions.get()

    answers = answered(question, "I am thinking of leaving", owner_id=42)

    row = Answer.objects.get()
    assert row.value is None
    assert b"leaving" not in bytes(row.sealed)
    assert own_answers(answers) == {"secret": "I am thinking of leaving"}


def test_private_answer_without_an_owner_is_refused() -> None:
    question = form(spec("long_text", "Secret", visibility="me")).questions.get()

    with pytest.raises(Invalid, match="needs to know whose it is"):
        answered(question, "words", owner_id=None)


def test_question_of_another_questionnaire_is_not_found() -> None:
    foreign = form(spec(label="Theirs")).questions.get()
    answer_set = create_answer_set(questionnaire=form(), now=NOW)

    with pytest.raises(NotFound):
        save_answers(answer_set=answer_set, answers={foreign: "x"}, owner_id=1, now=NOW)


def test_file_is_kept_under_a_name_of_its_own() -> None:
    question = form(spec("file", "CV")).questions.get()

    answers = answered(question, SimpleUploadedFile("../my cv.pdf", b"words"))

    row = Answer.objects.get()
    assert row.value == "my cv.pdf"
    assert row.file.name.startswith(f"answers/{answers.public_id}-{question.public_id}")
    assert row.file.read() == b"words"
    row.file.close()


def test_replaced_and_taken_back_files_leave_nothing_behind(django_capture_on_commit_callbacks: Any) -> None:
    question = form(spec("file", "CV")).questions.get()
    answers = answered(question, SimpleUploadedFile("first.pdf", b"first"))
    first = Answer.objects.get().file

    with django_capture_on_commit_callbacks(execute=True):
        second = SimpleUploadedFile("second.pdf", b"second")
        save_answers(answer_set=answers, answers={question: second}, owner_id=1, now=NOW)
    kept = Answer.objects.get().file
    assert not first.storage.exists(first.name)
    assert kept.storage.exists(kept.name)

    with django_capture_on_commit_callbacks(execute=True):
        save_answers(answer_set=answers, answers={question: None}, owner_id=1, now=NOW)
    assert not kept.storage.exists(kept.name)
    assert own_answers(answers) == {}


def test_many_answer_sets_cost_the_same_statements(django_assert_num_queries: Any) -> None:
    made = form(spec(label="Name"), spec("single", "Fruit", options=FRUIT))
    name, fruit = made.questions.all()

    def rows(count: int) -> list[tuple[AnswerSet, dict[Question, Any], int]]:
        sets = [create_answer_set(questionnaire=made, now=NOW) for _ in range(count)]
        return [(answer_set, {name: "Ana", fruit: None}, 1) for answer_set in sets]

    for several in (rows(1), rows(30)):
        with django_assert_num_queries(5):  # savepoint, taken back, stored, changed, release
            save_many_answers(rows=several, now=NOW)

    assert Answer.objects.count() == 31
