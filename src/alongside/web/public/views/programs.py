"""The page of a program, and the ways in for whoever has no account yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.delivery.announced import received_by
from alongside.enrollment.access import (
    JOINABLE,
    get_joinable_program,
    get_program_page,
    key_kind,
    keys_of_kind,
    may_join,
    may_join_with_address,
    own_participations,
    same_code,
)
from alongside.enrollment.actions import ask_address_letter, start_participation
from alongside.enrollment.queries import places_left
from alongside.enrollment.tokens import address_of_token
from alongside.foundation.clock import now
from alongside.foundation.errors import NotFound
from alongside.foundation.text import page_html
from alongside.people.actions import ensure_person
from alongside.programs.enums import Access
from alongside.programs.queries import match_type_of, matched_questions
from alongside.web.public.doors import enter_program, keep_key, keys_of, visitor
from alongside.web.public.forms.joining import CodeForm, JoinForm
from alongside.web.refusals import refusals, status_of

if TYPE_CHECKING:
    from alongside.people.models import Person
    from alongside.programs.models import Program

WORDS_SHOWN = 3  # of the team, to somebody who takes part


@require_GET
def program(request: HttpRequest, program_id: str) -> HttpResponse:
    found = get_program_page(program_id, person=visitor(request), keys=keys_of(request, program_id))
    return _page(request, found)


@require_GET
@sensitive_variables("token")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The link anyone may be given: it is kept as a key, and the page it leads to has no secret in its address."""
    found = get_joinable_program(token)
    keep_key(request, found.public_id, join_token=token)
    return redirect("public:program", found.public_id)


@require_POST
def code(request: HttpRequest, program_id: str) -> HttpResponse:
    found = get_program_page(program_id, person=visitor(request), keys=keys_of(request, program_id))
    form = CodeForm(request.POST)
    if found.access != Access.CODE:
        raise NotFound
    if form.is_valid():
        place = f"code:{found.public_id}:{request.META.get('REMOTE_ADDR', '')}"
        if not ratelimit.consume(request, action="reset_password", key=place):
            form.add_error("code", _("That were many tries. Please wait a minute."))
        elif same_code(form.cleaned_data["code"], found):
            keep_key(request, found.public_id, code=form.cleaned_data["code"])
            return redirect("public:program", found.public_id)
        else:
            form.add_error("code", _("That is not the code. Capitals and spaces do not matter."))
    return _page(request, found, code_form=form)


@require_POST
def joining(request: HttpRequest, program_id: str) -> HttpResponse:
    """Starts the enrollment of who is signed in; anybody else gets a link to the address they give."""
    person, keys = visitor(request), keys_of(request, program_id)
    found = get_program_page(program_id, person=person, keys=keys)
    form = JoinForm(request.POST, match_type=match_type_of(found), asks_address=person is None)
    if not form.is_valid():
        return _page(request, found, join_form=form)
    role = form.cleaned_data["role"]
    if person is not None:
        start_participation(program=found, person=person, role=role, actor=person, now=now(), keys=keys)
        return redirect("workspace:enroll", found.public_id)
    email = form.cleaned_data["email"]
    if may_join_with_address(email, found, keys) and ratelimit.consume(
        request, action="reset_password", key=email.lower()
    ):
        with refusals(form):
            ask_address_letter(program=found, email=email, role=role, key=key_kind(keys, found))
    return (
        redirect("public:letter", found.public_id)
        if form.is_valid()
        else _page(request, found, join_form=form)
    )


@require_GET
def letter(request: HttpRequest, program_id: str) -> HttpResponse:
    found = get_program_page(program_id, person=visitor(request), keys=keys_of(request, program_id))
    return render(request, "public/enrollment/letter.html", {"program": found})


@require_http_methods(["GET", "POST"])
@sensitive_variables("token")
def address(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing (mail scanners open links, too); the button on the page comes in."""
    proven = address_of_token(token)
    if proven is None:
        return render(request, "public/enrollment/address_spent.html", status=410)
    keys = keys_of_kind(proven.program_id, proven.key)
    found = get_program_page(proven.program_id, person=None, keys=keys)
    if request.method != "POST":
        return render(request, "public/enrollment/address.html", {"program": found, "email": proven.email})
    person = ensure_person(email=proven.email, zone=found.zone)
    if not person.is_active:
        raise NotFound
    start_participation(program=found, person=person, role=proven.role, actor=person, now=now(), keys=keys)
    return enter_program(request, person, found, method="link")


def _page(
    request: HttpRequest,
    found: Program,
    *,
    join_form: JoinForm | None = None,
    code_form: CodeForm | None = None,
) -> HttpResponse:
    person, keys = visitor(request), keys_of(request, found.public_id)
    match_type = match_type_of(found)
    context = {
        "program": found,
        "match_type": match_type,
        "description": page_html(found.description),
        "criteria": matched_questions(found),
        "helper": {"name": found.contact.name},
        "joinable": found.state in JOINABLE,
        "from_team": received_by(person, program=found)[:WORDS_SHOWN] if person else (),
        **_ways_in(found, person, join_form, code_form),
    }
    if context["joinable"]:
        context |= {"free": places_left(found), "open_door": _is_open(found, person, keys)}
        context["join_form"] = join_form or JoinForm(match_type=match_type, asks_address=person is None)
    sent = join_form or code_form
    return render(request, "public/enrollment/program.html", context, status=status_of(sent) if sent else 200)


def _ways_in(
    found: Program, person: Person | None, join_form: JoinForm | None, code_form: CodeForm | None
) -> dict[str, Any]:
    """What this visitor can do here: go on with what they began, give the code, sign in."""
    own = own_participations(person).filter(program=found).first() if person else None
    return {
        "own": own,
        "asks_code": found.access == Access.CODE,
        "code_form": code_form or CodeForm(),
        "needs_account": found.access == Access.OPEN and person is None,
    }


def _is_open(found: Program, person: Person | None, keys: Any) -> bool:
    """Whether the visitor can join now; somebody whose address is not known yet may try by mail domain."""
    if person is not None:
        return may_join(person, found, keys)
    return found.access == Access.DOMAIN or keys.fit(found)
