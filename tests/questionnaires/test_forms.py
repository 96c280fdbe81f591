from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from alongside.questionnaires.forms import QuestionForm
from alongside.questionnaires.models import Question

NAME = Question(
    pk=1,
    key="name",
    kind="short_text",
    label="Your name",
    label_for_mentor="Your name, mentor",
    required=True,
)
FRUIT = Question(
    pk=2,
    key="fruit",
    kind="ranked",
    label="Fruit",
    options=[{"id": "a", "label": "A"}, {"id": "b", "label": "B"}],
)
CV = Question(pk=3, key="cv", kind="file", label="CV", required=True)


def post(questions: list[Question], data: dict[str, str], **options: Any) -> QuestionForm:
    options.setdefault("role", "mentee")
    return QuestionForm(questions, MultiValueDict({key: [value] for key, value in data.items()}), **options)


def test_posted_form_gives_answers_by_question() -> None:
    form = post([NAME, FRUIT], {"name": " Ana ", "fruit-1": "b", "fruit-2": "a"})

    assert form.is_valid()
    assert form.answers == {NAME: "Ana", FRUIT: ["b", "a"]}


def test_required_question_asks_for_an_answer_and_optional_ones_do_not() -> None:
    form = post([NAME, FRUIT], {"name": " "})

    assert form.errors == {"name": ["We need an answer here."]}


def test_draft_requires_nothing_and_still_refuses_nonsense() -> None:
    assert post([NAME, FRUIT], {}, enforce=False).is_valid()
    assert post([NAME, FRUIT], {"fruit-1": "a", "fruit-2": "a"}, enforce=False).errors == {
        "fruit": ["One choice stands in two places. Please keep each of them once."]
    }


def test_mentor_reads_their_wording() -> None:
    assert post([NAME], {}, role="mentor").fields["name"].label == "Your name, mentor"
    assert post([NAME], {}, role="both").fields["name"].label == "Your name"


def test_required_file_may_stay_as_it_is() -> None:
    kept = post([CV], {}, initial={"cv": "old.pdf"})
    missing = post([CV], {})
    removed = post([CV], {"cv-remove": "yes"}, initial={"cv": "old.pdf"})

    assert kept.is_valid()
    assert kept.answers == {}
    assert missing.errors == removed.errors == {"cv": ["We need an answer here."]}


def test_new_file_is_handed_over() -> None:
    upload = SimpleUploadedFile("cv.pdf", b"x")
    form = QuestionForm([CV], MultiValueDict(), MultiValueDict({"cv": [upload]}), role="mentee")

    assert form.is_valid()
    assert form.answers == {CV: upload}
