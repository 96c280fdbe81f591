"""Notes of a talk: shared ones with their versions, and one's own."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.foundation.clock import now
from alongside.meetings import actions
from alongside.meetings.errors import NoteChanged
from alongside.meetings.queries import note_versions, shared_note
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.meetings import OwnNoteForm, SharedNoteForm
from alongside.web.workspace.room import render_room
from alongside.web.workspace.views.meetings import SECTION, own_meeting, show_meeting


@require_http_methods(["GET", "POST"])
@login_required
def notes(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """GET: all versions of the shared notes. POST: a new one.

    When the partner wrote in between, both texts are on the page and nothing is kept until it is sent again.
    """
    found, me = own_meeting(request, public_id, meeting_id), signed_in(request)
    if request.method == "GET":
        context = {"meeting": found, "versions": note_versions(found, viewer=me)}
        return render_room(
            request, found.mentorship, "workspace/meetings/notes.html", context, section=SECTION
        )
    form = SharedNoteForm(request.POST)
    if not form.is_valid():
        return show_meeting(request, found, status=422, note_form=form)
    try:
        actions.save_shared_note(meeting=found, actor=me, now=now(), **form.cleaned_data)
    except NoteChanged as changed:
        newest = shared_note(found, viewer=me)
        again = SharedNoteForm({"text": form.cleaned_data["text"], "based_on": newest.version})
        again.add_error(None, changed.message)
        return show_meeting(request, found, status=409, note_form=again, newer=newest)
    say(request, _("Your notes are kept."))
    return redirect(f"{reverse('workspace:meeting', args=[public_id, meeting_id])}#notes")


@require_POST
@login_required
def own_note(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    found, form = own_meeting(request, public_id, meeting_id), OwnNoteForm(request.POST, auto_id="own_%s")
    if not form.is_valid():
        return show_meeting(request, found, status=422, own_form=form)
    actions.save_own_note(meeting=found, actor=signed_in(request), text=form.cleaned_data["text"], now=now())
    say(request, _("Kept, for you alone."))
    return redirect(f"{reverse('workspace:meeting', args=[public_id, meeting_id])}#own-notes")
