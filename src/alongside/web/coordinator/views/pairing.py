"""One person's possible partners, one pair decided by hand, and words about pairs that hold for every run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.enrollment.enums import Role
from alongside.foundation.clock import now
from alongside.foundation.errors import Conflict
from alongside.matching.access import get_matched_participation, get_override, get_proposal, get_run
from alongside.matching.actions import (
    add_pair,
    clear_override,
    forbid_pair,
    pin_pair,
    put_back_pair,
    take_out_pair,
)
from alongside.matching.enums import OPEN_RUNS, OverrideKind
from alongside.matching.queries.board import place_on_board
from alongside.matching.queries.candidates import candidates_for
from alongside.matching.queries.runs import latest_open_run
from alongside.matching.queries.whatif import what_if
from alongside.matching.reasons import Audience
from alongside.programs.access import check_may_change
from alongside.web.coordinator.amounts import points_text
from alongside.web.coordinator.desk import enter, render_desk
from alongside.web.coordinator.forms.matching import OverrideForm, PairForm
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from alongside.matching.models import Run

SHOWN = 20


@require_GET
@login_required
def candidates(request: HttpRequest, program_id: str, participation_id: str) -> HttpResponse:
    """The best partners for one person. `?as=mentor` looks for mentees; `?run=` is the board they could join."""
    program = enter(request, program_id)
    person = get_matched_participation(program, participation_id)
    role = _role(person.role, request.GET.get("as", ""))
    run = get_run(program, request.GET["run"]) if request.GET.get("run") else latest_open_run(program)
    context = {
        "person": person,
        "role": role,
        "run": run if run and run.state in OPEN_RUNS else None,
        "present": place_on_board(run, person, role) if run else None,
        "candidates": candidates_for(person, role=role, audience=Audience.TEAM, now=now(), count=SHOWN),
        "both": person.role == Role.BOTH,
    }
    return render_desk(request, program, "coordinator/matching/candidates.html", context, place="matching")


@require_http_methods(["GET", "POST"])
@login_required
def new_pair(request: HttpRequest, program_id: str, run_id: str) -> HttpResponse:
    """A pair by hand: GET tells what it costs and whom it moves, POST decides it."""
    program = enter(request, program_id)
    check_may_change(signed_in(request), program)
    run = get_run(program, run_id)
    form = PairForm(request.POST or request.GET, program=program)
    mentee, mentor = form.people()
    if request.method == "POST":
        try:
            found = add_pair(run=run, mentee=mentee, mentor=mentor, actor=signed_in(request), now=now())
        except Conflict as refusal:
            say(request, refusal.message)
            return _to_board(run)
        say(request, _("{mentee} and {mentor} are a pair on this board.").format(
            mentee=mentee.person.name, mentor=mentor.person.name
        ))  # fmt: skip
        return _to_board(found)
    change = what_if(run, mentee, mentor)
    context = {"run": run, "form": form, "change": change, "cost": points_text(change.cost or 0)}
    return render_desk(request, program, "coordinator/matching/new_pair.html", context, place="matching")


@require_POST
@login_required
def removal(request: HttpRequest, program_id: str, run_id: str, proposal_id: str) -> HttpResponse:
    run = get_run(enter(request, program_id), run_id)
    row = get_proposal(run, proposal_id)
    take_out_pair(proposal=row, actor=signed_in(request), now=now())
    say(request, _("Taken out. {name} waits.").format(name=row.mentee.person.name))
    return _to_board(run)


@require_POST
@login_required
def putting_back(request: HttpRequest, program_id: str, run_id: str, proposal_id: str) -> HttpResponse:
    run = get_run(enter(request, program_id), run_id)
    try:
        put_back_pair(proposal=get_proposal(run, proposal_id), actor=signed_in(request), now=now())
    except Conflict as refusal:
        say(request, refusal.message)
    return _to_board(run)


@require_POST
@login_required
def overrides(request: HttpRequest, program_id: str) -> HttpResponse:
    """Keeps two people together or apart, from now on."""
    program = enter(request, program_id)
    form = OverrideForm(request.POST, program=program)
    mentee, mentor = form.people()
    together = form.cleaned_data["kind"] == OverrideKind.PIN
    action = pin_pair if together else forbid_pair
    try:
        action(mentee=mentee, mentor=mentor, actor=signed_in(request), now=now())
    except Conflict as refusal:
        say(request, refusal.message)
    else:
        words = _("Kept together.") if together else _("Kept apart.")
        say(request, _("{words} It counts from the next run on.").format(words=words))
    return _back(request, program_id)


@require_POST
@login_required
def override_removal(request: HttpRequest, program_id: str, override_id: str) -> HttpResponse:
    program = enter(request, program_id)
    clear_override(word=get_override(program, override_id), actor=signed_in(request), now=now())
    say(request, _("Taken back. It counts from the next run on."))
    return _back(request, program_id)


def _role(role: str, wanted: str) -> str:
    """As whom the person looks for a partner: for those who are both, as they are asked for."""
    if role == Role.BOTH:
        return Role.MENTOR if wanted == Role.MENTOR else Role.MENTEE
    return role


def _to_board(run: Run) -> HttpResponse:
    return redirect("coordinator:run", run.program.public_id, run.public_id)


def _back(request: HttpRequest, program_id: str) -> HttpResponse:
    """To the page one came from, if it is one of ours."""
    target = request.POST.get("back", "")
    if target and url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return redirect(target)
    return redirect("coordinator:matching", program_id)
