"""Ending a mentorship: well, by both; or early, by one, without fault."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundation.clock import now
from alongside.mentorships import actions
from alongside.mentorships.access import check_may_write
from alongside.mentorships.enums import EndReason, MentorshipState
from alongside.mentorships.queries import partings, said_unsafe
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.pairs import EndEarlyForm, EndWellForm
from alongside.web.workspace.room import enter, render_room


@require_GET
@login_required
def ending(request: HttpRequest, public_id: str) -> HttpResponse:
    """The ways: rest a while, end well, end early."""
    mentorship = enter(request, public_id)
    context = {"closing": mentorship.state == MentorshipState.CLOSING}
    return render_room(request, mentorship, "workspace/ending/choose.html", context, section="about")


@require_http_methods(["GET", "POST"])
@login_required
def well(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship, me = enter(request, public_id), signed_in(request)
    check_may_write(me, mentorship)
    left = partings(mentorship, viewer=me)
    mine = next((parting for parting in left if parting.mine), None)
    form = EndWellForm(
        request.POST if request.method == "POST" else None,
        initial={"words": mine.words, "note": mine.note} if mine else None,
    )
    if form.is_valid():
        actions.end_well(mentorship=mentorship, actor=me, now=now(), **form.cleaned_data)
        say(request, _("Thank you. Your words are with your partner."))
        return redirect("workspace:pair.home", public_id)
    context = {"form": form, "theirs": next((parting for parting in left if not parting.mine), None)}
    status = 422 if form.is_bound else 200
    return render_room(
        request, mentorship, "workspace/ending/well.html", context, section="about", status=status
    )


@require_http_methods(["GET", "POST"])
@login_required
def early(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship, me = enter(request, public_id), signed_in(request)
    check_may_write(me, mentorship)
    form = EndEarlyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.end_early(mentorship=mentorship, actor=me, now=now(), **form.cleaned_data)
        if form.cleaned_data["reason"] == EndReason.UNSAFE:
            return redirect("workspace:ending.help", public_id)
        say(request, _("It has ended. No reason is owed, and none is shown."))
        return redirect("workspace:pair.home", public_id)
    status = 422 if form.is_bound else 200
    notes = {EndReason.UNSAFE: _("Your safety contact is told so at once, and you see who helps.")}
    context = {"form": form, "notes": notes}
    return render_room(
        request, mentorship, "workspace/ending/early.html", context, section="about", status=status
    )


@require_POST
@login_required
def completion(request: HttpRequest, public_id: str) -> HttpResponse:
    actions.close_mentorship(mentorship=enter(request, public_id), actor=signed_in(request), now=now())
    say(request, _("Closed. Everything stays here to read."))
    return redirect("workspace:pair.home", public_id)


@require_POST
@login_required
def reopening(request: HttpRequest, public_id: str) -> HttpResponse:
    actions.reopen_mentorship(mentorship=enter(request, public_id), actor=signed_in(request), now=now())
    say(request, _("You two go on together."))
    return redirect("workspace:pair.home", public_id)


@require_GET
@login_required
def help_now(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who helps, at once; shown to whoever did not feel safe, and to anyone else who looks."""
    mentorship = enter(request, public_id)
    context = {
        "contact": mentorship.program.contact,
        "told": said_unsafe(mentorship, signed_in(request)),
    }
    return render_room(request, mentorship, "workspace/ending/help.html", context, section="about")
