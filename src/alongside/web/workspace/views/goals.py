"""Goals: the board, one goal, and how it moves. Only its owner changes a goal; the partner reads what is shared."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.activities.queries import next_activities
from alongside.foundation.clock import now
from alongside.foundation.errors import Invalid, NotFound
from alongside.goals import actions
from alongside.goals.access import check_owner, get_goal
from alongside.goals.enums import GoalState
from alongside.goals.queries import board_lines, goal_line, goals_of, lineage
from alongside.mentorships.access import check_may_write
from alongside.mentorships.enums import MentorshipState
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.goals import GoalForm, LettingGoForm, NewGoalForm, RestForm, StepForm
from alongside.web.workspace.room import enter, render_room
from alongside.web.workspace.takeaways import carried_from

if TYPE_CHECKING:
    from alongside.goals.models import Goal
    from alongside.people.models import Person

SECTION = "goals"
HEADS = {
    GoalState.ACTIVE: gettext_lazy("In motion"),
    GoalState.IDEA: gettext_lazy("Ideas"),
    GoalState.RESTING: gettext_lazy("Resting"),
    GoalState.REACHED: gettext_lazy("Reached"),
    GoalState.LET_GO: gettext_lazy("Let go"),
}
# What is said when a goal comes to stand somewhere, and the action that takes it there in one tap.
MOVES = {
    GoalState.ACTIVE: (actions.activate_goal, gettext_lazy("In motion.")),
    GoalState.IDEA: (actions.make_goal_idea, gettext_lazy("An idea again.")),
    GoalState.RESTING: (actions.rest_goal, gettext_lazy("It rests now and keeps everything.")),
    GoalState.REACHED: (actions.reach_goal, gettext_lazy("Reached. Good to hear.")),
    GoalState.LET_GO: (actions.let_go_goal, gettext_lazy("Let go. It made room for something else.")),
}


def own_goal(request: HttpRequest, public_id: str, goal_id: str) -> Goal:
    """A goal of this pair that the visitor may read. Raises NotFound."""
    found = get_goal(signed_in(request), goal_id)
    if found.mentorship.public_id != public_id:
        raise NotFound
    return found


@require_GET
@login_required
def goals(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship, me = enter(request, public_id), signed_in(request)
    page = Paginator(goals_of(mentorship, viewer=me), 50).get_page(request.GET.get("page"))
    lines = board_lines(page, viewer=me)
    context = {
        "page": page,
        "groups": [
            (state, HEADS[GoalState(state)], list(group))
            for state, group in groupby(lines, key=lambda line: line.goal.state)
        ],
        "today": timezone.localdate(),
        "activities": next_activities(mentorship, viewer=me),
    }
    return render_room(request, mentorship, "workspace/goals/board.html", context, section=SECTION)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship, me = enter(request, public_id), signed_in(request)
    check_may_write(me, mentorship)
    carried = carried_from(request, mentorship, longest=actions.LONGEST_TITLE)
    initial = {"title": carried.title, "why": carried.rest} if carried else {}
    form = NewGoalForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        added = actions.add_goal(mentorship=mentorship, actor=me, now=now(), **form.cleaned_data)
        return redirect("workspace:goal", public_id, added.public_id)
    context = {"form": form, "carried": carried}
    return render_room(
        request, mentorship, "workspace/goals/new.html", context, section=SECTION, status=_status(form)
    )


@require_GET
@login_required
def goal(request: HttpRequest, public_id: str, goal_id: str) -> HttpResponse:
    return show_goal(request, own_goal(request, public_id, goal_id), StepForm())


def show_goal(request: HttpRequest, goal: Goal, form: StepForm) -> HttpResponse:
    """The page of a goal, with the form for a step if it needs another look."""
    me = signed_in(request)
    context = {
        "goal": goal,
        "line": goal_line(goal, viewer=me),
        "lineage": lineage(goal, viewer=me),
        "form": form,
        "adds_steps": _adds_steps(goal, me),
        "today": timezone.localdate(),
    }
    return render_room(
        request, goal.mentorship, "workspace/goals/goal.html", context, section=SECTION, status=_status(form)
    )


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, public_id: str, goal_id: str) -> HttpResponse:
    found, me = own_goal(request, public_id, goal_id), signed_in(request)
    check_owner(me, found)
    line = goal_line(found, viewer=me)
    initial = {"title": line.title, "why": line.why, "around_on": found.around_on}
    form = GoalForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        actions.edit_goal(goal=found, actor=me, now=now(), **form.cleaned_data)
        return redirect("workspace:goal", public_id, goal_id)
    context = {"form": form, "goal": found}
    return render_room(
        request, found.mentorship, "workspace/goals/edit.html", context, section=SECTION, status=_status(form)
    )


@require_POST
@login_required
def state(request: HttpRequest, public_id: str, goal_id: str, state: str) -> HttpResponse:
    """One tap into another state, with a way back."""
    found = own_goal(request, public_id, goal_id)
    if state not in MOVES:
        raise NotFound
    before = found.state
    move, sentence = MOVES[GoalState(state)]
    move(goal=found, actor=signed_in(request), now=now())
    _say_with_way_back(request, found, str(sentence), before)
    return redirect("workspace:goal", public_id, goal_id)


@require_http_methods(["GET", "POST"])
@login_required
def rest(request: HttpRequest, public_id: str, goal_id: str) -> HttpResponse:
    found, me = own_goal(request, public_id, goal_id), signed_in(request)
    check_owner(me, found)
    form = RestForm(request.POST if request.method == "POST" else None, initial={"wakes_on": found.wakes_on})
    if form.is_valid():
        before = found.state
        try:
            actions.rest_goal(goal=found, actor=me, wakes_on=form.cleaned_data["wakes_on"], now=now())
        except Invalid as problem:
            form.add_error(problem.field, problem.message)
        else:
            _say_with_way_back(request, found, str(MOVES[GoalState.RESTING][1]), before)
            return redirect("workspace:goals", public_id)
    context = {"form": form, "line": goal_line(found, viewer=me)}
    return render_room(
        request, found.mentorship, "workspace/goals/rest.html", context, section=SECTION, status=_status(form)
    )


@require_http_methods(["GET", "POST"])
@login_required
def letting_go(request: HttpRequest, public_id: str, goal_id: str) -> HttpResponse:
    found, me = own_goal(request, public_id, goal_id), signed_in(request)
    check_owner(me, found)
    form = LettingGoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        before = found.state
        actions.let_go_goal(goal=found, actor=me, now=now(), **form.cleaned_data)
        _say_with_way_back(request, found, str(MOVES[GoalState.LET_GO][1]), before)
        return redirect("workspace:goals", public_id)
    context = {"form": form, "line": goal_line(found, viewer=me)}
    return render_room(
        request,
        found.mentorship,
        "workspace/goals/letting_go.html",
        context,
        section=SECTION,
        status=_status(form),
    )


@require_POST
@login_required
def sharing(request: HttpRequest, public_id: str, goal_id: str) -> HttpResponse:
    """Shows the goal to the partner."""
    found = own_goal(request, public_id, goal_id)
    actions.share_goal(goal=found, actor=signed_in(request), shared=True, now=now())
    say(
        request,
        _("Your partner can read this goal now."),
        undo_url=reverse("workspace:goal.privacy", args=[public_id, goal_id]),
    )
    return redirect("workspace:goal", public_id, goal_id)


@require_POST
@login_required
def privacy(request: HttpRequest, public_id: str, goal_id: str) -> HttpResponse:
    """Takes the goal back to oneself."""
    found = own_goal(request, public_id, goal_id)
    actions.share_goal(goal=found, actor=signed_in(request), shared=False, now=now())
    say(
        request,
        _("Only you can read this goal now."),
        undo_url=reverse("workspace:goal.sharing", args=[public_id, goal_id]),
    )
    return redirect("workspace:goal", public_id, goal_id)


@require_POST
@login_required
def removal(request: HttpRequest, public_id: str, goal_id: str) -> HttpResponse:
    actions.remove_goal(goal=own_goal(request, public_id, goal_id), actor=signed_in(request), now=now())
    say(request, _("Your words are taken away."))
    return redirect("workspace:goals", public_id)


def _say_with_way_back(request: HttpRequest, goal: Goal, sentence: str, before: str) -> None:
    back = reverse("workspace:goal.state", args=[goal.mentorship.public_id, goal.public_id, before])
    say(request, sentence, undo_url=back)


def _adds_steps(goal: Goal, me: Person) -> bool:
    """Whether the page offers to add a step: to the owner, while the goal is not behind them."""
    behind = goal.state in {GoalState.REACHED, GoalState.LET_GO}
    return goal.owner_id == me.pk and not behind and goal.mentorship.state != MentorshipState.CLOSED


def _status(form: GoalForm | RestForm | LettingGoForm | StepForm) -> int:
    return 422 if form.is_bound else 200
