"""Requests: what I asked, what I was asked, and the answer to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.foundation.clock import now
from alongside.foundation.errors import Conflict, Invalid
from alongside.matching.access import get_request, is_receiver
from alongside.matching.actions import accept_request, decline_request, withdraw_request
from alongside.matching.enums import RequestState
from alongside.matching.queries.pairs import pair_facts
from alongside.matching.queries.requests import letters_of, received_by, sent_by
from alongside.matching.reasons import Audience, Why, why
from alongside.mentorships.queries import facts_about
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.matching import DeclineForm

if TYPE_CHECKING:
    from alongside.matching.models import Request

A_PAGE = 20


@require_GET
@login_required
def requests(request: HttpRequest) -> HttpResponse:
    me = signed_in(request)
    context = {
        "place": "find",
        "sent": Paginator(sent_by(me), A_PAGE).get_page(request.GET.get("sent")),
        "received": Paginator(received_by(me), A_PAGE).get_page(request.GET.get("received")),
    }
    return render(request, "workspace/requests/list.html", context)


@require_GET
@login_required
def one(request: HttpRequest, request_id: str) -> HttpResponse:
    return _page(request, get_request(signed_in(request), request_id))


@require_POST
@login_required
def acceptance(request: HttpRequest, request_id: str) -> HttpResponse:
    me = signed_in(request)
    row = get_request(me, request_id)
    try:
        mentorship = accept_request(request=row, actor=me, now=now())
    except Conflict as refusal:
        return _page(request, get_request(me, request_id), refusal=refusal.message, status=409)
    say(request, _("You two are a pair, on trial. A first line is a good start."))
    return redirect("workspace:pair.home", mentorship.public_id)


@require_POST
@login_required
def refusal(request: HttpRequest, request_id: str) -> HttpResponse:
    me = signed_in(request)
    row, form = get_request(me, request_id), DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form=form, status=422)
    try:
        decline_request(request=row, words=form.cleaned_data["words"], actor=me, now=now())
    except (Conflict, Invalid) as problem:
        return _page(request, get_request(me, request_id), refusal=problem.message, status=409)
    say(request, _("Thank you. {name} hears it kindly.").format(name=row.mentee.person.name))
    return redirect("workspace:find")


@require_POST
@login_required
def withdrawal(request: HttpRequest, request_id: str) -> HttpResponse:
    me = signed_in(request)
    row = withdraw_request(request=get_request(me, request_id), actor=me, now=now())
    if row.state == RequestState.WITHDRAWN:
        say(request, _("Taken back. You can ask somebody else."))
    return redirect("workspace:request", row.public_id)


def _page(
    request: HttpRequest,
    row: Request,
    *,
    form: DeclineForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The request as one of the two reads it."""
    asked = is_receiver(signed_in(request), row)
    other = row.mentee if asked else row.mentor
    context = {
        "place": "find",
        "row": row,
        "program": row.mentee.program,
        "asked": asked,
        "other": other,
        "facts": facts_about(other.person, season=None, now=now()),
        "letters": letters_of(row),
        "is_open": row.state == RequestState.SENT,
        "why": _why(row) if asked and row.state == RequestState.SENT else None,
        "form": form or DeclineForm(),
        "refusal": refusal,
    }
    return render(request, "workspace/requests/request.html", context, status=status)


def _why(row: Request) -> Why:
    """Why the two could fit, as somebody reads it who may only see what the whole program sees."""
    found = pair_facts(row.mentee, row.mentor, now=now())
    return why(found.facts, found.questions, Audience.ASKED)
