"""Agenda, things to do, wishes, and goals tucked away: what stands on the page of a talk beside notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from alongside.foundation.clock import now
from alongside.foundation.errors import NotFound
from alongside.meetings import actions
from alongside.meetings.access import get_agenda_item
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.meetings import ItemForm, WishForm
from alongside.web.workspace.views.meetings import own_meeting, show_meeting

if TYPE_CHECKING:
    from alongside.meetings.models import AgendaItem


@require_POST
@login_required
def agenda(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """A line for the agenda, or with `is_action` something to do afterwards."""
    found = own_meeting(request, public_id, meeting_id)
    is_action = bool(request.POST.get("is_action"))
    form = ItemForm(request.POST, auto_id="action_%s" if is_action else "topic_%s")
    if not form.is_valid():
        name = "action_form" if is_action else "item_form"
        return show_meeting(request, found, status=422, **{name: form})
    actions.add_agenda_item(
        meeting=found,
        actor=signed_in(request),
        text=form.cleaned_data["text"],
        is_action=is_action,
        now=now(),
    )
    return _back(public_id, meeting_id, "to-do" if is_action else "agenda")


@require_POST
@login_required
def suggestion(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """Puts a shipped agenda on this talk's own."""
    found = own_meeting(request, public_id, meeting_id)
    actions.use_agenda(meeting=found, actor=signed_in(request), key=request.POST.get("agenda", ""), now=now())
    return _back(public_id, meeting_id, "agenda")


@require_POST
@login_required
def completion(request: HttpRequest, public_id: str, meeting_id: str, item_id: str) -> HttpResponse:
    """Ticks a line with `done=1`, opens it again without."""
    item = _own_item(request, public_id, item_id)
    actions.tick_agenda_item(
        item=item, actor=signed_in(request), done=bool(request.POST.get("done")), now=now()
    )
    return _back(public_id, meeting_id, "to-do" if item.is_action else "agenda")


@require_POST
@login_required
def removal(request: HttpRequest, public_id: str, meeting_id: str, item_id: str) -> HttpResponse:
    item = _own_item(request, public_id, item_id)
    actions.remove_agenda_item(item=item, actor=signed_in(request))
    return _back(public_id, meeting_id, "to-do" if item.is_action else "agenda")


@require_POST
@login_required
def wish(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """What would make this talk good for me; empty takes it back."""
    found, form = own_meeting(request, public_id, meeting_id), WishForm(request.POST)
    if not form.is_valid():
        return show_meeting(request, found, status=422)
    actions.set_wish(meeting=found, actor=signed_in(request), wish=form.chosen())
    return _back(public_id, meeting_id, "wish")


@require_POST
@login_required
def goals(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """Tucks goals away for this talk with `tucked=1`, lets them back in without."""
    found = own_meeting(request, public_id, meeting_id)
    actions.set_goals_tucked_away(
        meeting=found, actor=signed_in(request), tucked_away=bool(request.POST.get("tucked"))
    )
    return _back(public_id, meeting_id, "goals")


def _own_item(request: HttpRequest, public_id: str, item_id: str) -> AgendaItem:
    item = get_agenda_item(signed_in(request), item_id)
    if item.meeting.mentorship.public_id != public_id:
        raise NotFound
    return item


def _back(public_id: str, meeting_id: str, part: str) -> HttpResponse:
    return redirect(f"{reverse('workspace:meeting', args=[public_id, meeting_id])}#{part}")
