"""The list of one's pairs, the overview of one pair, and "About us"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.activities.queries import letter_of, next_activities
from alongside.discussions.queries import first_topics, topic_lines
from alongside.foundation.clock import now
from alongside.foundation.errors import Invalid
from alongside.goals.queries import goals_in_motion
from alongside.insights.queries.signals import signal_for_pair
from alongside.matching.queries.introduction import introduction as introduction_of
from alongside.meetings.queries import talks_now
from alongside.mentorships import actions
from alongside.mentorships.access import may_reopen_mentorship
from alongside.mentorships.enums import MentorshipState
from alongside.mentorships.queries import (
    facts_about,
    mentorships_with_partner,
    open_pause,
    partings,
    partner_in,
    shared_days,
)
from alongside.people.queries import days_of_people
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.pairs import ContactForm, EndDateForm, PauseForm, RhythmForm
from alongside.web.workspace.room import enter, render_room
from alongside.web.workspace.strip import strip_of
from alongside.web.workspace.talks import talk_card
from alongside.web.workspace.words import rhythm_words, season_line, since_words

if TYPE_CHECKING:
    from alongside.mentorships.models import Mentorship


@require_GET
@login_required
def pairs(request: HttpRequest) -> HttpResponse:
    """All pairs of a person; with one only, that one."""
    found = mentorships_with_partner(signed_in(request), with_program=True)
    if len(found) == 1:
        return redirect("workspace:pair.home", found[0][0].public_id)
    return render(request, "workspace/pair/list.html", {"pairs": found})


@require_GET
@login_required
def home(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship, me = enter(request, public_id, along=()), signed_in(request)
    instant, other = now(), partner_in(mentorship, me)
    both = days_of_people([me, other], now=instant)
    partner = facts_about(other, season=both[other.pk].season, now=instant)
    days = shared_days([day.hours for day in both.values()], zone=both[me.pk].hours.zone, now=instant)
    closed = mentorship.state in {MentorshipState.CLOSED, MentorshipState.CLOSING}
    talks = talks_now([mentorship], viewer=me, now=instant)
    context = {
        "partner": partner,
        "coming": talk_card(talks.coming, other) if talks.coming else None,
        "offers": talks.offers,
        "goals": goals_in_motion(mentorship, viewer=me),
        # One thing first: the talk, or the times to answer, or else what could be done together.
        "activities": [] if talks.coming or talks.offers else next_activities(mentorship, viewer=me, limit=2),
        "since": since_words(mentorship),
        "season": season_line(partner),
        "channels": [fact.channel.label for fact in partner.channels],
        "lines": topic_lines(first_topics(mentorship, reader=me), reader=me),
        "strip": strip_of(days),
        "partings": partings(mentorship, viewer=me) if closed else [],
        "letter": letter_of(mentorship, writer=me) if closed else None,
        "signal": signal_for_pair(mentorship, me),
        "introduction": introduction_of(mentorship, reader=me, now=instant),
    }
    return render_room(request, mentorship, "workspace/pair/home.html", context, section="home")


@require_GET
@login_required
def about(request: HttpRequest, public_id: str) -> HttpResponse:
    return show_about(request, enter(request, public_id))


def show_about(
    request: HttpRequest, mentorship: Mentorship, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page "About us", with the form that was sent if it needs another look."""
    context = {
        "since": since_words(mentorship),
        "rhythm": rhythm_words(mentorship.rhythm_days),
        "pause": open_pause(mentorship),
        "rhythm_form": RhythmForm(present=mentorship.rhythm_days, prefix="rhythm"),
        "end_form": EndDateForm(prefix="end", initial={"ends_on": mentorship.ends_on}),
        "pause_form": PauseForm(prefix="pause"),
        "contact_form": ContactForm(prefix="contact", initial={"on": timezone.localdate(now())}),
        "signal": signal_for_pair(mentorship, signed_in(request)),
        "may_reopen": may_reopen_mentorship(signed_in(request), mentorship),
        **forms,
    }
    return render_room(
        request, mentorship, "workspace/pair/about.html", context, section="about", status=status
    )


@require_POST
@login_required
def rhythm(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship = enter(request, public_id)
    form = RhythmForm(request.POST, present=mentorship.rhythm_days, prefix="rhythm")
    if not form.is_valid():
        return show_about(request, mentorship, status=422, rhythm_form=form)
    days = form.cleaned_data["rhythm_days"]
    actions.change_rhythm(mentorship=mentorship, actor=signed_in(request), rhythm_days=days, now=now())
    say(request, _("Your rhythm is changed, for both of you."))
    return redirect("workspace:pair.about", public_id)


@require_POST
@login_required
def contact(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship = enter(request, public_id)
    form = ContactForm(request.POST, prefix="contact")
    if not form.is_valid():
        return show_about(request, mentorship, status=422, contact_form=form)
    try:
        actions.record_contact(
            mentorship=mentorship, actor=signed_in(request), on=form.cleaned_data["on"], now=now()
        )
    except Invalid as problem:
        form.add_error("on", problem.message)
        return show_about(request, mentorship, status=422, contact_form=form)
    say(request, _("Noted. A talk anywhere is a talk."))
    return redirect("workspace:pair.about", public_id)


@require_POST
@login_required
def end_date(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship = enter(request, public_id)
    form = EndDateForm(request.POST, prefix="end")
    if form.is_valid():
        try:
            actions.change_end(
                mentorship=mentorship, actor=signed_in(request), now=now(), **form.cleaned_data
            )
        except Invalid as problem:
            form.add_error("ends_on", problem.message)
        else:
            say(request, _("The day is moved, for both of you."))
            return redirect("workspace:pair.about", public_id)
    return show_about(request, mentorship, status=422, end_form=form)


@require_POST
@login_required
def introduction(request: HttpRequest, public_id: str) -> HttpResponse:
    actions.put_away_introduction(mentorship=enter(request, public_id), actor=signed_in(request), now=now())
    return redirect("workspace:pair.home", public_id)


@require_POST
@login_required
def confirmation(request: HttpRequest, public_id: str) -> HttpResponse:
    actions.confirm_mentorship(mentorship=enter(request, public_id), actor=signed_in(request), now=now())
    say(request, _("You two go on together."))
    return redirect("workspace:pair.home", public_id)


@require_POST
@login_required
def pause(request: HttpRequest, public_id: str) -> HttpResponse:
    mentorship = enter(request, public_id)
    form = PauseForm(request.POST, prefix="pause")
    if not form.is_valid():
        return show_about(request, mentorship, status=422, pause_form=form)
    until_on = form.cleaned_data["until_on"]
    try:
        actions.pause_mentorship(
            mentorship=mentorship, actor=signed_in(request), until_on=until_on, now=now()
        )
    except Invalid as problem:
        form.add_error("until_on", problem.message)
        return show_about(request, mentorship, status=422, pause_form=form)
    say(request, _("Your mentorship rests. Every clock stands still for both of you."))
    return redirect("workspace:pair.about", public_id)


@require_POST
@login_required
def resumption(request: HttpRequest, public_id: str) -> HttpResponse:
    actions.resume_mentorship(mentorship=enter(request, public_id), actor=signed_in(request), now=now())
    say(request, _("Good to go on."))
    return redirect("workspace:pair.about", public_id)
