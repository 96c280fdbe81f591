"""Questions as they are drawn: every kind round-trips through its own controls, and says who reads it."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from alongside.questionnaires.enums import KINDS_WITH_OPTIONS, QuestionKind
from alongside.questionnaires.forms import QuestionForm
from alongside.questionnaires.models import Question

OPTIONS = [{"id": "a", "label": "Apples"}, {"id": "b", "label": "Pears & plums"}]
MANY = [{"id": f"o{number}", "label": f"Option {number}"} for number in range(9)]
VALUES: dict[str, Any] = {
    "short_text": "Two <words>",
    "long_text": "One\ntwo",
    "single": "b",
    "multiple": ["a", "b"],
    "ranked": ["b", "a"],
    "scale": 4,
    "skill": {"b": 3},
    "number": 12,
    "date": "2026-03-24",
    "place": "Oslo",
    "languages": ["ta", "en"],
    "hours": {"good": "Mon-Fri 08:00-18:00", "possible": "Sat 10:00-24:00"},
    "consent": True,
}


class Controls(HTMLParser):
    """What a browser would send back for the form, untouched."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: MultiValueDict[str, str] = MultiValueDict()
        self._select = self._textarea = ""
        self._text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self.sent.appendlist(given["name"] or "", given.get("value") or "")
        if tag == "select":
            self._select = given["name"] or ""
        if tag == "option" and "selected" in given:
            self.sent.appendlist(self._select, given.get("value") or "")
        if tag == "textarea":
            self._textarea, self._text = given["name"] or "", ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sent.appendlist(self._textarea, self._text.strip())


def asked(kind: str, **fields: Any) -> Question:
    fields.setdefault("options", OPTIONS if kind in KINDS_WITH_OPTIONS else [])
    return Question(pk=1, key="q", kind=kind, label="What?", help="A hint", **fields)


def drawn(form: QuestionForm) -> str:
    return Template("{% question_fields form %}").render(Context({"form": form}))


@pytest.mark.parametrize("kind", sorted(VALUES))
def test_answer_comes_back_as_it_was(kind: str) -> None:
    question = asked(kind)
    html = drawn(QuestionForm([question], role="mentee", initial={"q": VALUES[kind]}))

    form = QuestionForm([question], Controls(html).sent, role="mentee")

    assert form.is_valid(), form.errors
    assert form.answers == {question: VALUES[kind]}


@pytest.mark.parametrize("kind", sorted(QuestionKind))
def test_unanswered_question_sends_no_answer(kind: str) -> None:
    question = asked(kind)

    form = QuestionForm(
        [question], Controls(drawn(QuestionForm([question], role="mentee"))).sent, role="mentee"
    )

    assert form.is_valid(), form.errors
    assert set(form.answers.values()) <= {None}


@pytest.mark.parametrize("kind", sorted(QuestionKind))
def test_every_control_has_a_label_and_the_readers_stand_below(kind: str) -> None:
    html = drawn(QuestionForm([asked(kind, visibility="me")], role="mentee"))

    labels = set(re.findall(r'<label[^>]* for="([^"]+)"', html))
    controls = {
        re.search(r'id="([^"]+)"', tag)[1]  # type: ignore[index]
        for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", html)
        if 'type="hidden"' not in tag
    }
    assert controls <= labels
    assert "Only you" in html
    assert "A hint" in html


def test_many_choices_stand_in_one_list() -> None:
    html = drawn(QuestionForm([asked("single", options=MANY)], role="mentee", initial={"q": "o4"}))

    assert html.count("<select") == 1
    assert Controls(html).sent["q"] == "o4"


def test_choice_taken_out_stays_for_who_made_it() -> None:
    question = asked("multiple", gone_options={"z": "Zucchini"})

    assert "Zucchini" not in drawn(QuestionForm([question], role="mentee"))
    assert Controls(drawn(QuestionForm([question], role="mentee", initial={"q": ["z"]}))).sent.getlist(
        "q"
    ) == ["z"]


def test_refused_answer_stays_typed_with_its_sentence() -> None:
    question = asked("hours")
    data = MultiValueDict({"q-0-0-from": ["08:00"], "q-0-0-to": [""], "q-0-0-kind": ["good"]})
    form = QuestionForm([question], data, role="mentee")

    assert not form.is_valid()
    html = drawn(form)
    assert Controls(html).sent["q-0-0-from"] == "08:00"
    assert "cannot be read as hours" in html


def test_refused_text_is_marked_and_kept() -> None:
    question = asked("number", settings={"least": 1, "most": 3})
    form = QuestionForm([question], MultiValueDict({"q": ["9"]}), role="mentee")

    form.is_valid()
    html = drawn(form)
    assert 'value="9"' in html
    assert 'aria-invalid="true"' in html
    assert "Please choose between 1 and 3." in html
