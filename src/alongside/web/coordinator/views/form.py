"""The form builder: the questions of a program, their order, each of them, and how people will see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.enrollment.enums import EnrollmentStep
from alongside.foundation.clock import now
from alongside.foundation.errors import NotFound
from alongside.programs.access import get_form_question
from alongside.programs.actions import (
    add_form_question,
    edit_form_question,
    place_form_question,
    restore_form_question,
    retire_form_question,
)
from alongside.programs.queries import match_type_of
from alongside.questionnaires.enums import MatchRule, QuestionKind
from alongside.questionnaires.forms import QuestionForm
from alongside.questionnaires.queries import questions_for, questions_of
from alongside.web.coordinator.desk import enter, render_desk, render_form
from alongside.web.coordinator.forms.question import (
    SEEN_BY,
    QuestionDataForm,
    initial_of,
    initial_of_new,
    match_words,
)
from alongside.web.refusals import posted, refusals, status_of, take_up
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from alongside.questionnaires.models import Question

KINDS = (
    (QuestionKind.SINGLE, "circle-check", gettext_lazy("One choice out of several.")),
    (QuestionKind.MULTIPLE, "list-checks", gettext_lazy("As many choices as you allow.")),
    (QuestionKind.RANKED, "layers", gettext_lazy("Choices in the person's own order.")),
    (QuestionKind.SCALE, "sliders-horizontal", gettext_lazy("A step between two ends.")),
    (QuestionKind.SKILL, "target", gettext_lazy("Skills, each with how well one knows it.")),
    (QuestionKind.SHORT_TEXT, "pencil", gettext_lazy("A few words on one line.")),
    (QuestionKind.LONG_TEXT, "message-square", gettext_lazy("Room to write.")),
    (QuestionKind.NUMBER, "chart-no-axes-column", gettext_lazy("A whole number between two ends.")),
    (QuestionKind.DATE, "calendar", gettext_lazy("A day.")),
    (QuestionKind.PLACE, "map-pin", gettext_lazy("A town or a site.")),
    (QuestionKind.LANGUAGES, "languages", gettext_lazy("Languages, the easiest first.")),
    (QuestionKind.HOURS, "clock", gettext_lazy("A week of good and possible hours.")),
    (QuestionKind.CONSENT, "handshake", gettext_lazy("A sentence to agree to.")),
    (QuestionKind.FILE, "paperclip", gettext_lazy("A document or picture of up to 5 MB.")),
)
ICONS = {kind: icon for kind, icon, _words in KINDS}


@require_GET
@login_required
def builder(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    questions = list(questions_of(program.form, retired=True))
    steps = [(step, _lines(questions, step)) for step in EnrollmentStep]
    context = {
        "steps": steps,
        "count": sum(len(lines) for _step, lines in steps),
        "retired": [question for question in questions if question.retired_at],
        "match_type": match_type_of(program),
    }
    return render_desk(request, program, "coordinator/form/builder.html", context, place="setup")


@require_GET
@login_required
def kinds(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    step = request.GET.get("step", "")
    tail = f"?step={step}" if step in EnrollmentStep.values else ""
    addresses = [
        reverse("coordinator:setup.form.new", args=[program_id, kind]) + tail for kind, *_rest in KINDS
    ]
    context = {
        "kinds": [
            (kind, address, icon, words)
            for (kind, icon, words), address in zip(KINDS, addresses, strict=True)
        ]
    }
    return render_desk(request, program, "coordinator/form/kinds.html", context, place="setup")


@require_http_methods(["GET", "POST"])
@login_required
def new_question(request: HttpRequest, program_id: str, kind: str) -> HttpResponse:
    program = enter(request, program_id)
    if kind not in QuestionKind.values:
        raise NotFound
    initial = initial_of_new(kind, request.GET.get("step", ""))
    form = QuestionDataForm(posted(request), kind=kind, initial=initial)
    if form.is_valid():
        with refusals(form, options="more_options", match_rule="match"):
            added = add_form_question(program=program, actor=signed_in(request), spec=form.spec())
            say(request, _("“{question}” is part of the form now.").format(question=added.label))
            return redirect("coordinator:setup.form", program.public_id)
    context = {"kind": QuestionKind(kind), "title": _("New question")}
    return render_form(request, program, "coordinator/form/question.html", form, context, place="setup")


@require_http_methods(["GET", "POST"])
@login_required
def question(request: HttpRequest, program_id: str, question_id: str) -> HttpResponse:
    program = enter(request, program_id)
    row = get_form_question(program, question_id)
    form = QuestionDataForm(posted(request), kind=row.kind, initial=initial_of(row))
    if form.is_valid():
        with refusals(form, match_rule="match"):
            edit_form_question(
                program=program,
                question=row,
                actor=signed_in(request),
                spec=form.spec(),
                version=form.cleaned_data["version"],
            )
            say(request, _("Kept."))
            return redirect("coordinator:setup.form", program.public_id)
    meanwhile = status_of(form) == 409
    if meanwhile:
        take_up(form, version=row.version)
    context = {
        "title": row.label,
        "kind": QuestionKind(row.kind),
        "question": row,
        "answered": row.answers.exists(),
        "meanwhile": meanwhile,
    }
    return render_form(request, program, "coordinator/form/question.html", form, context, place="setup")


@require_POST
@login_required
def place(request: HttpRequest, program_id: str, question_id: str) -> HttpResponse:
    program = enter(request, program_id)
    index, step = request.POST.get("index", ""), request.POST.get("step", "")
    row = get_form_question(program, question_id)
    place_form_question(
        program=program,
        question=row,
        actor=signed_in(request),
        step=step if step in EnrollmentStep.values else row.step,
        index=int(index) if index.isdecimal() else 0,
    )
    return redirect("coordinator:setup.form", program.public_id)


@require_POST
@login_required
def retirement(request: HttpRequest, program_id: str, question_id: str) -> HttpResponse:
    program = enter(request, program_id)
    row = get_form_question(program, question_id)
    retire_form_question(program=program, question=row, actor=signed_in(request), now=now())
    say(request, _("“{question}” is no longer asked.").format(question=row.label))
    return redirect("coordinator:setup.form", program.public_id)


@require_POST
@login_required
def restoration(request: HttpRequest, program_id: str, question_id: str) -> HttpResponse:
    program = enter(request, program_id)
    row = get_form_question(program, question_id)
    restore_form_question(program=program, question=row, actor=signed_in(request))
    say(request, _("“{question}” is asked again.").format(question=row.label))
    return redirect("coordinator:setup.form", program.public_id)


@require_GET
@login_required
def preview(request: HttpRequest, program_id: str, role: str) -> HttpResponse:
    """The form as this role will see it, with the same parts the enrollment page uses."""
    program = enter(request, program_id)
    asked = questions_for(program.form, role=role)
    steps = [(step, [entry for entry in asked if entry.step == step]) for step in EnrollmentStep]
    context = {
        "role": role,
        "match_type": match_type_of(program),
        "steps": [(step, QuestionForm(some, role=role)) for step, some in steps if some],
    }
    return render_desk(request, program, "coordinator/form/preview.html", context, place="setup")


def _lines(questions: list[Question], step: str) -> list[dict[str, object]]:
    """The questions in use of a step, each with the indexes its two buttons lead to."""
    here = [question for question in questions if question.step == step and not question.retired_at]
    return [
        {
            "question": row,
            "icon": ICONS[QuestionKind(row.kind)],
            "seen_by": SEEN_BY.get(row.visibility, ""),
            "counts": match_words(row) if row.match_rule != MatchRule.NONE else "",
            "up": index - 1 if index else None,
            "down": index + 1 if index + 1 < len(here) else None,
        }
        for index, row in enumerate(here)
    ]
