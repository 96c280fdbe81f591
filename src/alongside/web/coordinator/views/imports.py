"""Sheets: upload, say what the columns mean, look at the dry run, take everything in at once or leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.enrollment.access import get_import
from alongside.enrollment.actions import choose_columns, confirm_import, discard_import, upload_sheet
from alongside.enrollment.enums import ImportState
from alongside.enrollment.queries import dry_run, imports_of
from alongside.foundation.clock import now
from alongside.programs.access import check_may_change
from alongside.programs.queries import match_type_of
from alongside.web.coordinator.columns import choices_from, column_rows
from alongside.web.coordinator.desk import enter, render_desk
from alongside.web.coordinator.forms.people import UploadForm
from alongside.web.public.forms.joining import role_choices
from alongside.web.refusals import refusals, status_of
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from alongside.enrollment.models import SheetImport
    from alongside.programs.models import Program

REMARKS = 100


@require_http_methods(["GET", "POST"])
@login_required
def imports(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    match_type = match_type_of(program)
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None, match_type=match_type)
    if sent and form.is_valid():
        data = form.cleaned_data
        with refusals(form):
            held = upload_sheet(
                program=program,
                file_name=data["file"].name,
                content=data["file"].read(),
                role=data["role"],
                arrive=data["arrive"],
                actor=signed_in(request),
            )
            return redirect("coordinator:import", program.public_id, held.public_id)
    context = {"form": form, "earlier": imports_of(program)[:20]}
    template = "coordinator/imports/imports.html"
    return render_desk(request, program, template, context, place="people", status=status_of(form))


@require_http_methods(["GET", "POST"])
@login_required
def sheet(request: HttpRequest, program_id: str, import_id: str) -> HttpResponse:
    """The dry run. POST keeps what the columns mean and shows what comes of it."""
    program = enter(request, program_id)
    held = get_import(program, import_id)
    if request.method == "POST":
        found = dry_run(held)
        choices = choices_from(request.POST, found)
        choose_columns(held=held, choices=choices, actor=signed_in(request))
        return redirect("coordinator:import", program.public_id, held.public_id)
    if held.state != ImportState.CHECKED:
        return render_desk(
            request, program, "coordinator/imports/result.html", {"held": held}, place="people"
        )
    return _dry_run_page(request, program, held)


@require_POST
@login_required
def confirmation(request: HttpRequest, program_id: str, import_id: str) -> HttpResponse:
    program = enter(request, program_id)
    confirm_import(held=get_import(program, import_id), actor=signed_in(request), now=now())
    return redirect("coordinator:import", program.public_id, import_id)


@require_POST
@login_required
def removal(request: HttpRequest, program_id: str, import_id: str) -> HttpResponse:
    program = enter(request, program_id)
    discard_import(held=get_import(program, import_id), actor=signed_in(request))
    say(request, _("The sheet is gone. Nothing of it was taken in."))
    return redirect("coordinator:imports", program.public_id)


def _dry_run_page(request: HttpRequest, program: Program, held: SheetImport) -> HttpResponse:
    check_may_change(signed_in(request), program)  # the rows of a sheet are for those who may take it in
    found = dry_run(held)
    stops = [remark for remark in found.remarks if remark.stops]
    context = {
        "held": held,
        "found": found,
        "columns": column_rows(found),
        "roles": role_choices(match_type_of(program)),
        "stops": len(stops),
        "notices": len(found.remarks) - len(stops),
        "page": Paginator(found.remarks, REMARKS).get_page(request.GET.get("page")),
        "sample": [plan for plan in found.plans if plan.changes][:8],
    }
    return render_desk(request, program, "coordinator/imports/dry_run.html", context, place="people")
