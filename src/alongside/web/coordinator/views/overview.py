"""The overview of a program, in the order of a coordinator's questions; and the files of its charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from alongside.foundation.clock import now
from alongside.insights.actions import figures_of
from alongside.insights.enums import CaseState, SignalState
from alongside.insights.export import figure_sheet
from alongside.insights.queries import case_lines, longest_waiting, open_cases, team_view
from alongside.insights.tables import construct_rows, curve_rows, path_rows, topic_rows, waiting_rows
from alongside.programs.enums import ProgramState
from alongside.surveys.queries import waves_without_card
from alongside.web.coordinator import captions
from alongside.web.coordinator.desk import enter, render_desk
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from alongside.insights.queries import Figures
    from alongside.programs.models import Program

AT_ONE_LOOK = 5
MOST_WANTING = 50  # looked through for those without a request of their own
LONG_WAIT = 14  # days


@require_GET
@login_required
def overview(request: HttpRequest, program_id: str) -> HttpResponse:
    program, me, instant = enter(request, program_id), signed_in(request), now()
    figures, counted_at = figures_of(program=program, now=instant)
    cases = open_cases(me, program)
    with_case = {case.mentorship_id for case in cases}
    wanting = [
        line
        for line in team_view(program, state=SignalState.NEED_HAND, limit=MOST_WANTING)
        if line.mentorship.pk not in with_case
    ]
    waiting = longest_waiting(program, figures, now=instant)
    context = {
        "figures": figures,
        "counted_at": counted_at,
        "lead": captions.people_words(figures),
        "cases": case_lines(cases[:AT_ONE_LOOK]),
        "case_count": len(cases),
        "wanting": wanting[:AT_ONE_LOOK],
        "quiet_count": figures.words.get(SignalState.QUIET, 0),
        "waiting": waiting,
        "week": list(_this_week(program, figures, [case.state for case in cases])),
        **_charts(figures),
    }
    return render_desk(request, program, "coordinator/overview/overview.html", context, place="overview")


@require_GET
@login_required
def figure_file(request: HttpRequest, program_id: str, key: str) -> HttpResponse:
    """The shown numbers of one chart as CSV."""
    program = enter(request, program_id)
    figures, _at = figures_of(program=program, now=now())
    return csv_answer(figure_sheet(key, figures), f"{key}-{program.public_id}.csv")


def csv_answer(content: bytes, name: str) -> HttpResponse:
    """A file to download."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _charts(figures: Figures) -> dict[str, Any]:
    return {
        "path": path_rows(figures),
        "path_caption": captions.path_caption(figures),
        "waiting_bins": waiting_rows(figures) if figures.waiting else [],
        "waiting_caption": captions.waiting_caption(figures),
        "constructs": construct_rows(figures),
        "has_means": captions.has_means(figures),
        "survey_caption": captions.survey_caption(figures),
        "topics": topic_rows(figures),
        "topics_caption": captions.topics_caption(figures),
        "curve": curve_rows(figures),
        "curve_caption": captions.curve_caption(figures) if figures.still_meeting else "",
    }


def _this_week(program: Program, figures: Figures, states: list[str]) -> list[tuple[str, str, str]]:
    """What is worth a coordinator's time this week: (what, why, where). Nothing is a good answer."""
    found: list[tuple[str, str, str]] = []
    if program.state == ProgramState.DRAFT:
        found.append((_("Finish the set-up"), _("The checklist says what is left."), _url("setup", program)))
    fresh = sum(state == CaseState.NEW for state in states)
    if fresh:
        told = ngettext(
            "{count} request nobody has taken yet.", "{count} requests nobody has taken yet.", fresh
        )
        found.append((_("Answer who would like a hand"), told.format(count=fresh), _url("cases", program)))
    if figures.waiting and figures.waiting_oldest >= LONG_WAIT and program.state != ProgramState.DRAFT:
        told = _("The longest wait is {days} days.").format(days=figures.waiting_oldest)
        found.append((_("Match those who wait"), told, _url("matching", program)))
    for wave in waves_without_card(program, now=now()):
        told = _("People like to hear what became of their answers: what you will do, and what you cannot.")
        title = _("Answer “{survey}”").format(survey=wave.survey.questionnaire.title)
        address = reverse("coordinator:survey.card", args=[program.public_id, wave.survey.key, wave.number])
        found.append((title, told, address))
    return found


def _url(place: str, program: Program) -> str:
    return reverse(f"coordinator:{place}", args=[program.public_id])
