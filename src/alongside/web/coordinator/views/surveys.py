"""Surveys of a program: what is asked and when, as participants see it, and what the group says."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.enrollment.enums import Role
from alongside.foundation.clock import now
from alongside.foundation.errors import Invalid, NotFound
from alongside.insights.export import results_sheet
from alongside.programs.queries import match_type_of
from alongside.questionnaires.forms import QuestionForm
from alongside.questionnaires.queries import questions_of
from alongside.surveys.access import get_survey, get_wave
from alongside.surveys.actions import close_wave, put_up_card, switch_survey
from alongside.surveys.enums import WaveState
from alongside.surveys.queries import survey_lines, wave_results
from alongside.web.coordinator import captions, results
from alongside.web.coordinator.desk import enter, render_desk
from alongside.web.coordinator.forms.insights import CardForm
from alongside.web.coordinator.views.overview import csv_answer
from alongside.web.refusals import posted, refusals, status_of
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in


@require_GET
@login_required
def surveys(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    lines = [
        (line, [(wave, captions.rate_words(wave.rate)) for wave in line.waves])
        for line in survey_lines(program)
    ]
    return render_desk(request, program, "coordinator/surveys/list.html", {"lines": lines}, place="surveys")


@require_POST
@login_required
def switch(request: HttpRequest, program_id: str, key: str) -> HttpResponse:
    """Asks a survey from now on, or no longer."""
    program = enter(request, program_id)
    on = request.POST.get("on") == "yes"
    survey = get_survey(program, key)
    try:
        switch_survey(survey=survey, actor=signed_in(request), on=on, now=now())
    except Invalid as problem:
        say(request, problem.message)
        return redirect("coordinator:survey.build", program.public_id, key)
    say(request, _("It is asked from now on.") if on else _("It is no longer asked."))
    return redirect("coordinator:surveys", program.public_id)


@require_GET
@login_required
def preview(request: HttpRequest, program_id: str, key: str, role: str) -> HttpResponse:
    """The survey as a mentee or a mentor sees it; nothing is sent."""
    program = enter(request, program_id)
    if role not in (Role.MENTEE, Role.MENTOR):
        raise NotFound
    survey = get_survey(program, key)
    context = {
        "survey": survey,
        "form": QuestionForm(questions_of(survey.questionnaire), role=role, enforce=False),
        "role": role,
        "match_type": match_type_of(program),
    }
    return render_desk(request, program, "coordinator/surveys/preview.html", context, place="surveys")


@require_GET
@login_required
def wave(request: HttpRequest, program_id: str, key: str, number: int) -> HttpResponse:
    """What the group says, from five answers on; of one role where that tells on nobody."""
    program = enter(request, program_id)
    found = wave_results(get_wave(program, key, number), role=request.GET.get("role", ""))
    context = {
        "wave": found.wave,
        "results": found,
        "rate": captions.rate_words(found.rate),
        "dots": results.dot_rows(found),
        "has_means": any(figure.estimate for figure in found.figures if figure.most == 100),
        "dots_caption": results.dots_caption(found),
        "counted": results.counted(found),
        "bars": results.bars(found),
        "everybody": not found.role,
        "mentees": found.role == Role.MENTEE,
        "mentors": found.role == Role.MENTOR,
        "mentees_url": f"?role={Role.MENTEE.value}",
        "mentors_url": f"?role={Role.MENTOR.value}",
        "is_open": found.wave.state == WaveState.OPEN,
        "match_type": match_type_of(program),
    }
    return render_desk(request, program, "coordinator/surveys/results.html", context, place="surveys")


@require_GET
@login_required
def wave_file(request: HttpRequest, program_id: str, key: str, number: int) -> HttpResponse:
    """The shown numbers of a wave as CSV."""
    program = enter(request, program_id)
    found = wave_results(get_wave(program, key, number), role=request.GET.get("role", ""))
    return csv_answer(results_sheet(found), f"{key}-{number}-{program.public_id}.csv")


@require_POST
@login_required
def closing(request: HttpRequest, program_id: str, key: str, number: int) -> HttpResponse:
    program = enter(request, program_id)
    close_wave(wave=get_wave(program, key, number), actor=signed_in(request), now=now())
    say(request, _("Closed. Now people would like to hear what becomes of their answers."))
    return redirect("coordinator:survey.card", program.public_id, key, number)


@require_http_methods(["GET", "POST"])
@login_required
def card(request: HttpRequest, program_id: str, key: str, number: int) -> HttpResponse:
    """You said, we will, we cannot: shown to everyone with their next survey."""
    program = enter(request, program_id)
    row = get_wave(program, key, number)
    initial = {"you_said": row.you_said, "we_will": row.we_will, "we_cannot": row.we_cannot}
    form = CardForm(posted(request), initial=initial)
    if form.is_valid():
        with refusals(form):
            put_up_card(wave=row, actor=signed_in(request), **form.cleaned_data, now=now())
            say(request, _("It is up. Everyone reads it with their next survey."))
            return redirect("coordinator:survey.results", program.public_id, key, number)
    return render_desk(
        request, program, "coordinator/surveys/card.html", {"form": form, "wave": row}, place="surveys",
        status=status_of(form),
    )  # fmt: skip
