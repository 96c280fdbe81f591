"""The survey builder: a survey of the program's own, from nothing or as a copy, until the first answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundation.clock import now
from alongside.foundation.errors import NotFound
from alongside.programs.access import check_may_change
from alongside.programs.queries import match_type_of
from alongside.questionnaires.queries import questions_of
from alongside.surveys.access import (
    get_own_survey,
    get_survey,
    get_survey_question,
    is_answered,
    surveys_of,
)
from alongside.surveys.actions import (
    add_survey_question,
    create_survey,
    describe_survey,
    place_survey_question,
    remove_survey,
    remove_survey_question,
    renew_survey,
    reword_survey_question,
)
from alongside.surveys.enums import OwnKind
from alongside.surveys.own import STEP, is_ours, kind_words
from alongside.surveys.triggers import trigger_of
from alongside.surveys.words import length_words, schedule_words
from alongside.web.coordinator.desk import enter, render_desk
from alongside.web.coordinator.forms.surveys import (
    NewSurveyForm,
    SurveyBasicsForm,
    SurveyQuestionForm,
    audience_choices,
    basics_of,
    question_initial,
)
from alongside.web.refusals import posted, refusals, status_of
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from alongside.programs.models import Program
    from alongside.questionnaires.models import Question
    from alongside.surveys.models import Survey

KINDS = (
    (OwnKind.AGREE, "heart-handshake", gettext_lazy("Five steps, from not at all to very much.")),
    (OwnKind.SINGLE, "circle-check", gettext_lazy("One choice out of several.")),
    (OwnKind.SCALE, "sliders-horizontal", gettext_lazy("A step between two ends.")),
    (OwnKind.WORDS, "message-square", gettext_lazy("Room to write.")),
)
FIRST_ENDS = {"least": 1, "most": 5}


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, program_id: str) -> HttpResponse:
    program, actor = enter(request, program_id), signed_in(request)
    check_may_change(actor, program)
    known = [(row.key, row.questionnaire.title) for row in surveys_of(program)]
    form = NewSurveyForm(posted(request), surveys=known)
    if form.is_valid():
        with refusals(form):
            key = form.cleaned_data["copy_of"]
            copy_of = get_survey(program, key) if key else None
            row = create_survey(
                program=program, title=form.cleaned_data["title"], copy_of=copy_of, actor=actor, now=now()
            )
            return _to(program, row)
    template, status = "coordinator/surveys/new.html", status_of(form)
    return render_desk(request, program, template, {"form": form}, place="surveys", status=status)


@require_GET
@login_required
def build(request: HttpRequest, program_id: str, key: str) -> HttpResponse:
    """All of it at one look: when, for whom, the questions in order, what can be done."""
    program = enter(request, program_id)
    survey = get_own_survey(program, key)
    match_type = match_type_of(program)
    questions = list(questions_of(survey.questionnaire))
    audiences = dict(audience_choices(match_type.mentee_label, match_type.mentor_label))
    context = {
        "survey": survey,
        "lines": _lines(questions),
        "needs": next((row for row in questions if row.step != STEP), None),
        "kinds": KINDS,
        "schedule": schedule_words(trigger_of(survey)),
        "length": length_words(survey.seconds),
        "audience": audiences[survey.audience],
        "answered": is_answered(survey),
        "newer": survey.replaced_by.order_by("-pk").first(),
    }
    return render_desk(request, program, "coordinator/surveys/build.html", context, place="surveys")


@require_http_methods(["GET", "POST"])
@login_required
def basics(request: HttpRequest, program_id: str, key: str) -> HttpResponse:
    program, actor = enter(request, program_id), signed_in(request)
    survey = get_own_survey(program, key)
    check_may_change(actor, program)
    match_type = match_type_of(program)
    audiences = audience_choices(match_type.mentee_label, match_type.mentor_label)
    form = SurveyBasicsForm(posted(request), audiences=audiences, initial=basics_of(survey))
    if form.is_valid():
        with refusals(form):
            words = {name: form.cleaned_data[name] for name in ("title", "intro", "audience")}
            describe_survey(survey=survey, trigger=form.trigger(), actor=actor, now=now(), **words)
            say(request, _("Kept."))
            return _to(program, survey)
    return _page(request, program, survey, "coordinator/surveys/basics.html", form)


@require_http_methods(["GET", "POST"])
@login_required
def new_question(request: HttpRequest, program_id: str, key: str, kind: str) -> HttpResponse:
    program, actor = enter(request, program_id), signed_in(request)
    survey = get_own_survey(program, key)
    check_may_change(actor, program)
    if kind not in OwnKind.values:
        raise NotFound
    form = SurveyQuestionForm(posted(request), kind=OwnKind(kind), initial=FIRST_ENDS)
    if form.is_valid():
        with refusals(form, options="more_options"):
            add_survey_question(survey=survey, kind=OwnKind(kind), actor=actor, **form.told())
            say(request, _("It is part of the survey now."))
            return _to(program, survey)
    more = {"title": _("New question"), "kind": OwnKind(kind)}
    return _page(request, program, survey, "coordinator/surveys/question.html", form, more)


@require_http_methods(["GET", "POST"])
@login_required
def question(request: HttpRequest, program_id: str, key: str, question_id: str) -> HttpResponse:
    program, actor = enter(request, program_id), signed_in(request)
    survey = get_own_survey(program, key)
    check_may_change(actor, program)
    row = get_survey_question(survey, question_id)
    if is_ours(row):
        raise NotFound
    kind = OwnKind(row.settings["own"])
    form = SurveyQuestionForm(posted(request), kind=kind, initial=question_initial(row))
    if form.is_valid():
        with refusals(form):
            reword_survey_question(survey=survey, question=row, actor=actor, **form.told())
            say(request, _("Kept."))
            return _to(program, survey)
    more = {"title": row.label, "kind": kind, "question": row}
    return _page(request, program, survey, "coordinator/surveys/question.html", form, more)


@require_POST
@login_required
def question_place(request: HttpRequest, program_id: str, key: str, question_id: str) -> HttpResponse:
    program = enter(request, program_id)
    survey = get_own_survey(program, key)
    index = request.POST.get("index", "")
    place_survey_question(
        survey=survey,
        question=get_survey_question(survey, question_id),
        index=int(index) if index.isdecimal() else 0,
        actor=signed_in(request),
    )
    return _to(program, survey)


@require_POST
@login_required
def question_removal(request: HttpRequest, program_id: str, key: str, question_id: str) -> HttpResponse:
    program = enter(request, program_id)
    survey = get_own_survey(program, key)
    row = get_survey_question(survey, question_id)
    remove_survey_question(survey=survey, question=row, actor=signed_in(request), now=now())
    say(request, _("“{question}” is no longer part of it.").format(question=row.label))
    return _to(program, survey)


@require_POST
@login_required
def version(request: HttpRequest, program_id: str, key: str) -> HttpResponse:
    """The next version of a survey that has answers."""
    program = enter(request, program_id)
    row = renew_survey(survey=get_own_survey(program, key), actor=signed_in(request), now=now())
    say(request, _("This is the next version. The one before goes on until you switch this one on."))
    return _to(program, row)


@require_POST
@login_required
def removal(request: HttpRequest, program_id: str, key: str) -> HttpResponse:
    program = enter(request, program_id)
    remove_survey(survey=get_own_survey(program, key), actor=signed_in(request))
    say(request, _("The survey is gone. Nobody had been asked."))
    return redirect("coordinator:surveys", program.public_id)


def _lines(questions: list[Question]) -> list[dict[str, Any]]:
    """The questions of the survey, each with the indexes its two buttons lead to."""
    here = [row for row in questions if row.step == STEP]
    return [
        {
            "question": row,
            "ours": is_ours(row),
            "kind": kind_words(row),
            "up": index - 1 if index else None,
            "down": index + 1 if index + 1 < len(here) else None,
        }
        for index, row in enumerate(here)
    ]


def _page(
    request: HttpRequest,
    program: Program,
    survey: Survey,
    template: str,
    form: SurveyBasicsForm | SurveyQuestionForm,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {"form": form, "survey": survey, **(more or {})}
    return render_desk(request, program, template, context, place="surveys", status=status_of(form))


def _to(program: Program, survey: Survey) -> HttpResponse:
    return redirect("coordinator:survey.build", program.public_id, survey.key)
