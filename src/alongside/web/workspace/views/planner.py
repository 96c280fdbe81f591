"""Finding a time for a talk: a new one, other times for one on offer, or moving one that is booked."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.foundation.clock import now
from alongside.foundation.errors import Conflict, Invalid
from alongside.meetings import actions
from alongside.meetings.enums import MeetingState
from alongside.meetings.queries import best_times, channels_of_both, times_in_comfort
from alongside.mentorships.access import check_may_write
from alongside.people.queries import hours_of_people, known_zone
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.meetings import NewTalkForm, OfferForm, instant_of, lengths_with
from alongside.web.workspace.meeting_words import channel_notes, clock_change_lines, time_card, why_these
from alongside.web.workspace.room import enter, partner_of, render_room
from alongside.web.workspace.views.meetings import own_meeting

if TYPE_CHECKING:
    from alongside.meetings.models import Meeting
    from alongside.mentorships.models import Mentorship
    from alongside.mentorships.queries import PartnerFacts

SECTION = "meetings"


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship, me = enter(request, public_id), signed_in(request)
    check_may_write(me, mentorship)
    partner = partner_of(request, mentorship)
    minutes = _minutes(request, mentorship)
    channels = channels_of_both([me, partner.person])
    form = NewTalkForm(
        request.POST if request.method == "POST" else None,
        zone=known_zone(me.preferences.zone),
        channels=channels,
        usual_minutes=minutes,
        initial={"agenda_key": request.GET.get("agenda", "")},
    )
    if form.is_valid():
        how = {name: form.cleaned_data[name] for name in ("minutes", "channel", "place", "agenda_key")}
        try:
            offered = actions.offer_times(
                mentorship=mentorship, actor=me, times=form.moments, now=now(), **how
            )
        except Invalid as problem:
            form.add_error(problem.field, problem.message)
        else:
            say(request, _("Offered. You will hear when one is taken."))
            return redirect("workspace:meeting", public_id, offered.public_id)
    notes = channel_notes(channels, me=me, partner=partner.person)
    return _show(request, mentorship, form, partner, minutes, channel_notes=notes)


@require_http_methods(["GET", "POST"])
@login_required
def times(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """Other times for a talk. With `how=direct` and one time a booked talk is moved there at once."""
    meeting, me = own_meeting(request, public_id, meeting_id), signed_in(request)
    check_may_write(me, meeting.mentorship)
    form = OfferForm(request.POST if request.method == "POST" else None, zone=known_zone(me.preferences.zone))
    if form.is_valid():
        try:
            _offer_or_move(request, meeting, form.moments)
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        except Conflict as problem:
            form.add_error(None, problem.message)
        else:
            return redirect("workspace:meeting", public_id, meeting_id)
    partner = partner_of(request, meeting.mentorship)
    return _show(request, meeting.mentorship, form, partner, meeting.minutes, meeting=meeting)


def _offer_or_move(request: HttpRequest, meeting: Meeting, moments: list[datetime]) -> None:
    me = signed_in(request)
    if request.POST.get("how") == "direct":
        if len(moments) != 1:
            raise Invalid(_("Choose exactly one time to move the talk to."), field="times")
        actions.move_meeting(meeting=meeting, actor=me, to=moments[0], now=now())
        say(request, _("Moved. Your partner hears of it."))
        return
    actions.offer_other_times(meeting=meeting, actor=me, times=moments, now=now())
    say(request, _("Offered. You will hear when one is taken."))


def _show(
    request: HttpRequest,
    mentorship: Mentorship,
    form: OfferForm,
    partner: PartnerFacts,
    minutes: int,
    *,
    meeting: Meeting | None = None,
    **more: Any,
) -> HttpResponse:
    me = signed_in(request)
    planner = best_times(
        mentorship,
        viewer=me,
        partner=partner.person,
        minutes=minutes,
        now=now(),
        from_on=_day(request.GET.get("from", "")),
        moving=meeting,
    )
    chosen = _posted(request.POST)
    found = {time.starts_at for time in planner.times}
    hours = hours_of_people([me, partner.person]) if set(chosen) - found else {}
    kept = times_in_comfort(set(chosen) - found, minutes, hours=hours, viewer=me, partner=partner.person)
    shown = sorted([*planner.times, *kept], key=lambda time: time.starts_at)
    context: dict[str, Any] = {
        "form": form,
        "partner": partner,
        "meeting": meeting,
        "moves": meeting is not None and meeting.state == MeetingState.BOOKED,
        "planner": planner,
        "cards": [time_card(time, name=partner.person.name) for time in shown],
        "chosen": {time.key for time in shown if time.starts_at in chosen or not form.is_bound},
        "why": why_these(planner, me=me, partner=partner.person),
        "changes": clock_change_lines(planner.clock_changes, me=me, partner=partner),
        "minutes": minutes,
        "lengths": lengths_with(mentorship.match_type.meeting_minutes),
        "agenda": request.GET.get("agenda", ""),
        **more,
    }
    status = 422 if form.is_bound else 200
    return render_room(
        request, mentorship, "workspace/meetings/planner.html", context, section=SECTION, status=status
    )


def _posted(data: QueryDict) -> list[datetime]:
    return [at for key in data.getlist("times")[:20] if (at := instant_of(key)) is not None]


def _minutes(request: HttpRequest, mentorship: Mentorship) -> int:
    """The length asked for, if it is one on offer; else the usual one."""
    usual = mentorship.match_type.meeting_minutes
    asked = (request.POST or request.GET).get("minutes", "")
    return int(asked) if asked.isdecimal() and int(asked) in lengths_with(usual) else usual


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 < day.year < 2900 else None
