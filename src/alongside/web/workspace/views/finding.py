"""Find: people who could accompany me, asking one of them, naming up to three for the next run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.enrollment.actions import change_own_capacity
from alongside.foundation.clock import now
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.matching.access import (
    get_mentor_for,
    get_mentoring,
    get_seeking,
    mentoring_participations,
    seeking_participations,
)
from alongside.matching.actions import save_suggestions, say_full, send_request
from alongside.matching.actions.asking import MOST_OPEN
from alongside.matching.queries.candidates import candidate, candidates_for
from alongside.matching.queries.requests import has_mentor, open_requests_of, received_by, wishes_of
from alongside.matching.reasons import Audience
from alongside.mentorships.queries import facts_about
from alongside.questionnaires.enums import Reader
from alongside.questionnaires.queries import visible_answers
from alongside.web.refusals import posted, refusals, status_of
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.matching import AskForm, PlacesForm, WishesForm

if TYPE_CHECKING:
    from alongside.enrollment.models import Participation
    from alongside.matching.queries.candidates import Candidate
    from alongside.questionnaires.queries import ShownAnswer

A_PAGE, MOST = 12, 60


@require_GET
@login_required
def find(request: HttpRequest) -> HttpResponse:
    """Where one looks for a mentor, and what one was asked as a mentor. With one program only, straight to it."""
    me = signed_in(request)
    seeking, mentoring = list(seeking_participations(me)), list(mentoring_participations(me))
    if len(seeking) == 1 and not mentoring:
        return redirect("workspace:find.program", seeking[0].program.public_id)
    context = {"seeking": seeking, "mentoring": mentoring, "received": received_by(me)[:A_PAGE]}
    return render(request, "workspace/find/find.html", context)


@require_GET
@login_required
def find_program(request: HttpRequest, program_id: str) -> HttpResponse:
    """People of one program who could accompany me, best first."""
    mine = get_seeking(signed_in(request), program_id)
    context: dict[str, Any] = {"mine": mine, "program": mine.program, "helper": _helper(mine)}
    if has_mentor(mine) or not _looks_itself(mine):
        return render(request, "workspace/find/settled.html", {**context, "has_mentor": has_mentor(mine)})
    count = _count(request)
    found = candidates_for(mine, role="mentee", audience=Audience.SEEKER, now=now(), count=count + 1)
    asked = set(open_requests_of(mine).values_list("mentor_id", flat=True))
    context |= {
        "cards": [_card(entry, asked) for entry in found[:count]],
        "more": count + A_PAGE if len(found) > count and count < MOST else None,
        "asked": len(asked),
        "may_ask_more": len(asked) < MOST_OPEN,
        "wishes": wishes_of(mine),
    }
    return render(request, "workspace/find/program.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def find_person(request: HttpRequest, program_id: str, participation_id: str) -> HttpResponse:
    """One mentor as a mentee may see them before there is a pair, and the form to ask them."""
    me = signed_in(request)
    mine = get_seeking(me, program_id)
    mentor = get_mentor_for(mine, participation_id)
    found = candidate(mine, mentor, audience=Audience.SEEKER, now=now())
    if found is None or not _looks_itself(mine):
        raise NotFound
    form = AskForm(posted(request))
    if form.is_valid():
        with refusals(form):
            words = form.cleaned_data["message"]
            row = send_request(mentee=mine, mentor=mentor, message=words, actor=me, now=now())
            say(request, _("Sent. {name} hears of it in their own hours.").format(name=mentor.person.name))
            return redirect("workspace:request", row.public_id)
    asked = set(open_requests_of(mine).values_list("mentor_id", flat=True))
    context = {
        "mine": mine,
        "program": mine.program,
        "helper": _helper(mine),
        "card": _card(found, asked),
        "answers": _open_answers(mentor),
        "form": form,
        "may_ask": len(asked) < MOST_OPEN and mentor.pk not in asked and not has_mentor(mine),
        "asked": len(asked),
    }
    return render(request, "workspace/find/person.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@login_required
def wishes(request: HttpRequest, program_id: str) -> HttpResponse:
    """Up to three people, in order, that the next run counts."""
    me = signed_in(request)
    mine = get_seeking(me, program_id)
    if not mine.program.suggestions_allowed:
        raise NotFound
    found = candidates_for(mine, role="mentee", audience=Audience.SEEKER, now=now(), count=MOST)
    people = {entry.participation.public_id: entry.participation for entry in found}
    people |= {row.mentor.public_id: row.mentor for row in wishes_of(mine)}
    chosen = [row.mentor.public_id for row in wishes_of(mine)]
    initial = dict(zip(("first", "second", "third"), chosen, strict=False))
    wanted = request.GET.get("with", "")
    if wanted in people and wanted not in chosen and len(chosen) < len(WishesForm.base_fields):
        initial[list(WishesForm.base_fields)[len(chosen)]] = wanted
    choices = [(key, row.person.name) for key, row in people.items()]
    form = WishesForm(posted(request), choices=choices, initial=initial)
    if form.is_valid():
        with refusals(form, mentors="first"):
            mentors = [people[key] for key in form.wished]
            save_suggestions(mentee=mine, mentors=mentors, actor=me, now=now())
            say(request, _("Kept. The next run counts your wishes."))
            return redirect("workspace:find.program", program_id)
    context = {"mine": mine, "program": mine.program, "helper": _helper(mine), "form": form}
    return render(request, "workspace/find/wishes.html", context, status=status_of(form))


@require_POST
@login_required
def fullness(request: HttpRequest, program_id: str) -> HttpResponse:
    """ "Full right now": nobody new is offered to me until I say otherwise."""
    me = signed_in(request)
    settled = say_full(participation=get_mentoring(me, program_id), actor=me, now=now())
    if settled:
        say(request, _("Done. Those who asked you hear kindly that there is no place right now."))
    else:
        say(request, _("Done. Nobody new is offered to you until you say otherwise."))
    return redirect("workspace:find")


@require_POST
@login_required
def places(request: HttpRequest, program_id: str) -> HttpResponse:
    """How many people I can accompany, said anew."""
    me = signed_in(request)
    mine = get_mentoring(me, program_id)
    form = PlacesForm(request.POST)
    if form.is_valid():
        try:
            capacity = form.cleaned_data["capacity"]
            change_own_capacity(participation=mine, capacity=capacity, actor=me, now=now())
            say(request, _("Kept."))
        except (Invalid, Conflict) as refusal:
            say(request, refusal.message)
    return redirect("workspace:find")


def _helper(mine: Participation) -> dict[str, str]:
    return {"name": mine.program.contact.name}


def _looks_itself(mine: Participation) -> bool:
    """Whether this program lets people look for each other at all."""
    return bool(mine.program.requests_allowed or mine.program.suggestions_allowed)


def _count(request: HttpRequest) -> int:
    wanted = request.GET.get("count", "")
    return min(MOST, max(A_PAGE, int(wanted))) if wanted.isdecimal() and len(wanted) < 4 else A_PAGE


def _card(found: Candidate, asked: set[int]) -> dict[str, Any]:
    """One mentor as a card: what the program may see of them, and the clock where they are if they show it."""
    row, person = found.participation, found.participation.person
    open_ = {
        "about": person.about if "person.about" in found.open_fields else "",
        "unit": person.unit if "person.unit" in found.open_fields else "",
        "job_title": person.job_title if "person.job_title" in found.open_fields else "",
    }
    return {
        **open_,
        "row": row,
        "person": person,
        "facts": facts_about(row.person, season=None, now=now()),
        "found": found,
        "is_asked": row.pk in asked,
    }


def _open_answers(mentor: Participation) -> list[ShownAnswer]:
    """What this person said to everybody in the program. One query."""
    return visible_answers([mentor.answers_id], reader=Reader.FELLOW)[mentor.answers_id]
