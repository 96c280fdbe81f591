"""Enrollment by the participant: five steps, each kept at once; the page that says how things stand; going."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.engine.timing.notation import HoursError
from alongside.engine.timing.zones import UnknownZone, canonical_zone
from alongside.enrollment.access import get_own_participation_in, listed_programs, own_participations
from alongside.enrollment.actions import (
    change_own_role,
    save_step,
    submit_enrollment,
    withdraw_participation,
)
from alongside.enrollment.enums import PRESENT, EnrollmentStep, ParticipationState
from alongside.enrollment.queries import (
    form_questions,
    invitations_to,
    open_points,
    own_form_answers,
    place_in_waitlist,
    shared_with_cities,
    usual_wait,
    who_sees_what,
)
from alongside.foundation.clock import now
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.programs.enums import ENDING
from alongside.questionnaires.forms import QuestionForm
from alongside.web.help import helper_in
from alongside.web.public.forms.joining import role_choices
from alongside.web.refusals import refusals
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in
from alongside.web.workspace.forms.enrollment import FORMS, StepForm
from alongside.web.workspace.steps import StepLink, next_of, step_links

if TYPE_CHECKING:
    from alongside.enrollment.models import Participation

FILLING = (ParticipationState.INVITED, ParticipationState.STARTED)


@require_GET
@login_required
def programs(request: HttpRequest) -> HttpResponse:
    """The directory: what is open to this person, and what they are part of."""
    person = signed_in(request)
    own = {row.program_id: row for row in own_participations(person)}
    found = [(row, own.get(row.pk)) for row in listed_programs(person).order_by("name", "pk")]
    context = {
        "programs": found,
        "invitations": invitations_to(person, now=now()),
        "ending": ENDING,
        "place": "find",
        "today": timezone.localdate(),
    }
    return render(request, "workspace/enrollment/programs.html", context)


@require_GET
@login_required
def enroll(request: HttpRequest, program_id: str) -> HttpResponse:
    """While it is being filled in: the step to go on with. Afterwards: how things stand, honestly."""
    row = get_own_participation_in(signed_in(request), program_id)
    if row.state in FILLING:
        return redirect("workspace:enroll.step", program_id, row.step.replace("_", "-"))
    waits = row.state in (ParticipationState.SUBMITTED, ParticipationState.WAITLISTED)
    is_ending = row.program.state in ENDING
    context = {
        "participation": row,
        "program": row.program,
        "helper": helper_in(row.program),
        "is_ending": is_ending,
        "is_part": not is_ending and row.state in PRESENT,
        "links": step_links(row, here=None),
        "place": place_in_waitlist(row) if row.state == ParticipationState.WAITLISTED else None,
        "wait": usual_wait(row.program) if waits else None,
        "today": timezone.localdate(now()),
    }
    return render(request, "workspace/enrollment/standing.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def step(request: HttpRequest, program_id: str, step: str) -> HttpResponse:
    row = get_own_participation_in(signed_in(request), program_id)
    here = _step(step)
    plain, filling = form_questions(row, here)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FORMS[here](data, files, participation=row, filling=filling)
    answers = QuestionForm(plain, data, files, role=row.role, initial=own_form_answers(row), prefix="q")
    if data is not None and form.is_valid() & answers.is_valid():
        with refusals(form):
            save_step(
                participation=row,
                step=here,
                given=form.step_input(answers.answers),
                actor=signed_in(request),
                now=now(),
            )
            return _onward(request, row, here)
    return _step_page(request, row, here, form, answers)


@require_POST
@login_required
def submission(request: HttpRequest, program_id: str) -> HttpResponse:
    """Sends it in. What is still open leads to its step."""
    row = get_own_participation_in(signed_in(request), program_id)
    try:
        submit_enrollment(participation=row, actor=signed_in(request), now=now())
    except (Invalid, Conflict) as refusal:
        say(request, refusal.message)
        first = next(iter(open_points(row)), None)
        where = first.step if first else EnrollmentStep.PRIVACY
        return redirect("workspace:enroll.step", program_id, where.replace("_", "-"))
    return redirect("workspace:enroll", program_id)


@require_POST
@login_required
def withdrawal(request: HttpRequest, program_id: str) -> HttpResponse:
    row = get_own_participation_in(signed_in(request), program_id)
    withdraw_participation(participation=row, actor=signed_in(request), now=now())
    say(request, _("You are no longer part of it. What you gave stays yours, if you like to come back."))
    return redirect("workspace:enroll", program_id)


@require_POST
@login_required
def role(request: HttpRequest, program_id: str) -> HttpResponse:
    row = get_own_participation_in(signed_in(request), program_id)
    change_own_role(participation=row, role=request.POST.get("role", ""), actor=signed_in(request), now=now())
    return redirect("workspace:enroll", program_id)


@require_POST
@login_required
def preview(request: HttpRequest, program_id: str) -> HttpResponse:
    """What the hours chosen so far mean with others; also the name under which we know a browser's zone."""
    row = get_own_participation_in(signed_in(request), program_id)
    form = FORMS[EnrollmentStep.WHEN](request.POST, participation=row, filling=[])
    form.is_valid()
    week, zone = form.cleaned_data.get("week"), _known(request.POST.get("zone", ""))
    context: dict[str, Any] = {"zone": zone, "detected": _known(request.POST.get("detected", ""))}
    if week is not None and zone:
        context["shared"] = shared_with_cities(row, zone=zone, hours=week.good, now=now())
    return render(request, "workspace/enrollment/_preview.html", context)


def _step(name: str) -> EnrollmentStep:
    try:
        return EnrollmentStep(name.replace("-", "_"))
    except ValueError:
        raise NotFound from None


def _known(zone: str) -> str:
    try:
        return canonical_zone(zone) if zone else ""
    except UnknownZone:
        return ""


def _onward(request: HttpRequest, row: Participation, here: EnrollmentStep) -> HttpResponse:
    """The next step; after the last one it is sent in. Whoever is in already is told that it was kept."""
    if row.state not in FILLING:
        say(request, _("Kept."))
        return redirect("workspace:enroll", row.program.public_id)
    following = next_of(row, here)
    if following is None:
        return submission(request, row.program.public_id)
    return redirect("workspace:enroll.step", row.program.public_id, following.slug)


def _step_page(
    request: HttpRequest, row: Participation, here: EnrollmentStep, form: StepForm, answers: QuestionForm
) -> HttpResponse:
    links = step_links(row, here=here)
    context = {
        "participation": row,
        "program": row.program,
        "helper": helper_in(row.program),
        "here": here,
        "links": links,
        "earlier": _neighbor(links, here, -1),
        "filling": row.state in FILLING,
        "is_last": next_of(row, here) is None,
        "form": form,
        "answers": answers,
        **_more(row, here),
    }
    bad = form.errors or answers.errors
    template = f"workspace/enrollment/{here}.html"
    return render(request, template, context, status=422 if bad and form.is_bound else 200)


def _more(row: Participation, here: EnrollmentStep) -> dict[str, Any]:
    """What a step shows besides its form."""
    if here == EnrollmentStep.PRIVACY:
        return {"table": who_sees_what(row)}
    if here == EnrollmentStep.ABOUT_YOU:
        return {"roles": role_choices(row.match_type), "person": row.person}
    if here == EnrollmentStep.WHEN:
        preferences = row.person.preferences
        try:
            shared = shared_with_cities(row, zone=preferences.zone, hours=preferences.hours, now=now())
        except (UnknownZone, HoursError):
            shared = []
        return {"shared": shared, "confirmed": preferences.zone_confirmed_at is not None}
    return {}


def _neighbor(links: list[StepLink], here: EnrollmentStep, by: int) -> StepLink | None:
    at = next(number for number, link in enumerate(links) if link.step == here) + by
    return links[at] if 0 <= at < len(links) else None
