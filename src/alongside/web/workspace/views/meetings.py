"""Talks: the list, the page of one, its time, how it is held, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.delivery.calendars import calendar_host
from alongside.foundation.clock import now
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.foundation.wording import in_words
from alongside.goals.queries import goals_in_motion
from alongside.meetings import actions
from alongside.meetings.access import get_meeting
from alongside.meetings.agendas import talk_help
from alongside.meetings.enums import Attending, MeetingState, OutcomeKind, WishKind
from alongside.meetings.ics import Talk, calendar_file
from alongside.meetings.queries import (
    attending,
    changes_of,
    channels_of_both,
    meeting_lines,
    meeting_page,
    meetings_of,
    suggested_agenda,
    times_in_comfort,
    turns_left,
)
from alongside.mentorships.access import check_may_write
from alongside.mentorships.queries import partner_in
from alongside.people.queries import hours_of_people
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.meetings import (
    HowForm,
    ItemForm,
    OutcomeForm,
    OwnNoteForm,
    SharedNoteForm,
)
from alongside.web.workspace.meeting_words import TimeCard, channel_notes, talk_card, time_card
from alongside.web.workspace.room import enter, partner_of, render_room

if TYPE_CHECKING:
    from alongside.meetings.models import Meeting
    from alongside.mentorships.queries import PartnerFacts
    from alongside.people.models import Person

SECTION = "meetings"
OVER = (MeetingState.BOOKED, MeetingState.HELD, MeetingState.NOT_HELD)


def own_meeting(request: HttpRequest, public_id: str, meeting_id: str) -> Meeting:
    """A talk of this pair. Raises NotFound."""
    found = get_meeting(signed_in(request), meeting_id)
    if found.mentorship.public_id != public_id:
        raise NotFound
    return found


@require_GET
@login_required
def meetings(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship, me = enter(request, public_id), signed_in(request)
    partner, instant = partner_of(request, mentorship), now()
    rows = meetings_of(mentorship, viewer=me, now=instant).prefetch_related("offered_times")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    cards = [talk_card(row, me=me, partner=partner) for row in page]
    context = {
        "partner": partner,
        "page": page,
        "waiting": [card for card in cards if card.meeting.state == MeetingState.PROPOSED],
        "coming": [card for card in cards if _is_coming(card.meeting)],
        "past": [
            card
            for card in cards
            if card.meeting.state != MeetingState.PROPOSED and not _is_coming(card.meeting)
        ],
    }
    return render_room(request, mentorship, "workspace/meetings/list.html", context, section=SECTION)


@require_GET
@login_required
def meeting(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    return show_meeting(request, own_meeting(request, public_id, meeting_id))


def show_meeting(request: HttpRequest, meeting: Meeting, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of a talk, with a form that was sent if it needs another look."""
    me, mentorship = signed_in(request), meeting.mentorship
    partner = partner_of(request, mentorship)
    is_offer = meeting.state == MeetingState.PROPOSED
    if is_offer:
        prefetch_related_objects([meeting], "offered_times")
    context: dict[str, Any] = {
        "partner": partner,
        "meeting": meeting,
        "card": talk_card(meeting, me=me, partner=partner),
        "i_offered": meeting.offered_by_id == me.pk,
        "i_canceled": meeting.settled_by_id == me.pk,
        "is_coming": _is_coming(meeting),
        **_rhythm(meeting),
        **({"offered": _offered(meeting, me, partner)} if is_offer else _words(meeting, me)),
        **forms,
    }
    return render_room(
        request, mentorship, "workspace/meetings/meeting.html", context, section=SECTION, status=status
    )


def _rhythm(meeting: Meeting) -> dict[str, Any]:
    """Whether further talks come in a rhythm after this one, and its words: the first talk bears none of its own."""
    further = turns_left(meeting, now=now()).exclude(pk=meeting.pk)[:1] if _is_coming(meeting) else ()
    turn = next(iter(further), None)
    words = meeting.get_rhythm_display() or (turn.get_rhythm_display() if turn is not None else "")
    return {"comes_again": turn is not None, "rhythm": words}


def _words(meeting: Meeting, me: Person) -> dict[str, Any]:
    """What stands on the page of a talk that has a time: words of the two, and forms for more."""
    page, instant = meeting_page(meeting, viewer=me), now()
    starters = in_words(talk_help()).moods[0].starters
    said = attending(meeting)
    return {
        "my_answer": said.get(me.pk, Attending.ACCEPTED),
        "their_answer": next((answer for pk, answer in said.items() if pk != me.pk), Attending.ACCEPTED),
        "page": page,
        "place_is_link": urlsplit(page.place).scheme in {"http", "https"},
        "is_over": meeting.state in OVER and meeting.starts_at is not None and meeting.starts_at <= instant,
        "is_past": meeting.ends_at is not None and meeting.ends_at <= instant,
        "suggestion": None if page.agenda else suggested_agenda(meeting),
        "starter": starters[meeting.pk % len(starters)],
        "goals": [] if meeting.goals_tucked_away else goals_in_motion(meeting.mentorship, viewer=me),
        "wishes": WishKind.choices,
        "outcomes": OutcomeKind.choices,
        "item_form": ItemForm(auto_id="topic_%s"),
        "action_form": ItemForm(auto_id="action_%s"),
        "note_form": SharedNoteForm(initial={"text": page.shared.text, "based_on": page.shared.version}),
        "own_form": OwnNoteForm(auto_id="own_%s", initial={"text": page.own_note}),
    }


@require_POST
@login_required
def booking(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """Takes one of the times offered. Whoever comes second reads who was first."""
    found = own_meeting(request, public_id, meeting_id)
    try:
        actions.take_time(
            meeting=found, actor=signed_in(request), offered=request.POST.get("time", ""), now=now()
        )
    except Conflict as problem:
        say(request, problem.message)
    else:
        say(request, _("Booked. The calendar file is on this page."))
    return redirect("workspace:meeting", public_id, meeting_id)


@require_POST
@login_required
def acceptance(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """The time suits: said here, as a calendar would say it by mail."""
    found = own_meeting(request, public_id, meeting_id)
    actions.accept_time(meeting=found, actor=signed_in(request), now=now())
    say(request, _("Good. Your partner can see it."))
    return redirect("workspace:meeting", public_id, meeting_id)


@require_POST
@login_required
def cancellation(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    found = own_meeting(request, public_id, meeting_id)
    was_booked = found.state == MeetingState.BOOKED
    actions.cancel_meeting(meeting=found, actor=signed_in(request), now=now())
    sentence = _("Called off. No reason is needed.") if was_booked else _("These times are off the table.")
    say(request, sentence, undo_url=reverse("workspace:meeting.reinstatement", args=[public_id, meeting_id]))
    return redirect("workspace:meetings", public_id)


@require_POST
@login_required
def reinstatement(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    found = own_meeting(request, public_id, meeting_id)
    actions.reinstate_meeting(meeting=found, actor=signed_in(request), now=now())
    say(request, _("It stands again."))
    return redirect("workspace:meeting", public_id, meeting_id)


@require_http_methods(["GET", "POST"])
@login_required
def how(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """How the talk is held: channel, link or number, length."""
    found, me = own_meeting(request, public_id, meeting_id), signed_in(request)
    check_may_write(me, found.mentorship)
    (line,) = meeting_lines([found])
    partner = partner_in(found.mentorship, me)
    channels = channels_of_both([me, partner])
    form = HowForm(
        request.POST if request.method == "POST" else None,
        channels=channels,
        usual_minutes=found.minutes,
        initial={"channel": found.channel, "place": line.place, "minutes": found.minutes},
    )
    if form.is_valid():
        try:
            actions.change_how(meeting=found, actor=me, now=now(), **form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.field, problem.message)
        except Conflict as problem:
            form.add_error(None, problem.message)
        else:
            return redirect("workspace:meeting", public_id, meeting_id)
    notes = channel_notes(channels, me=me, partner=partner)
    context = {"meeting": found, "form": form, "channel_notes": notes}
    status = 422 if form.is_bound else 200
    return render_room(
        request, found.mentorship, "workspace/meetings/how.html", context, section=SECTION, status=status
    )


@require_POST
@login_required
def outcome(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """What became of the talk, in one tap. After "we moved it" the planner follows."""
    found, form = own_meeting(request, public_id, meeting_id), OutcomeForm(request.POST)
    if not form.is_valid():
        return show_meeting(request, found, status=422)
    kind = OutcomeKind(form.cleaned_data["kind"])
    actions.say_outcome(meeting=found, actor=signed_in(request), kind=kind, now=now())
    if kind == OutcomeKind.MOVED:
        say(request, _("Here are times for the next try."))
        return redirect("workspace:meetings.new", public_id)
    say(request, _("Thank you. It can be changed on this page."))
    return redirect(f"{reverse('workspace:meeting', args=[public_id, meeting_id])}#after")


@require_GET
@login_required
def calendar(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """The talk as a file for one's calendar."""
    found, me = own_meeting(request, public_id, meeting_id), signed_in(request)
    if found.starts_at is None or found.state == MeetingState.PROPOSED:
        raise NotFound
    (line,) = meeting_lines([found])
    talk = Talk(
        found,
        summary=_("Talk with %(name)s") % {"name": partner_in(found.mentorship, me).name},
        place=line.place,
        url=f"{settings.BASE_URL}{reverse('workspace:meeting', args=[public_id, meeting_id])}",
        sequence=changes_of(found),
    )
    content = calendar_file(talk, host=calendar_host())
    disposition = {"Content-Disposition": 'attachment; filename="talk.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=disposition)


def _is_coming(meeting: Meeting) -> bool:
    return meeting.state == MeetingState.BOOKED and meeting.ends_at is not None and meeting.ends_at > now()


def _offered(meeting: Meeting, me: Person, partner: PartnerFacts) -> list[TimeCard]:
    """The times on offer that are still to come, with what each asks."""
    instant = now()
    rows = {row.starts_at: row for row in meeting.offered_times.all() if row.starts_at > instant}
    hours = hours_of_people([me, partner.person])
    times = times_in_comfort(rows, meeting.minutes, hours=hours, viewer=me, partner=partner.person)
    return [
        time_card(time, name=partner.person.name, offered_id=rows[time.starts_at].public_id) for time in times
    ]
