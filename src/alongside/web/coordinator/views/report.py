"""The report of a program: counts and shares with what they mean, to read, to print, to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from alongside.foundation.clock import now
from alongside.insights import tables
from alongside.insights.actions import figures_of
from alongside.insights.export import report_sheet
from alongside.insights.metrics import METRICS
from alongside.web.coordinator import captions
from alongside.web.coordinator.desk import enter, render_desk
from alongside.web.coordinator.views.overview import csv_answer

if TYPE_CHECKING:
    from alongside.insights.queries import Figures


@require_GET
@login_required
def report(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    figures, counted_at = figures_of(program=program, now=now())
    context = {"figures": figures, "counted_at": counted_at, "metrics": METRICS, **_charts(figures)}
    return render_desk(request, program, "coordinator/report/report.html", context, place="report")


@require_GET
@login_required
def report_file(request: HttpRequest, program_id: str) -> HttpResponse:
    """Every figure of the report as one CSV, with the metric dictionary."""
    program = enter(request, program_id)
    figures, _at = figures_of(program=program, now=now())
    return csv_answer(report_sheet(figures), f"report-{program.public_id}.csv")


def _charts(figures: Figures) -> dict[str, Any]:
    return {
        "lead": captions.people_words(figures),
        "path": tables.path_rows(figures),
        "path_caption": captions.path_caption(figures),
        "words": tables.word_rows(figures),
        "words_caption": captions.words_caption(figures),
        "meetings": tables.meeting_rows(figures),
        "meetings_caption": captions.meetings_caption(figures),
        "work": [
            ("goals", tables.goal_rows(figures)),
            ("activities", tables.activity_rows(figures)),
            ("writing", tables.writing_rows(figures)),
        ],
        "constructs": tables.construct_rows(figures),
        "has_means": captions.has_means(figures),
        "survey_caption": captions.survey_caption(figures),
        "topics": tables.topic_rows(figures),
        "topics_caption": captions.topics_caption(figures),
        "endings": tables.ending_rows(figures),
        "endings_caption": captions.endings_caption(figures),
        "curve": tables.curve_rows(figures),
        "curve_caption": captions.curve_caption(figures) if figures.still_meeting else "",
        "help": tables.help_rows(figures),
    }
