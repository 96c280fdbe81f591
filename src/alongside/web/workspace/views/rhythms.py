"""A talk that comes again: choosing its rhythm, ending it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alongside.foundation.clock import now
from alongside.foundation.errors import Conflict
from alongside.meetings import actions
from alongside.meetings.queries import turns_left
from alongside.mentorships.access import check_may_write
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.meetings import RhythmForm
from alongside.web.workspace.meeting_words import talk_day
from alongside.web.workspace.room import partner_of, render_room
from alongside.web.workspace.views.meetings import SECTION, own_meeting


@require_http_methods(["GET", "POST"])
@login_required
def rhythm(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    found, me = own_meeting(request, public_id, meeting_id), signed_in(request)
    check_may_write(me, found.mentorship)
    form = RhythmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            rows = actions.repeat_meeting(
                meeting=found, actor=me, rhythm=form.cleaned_data["rhythm"], now=now()
            )
        except Conflict as problem:
            form.add_error("rhythm", problem.message)
        else:
            sentence = ngettext("One more talk is booked.", "%(count)d more talks are booked.", len(rows))
            say(request, sentence % {"count": len(rows)})
            return redirect("workspace:meetings", public_id)
    context = {"meeting": found, "form": form, "partner": partner_of(request, found.mentorship)}
    status = 422 if form.is_bound else 200
    page = "workspace/meetings/rhythm.html"
    return render_room(request, found.mentorship, page, context, section=SECTION, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def end(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """This turn and those after it do not take place: which these are, and one press."""
    found, me = own_meeting(request, public_id, meeting_id), signed_in(request)
    check_may_write(me, found.mentorship)
    if request.method == "POST":
        say(request, _ended(actions.end_series(meeting=found, actor=me, now=now())))
        return redirect("workspace:meetings", public_id)
    days = [talk_day(turn, me=me) for turn in turns_left(found, now=now())]
    context = {
        "meeting": found,
        "partner": partner_of(request, found.mentorship),
        "count": len(days),
        "first": days[0] if days else "",
        "last": days[-1] if days else "",
    }
    page = "workspace/meetings/rhythm_end.html"
    return render_room(request, found.mentorship, page, context, section=SECTION)


def _ended(count: int) -> str:
    if count == 0:
        return _("There is nothing left to end: no further talk of this rhythm is to come.")
    sentence = ngettext(
        "The rhythm ends here: one talk is called off.",
        "The rhythm ends here: %(count)d talks are called off.",
        count,
    )
    return sentence % {"count": count}
