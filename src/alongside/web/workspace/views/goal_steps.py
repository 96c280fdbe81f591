"""Small steps of a goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from alongside.foundation.clock import now
from alongside.goals import actions
from alongside.goals.access import check_owner, get_step
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.goals import StepForm
from alongside.web.workspace.views.goals import own_goal, show_goal

if TYPE_CHECKING:
    from alongside.goals.models import Step


@require_POST
@login_required
def steps(request: HttpRequest, public_id: str, goal_id: str) -> HttpResponse:
    found, me = own_goal(request, public_id, goal_id), signed_in(request)
    check_owner(me, found)
    form = StepForm(request.POST)
    if not form.is_valid():
        return show_goal(request, found, form)
    actions.add_step(goal=found, actor=me, text=form.cleaned_data["text"], now=now())
    return redirect("workspace:goal", public_id, goal_id)


@require_POST
@login_required
def completion(request: HttpRequest, public_id: str, goal_id: str, step_id: str) -> HttpResponse:
    """Ticks the step with `done=1`, opens it again without."""
    done = bool(request.POST.get("done"))
    actions.tick_step(
        step=_own_step(request, public_id, goal_id, step_id), actor=signed_in(request), done=done, now=now()
    )
    return redirect("workspace:goal", public_id, goal_id)


@require_POST
@login_required
def place(request: HttpRequest, public_id: str, goal_id: str, step_id: str) -> HttpResponse:
    """One place up with `up=1`, one down without."""
    step = _own_step(request, public_id, goal_id, step_id)
    actions.move_step(step=step, actor=signed_in(request), up=bool(request.POST.get("up")))
    return redirect("workspace:goal", public_id, goal_id)


@require_POST
@login_required
def removal(request: HttpRequest, public_id: str, goal_id: str, step_id: str) -> HttpResponse:
    actions.remove_step(step=_own_step(request, public_id, goal_id, step_id), actor=signed_in(request))
    return redirect("workspace:goal", public_id, goal_id)


def _own_step(request: HttpRequest, public_id: str, goal_id: str, step_id: str) -> Step:
    return get_step(signed_in(request), own_goal(request, public_id, goal_id), step_id)
