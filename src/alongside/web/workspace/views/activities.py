"""What a pair plans to do: the program's plan by stages, activities of the library, own ideas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.activities import actions
from alongside.activities.access import get_activity
from alongside.activities.enums import ActivityState
from alongside.activities.errors import NotesChanged
from alongside.activities.library import LETTER
from alongside.activities.queries import activities_of, activity_lines, stages_of
from alongside.foundation.clock import now
from alongside.foundation.errors import Invalid, NotFound
from alongside.mentorships.access import check_may_write
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.activities import CHANNEL_WORDS, DayForm, NotesForm, OwnActivityForm
from alongside.web.workspace.room import enter, render_room
from alongside.web.workspace.takeaways import carried_from

if TYPE_CHECKING:
    from alongside.activities.models import Activity

SECTION = "goals"
MOST = 200  # activities shown of one pair; a plan of three years has about a hundred
SENTENCES = {
    ActivityState.PLANNED: gettext_lazy("Planned again."),
    ActivityState.DONE: gettext_lazy("Done, the two of you."),
    ActivityState.SKIPPED: gettext_lazy("Skipped. That is a choice like any other."),
}


def own_activity(request: HttpRequest, public_id: str, activity_id: str) -> Activity:
    """Something planned in this pair. Raises NotFound."""
    found = get_activity(signed_in(request), activity_id)
    if found.mentorship.public_id != public_id:
        raise NotFound
    return found


@require_GET
@login_required
def activities(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship = enter(request, public_id)
    stages = stages_of(activities_of(mentorship, viewer=signed_in(request))[:MOST])
    today = timezone.localdate()
    begun = [stage for stage in stages if stage.name and stage.begins_on and stage.begins_on <= today]
    here = next((stage for stage in begun if not stage.is_settled), begun[-1] if begun else None)
    context = {"stages": stages, "here": here.name if here else ""}
    return render_room(request, mentorship, "workspace/activities/plan.html", context, section=SECTION)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship, me = enter(request, public_id), signed_in(request)
    check_may_write(me, mentorship)
    carried = carried_from(request, mentorship, longest=actions.LONGEST_TITLE)
    initial = {"title": carried.title, "text": carried.rest} if carried else {}
    form = OwnActivityForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            added = actions.add_own_activity(mentorship=mentorship, actor=me, now=now(), **form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.field, problem.message)
        else:
            return redirect("workspace:activity", public_id, added.public_id)
    context, status = {"form": form, "carried": carried}, 422 if form.is_bound else 200
    return render_room(
        request, mentorship, "workspace/activities/new.html", context, section=SECTION, status=status
    )


@require_GET
@login_required
def activity(request: HttpRequest, public_id: str, activity_id: str) -> HttpResponse:
    return show_activity(request, own_activity(request, public_id, activity_id))


def show_activity(
    request: HttpRequest,
    activity: Activity,
    *,
    notes: NotesForm | None = None,
    day: DayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one activity, with the form that was sent if it needs another look."""
    (line,) = activity_lines([activity])
    kept = {"text": line.notes, "based_on": activity.notes_version}
    context = {
        "activity": activity,
        "line": line,
        "is_letter": line.source is not None and line.source.key == LETTER,
        "notes_form": notes or NotesForm(initial=kept),
        "newer_notes": line.notes if status == 409 else "",
        "day_form": day or DayForm(initial={"planned_on": activity.planned_on}),
        "channels": [CHANNEL_WORDS[name] for name in line.source.channels] if line.source else [],
    }
    return render_room(
        request,
        activity.mentorship,
        "workspace/activities/activity.html",
        context,
        section=SECTION,
        status=status,
    )


@require_POST
@login_required
def state(request: HttpRequest, public_id: str, activity_id: str, state: str) -> HttpResponse:
    """One tap into another state, with a way back."""
    found = own_activity(request, public_id, activity_id)
    if state not in ActivityState.values:
        raise NotFound
    before = found.state
    actions.set_activity_state(
        activity=found, actor=signed_in(request), state=ActivityState(state), now=now()
    )
    back = reverse("workspace:activity.state", args=[public_id, activity_id, before])
    say(request, str(SENTENCES[ActivityState(state)]), undo_url=back)
    return redirect("workspace:activity", public_id, activity_id)


@require_POST
@login_required
def day(request: HttpRequest, public_id: str, activity_id: str) -> HttpResponse:
    found, form = own_activity(request, public_id, activity_id), DayForm(request.POST)
    if form.is_valid():
        try:
            actions.replan_activity(activity=found, actor=signed_in(request), now=now(), **form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.field, problem.message)
        else:
            return redirect("workspace:activity", public_id, activity_id)
    return show_activity(request, found, day=form, status=422)


@require_POST
@login_required
def step(request: HttpRequest, public_id: str, activity_id: str, position: int) -> HttpResponse:
    """Ticks a step with `done=1`, opens it again without."""
    actions.tick_activity_step(
        activity=own_activity(request, public_id, activity_id),
        actor=signed_in(request),
        position=position,
        done=bool(request.POST.get("done")),
    )
    return redirect(f"{reverse('workspace:activity', args=[public_id, activity_id])}#steps")


@require_POST
@login_required
def notes(request: HttpRequest, public_id: str, activity_id: str) -> HttpResponse:
    """Keeps the notes. When the partner wrote in between, both texts are on the page and nothing is kept yet."""
    found, me, form = (
        own_activity(request, public_id, activity_id),
        signed_in(request),
        NotesForm(request.POST),
    )
    if not form.is_valid():
        return show_activity(request, found, notes=form, status=422)
    try:
        actions.write_activity_notes(activity=found, actor=me, **form.cleaned_data)
    except NotesChanged as changed:
        newest = own_activity(request, public_id, activity_id)
        again = NotesForm({"text": form.cleaned_data["text"], "based_on": newest.notes_version})
        again.add_error(None, changed.message)
        return show_activity(request, newest, notes=again, status=409)
    say(request, _("Your notes are kept."))
    return redirect("workspace:activity", public_id, activity_id)


@require_POST
@login_required
def removal(request: HttpRequest, public_id: str, activity_id: str) -> HttpResponse:
    found = own_activity(request, public_id, activity_id)
    actions.remove_activity(activity=found, actor=signed_in(request), now=now())
    say(request, _("Taken away."))
    return redirect("workspace:activities", public_id)
