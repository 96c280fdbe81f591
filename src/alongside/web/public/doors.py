"""What a visitor holds in their hands at a program's door, and how they come in once it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.enrollment.access import Keys

if TYPE_CHECKING:
    from alongside.people.models import Person
    from alongside.programs.models import Program

SESSION = "keys"


def keys_of(request: HttpRequest, program_id: str) -> Keys:
    """The code typed and the link followed in this session, for this program."""
    kept = request.session.get(SESSION, {}).get(program_id, {})
    return Keys(code=kept.get("code", ""), join_token=kept.get("join_token", ""))


def keep_key(request: HttpRequest, program_id: str, **key: str) -> None:
    """Remembers a key for the rest of the session."""
    kept = request.session.get(SESSION, {})
    request.session[SESSION] = {**kept, program_id: {**kept.get(program_id, {}), **key}}


def visitor(request: HttpRequest) -> Person | None:
    """Who is signed in, or nobody."""
    return request.user if request.user.is_authenticated else None


def enter_program(request: HttpRequest, person: Person, program: Program, *, method: str) -> HttpResponse:
    """Signs in somebody whose address was just proven, and leads them to their enrollment."""
    return come_in(request, person, reverse("workspace:enroll", args=[program.public_id]), method=method)


def come_in(request: HttpRequest, person: Person, where: str, *, method: str) -> HttpResponse:
    """Signs in somebody whose address was just proven, and leads them there."""
    record_authentication(request, person, method=method, email=person.email)
    response: HttpResponse = perform_login(
        request, Login(user=person, email=person.email, redirect_url=where)
    )
    return response
