"""The library: learning activities that anybody signed in may read, and plan with a partner."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.activities.actions import plan_activity
from alongside.activities.library import activity_library
from alongside.activities.queries import library_activities, library_activity
from alongside.foundation.clock import now
from alongside.foundation.errors import Invalid, NotFound
from alongside.foundation.wording import in_words
from alongside.mentorships.access import get_mentorship
from alongside.mentorships.enums import OPEN_STATES
from alongside.mentorships.queries import mentorships_with_partner
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.activities import CHANNEL_WORDS, LibraryFilter, PlanItForm


@require_GET
@login_required
def library(request: HttpRequest) -> HttpResponse:
    form = LibraryFilter(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    purposes = in_words(activity_library()).purposes
    context = {
        "place": "library",
        "form": form,
        "activities": [(activity, purposes[activity.purpose]) for activity in library_activities(**wanted)],
    }
    return render(request, "workspace/library/library.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def detail(request: HttpRequest, key: str) -> HttpResponse:
    """One activity; POST plans it with the partner of the chosen pair."""
    me, found = signed_in(request), library_activity(key)
    if found is None:
        raise NotFound
    pairs = [(row, partner) for row, partner in mentorships_with_partner(me) if row.state in OPEN_STATES]
    choices = [(row.public_id, partner.name) for row, partner in pairs]
    form = PlanItForm(request.POST if request.method == "POST" else None, pairs=choices)
    if form.is_valid():
        mentorship = get_mentorship(me, form.cleaned_data["pair"])
        try:
            planned = plan_activity(
                mentorship=mentorship,
                actor=me,
                key=key,
                planned_on=form.cleaned_data["planned_on"],
                now=now(),
            )
        except Invalid as problem:
            form.add_error(problem.field, problem.message)
        else:
            say(request, _("Planned for the two of you."))
            return redirect("workspace:activity", mentorship.public_id, planned.public_id)
    context = {
        "place": "library",
        "activity": found,
        "purpose": in_words(activity_library()).purposes[found.purpose],
        "goals": [in_words(activity_library()).goals[tag] for tag in found.goals],
        "channels": [CHANNEL_WORDS[name] for name in found.channels],
        "form": form,
        "pairs": pairs,
    }
    return render(request, "workspace/library/activity.html", context, status=422 if form.is_bound else 200)
