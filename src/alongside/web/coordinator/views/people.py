"""The people of a program: list, decisions about many, one person's page, the list as a sheet. Never what pairs talk of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from alongside.enrollment.access import get_participation, participations_of
from alongside.enrollment.actions import (
    approve_participations,
    change_capacity,
    change_role,
    decline_participations,
    retire_participations,
    return_participation,
    tag_participations,
    untag_participations,
)
from alongside.enrollment.enums import STEPS, ParticipationState, Role
from alongside.enrollment.queries import (
    PeopleFilter,
    answers_for_team,
    counts_by_state,
    people_list,
    people_sheet,
    places_left,
    tags_of,
)
from alongside.foundation.clock import now
from alongside.mentorships.queries import pairs_of
from alongside.programs.queries import match_type_of
from alongside.web.coordinator.desk import enter, render_desk
from alongside.web.coordinator.forms.people import NoteForm, PeopleFilterForm, PlaceForm
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from alongside.enrollment.actions import Decided
    from alongside.programs.models import Program

ROWS = 50
VIEWS = (
    ("", gettext_lazy("Everybody")),
    (ParticipationState.SUBMITTED, gettext_lazy("To look at")),
    (ParticipationState.APPROVED, gettext_lazy("Taking part")),
    (ParticipationState.WAITLISTED, gettext_lazy("Waiting list")),
    (ParticipationState.STARTED, gettext_lazy("Still filling in")),
    (ParticipationState.RETIRED, gettext_lazy("Retired")),
)
DECISIONS = {
    "approve": approve_participations,
    "decline": decline_participations,
    "retire": retire_participations,
}


@require_GET
@login_required
def people(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    look = _look(request)
    counts = counts_by_state(program)
    match_type = match_type_of(program)
    tags = [tag.name for tag in tags_of(program)]
    context = {
        "page": Paginator(people_list(program, look), ROWS).get_page(request.GET.get("page")),
        "look": look,
        "views": [(state, word, counts[state] if state else counts.total) for state, word in VIEWS],
        "form": PeopleFilterForm(request.GET, match_type=match_type, tags=tags),
        "note_form": NoteForm(),
        "free": places_left(program),
        "waiting": counts[ParticipationState.WAITLISTED],
        "empty": counts.total == 0,
    }
    return render_desk(request, program, "coordinator/people/people.html", context, place="people")


@require_POST
@login_required
def decisions(request: HttpRequest, program_id: str) -> HttpResponse:
    """One decision about everybody whose box is checked."""
    program = enter(request, program_id)
    rows = list(participations_of(program).filter(public_id__in=request.POST.getlist("person")))
    what = request.POST.get("do", "")
    actor, tag = signed_in(request), request.POST.get("tag", "").strip()
    if not rows:
        say(request, _("Check the box beside somebody first."))
    elif what in DECISIONS:
        note = request.POST.get("note", "")
        decide = DECISIONS[what]
        say(request, _told(decide(program=program, participations=rows, actor=actor, now=now(), note=note)))
    elif what == "tag":
        tag_participations(program=program, participations=rows, name=tag, actor=actor)
        say(request, _("Tagged “{tag}”.").format(tag=tag))
    elif what == "untag":
        untag_participations(program=program, participations=rows, name=tag, actor=actor)
        say(request, _("“{tag}” taken off.").format(tag=tag))
    query = request.META.get("QUERY_STRING", "")
    return redirect(reverse("coordinator:people", args=[program.public_id]) + (f"?{query}" if query else ""))


@require_GET
@login_required
def sheet(request: HttpRequest, program_id: str) -> HttpResponse:
    """The list as it is filtered, as a sheet: only answers that staff may see."""
    program = enter(request, program_id)
    rows = list(people_list(program, _look(request)).select_related("person__preferences", "match_type"))
    name = slugify(program.name) or "people"
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(people_sheet(program, rows), content_type="text/csv; charset=utf-8", headers=headers)


@require_GET
@login_required
def person(request: HttpRequest, program_id: str, participation_id: str) -> HttpResponse:
    """One person as staff may see them: state, answers shown to the team, mentorships by state; never content."""
    program = enter(request, program_id)
    row = get_participation(program, participation_id)
    match_type = match_type_of(program)
    steps = STEPS[row.state]
    context = {
        "row": row,
        "answers": answers_for_team(row),
        "pairs": pairs_of(row),
        "tags": row.tags.order_by("name"),
        "place_form": PlaceForm(initial={"role": row.role, "capacity": row.capacity}, match_type=match_type),
        "note_form": NoteForm(),
        "can_approve": ParticipationState.APPROVED in steps
        and row.state not in (ParticipationState.WAITLISTED, ParticipationState.RETIRED),
        "can_decline": ParticipationState.DECLINED in steps,
        "can_retire": ParticipationState.RETIRED in steps,
        "can_return": row.state == ParticipationState.RETIRED,
        "mentors": row.role != Role.MENTEE,
    }
    return render_desk(request, program, "coordinator/people/person.html", context, place="people")


@require_POST
@login_required
def decision(request: HttpRequest, program_id: str, participation_id: str) -> HttpResponse:
    program = enter(request, program_id)
    row = get_participation(program, participation_id)
    what, note = request.POST.get("do", ""), request.POST.get("note", "")
    actor = signed_in(request)
    if what == "return":
        return_participation(participation=row, actor=actor, now=now())
        say(request, _("{name} is back.").format(name=row.person.name))
    elif what in DECISIONS:
        decide = DECISIONS[what]
        say(request, _told(decide(program=program, participations=[row], actor=actor, now=now(), note=note)))
    return _to_person(program, participation_id)


@require_POST
@login_required
def place(request: HttpRequest, program_id: str, participation_id: str) -> HttpResponse:
    """Role and capacity."""
    program = enter(request, program_id)
    row = get_participation(program, participation_id)
    form = PlaceForm(request.POST, match_type=match_type_of(program))
    if form.is_valid():
        actor, data = signed_in(request), form.cleaned_data
        change_role(participation=row, role=data["role"], actor=actor, now=now())
        change_capacity(participation=row, capacity=data["capacity"], actor=actor, now=now())
        say(request, _("Kept."))
    else:
        say(request, " ".join(str(message) for messages in form.errors.values() for message in messages))
    return _to_person(program, participation_id)


@require_POST
@login_required
def tagging(request: HttpRequest, program_id: str, participation_id: str) -> HttpResponse:
    program = enter(request, program_id)
    row = get_participation(program, participation_id)
    act = untag_participations if request.POST.get("off") else tag_participations
    act(
        program=program,
        participations=[row],
        name=request.POST.get("tag", ""),
        actor=signed_in(request),
    )
    return _to_person(program, participation_id)


def _look(request: HttpRequest) -> PeopleFilter:
    given: dict[str, Any] = {name: request.GET.get(name, "") for name in ("state", "role", "tag", "sort")}
    return PeopleFilter(words=request.GET.get("q", ""), **{**given, "sort": given["sort"] or "name"})


def _told(decided: Decided) -> str:
    """What came of a decision, in one line."""
    count = len(decided.done)
    parts = [ngettext("Done for {count} person.", "Done for {count} people.", count).format(count=count)]
    if waiting := len(decided.waitlisted):
        parts.append(
            ngettext(
                "{count} is on the waiting list: all places are taken.",
                "{count} are on the waiting list: all places are taken.",
                waiting,
            ).format(count=waiting)
        )
    if left := len(decided.left):
        parts.append(
            ngettext("{count} stayed as it was.", "{count} stayed as they were.", left).format(count=left)
        )
    return " ".join(parts)


def _to_person(program: Program, participation_id: str) -> HttpResponse:
    return redirect("coordinator:person", program.public_id, participation_id)
