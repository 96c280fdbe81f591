"""Set-up of a program: the checklist and its pages. Form, plan and texts have files of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.enrollment.access import JOINABLE
from alongside.foundation.clock import now
from alongside.foundation.errors import NotFound
from alongside.programs.access import get_staff_invitation, get_staff_member, may_create_program
from alongside.programs.actions import (
    change_access,
    change_basics,
    change_dates,
    change_match_type,
    change_staff_role,
    choose_contact,
    remove_staff,
    step_program,
    take_back_staff_invitation,
)
from alongside.programs.actions.details import ACCESS, BASICS, DATES, MATCH_TYPE
from alongside.programs.enums import ProgramState
from alongside.programs.queries import (
    CheckItem,
    checklist,
    fingerprint,
    match_type_of,
    next_steps,
    staff_letters,
    staff_of,
    step_blocks,
)
from alongside.programs.steps import step_name, what_happens
from alongside.surveys.access import surveys_of
from alongside.web.appointing import bring_in
from alongside.web.coordinator.desk import enter, render_desk, render_form
from alongside.web.coordinator.forms.setup import AccessForm, BasicsForm, DatesForm, MatchTypeForm, StaffForm
from alongside.web.refusals import posted, refusals, status_of
from alongside.web.ui.navigation import Link, Place, links
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from datetime import date

    from alongside.programs.models import Program
    from alongside.web.coordinator.forms._seen import SeenForm

TITLES = {
    "basics": gettext_lazy("Basics"),
    "dates": gettext_lazy("Dates"),
    "access": gettext_lazy("People and access"),
    "match_type": gettext_lazy("Match type"),
}

ONWARD = (  # what follows set-up, on pages of other rooms
    Place("invitations", gettext_lazy("Invite people"), "mail", "coordinator:invitations", ("program_id",)),
    Place(
        "imports", gettext_lazy("Bring a list of people"), "upload", "coordinator:imports", ("program_id",)
    ),
)
LEADS = {
    ProgramState.DRAFT: gettext_lazy("A draft. Nobody but its staff sees it."),
    ProgramState.ENROLLING: gettext_lazy("Open: people can enroll."),
    ProgramState.MATCHING: gettext_lazy("People are being brought together."),
    ProgramState.RUNNING: gettext_lazy("Pairs are under way."),
    ProgramState.CLOSING: gettext_lazy("Coming to a good end."),
    ProgramState.CLOSED: gettext_lazy("Closed. What pairs wrote stays theirs."),
    ProgramState.ARCHIVED: gettext_lazy("In the archive: to be looked at, not changed."),
}


@require_GET
@login_required
def setup(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    items = checklist(program, today=_today(program))
    lines = [(item, _address(program, item.page)) for item in items]
    lines.insert([item.key for item in items].index("texts"), _surveys(program))
    context = {
        "items": lines,
        "open_count": sum(1 for item in items if item.needed and not item.done),
        "steps": [(to, step_name(program.state, to)) for to in _onward_first(program)],
        "may_create": may_create_program(signed_in(request)),
        "onward": _what_follows(program),
        "match_type": match_type_of(program),
        "lead": LEADS[ProgramState(program.state)],
    }
    return render_desk(request, program, "coordinator/setup/overview.html", context, place="setup")


def _what_follows(program: Program) -> tuple[Link, ...]:
    """Ways to bring people in, while somebody can still come."""
    if program.state not in (ProgramState.DRAFT, *JOINABLE):
        return ()
    return links(ONWARD, path="", arguments={"program_id": program.public_id})


@require_http_methods(["GET", "POST"])
@login_required
def basics(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    initial = {name: getattr(program, name) for name in BASICS}
    form = BasicsForm(posted(request), initial=initial, seen=fingerprint(program, BASICS))
    if form.is_valid():
        with refusals(form):
            change_basics(
                program=program, actor=signed_in(request), **form.values, seen=form.cleaned_data["seen"]
            )
            return _kept(request, program)
    return _page(request, program, form, "basics")


@require_http_methods(["GET", "POST"])
@login_required
def dates(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    initial = {name: getattr(program, name) for name in DATES}
    form = DatesForm(posted(request), initial=initial, seen=fingerprint(program, DATES))
    if form.is_valid():
        with refusals(form):
            change_dates(
                program=program, actor=signed_in(request), **form.values, seen=form.cleaned_data["seen"]
            )
            return _kept(request, program)
    return _page(request, program, form, "dates")


@require_http_methods(["GET", "POST"])
@login_required
def access(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    initial = {name.removeprefix("access_"): getattr(program, name) for name in ACCESS}
    form = AccessForm(posted(request), initial=initial, seen=fingerprint(program, ACCESS))
    if form.is_valid():
        with refusals(form):
            change_access(
                program=program, actor=signed_in(request), **form.values, seen=form.cleaned_data["seen"]
            )
            return _kept(request, program)
    return _page(request, program, form, "access")


@require_http_methods(["GET", "POST"])
@login_required
def match_type(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    present = match_type_of(program)
    initial = {name: getattr(present, name) for name in MATCH_TYPE}
    form = MatchTypeForm(posted(request), initial=initial, seen=fingerprint(present, MATCH_TYPE))
    if form.is_valid():
        with refusals(form):
            change_match_type(
                program=program,
                actor=signed_in(request),
                kind=form.cleaned_data["kind"],
                labels=form.labels,
                numbers=form.numbers,
                seen=form.cleaned_data["seen"],
            )
            return _kept(request, program)
    return _page(request, program, form, "match_type")


@require_http_methods(["GET", "POST"])
@login_required
def staff(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    form = StaffForm(posted(request))
    if form.is_valid():
        with refusals(form):
            say(request, bring_in(program, signed_in(request), **form.cleaned_data))
            return redirect("coordinator:setup.staff", program.public_id)
    context = {"form": form, "members": staff_of(program), "letters": staff_letters(program)}
    return render_desk(
        request, program, "coordinator/setup/staff.html", context, place="setup", status=status_of(form)
    )


@require_POST
@login_required
def staff_role(request: HttpRequest, program_id: str, person_id: str) -> HttpResponse:
    program = enter(request, program_id)
    member = get_staff_member(program, person_id)
    change_staff_role(member=member, actor=signed_in(request), role=request.POST.get("role", ""))
    return redirect("coordinator:setup.staff", program.public_id)


@require_POST
@login_required
def staff_contact(request: HttpRequest, program_id: str, person_id: str) -> HttpResponse:
    program = enter(request, program_id)
    member = get_staff_member(program, person_id)
    choose_contact(member=member, actor=signed_in(request))
    say(request, _("People now turn to {name}.").format(name=member.person.name))
    return redirect("coordinator:setup.staff", program.public_id)


@require_POST
@login_required
def staff_removal(request: HttpRequest, program_id: str, person_id: str) -> HttpResponse:
    program, me = enter(request, program_id), signed_in(request)
    member = get_staff_member(program, person_id)
    remove_staff(member=member, actor=me)
    say(request, _("{name} no longer looks after this program.").format(name=member.person.name))
    if member.person_id == me.pk:
        return redirect("coordinator:home")
    return redirect("coordinator:setup.staff", program.public_id)


@require_POST
@login_required
def staff_letter_removal(request: HttpRequest, program_id: str, invitation_id: str) -> HttpResponse:
    program = enter(request, program_id)
    letter = get_staff_invitation(program, invitation_id)
    take_back_staff_invitation(invitation=letter, actor=signed_in(request), now=now())
    say(request, _("The letter to {email} is taken back.").format(email=letter.email))
    return redirect("coordinator:setup.staff", program.public_id)


@require_http_methods(["GET", "POST"])
@login_required
def step(request: HttpRequest, program_id: str, to: str) -> HttpResponse:
    """What a step does, in words, before it is taken."""
    program = enter(request, program_id)
    if request.method == "POST":
        moved = step_program(program=program, actor=signed_in(request), to=to, now=now())
        say(request, _("The program is in the state “{state}” now.").format(state=moved.get_state_display()))
        return redirect("coordinator:setup", program.public_id)
    if to not in next_steps(program):
        raise NotFound
    context = {
        "to": to,
        "name": step_name(program.state, to),
        "happens": what_happens(program.state, to),
        "blocks": [
            (item, _address(program, item.page)) for item in step_blocks(program, to, today=_today(program))
        ],
    }
    return render_desk(request, program, "coordinator/setup/step.html", context, place="setup")


def _surveys(program: Program) -> tuple[CheckItem, str]:
    """The surveys are of a room above programs, so their line is put in here. One query."""
    count = surveys_of(program).filter(switched_on=True).count()
    words = ngettext("{count} survey is asked by itself.", "{count} surveys are asked by themselves.", count)
    there = reverse("coordinator:surveys", args=[program.public_id])
    item = CheckItem("surveys", _("Surveys"), words.format(count=count), count > 0, "surveys", needed=False)
    return item, there


def _address(program: Program, page: str) -> str:
    route = "coordinator:texts" if page == "texts" else f"coordinator:setup.{page}"
    return reverse(route, args=[program.public_id])


def _page(request: HttpRequest, program: Program, form: SeenForm, page: str) -> HttpResponse:
    return render_form(
        request, program, f"coordinator/setup/{page}.html", form, {"title": TITLES[page]}, place="setup"
    )


def _kept(request: HttpRequest, program: Program) -> HttpResponse:
    say(request, _("Kept."))
    return redirect("coordinator:setup", program.public_id)


def _onward_first(program: Program) -> list[str]:
    """The next states with the usual way on at the head and ways back at the end."""
    order = list(ProgramState)
    here = order.index(ProgramState(program.state))
    return sorted(next_steps(program), key=lambda to: order.index(ProgramState(to)) < here)


def _today(program: Program) -> date:
    return now().astimezone(ZoneInfo(program.zone)).date()
