"""The survey builder as a coordinator goes through it."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.programs.enums import StaffRole
from alongside.programs.models import Staff
from alongside.surveys.actions import create_survey, install_surveys
from alongside.surveys.models import Survey
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db
BASICS = {"title": "Mid-spring", "intro": "Two taps.", "audience": "both", "moment": "start", "day": "60"}


@pytest.fixture
def ada(cast_: Cast, client: Client) -> Cast:
    install_surveys(program=cast_.program, actor=cast_.ada, now=NOW)
    client.force_login(cast_.ada)
    return cast_


def at(cast: Cast, route: str, *more: str) -> str:
    return reverse(f"coordinator:{route}", args=[cast.program.public_id, *more])


def test_survey_is_built_from_nothing_and_switched_on(client: Client, ada: Cast) -> None:
    begun = client.post(at(ada, "survey.new"), {"title": "Spring", "copy_of": ""}, follow=True)
    assert "No question yet" in begun.content.decode()

    kept = client.post(at(ada, "survey.basics", "own-1"), BASICS, follow=True).content.decode()
    assert "On day 60" in kept
    for kind, data in (
        ("agree", {"label": "I know whom to ask."}),
        ("single", {"label": "Where do you meet?", "more_options": "By video\nIn person"}),
        ("scale", {"label": "How full is your week?", "least": "1", "most": "5"}),
        ("words", {"label": "What should we know?", "private": "me"}),
    ):
        answers = {"private": "group", **data}
        page = client.post(at(ada, "survey.question.new", "own-1", kind), answers, follow=True)
        assert data["label"] in page.content.decode()
    listed = client.post(at(ada, "survey.switch", "own-1"), {"on": "yes"}, follow=True).content.decode()
    assert "It is asked from now on." in listed
    assert "Mid-spring" in listed

    seen = client.get(at(ada, "survey.preview", "own-1", "mentee")).content.decode()
    assert all(words in seen for words in ("I know whom to ask.", "By video", "not at all", "Only you"))


def test_shipped_survey_is_copied_and_cut(client: Client, ada: Cast) -> None:
    page = client.post(
        at(ada, "survey.new"), {"title": "Shorter", "copy_of": "half-way"}, follow=True
    ).content.decode()
    assert "I look forward to our talks." in page
    assert "Three needs of one’s own" in page
    survey = Survey.objects.get(is_own=True)
    need = survey.questionnaire.questions.get(key="NEED1")
    first = survey.questionnaire.questions.get(key="CON1")
    assert at(ada, "survey.question", "own-1", first.public_id) + '"' not in page  # its words are shipped

    client.post(at(ada, "survey.question.removal", "own-1", need.public_id))
    client.post(at(ada, "survey.question.place", "own-1", first.public_id), {"index": "2"})

    questions = survey.questionnaire.questions.order_by("position")
    assert [row.key for row in questions][:3] == ["SAF1", "LIS1", "CON1"]
    assert not questions.filter(step="needs").exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"day": ""}, "Say after how many days."),
        ({"moment": "after_talk", "every": ""}, "Say how often."),
        ({"moment": "repeat", "every": "3"}, "Leave people two weeks at least."),
    ],
)
def test_moment_without_its_numbers_is_asked_for(
    client: Client, ada: Cast, change: dict[str, str], sentence: str
) -> None:
    client.post(at(ada, "survey.new"), {"title": "Spring", "copy_of": ""})

    answer = client.post(at(ada, "survey.basics", "own-1"), {**BASICS, **change})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("start", "On day 60"),
        ("repeat", "On day 60, and every 30 days after that"),
        ("first_talk", "2 days after the first talk, or on day 14 without one"),
        ("after_talk", "After every 30 talks"),
        ("half_way", "Half-way"),
        ("closing", "The day after a good ending"),
        ("end", "60 days after the end"),
    ],
)
def test_every_moment_is_kept_and_told(client: Client, ada: Cast, moment: str, words: str) -> None:
    client.post(at(ada, "survey.new"), {"title": "Spring", "copy_of": ""})

    page = client.post(
        at(ada, "survey.basics", "own-1"), {**BASICS, "moment": moment, "every": "30"}, follow=True
    )

    assert words in page.content.decode()
    form = client.get(at(ada, "survey.basics", "own-1")).context["form"]
    assert form.initial["moment"] == moment


def test_switching_on_without_a_question_says_what_is_needed(client: Client, ada: Cast) -> None:
    client.post(at(ada, "survey.new"), {"title": "Spring", "copy_of": ""})

    page = client.post(at(ada, "survey.switch", "own-1"), {"on": "yes"}, follow=True).content.decode()

    assert "Give it a question first." in page


def test_question_with_one_choice_keeps_what_was_typed(client: Client, ada: Cast) -> None:
    client.post(at(ada, "survey.new"), {"title": "Spring", "copy_of": ""})

    answer = client.post(
        at(ada, "survey.question.new", "own-1", "single"),
        {"label": "Where?", "more_options": "Here", "private": "group"},
    )

    assert answer.status_code == 422
    assert "Give at least two choices" in answer.content.decode()


def test_assistant_looks_and_does_not_build(client: Client, ada: Cast) -> None:
    create_survey(program=ada.program, title="Spring", actor=ada.ada, now=NOW)
    Staff.objects.filter(program=ada.program).update(role=StaffRole.ASSISTANT)

    assert client.get(at(ada, "survey.build", "own-1")).status_code == 200
    assert client.get(at(ada, "survey.new")).status_code == 403
    assert client.post(at(ada, "survey.removal", "own-1")).status_code == 403


def test_ending_early_is_listed_without_a_switch(client: Client, ada: Cast) -> None:
    page = client.get(at(ada, "surveys")).content.decode()

    assert "When somebody ends it early, on that page" in page
    assert at(ada, "survey.switch", "ending-early") not in page
