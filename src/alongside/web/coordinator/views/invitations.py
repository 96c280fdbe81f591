"""Invitations: paste, look what would be sent to whom, send; the link anyone may be given; how the sent ones stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from alongside.delivery.previews import preview_invitation
from alongside.enrollment.access import JOINABLE, get_invitation_of
from alongside.enrollment.actions import (
    remind_invited,
    resend_invitation,
    revoke_invitation,
    send_invitations,
)
from alongside.enrollment.queries import invitation_counts, invitations_of, plan_invitations
from alongside.foundation.clock import now
from alongside.programs.access import check_may_change
from alongside.programs.queries import match_type_of
from alongside.web.coordinator.desk import enter, render_desk
from alongside.web.coordinator.forms.people import InviteForm
from alongside.web.mailframe import with_letters
from alongside.web.public.forms.joining import role_choices
from alongside.web.refusals import refusals, status_of
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alongside.enrollment.queries.invitations import AddressPlan
    from alongside.foundation.mail import Letter
    from alongside.people.models import Person
    from alongside.programs.models import Program

ROWS = 50


@require_GET
@login_required
def invitations(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    return _page(request, program, InviteForm(match_type=match_type_of(program)))


@require_POST
@login_required
def plan(request: HttpRequest, program_id: str) -> HttpResponse:
    """What would be sent to whom. Nothing is sent yet."""
    program = enter(request, program_id)
    check_may_change(signed_in(request), program)
    match_type = match_type_of(program)
    form, plans = InviteForm(request.POST, match_type=match_type), []
    if form.is_valid():
        with refusals(form):
            plans = plan_invitations(program, form.cleaned_data["addresses"], now=now())
    if form.errors:
        return _page(request, program, form)
    context = {
        "form": form,
        "plans": plans,
        "sends": sum(entry.sends for entry in plans),
        "role": dict(role_choices(match_type))[form.cleaned_data["role"]],
        "open": program.state in JOINABLE,
        "letter": _letter(program, plans, form.cleaned_data["role"], signed_in(request)),
    }
    page = render_desk(request, program, "coordinator/invitations/plan.html", context, place="people")
    return with_letters(page)


@require_POST
@login_required
def sending(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    form = InviteForm(request.POST, match_type=match_type_of(program))
    if form.is_valid():
        with refusals(form):
            data = form.cleaned_data
            sent = send_invitations(
                program=program,
                text=data["addresses"],
                role=data["role"],
                actor=signed_in(request),
                now=now(),
            )
            words = ngettext(
                "{count} invitation is on its way.", "{count} invitations are on their way.", len(sent)
            )
            say(request, words.format(count=len(sent)))
            return redirect("coordinator:invitations", program.public_id)
    return _page(request, program, form)


@require_POST
@login_required
def reminders(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    count = remind_invited(program=program, actor=signed_in(request), now=now())
    words = ngettext("{count} second note is on its way.", "{count} second notes are on their way.", count)
    say(request, words.format(count=count))
    return redirect("coordinator:invitations", program.public_id)


@require_POST
@login_required
def resending(request: HttpRequest, program_id: str, invitation_id: str) -> HttpResponse:
    program = enter(request, program_id)
    invitation = get_invitation_of(program, invitation_id)
    resend_invitation(invitation=invitation, actor=signed_in(request), now=now())
    say(request, _("On its way to {email} again.").format(email=invitation.email))
    return redirect("coordinator:invitations", program.public_id)


@require_POST
@login_required
def revocation(request: HttpRequest, program_id: str, invitation_id: str) -> HttpResponse:
    program = enter(request, program_id)
    invitation = get_invitation_of(program, invitation_id)
    revoke_invitation(invitation=invitation, actor=signed_in(request), now=now())
    say(request, _("The invitation to {email} is taken back.").format(email=invitation.email))
    return redirect("coordinator:invitations", program.public_id)


def _letter(program: Program, plans: Sequence[AddressPlan], role: str, by: Person) -> Letter | None:
    """What the first of those who would be invited reads."""
    first = next((plan for plan in plans if plan.sends), None)
    if first is None:
        return None
    return preview_invitation(program, email=first.email, name=first.name, role=role, by=by, now=now())


def _page(request: HttpRequest, program: Program, form: InviteForm) -> HttpResponse:
    state = request.GET.get("state", "")
    at = now()
    context: dict[str, Any] = {
        "form": form,
        "page": Paginator(invitations_of(program, state=state), ROWS).get_page(request.GET.get("page")),
        "counts": invitation_counts(program, now=at),
        "state": state,
        "at": at,
        "join_link": settings.BASE_URL + reverse("public:join", args=[program.join_token]),
        "open": program.state in JOINABLE,
    }
    template = "coordinator/invitations/invitations.html"
    return render_desk(request, program, template, context, place="people", status=status_of(form))
