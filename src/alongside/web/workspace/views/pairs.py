"""The list of one's pairs and the overview of one pair."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from alongside.mentorships.queries import mentorships_with_partner
from alongside.web.visitors import signed_in
from alongside.web.workspace.room import enter, render_room


@require_GET
@login_required
def pairs(request: HttpRequest) -> HttpResponse:
    """All pairs of a person; with one only, that one."""
    found = mentorships_with_partner(signed_in(request))
    if len(found) == 1:
        return redirect("workspace:pair.home", found[0][0].public_id)
    return render(request, "workspace/pair/list.html", {"pairs": found})


@require_GET
@login_required
def home(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship = enter(request, public_id)
    return render_room(request, mentorship, "workspace/pair/home.html", section="home")
