"""The board of a run: its pairs, who waits, the mentors' load; solved again, stopped, set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from alongside.foundation.clock import now
from alongside.foundation.errors import Conflict
from alongside.foundation.sheets import write_sheet
from alongside.matching.access import get_run
from alongside.matching.actions import discard_run, start_run, stop_run
from alongside.matching.enums import OPEN_RUNS, RunState
from alongside.matching.queries.board import (
    board_figures,
    board_pairs,
    mentors_on_board,
    sheet_rows,
    shown_pairs,
    shown_waiting,
    taken_out_pairs,
    waiting_mentees,
)
from alongside.matching.queries.pairs import questions_by_key
from alongside.matching.queries.runs import changed_since
from alongside.web.coordinator.desk import enter, render_desk
from alongside.web.coordinator.forms.matching import BoardFilter
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from alongside.matching.models import Run
    from alongside.programs.models import Program

A_PAGE = 50


@require_GET
@login_required
def board(request: HttpRequest, program_id: str, run_id: str) -> HttpResponse:
    program = enter(request, program_id)
    run = get_run(program, run_id)
    if run.state in (RunState.DRAFT, RunState.STOPPED):
        return render_desk(
            request, program, "coordinator/matching/progress.html", {"run": run}, place="matching"
        )
    form = BoardFilter(request.GET)
    rows = board_pairs(run, form.look(request.GET.get("sort", "")))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    pairs = shown_pairs(run, list(page), questions_by_key(program))
    return _board(request, program, run, "board", {"form": form, "page": page, "pairs": pairs})


@require_GET
@login_required
def waiting(request: HttpRequest, program_id: str, run_id: str) -> HttpResponse:
    program = enter(request, program_id)
    run = get_run(program, run_id)
    page = Paginator(waiting_mentees(run), A_PAGE).get_page(request.GET.get("page"))
    people = shown_waiting(page, questions_by_key(program))
    context = {"page": page, "people": people, "taken_out": taken_out_pairs(run)[:A_PAGE]}
    return _board(request, program, run, "waiting", context)


@require_GET
@login_required
def mentors(request: HttpRequest, program_id: str, run_id: str) -> HttpResponse:
    program = enter(request, program_id)
    run = get_run(program, run_id)
    page = Paginator(mentors_on_board(run), A_PAGE).get_page(request.GET.get("page"))
    return _board(request, program, run, "mentors", {"page": page})


@require_GET
@login_required
def sheet(request: HttpRequest, program_id: str, run_id: str) -> HttpResponse:
    """The pairs as CSV, with why in words."""
    program = enter(request, program_id)
    run = get_run(program, run_id)
    head = [_("Mentee"), _("Mentor"), _("Fit in percent"), _("Shared hours a week"), _("Why"), _("State")]
    response = HttpResponse(
        write_sheet(head, sheet_rows(run, questions_by_key(program))), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="pairs-{run.public_id}.csv"'
    return response


@require_POST
@login_required
def again(request: HttpRequest, program_id: str, run_id: str) -> HttpResponse:
    """Solves the program once more with what was decided since; pairs stay where nothing speaks against it."""
    program = enter(request, program_id)
    run = get_run(program, run_id)
    try:
        run = start_run(program=program, actor=signed_in(request), now=now(), base=run)
    except Conflict as refusal:
        say(request, refusal.message)
    return redirect("coordinator:run", program.public_id, run.public_id)


@require_POST
@login_required
def stop(request: HttpRequest, program_id: str, run_id: str) -> HttpResponse:
    program = enter(request, program_id)
    run = stop_run(run=get_run(program, run_id), actor=signed_in(request), now=now())
    return redirect("coordinator:run", program.public_id, run.public_id)


@require_POST
@login_required
def setting_aside(request: HttpRequest, program_id: str, run_id: str) -> HttpResponse:
    program = enter(request, program_id)
    discard_run(run=get_run(program, run_id), actor=signed_in(request), now=now())
    say(request, _("Set aside. You can still look at it."))
    return redirect("coordinator:matching", program.public_id)


def _board(
    request: HttpRequest, program: Program, run: Run, section: str, context: dict[str, Any]
) -> HttpResponse:
    """What every page of a board carries."""
    figures = board_figures(run)
    shared = {
        "run": run,
        "figures": figures,
        "lead": _lead(figures.pairs, figures.waiting),
        "section": section,
        "is_open": run.state in OPEN_RUNS,
        "undo_open": run.undo_until is not None and now() < run.undo_until,
        "changed": changed_since(run) if run.state in OPEN_RUNS else 0,
    }
    template = f"coordinator/matching/{section}.html"
    return render_desk(request, program, template, {**shared, **context}, place="matching")


def _lead(pairs: int, waiting_count: int) -> str:
    found = ngettext("{count} pair", "{count} pairs", pairs).format(count=pairs)
    if not waiting_count:
        return _("{pairs}; nobody waits.").format(pairs=found)
    wait = ngettext("{count} person waits", "{count} people wait", waiting_count).format(count=waiting_count)
    return _("{pairs}; {wait}.").format(pairs=found, wait=wait)
