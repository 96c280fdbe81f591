"""From the board to the people: what they will read and when, publishing, taking it back; two boards side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.delivery.previews import Example, preview
from alongside.foundation.clock import now
from alongside.foundation.errors import Conflict
from alongside.matching.access import get_run, runs_of
from alongside.matching.actions import publish_run, take_out_impossible, undo_publish
from alongside.matching.actions.publishing import UNDO_WINDOW
from alongside.matching.enums import OPEN_RUNS
from alongside.matching.queries.board import shown_pairs
from alongside.matching.queries.comparing import compare_runs
from alongside.matching.queries.hearing import who_hears_when
from alongside.matching.queries.pairs import questions_by_key, reasons_for_both
from alongside.matching.queries.standing import live_proposals, no_longer_possible
from alongside.programs.queries import texts_of
from alongside.web.coordinator.amounts import points_text
from alongside.web.coordinator.desk import enter, render_desk
from alongside.web.mailframe import with_letters
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from alongside.matching.models import Proposal
    from alongside.programs.models import Program
    from alongside.questionnaires.models import Question

A_PAGE = 50
MAILS = ("introduction_mentee", "introduction_mentor")


@require_http_methods(["GET", "POST"])
@login_required
def publication(request: HttpRequest, program_id: str, run_id: str) -> HttpResponse:
    program = enter(request, program_id)
    run = get_run(program, run_id)
    refusal = ""
    if request.method == "POST":
        try:
            publish_run(run=run, actor=signed_in(request), now=now())
        except Conflict as problem:
            refusal = problem.message
        else:
            return redirect("coordinator:run", program.public_id, run.public_id)
    proposals = live_proposals(run)
    stuck = no_longer_possible(run, proposals)
    questions = questions_by_key(program)
    context = {
        "run": run,
        "count": len(proposals),
        "minutes": UNDO_WINDOW.seconds // 60,
        "is_open": run.state in OPEN_RUNS,
        "refusal": refusal,
        "stuck": shown_pairs(run, [row for row in proposals if row.pk in stuck], questions, impossible=stuck),
        "mails": _mails(program, _examples(proposals, questions)),
        "page": Paginator(who_hears_when(proposals, from_at=now() + UNDO_WINDOW), A_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    template = "coordinator/matching/publication.html"
    status = 409 if refusal else 200
    return with_letters(render_desk(request, program, template, context, place="matching", status=status))


@require_POST
@login_required
def undo(request: HttpRequest, program_id: str, run_id: str) -> HttpResponse:
    program = enter(request, program_id)
    run = get_run(program, run_id)
    try:
        undo_publish(run=run, actor=signed_in(request), now=now())
        say(request, _("Taken back. Nobody was written to; the board is as it was."))
    except Conflict as refusal:
        say(request, refusal.message)
    return redirect("coordinator:run", program.public_id, run.public_id)


@require_POST
@login_required
def impossible(request: HttpRequest, program_id: str, run_id: str) -> HttpResponse:
    """Takes the pairs off the board that can no longer begin."""
    program = enter(request, program_id)
    run = get_run(program, run_id)
    count = take_out_impossible(run=run, actor=signed_in(request), now=now())
    say(request, ngettext("{count} pair taken out.", "{count} pairs taken out.", count).format(count=count))
    return redirect("coordinator:run.publication", program.public_id, run.public_id)


@require_GET
@login_required
def comparison(request: HttpRequest, program_id: str, run_id: str) -> HttpResponse:
    """This board beside another, `?with=`; without one, beside the one it was solved again from."""
    program = enter(request, program_id)
    run = get_run(program, run_id)
    solved = runs_of(program).filter(solved_at__isnull=False).exclude(pk=run.pk)
    wanted = request.GET.get("with", "")
    other = (
        get_run(program, wanted) if wanted else solved.filter(pk=run.base_id or 0).first() or solved.first()
    )
    found = compare_runs(other, run) if other else None
    page = Paginator(found.changed if found else (), A_PAGE).get_page(request.GET.get("page"))
    gained = points_text(found.total) if found and found.total is not None else None
    context = {
        "run": run, "other": other, "others": solved[:A_PAGE], "found": found, "page": page, "gained": gained
    }  # fmt: skip
    return render_desk(request, program, "coordinator/matching/comparison.html", context, place="matching")


def _examples(proposals: Sequence[Proposal], questions: Mapping[str, Question]) -> list[Example]:
    """The first pair of the board, so that the mails are shown with real people."""
    return [
        Example(
            row.mentee.person,
            row.mentor.person,
            tuple(
                reasons_for_both(row.reasons, questions, mentee=row.mentee.person, mentor=row.mentor.person)
            ),
        )
        for row in proposals[:1]
    ]


def _mails(program: Program, examples: Sequence[Example]) -> list[dict[str, object]]:
    """The two mails as they would be sent to the first pair."""
    prefetch_related_objects([program], "match_types")
    worded = {text.catalog.key: text for text in texts_of(program)}
    found = (
        preview(program, key, subject=worded[key].subject, body=worded[key].body, pairs=examples, now=now())
        for key in MAILS
    )
    return [{"title": shown.text.name, "key": shown.text.key, "letter": shown.letter} for shown in found]
