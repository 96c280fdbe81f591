"""Surveys as the one who is asked sees them: what is open, one page of taps, thanks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.clock import now
from alongside.questionnaires.forms import AnswerField, QuestionForm
from alongside.surveys.access import get_ask
from alongside.surveys.actions import answer_survey
from alongside.surveys.enums import AskState
from alongside.surveys.queries import about, card_for, known_needs, open_asks, questions_of_ask
from alongside.surveys.scoring import NEEDS
from alongside.surveys.words import length_words
from alongside.web.refusals import posted, refusals, status_of
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from alongside.surveys.models import Ask

TELL_SOMEONE = ("STA2", "tell_someone")


@require_GET
@login_required
def surveys(request: HttpRequest) -> HttpResponse:
    return render(request, "workspace/surveys/list.html", {"surveys": open_asks(signed_in(request))})


@require_http_methods(["GET", "POST"])
@login_required
def survey(request: HttpRequest, ask_id: str) -> HttpResponse:
    """One page of taps; answered once. Whoever has answered sees the thanks."""
    me, instant = signed_in(request), now()
    ask = get_ask(me, ask_id)
    if ask.state == AskState.ANSWERED and request.method == "GET":
        return redirect("workspace:survey.thanks", ask.public_id)
    questions = questions_of_ask(ask)
    form = QuestionForm(questions, posted(request), role=ask.role, initial=known_needs(ask), enforce=False)
    if form.is_valid():
        with refusals(form):
            answer_survey(ask=ask, actor=me, answers=form.answers, now=instant)
            return redirect(_thanks(ask, form))
    return render(request, "workspace/surveys/survey.html", _page(ask, form), status=status_of(form))


@require_GET
@login_required
def thanks(request: HttpRequest, ask_id: str) -> HttpResponse:
    """What becomes of the answers; and, for who would rather tell someone, the way to a person."""
    me = signed_in(request)
    ask = get_ask(me, ask_id)
    if ask.state != AskState.ANSWERED:
        return redirect("workspace:survey", ask.public_id)
    context = {"survey": about(ask), "tell": "tell" in request.GET, "others": open_asks(me)}
    return render(request, "workspace/surveys/thanks.html", context)


def _thanks(ask: Ask, form: QuestionForm) -> str:
    key, value = TELL_SOMEONE
    there = reverse("workspace:survey.thanks", args=[ask.public_id])
    return f"{there}?tell" if form.cleaned_data.get(key) == value else there


def _page(ask: Ask, form: QuestionForm) -> dict[str, Any]:
    survey = about(ask)
    needs = [
        [form[key] for key in (f"NEED{place}", f"NEED{place}P", f"NEED{place}R")]
        for place in range(1, NEEDS + 1)
        if f"NEED{place}" in form.fields
    ]
    names = [name for name in form.fields if not name.startswith("NEED")]
    before = [name for name in names if not needs or list(form.fields).index(name) < _first_need(form)]
    return {
        "form": form,
        "survey": survey,
        "length": length_words(survey.seconds),
        "before": [form[name] for name in before],
        "needs": needs,
        "after": [form[name] for name in names if name not in before],
        "card": card_for(ask),
        "draft": f"survey:{ask.public_id}",
        "taps_readers": _readers_of_taps(form),
    }


def _readers_of_taps(form: QuestionForm) -> str:
    """Who can read what is tapped, if that is the same for every such question: then the page says it once."""
    asked = [field.question for field in form.fields.values() if isinstance(field, AnswerField)]
    said = {question.settings["readers"] for question in asked if question.settings.get("layout") == "scale"}
    return str(said.pop()) if len(said) == 1 else ""


def _first_need(form: QuestionForm) -> int:
    return list(form.fields).index("NEED1")
