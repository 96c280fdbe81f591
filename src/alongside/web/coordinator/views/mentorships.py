"""The mentorships board: states, words and months, never what two people share."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.foundation.clock import now
from alongside.insights.access import get_staff_mentorship
from alongside.insights.actions import offer_help
from alongside.insights.queries import (
    MentorshipFilter,
    case_lines,
    cases_about,
    mentorship_board,
    mentorship_facts,
    mentorship_lines,
)
from alongside.mentorships.actions import end_with_program
from alongside.mentorships.enums import MentorshipState
from alongside.web.coordinator.desk import enter, render_desk
from alongside.web.coordinator.forms.insights import BoardForm
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

ROWS_A_PAGE = 50


@require_GET
@login_required
def mentorships(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    form = BoardForm(request.GET)
    look = MentorshipFilter(**form.found(), sort=request.GET.get("sort", "-started"))
    page = Paginator(mentorship_board(program, look), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "lines": mentorship_lines(page)}
    return render_desk(request, program, "coordinator/mentorships/board.html", context, place="mentorships")


@require_GET
@login_required
def mentorship(request: HttpRequest, program_id: str, mentorship_id: str) -> HttpResponse:
    program = enter(request, program_id)
    row = get_staff_mentorship(program, mentorship_id)
    context = {
        "mentorship": row,
        "facts": mentorship_facts(row),
        "cases": case_lines(cases_about(row, viewer=signed_in(request))),
        "is_open": row.state != MentorshipState.CLOSED,
    }
    return render_desk(
        request, program, "coordinator/mentorships/mentorship.html", context, place="mentorships"
    )


@require_POST
@login_required
def help_offer(request: HttpRequest, program_id: str, mentorship_id: str) -> HttpResponse:
    """A coordinator takes it on themself to look after a pair."""
    program = enter(request, program_id)
    row = get_staff_mentorship(program, mentorship_id)
    case = offer_help(mentorship=row, actor=signed_in(request), now=now())
    say(request, _("You look after it. Note what you have in mind, and write to the two as you like."))
    return redirect("coordinator:case", program.public_id, case.public_id)


@require_POST
@login_required
def ending(request: HttpRequest, program_id: str, mentorship_id: str) -> HttpResponse:
    """Ends a mentorship with the program."""
    program = enter(request, program_id)
    end_with_program(
        mentorship=get_staff_mentorship(program, mentorship_id), actor=signed_in(request), now=now()
    )
    say(request, _("It has ended with the program. Both are told, and their room stays readable."))
    return redirect("coordinator:mentorship", program.public_id, mentorship_id)
