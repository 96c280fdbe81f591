"""Cases: who asked for a hand, who looks after it, whether it helped."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundation.clock import now
from alongside.insights.access import get_case
from alongside.insights.actions import resolve_case, take_case, wait_for_case, write_team_note
from alongside.insights.enums import CaseState
from alongside.insights.queries import case_lines, case_view, cases_of
from alongside.insights.queries.signals import pair_names
from alongside.web.coordinator.desk import enter, render_desk
from alongside.web.coordinator.forms.insights import TeamNoteForm
from alongside.web.refusals import posted, refusals, status_of
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

ROWS_A_PAGE = 50


@require_GET
@login_required
def cases(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    settled = "settled" in request.GET
    rows = cases_of(signed_in(request), program, resolved=settled)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": case_lines(page),
        "settled": settled,
        "open_tab": not settled,
        "settled_url": "?settled",
    }
    return render_desk(request, program, "coordinator/cases/list.html", context, place="overview")


@require_http_methods(["GET", "POST"])
@login_required
def case(request: HttpRequest, program_id: str, case_id: str) -> HttpResponse:
    """One case with its words, for coordinators; POST keeps what the team has in mind."""
    program, me = enter(request, program_id), signed_in(request)
    row = get_case(me, program, case_id)
    view = case_view(row, viewer=me)
    form = TeamNoteForm(posted(request), initial={"note": view.team_note})
    if form.is_valid():
        with refusals(form):
            write_team_note(case=row, actor=me, note=form.cleaned_data["note"], now=now())
            say(request, _("Kept, for coordinators only."))
            return redirect("coordinator:case", program.public_id, case_id)
    members = row.mentorship.members.select_related("person").order_by("role") if row.mentorship else ()
    context = {
        "case": row,
        "note": view.note,
        "form": form,
        "pair": pair_names(members),
        "is_open": row.state != CaseState.RESOLVED,
    }
    template = "coordinator/cases/case.html"
    return render_desk(request, program, template, context, place="overview", status=status_of(form))


@require_POST
@login_required
def taking(request: HttpRequest, program_id: str, case_id: str) -> HttpResponse:
    program, me = enter(request, program_id), signed_in(request)
    take_case(case=get_case(me, program, case_id), actor=me, now=now())
    say(request, _("You look after it."))
    return redirect("coordinator:case", program.public_id, case_id)


@require_POST
@login_required
def waiting(request: HttpRequest, program_id: str, case_id: str) -> HttpResponse:
    program, me = enter(request, program_id), signed_in(request)
    wait_for_case(case=get_case(me, program, case_id), actor=me, now=now())
    say(request, _("It waits. You find it in the list."))
    return redirect("coordinator:case", program.public_id, case_id)


@require_POST
@login_required
def resolution(request: HttpRequest, program_id: str, case_id: str) -> HttpResponse:
    program, me = enter(request, program_id), signed_in(request)
    resolve_case(case=get_case(me, program, case_id), actor=me, now=now())
    say(request, _("Settled. Whoever asked can say whether it helped."))
    return redirect("coordinator:cases", program.public_id)
