"""Matching of a program: how ready it is, the runs so far, a new one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.foundation.clock import now
from alongside.foundation.errors import Conflict
from alongside.matching.access import MATCHABLE, runs_of
from alongside.matching.actions import start_run
from alongside.matching.queries.board import overrides_of
from alongside.matching.queries.readiness import hours_histogram, readiness, relaxed_limits, supply
from alongside.matching.queries.runs import with_pairs
from alongside.programs.queries import match_type_of
from alongside.web.coordinator.desk import enter, render_desk
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

RUNS_A_PAGE = 20


@require_GET
@login_required
def home(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    match_type = match_type_of(program)
    context = {
        "match_type": match_type,
        "supply": supply(program),
        "runs": Paginator(with_pairs(runs_of(program)), RUNS_A_PAGE).get_page(request.GET.get("page")),
        "overrides": overrides_of(match_type.pk),
        "is_matchable": program.state in MATCHABLE,
    }
    return render_desk(request, program, "coordinator/matching/home.html", context, place="matching")


@require_GET
@login_required
def readiness_page(request: HttpRequest, program_id: str) -> HttpResponse:
    """What each limit costs is worked out only when asked for: it matches the program once for each."""
    program = enter(request, program_id)
    ready = readiness(program, now=now())
    context = {
        "match_type": match_type_of(program),
        "ready": ready,
        "hours": hours_histogram(ready.frozen) if ready.frozen else [],
        "relaxed": relaxed_limits(program, now=now()) if "limits" in request.GET else None,
    }
    return render_desk(request, program, "coordinator/matching/readiness.html", context, place="matching")


@require_POST
@login_required
def runs(request: HttpRequest, program_id: str) -> HttpResponse:
    """A new run. What stands in its way is said on the page one comes from."""
    program = enter(request, program_id)
    try:
        run = start_run(program=program, actor=signed_in(request), now=now())
    except Conflict as refusal:
        say(request, refusal.message)
        return redirect("coordinator:matching", program.public_id)
    if run.trouble:
        say(request, _("The run stopped. {why}").format(why=run.trouble))
    return redirect("coordinator:run", program.public_id, run.public_id)
