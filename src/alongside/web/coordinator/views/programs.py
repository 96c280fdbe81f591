"""The list of programs one looks after, and making a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.errors import NotAllowed, NotFound
from alongside.foundation.text import page_html
from alongside.programs.access import get_staffed_program, may_create_program
from alongside.programs.actions import copy_program, create_program
from alongside.programs.enums import StaffRole
from alongside.programs.queries import programs_of
from alongside.programs.templates import ProgramTemplate, program_template, program_templates
from alongside.web.coordinator.forms.rules import percent
from alongside.web.coordinator.forms.setup import COPY, NOTHING, NewProgramForm
from alongside.web.refusals import posted, refusals, status_of
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from alongside.people.models import Person
    from alongside.programs.models import Program


@require_GET
@login_required
def home(request: HttpRequest) -> HttpResponse:
    me, archived = signed_in(request), "archive" in request.GET
    page = Paginator(programs_of(me, archived=archived), 50).get_page(request.GET.get("page"))
    context = {"page": page, "archived": archived, "may_create": may_create_program(me), "place": "programs"}
    return render(request, "coordinator/programs/list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    me = signed_in(request)
    if not may_create_program(me):
        raise NotAllowed(_("Only administrators and coordinators can set up a program."))
    own = list(programs_of(me).filter(staff__person=me, staff__role=StaffRole.COORDINATOR)[:50])
    start, _colon, source = request.GET.get("start", "career").partition(":")
    initial = {"start": start, "source": source, "zone": me.preferences.zone}
    form = NewProgramForm(posted(request), own=own, initial=initial)
    if form.is_valid():
        with refusals(form):
            program = _make(me, **form.cleaned_data)
            say(request, _("Here is your draft. Nobody sees it before you open it."))
            return redirect("coordinator:setup", program.public_id)
    templates = program_templates()
    context = {
        "form": form,
        "templates": templates,
        "notes": {
            **{template.key: template.summary for template in templates},
            COPY: _("Its form, rules, plan and texts. No people and no dates."),
            NOTHING: _("Every question, rule and step is yours to add."),
        },
    }
    return render(request, "coordinator/programs/new.html", context, status=status_of(form))


@require_GET
@login_required
def template(request: HttpRequest, key: str) -> HttpResponse:
    """A template looked into before one takes it."""
    if not may_create_program(signed_in(request)):
        raise NotFound
    chosen = _template(key)
    weights = [question.match.weight if question.match else 0 for question in chosen.questions]
    context = {
        "template": chosen,
        "description": page_html(chosen.description),
        "questions": [
            (question, percent(weight)) for question, weight in zip(chosen.questions, weights, strict=True)
        ],
    }
    return render(request, "coordinator/programs/template.html", context)


def _make(me: Person, *, start: str, source: str, name: str, zone: str) -> Program:
    if start == COPY:
        return copy_program(program=get_staffed_program(me, source), actor=me, name=name)
    chosen = None if start == NOTHING else _template(start)
    return create_program(actor=me, name=name, zone=zone, template=chosen)


def _template(key: str) -> ProgramTemplate:
    try:
        return program_template(key)
    except KeyError:
        raise NotFound from None
