"""The form builder: every kind, option ids that stay, order by button and by dragging, two at once, previews."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.programs.actions import add_form_question, create_program
from alongside.programs.models import Program
from alongside.programs.templates import program_template
from alongside.questionnaires.actions import create_answer_set, save_answers
from alongside.questionnaires.enums import KINDS_WITH_OPTIONS, QuestionKind
from alongside.questionnaires.models import Question
from alongside.questionnaires.spec import QuestionSpec
from alongside.web.coordinator.forms.question import match_choices
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(cast_: Cast, client: Client) -> Client:
    client.force_login(cast_.ada)
    return client


@pytest.fixture
def program(cast_: Cast) -> Program:
    return cast_.program


def address(route: str, program: Program, *args: Any) -> str:
    return reverse(f"coordinator:setup.{route}", args=[program.public_id, *args])


def said(**fields: Any) -> dict[str, Any]:
    return {"label": "Which?", "step": "topics", "audience": "everyone", "visibility": "partner", **fields}


def fruit(cast: Cast) -> Question:
    spec = QuestionSpec(kind="single", label="Fruit", options=(("", "Apples"), ("", "Pears"), ("", "Plums")))
    return add_form_question(program=cast.program, actor=cast.ada, spec=spec)


def rows(*entries: tuple[str, str, int]) -> dict[str, list[Any]]:
    ids, labels, places = zip(*entries, strict=True)
    return {"options-id": list(ids), "options-label": list(labels), "options-place": list(places)}


@pytest.mark.parametrize("kind", sorted(QuestionKind))
def test_every_kind_can_be_added_opened_and_kept_unchanged(ada: Client, program: Program, kind: str) -> None:
    more = {"more_options": "One\n\n Two "} if kind in KINDS_WITH_OPTIONS else {}
    ends = {"least": 1, "most": 5} if kind in ("scale", "number") else {}

    answer = ada.post(address("form.new", program, kind), said(**more, **ends))

    assert answer.status_code == 302, answer.context["form"].errors
    made = program.form.questions.get()
    assert made.kind == kind
    assert [option["label"] for option in made.options] == (["One", "Two"] if more else [])
    html = ada.get(address("question", program, made.public_id)).content.decode()
    assert "Which?" in html


def test_settings_of_a_kind_are_kept(ada: Client, program: Program) -> None:
    ada.post(
        address("form.new", program, "skill"),
        said(more_options="Writing\nSpeaking", levels="new\nfluent", most_choices=2, match="overlap:mutual"),
    )

    made = program.form.questions.get()
    assert made.settings == {"most_choices": 2, "levels": ["new", "fluent"]}
    assert (made.match_rule, made.match_settings) == ("overlap", {"direction": "mutual"})
    initial = ada.get(address("question", program, made.public_id)).context["form"].initial
    assert (initial["levels"], initial["match"]) == ("new\nfluent", "overlap:mutual")


@pytest.mark.parametrize(
    ("kind", "given", "sentence"),
    [
        ("single", {"more_options": "Only one"}, "Give at least two choices, one on each line."),
        ("multiple", {"more_options": "A\na"}, "Two choices read the same."),
        ("scale", {"least": 5, "most": 1}, "The upper end has to be above the lower one."),
        ("file", {"visibility": "me"}, "A file is for somebody to open."),
        ("short_text", {"match": "same", "audience": "mentee"}, "mentees and mentors both have to be asked"),
        ("short_text", {"match": "same", "visibility": "me"}, "cannot be a reason"),
        ("long_text", {"label": ""}, "We need an answer here."),
    ],
)
def test_what_cannot_be_asked_comes_back_with_its_sentence(
    ada: Client, program: Program, kind: str, given: dict[str, Any], sentence: str
) -> None:
    answer = ada.post(address("form.new", program, kind), said(**given))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert program.form.questions.count() == 0


def test_rewording_reordering_and_adding_keep_option_ids(cast_: Cast, ada: Client, program: Program) -> None:
    question = fruit(cast_)

    ada.post(
        address("question", program, question.public_id),
        said(
            **rows(("apples", "Red apples", 3), ("pears", "", 1), ("plums", "Plums", 2)), more_options="Figs"
        ),
    )

    question.refresh_from_db()
    assert question.options == [
        {"id": "plums", "label": "Plums"},
        {"id": "apples", "label": "Red apples"},
        {"id": "figs", "label": "Figs"},
    ]
    assert question.gone_options == {"pears": "Pears"}


def test_second_editor_reads_what_stands_now_and_decides(cast_: Cast, ada: Client, program: Program) -> None:
    question = fruit(cast_)
    here = address("question", program, question.public_id)
    all_rows = rows(("apples", "Apples", 1), ("pears", "Pears", 2), ("plums", "Plums", 3))
    ada.post(here, said(label="Theirs", version=1, **all_rows))

    refused = ada.post(here, said(label="Mine", version=1, **all_rows))

    html = refused.content.decode()
    assert refused.status_code == 409
    assert "Somebody else changed this question" in html
    assert "Theirs" in html
    assert 'value="Mine"' in html

    again = ada.post(here, said(label="Mine", version=refused.context["form"]["version"].value(), **all_rows))
    question.refresh_from_db()
    assert again.status_code == 302
    assert (question.label, question.option_ids) == ("Mine", ["apples", "pears", "plums"])


def test_answered_question_is_not_shown_to_more_people(cast_: Cast, ada: Client, program: Program) -> None:
    question = add_form_question(
        program=program, actor=cast_.ada, spec=QuestionSpec(kind="short_text", label="Q", visibility="team")
    )
    answers = create_answer_set(questionnaire=program.form, now=NOW)
    save_answers(answer_set=answers, answers={question: "x"}, owner_id=1, now=NOW)

    answer = ada.post(address("question", program, question.public_id), said(visibility="program"))

    assert answer.status_code == 409
    question.refresh_from_db()
    assert question.visibility == "team"


def test_buttons_and_dragging_put_a_question_in_its_place(cast_: Cast, ada: Client, program: Program) -> None:
    for label in ("One", "Two", "Three"):
        add_form_question(program=program, actor=cast_.ada, spec=QuestionSpec(kind="short_text", label=label))
    third = program.form.questions.get(key="three")

    ada.post(address("question.place", program, third.public_id), {"step": "topics", "index": "0"})
    assert [row.key for row in program.form.questions.all()] == ["three", "one", "two"]

    ada.post(address("question.place", program, third.public_id), {"step": "privacy", "index": "0"})
    third.refresh_from_db()
    assert third.step == "privacy"

    ada.post(address("question.place", program, third.public_id), {"step": "elsewhere", "index": "x"})
    third.refresh_from_db()
    assert third.step == "privacy"


def test_question_is_retired_and_asked_again(cast_: Cast, ada: Client, program: Program) -> None:
    question = fruit(cast_)
    answers = create_answer_set(questionnaire=program.form, now=NOW)
    save_answers(answer_set=answers, answers={question: "apples"}, owner_id=1, now=NOW)

    ada.post(address("question.retirement", program, question.public_id))
    html = ada.get(address("form", program)).content.decode()
    assert "No longer asked" in html

    ada.post(address("question.restoration", program, question.public_id))
    question.refresh_from_db()
    assert question.retired_at is None


def test_question_of_another_program_is_not_there(cast_: Cast, ada: Client, program: Program) -> None:
    foreign = add_form_question(
        program=cast_.other_program, actor=cast_.gus, spec=QuestionSpec(kind="short_text", label="Theirs")
    )

    for route in ("question", "question.place", "question.retirement", "question.restoration"):
        assert ada.post(address(route, program, foreign.public_id), said()).status_code == 404
    assert ada.get(address("form.new", program, "riddle")).status_code == 404


def test_preview_shows_each_role_its_own_questions_and_words(cast_: Cast, ada: Client) -> None:
    career = create_program(actor=cast_.ada, name="C", zone="UTC", template=program_template("career"))

    as_mentee = ada.get(address("form.as_mentee", career)).content.decode()
    as_mentor = ada.get(address("form.as_mentor", career)).content.decode()

    assert "What would you like to talk about?" in as_mentee
    assert "What do you like to talk about, from your own experience?" in as_mentor
    assert "What do you hope for?" in as_mentee
    assert "What do you hope for?" not in as_mentor
    assert "How many people would you like to accompany" not in as_mentee


def test_builder_costs_the_same_for_one_question_and_for_more(
    cast_: Cast, ada: Client, program: Program, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for _more in range(2):
        for _question in range(3):
            fruit(cast_)
        with django_assert_max_num_queries(15) as queries:
            ada.get(address("form", program))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("kind", sorted(QuestionKind))
def test_every_way_of_matching_offered_is_one_the_rules_take(
    ada: Client, program: Program, kind: str
) -> None:
    ends = {"least": 1, "most": 5} if kind in ("scale", "number") else {}
    for way, _words in match_choices(kind):
        answer = ada.post(address("form.new", program, kind), said(match=way, more_options="A\nB", **ends))
        assert answer.status_code == 302, (way, answer.context["form"].errors)
