"""Fields: labels that point to controls, help and errors that belong to them, privacy lines."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from alongside.web.ui.tags.fields import field, form_errors


class Letter(forms.Form):
    title = forms.CharField(label="Title", help_text="Short is fine", max_length=5)
    when = forms.DateField(label="When", required=False)
    way = forms.ChoiceField(label="Way", choices=[("a", "Voice"), ("b", "Writing")], widget=forms.RadioSelect)
    quiet = forms.BooleanField(label="Quiet", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def described_by(html: str) -> list[str]:
    return re.findall(r'aria-describedby="([^"]*)"', html)


def test_field_label_points_to_its_control() -> None:
    html = field(Letter()["title"])

    assert 'for="id_title"' in html
    assert 'id="id_title"' in html


def test_field_is_described_by_help_error_and_readers() -> None:
    html = field(Letter({"title": "too long"})["title"], readers="Only you two")

    assert described_by(html) == ["id_title_help id_title_errors id_title_readers"]
    assert [html.count(f'id="{name}"') for name in described_by(html)[0].split()] == [1, 1, 1]
    assert 'aria-invalid="true"' in html


def test_field_without_help_and_error_is_described_by_nothing() -> None:
    assert described_by(field(Letter()["when"])) == []


def test_optional_is_said_and_required_is_not() -> None:
    assert "optional" in field(Letter()["when"])
    assert "optional" not in field(Letter()["title"])


def test_date_becomes_the_browsers_picker_with_an_iso_value() -> None:
    html = field(Letter(initial={"when": "2026-05-14"})["when"])

    assert 'type="date"' in html
    assert 'value="2026-05-14"' in html


def test_choices_are_a_group_with_a_legend_and_notes() -> None:
    html = field(Letter()["way"], look="cards", notes={"b": "Long letters"})

    assert re.findall(r"<legend[^>]*>Way", html) != []
    assert re.findall(r'<label class="choice" for="(\w+)"', html) == ["id_way_0", "id_way_1"]
    assert html.count("Long letters") == 1


def test_switch_is_a_checkbox_with_a_role() -> None:
    html = field(Letter()["quiet"], look="switch")

    assert 'type="checkbox"' in html
    assert 'role="switch"' in html


def test_hidden_field_has_neither_label_nor_frame() -> None:
    assert str(field(Letter()["token"])).startswith('<input type="hidden"')


def test_unknown_look_is_an_error() -> None:
    with pytest.raises(Exception, match="look='round' is not one of"):
        field(Letter()["way"], look="round")


def test_error_summary_links_to_the_first_control_of_each_field() -> None:
    html = form_errors(Letter({"title": "too long"}))

    assert "2 things to look at again" in html
    assert re.findall(r'<a href="#([\w]+)">', html) == ["id_title", "id_way_0"]


def test_error_summary_of_a_good_form_is_empty() -> None:
    assert form_errors(Letter({"title": "short", "way": "a"})) == ""


def test_missing_answer_is_asked_for_kindly() -> None:
    html = field(Letter({})["title"])

    assert "We need an answer here." in html
    assert "required." not in html


def test_form_draws_token_all_fields_and_buttons() -> None:
    context = Context({"letter": Letter(), "request": RequestFactory().get("/"), "csrf_token": "abc"})
    template = Template('{% form letter submit="Send it" cancel_url="/back" %}{% endform %}')

    html = template.render(context)

    assert 'name="csrfmiddlewaretoken" value="abc"' in html
    assert [html.count(f'name="{name}"') for name in ("title", "when", "way", "quiet", "token")] == [
        1,
        1,
        2,
        1,
        1,
    ]
    assert "Send it" in html
    assert 'href="/back"' in html


def test_form_with_content_draws_only_that() -> None:
    template = Template('{% form letter submit="Send it" %}{% field letter.title %}{% endform %}')

    html = template.render(Context({"letter": Letter(), "csrf_token": "abc"}))

    assert [html.count(f'name="{name}"') for name in ("title", "when")] == [1, 0]


def test_words_of_people_are_escaped() -> None:
    html = field(Letter({"title": '"><script>'})["title"], readers="<b>")

    assert "<script>" not in html
    assert "&lt;b&gt;" in html
