"""The plan every pair is offered: stages, and what they hold."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.foundation.errors import NotFound
from alongside.programs.access import get_plan_item, get_plan_stage
from alongside.programs.actions import (
    add_plan_item,
    add_plan_stage,
    edit_plan_item,
    edit_plan_stage,
    move_plan_stage,
    remove_plan_item,
    remove_plan_stage,
)
from alongside.programs.enums import PlanItemKind
from alongside.programs.queries import match_type_of, plan_of
from alongside.surveys.queries.board import own_survey_titles
from alongside.web.coordinator.desk import enter, render_desk, render_form
from alongside.web.coordinator.forms.plan import PlanItemForm, StageForm, name_of
from alongside.web.refusals import posted, refusals, status_of
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

KINDS = (
    (PlanItemKind.ACTIVITY, "sprout"),
    (PlanItemKind.TALK, "messages-square"),
    (PlanItemKind.SURVEY, "list-checks"),
    (PlanItemKind.TIP, "lightbulb"),
)
ICONS = dict(KINDS)


@require_http_methods(["GET", "POST"])
@login_required
def plan(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    form = StageForm(posted(request))
    if form.is_valid():
        with refusals(form):
            add_plan_stage(program=program, actor=signed_in(request), **form.cleaned_data)
            return redirect("coordinator:setup.plan", program.public_id)
    stages, own = plan_of(program), own_survey_titles(program)
    lines = [
        {
            "stage": stage,
            "items": [
                (item, name_of(item, own), ICONS[PlanItemKind(item.kind)]) for item in stage.items.all()
            ],
            "up": index - 1 if index else None,
            "down": index + 1 if index + 1 < len(stages) else None,
        }
        for index, stage in enumerate(stages)
    ]
    context = {"stages": lines, "form": form, "kinds": KINDS, "match_type": match_type_of(program)}
    return render_desk(
        request, program, "coordinator/plan/plan.html", context, place="setup", status=status_of(form)
    )


@require_http_methods(["GET", "POST"])
@login_required
def stage(request: HttpRequest, program_id: str, stage_id: str) -> HttpResponse:
    program = enter(request, program_id)
    row = get_plan_stage(program, stage_id)
    form = StageForm(posted(request), initial={"name": row.name, "intro": row.intro})
    if form.is_valid():
        with refusals(form):
            edit_plan_stage(stage=row, actor=signed_in(request), **form.cleaned_data)
            return redirect("coordinator:setup.plan", program.public_id)
    context = {"stage": row, "title": row.name}
    return render_form(request, program, "coordinator/plan/stage.html", form, context, place="setup")


@require_POST
@login_required
def stage_place(request: HttpRequest, program_id: str, stage_id: str) -> HttpResponse:
    program = enter(request, program_id)
    index = request.POST.get("index", "")
    row = get_plan_stage(program, stage_id)
    move_plan_stage(stage=row, actor=signed_in(request), index=int(index) if index.isdecimal() else 0)
    return redirect("coordinator:setup.plan", program.public_id)


@require_POST
@login_required
def stage_removal(request: HttpRequest, program_id: str, stage_id: str) -> HttpResponse:
    program = enter(request, program_id)
    row = get_plan_stage(program, stage_id)
    remove_plan_stage(stage=row, actor=signed_in(request))
    say(request, _("“{name}” is no longer part of the plan.").format(name=row.name))
    return redirect("coordinator:setup.plan", program.public_id)


@require_http_methods(["GET", "POST"])
@login_required
def new_item(request: HttpRequest, program_id: str, stage_id: str, kind: str) -> HttpResponse:
    program = enter(request, program_id)
    row = get_plan_stage(program, stage_id)
    if kind not in PlanItemKind.values:
        raise NotFound
    stages = plan_of(program)
    last = max((item.day for item in row.items.all()), default=0)
    initial = {"stage": row.public_id, "who": "both", "day": last}
    form = PlanItemForm(
        posted(request), kind=kind, stages=stages, own_surveys=own_survey_titles(program), initial=initial
    )
    if form.is_valid():
        with refusals(form):
            chosen = get_plan_stage(program, form.cleaned_data["stage"])
            add_plan_item(stage=chosen, actor=signed_in(request), spec=form.spec())
            return redirect("coordinator:setup.plan", program.public_id)
    context = {"kind": PlanItemKind(kind), "title": PlanItemKind(kind).label}
    return render_form(request, program, "coordinator/plan/item.html", form, context, place="setup")


@require_http_methods(["GET", "POST"])
@login_required
def item(request: HttpRequest, program_id: str, item_id: str) -> HttpResponse:
    program = enter(request, program_id)
    row = get_plan_item(program, item_id)
    initial = {name: getattr(row, name) for name in ("title", "key", "text", "who", "day")}
    own = own_survey_titles(program)
    form = PlanItemForm(
        posted(request),
        kind=row.kind,
        stages=plan_of(program),
        own_surveys=own,
        initial={**initial, "stage": row.stage.public_id},
    )
    if form.is_valid():
        with refusals(form):
            chosen = get_plan_stage(program, form.cleaned_data["stage"])
            edit_plan_item(item=row, actor=signed_in(request), spec=form.spec(), stage=chosen)
            return redirect("coordinator:setup.plan", program.public_id)
    context = {"kind": PlanItemKind(row.kind), "item": row, "title": name_of(row, own)}
    return render_form(request, program, "coordinator/plan/item.html", form, context, place="setup")


@require_POST
@login_required
def item_removal(request: HttpRequest, program_id: str, item_id: str) -> HttpResponse:
    program = enter(request, program_id)
    row = get_plan_item(program, item_id)
    remove_plan_item(item=row, actor=signed_in(request))
    say(
        request,
        _("“{name}” is no longer part of the plan.").format(name=name_of(row, own_survey_titles(program))),
    )
    return redirect("coordinator:setup.plan", program.public_id)
