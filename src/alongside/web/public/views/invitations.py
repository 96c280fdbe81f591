"""The page of an invitation: who, what, how much, who will see what; join, or not now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from alongside.enrollment.access import Keys, get_invitation
from alongside.enrollment.actions import decline_invitation, start_participation
from alongside.enrollment.enums import InvitationState
from alongside.enrollment.queries import seen_by_others
from alongside.foundation.clock import now
from alongside.foundation.errors import NotFound
from alongside.foundation.text import page_html
from alongside.people.actions import ensure_person
from alongside.people.signin import active_person
from alongside.programs.queries import match_type_of
from alongside.web.public.doors import enter_program, visitor

if TYPE_CHECKING:
    from alongside.enrollment.models import Invitation


@require_GET
@sensitive_variables("token")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = get_invitation(token, now=now())
    return _page(request, found, token)


@require_POST
@sensitive_variables("token")
def acceptance(request: HttpRequest, token: str) -> HttpResponse:
    """Joins. The link was sent to one address: who is new comes in by it, who signed in here before signs in first."""
    found = get_invitation(token, now=now())
    person = visitor(request)
    if found.state == InvitationState.ACCEPTED or (person and not _is_theirs(found, person.email)):
        return _page(request, found, token, status=409)
    known = active_person(found.email)
    if person is None and known is not None and known.last_login is not None:
        return redirect_to_login(reverse("public:invitation", args=[token]))
    comes = person or ensure_person(email=found.email, name=found.name, zone=found.program.zone)
    if not comes.is_active:
        raise NotFound
    start_participation(
        program=found.program,
        person=comes,
        role=found.role,
        actor=comes,
        now=now(),
        keys=Keys(invitation=found),
    )
    if person is not None:
        return redirect("workspace:enroll", found.program.public_id)
    return enter_program(request, comes, found.program, method="invitation")


@require_POST
@sensitive_variables("token")
def refusal(request: HttpRequest, token: str) -> HttpResponse:
    """Not now. The same link still joins while the invitation is open."""
    decline_invitation(invitation=get_invitation(token, now=now()), now=now())
    return redirect("public:invitation", token)


def _page(request: HttpRequest, found: Invitation, token: str, *, status: int = 200) -> HttpResponse:
    person, program = visitor(request), found.program
    match_type = match_type_of(program)
    context = {
        "invitation": found,
        "token": token,
        "program": program,
        "match_type": match_type,
        "role": match_type.label_for(found.role),
        "by": found.invited_by or program.contact,
        "description": page_html(program.description),
        "hours": _hours_a_month(match_type.meeting_minutes, match_type.rhythm_days),
        "others": seen_by_others(program, role=found.role),
        "another": person is not None and not _is_theirs(found, person.email),
        "helper": {"name": program.contact.name},
    }
    return render(request, "public/enrollment/invitation.html", context, status=status)


def _hours_a_month(minutes: int, rhythm_days: int) -> int:
    """What the rhythm of talks comes to, to the next full hour."""
    return max(1, -(-minutes * 30 // (rhythm_days * 60)))


def _is_theirs(found: Invitation, email: str) -> bool:
    return found.email.casefold() == email.casefold()
