"""Words of the team to participants: write, choose whom, look at it as they will see it, send; and what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.delivery.access import get_announcement
from alongside.delivery.actions import (
    drop_announcement,
    reword_announcement,
    send_announcement,
    write_announcement,
)
from alongside.delivery.announced import announcements_of, circle_words, circles_of, hearing_of
from alongside.delivery.previews import preview_announcement
from alongside.foundation.clock import now
from alongside.foundation.errors import Conflict, Invalid
from alongside.foundation.text import page_html
from alongside.programs.access import check_may_change
from alongside.web.coordinator.desk import enter, render_desk
from alongside.web.coordinator.forms.announcements import AnnouncementForm
from alongside.web.mailframe import with_letters
from alongside.web.refusals import posted, refusals, status_of
from alongside.web.ui.notes import say
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from alongside.delivery.models import Announcement
    from alongside.programs.models import Program

ROWS = 50


@require_GET
@login_required
def announcements(request: HttpRequest, program_id: str) -> HttpResponse:
    program = enter(request, program_id)
    page = Paginator(announcements_of(program), ROWS).get_page(request.GET.get("page"))
    lines = [(row, circle_words(row.circle)) for row in page]
    context = {"page": page, "lines": lines}
    return render_desk(request, program, "coordinator/announcements/list.html", context, place="people")


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, program_id: str) -> HttpResponse:
    program, actor = enter(request, program_id), signed_in(request)
    check_may_change(actor, program)
    form = AnnouncementForm(posted(request), circles=circles_of(program))
    if form.is_valid():
        with refusals(form):
            row = write_announcement(program=program, actor=actor, now=now(), **form.cleaned_data)
            return redirect("coordinator:announcement", program.public_id, row.public_id)
    return _written(request, program, form, None)


@require_GET
@login_required
def announcement(request: HttpRequest, program_id: str, announcement_id: str) -> HttpResponse:
    """A draft as its receivers would see it, and when; or what was sent, to whom."""
    program = enter(request, program_id)
    row = get_announcement(program, announcement_id)
    context: dict[str, Any] = {
        "row": row,
        "circle": circle_words(row.circle),
        "letter": preview_announcement(row),
        "body": page_html(row.body),
        "reached": row.receipts.count(),
        "hearing": hearing_of(row, now=now()) if row.sent_at is None else None,
    }
    page = render_desk(request, program, "coordinator/announcements/show.html", context, place="people")
    return with_letters(page)


@require_http_methods(["GET", "POST"])
@login_required
def wording(request: HttpRequest, program_id: str, announcement_id: str) -> HttpResponse:
    program, actor = enter(request, program_id), signed_in(request)
    row = get_announcement(program, announcement_id)
    check_may_change(actor, program)
    kept = {"circle": row.circle, "subject": row.subject, "body": row.body}
    form = AnnouncementForm(posted(request), circles=circles_of(program), initial=kept)
    if form.is_valid():
        with refusals(form):
            reword_announcement(announcement=row, actor=actor, **form.cleaned_data)
            return redirect("coordinator:announcement", program.public_id, row.public_id)
    return _written(request, program, form, row)


@require_POST
@login_required
def sending(request: HttpRequest, program_id: str, announcement_id: str) -> HttpResponse:
    program = enter(request, program_id)
    row = get_announcement(program, announcement_id)
    try:
        send_announcement(announcement=row, actor=signed_in(request), now=now())
    except (Conflict, Invalid) as problem:
        say(request, problem.message)
        return redirect("coordinator:announcement", program.public_id, row.public_id)
    reached = row.receipts.count()
    words = ngettext(
        "On its way to {count} person, in their hours.",
        "On its way to {count} people, in each one’s hours.",
        reached,
    )
    say(request, words.format(count=reached))
    return redirect("coordinator:announcements", program.public_id)


@require_POST
@login_required
def removal(request: HttpRequest, program_id: str, announcement_id: str) -> HttpResponse:
    program = enter(request, program_id)
    drop_announcement(announcement=get_announcement(program, announcement_id), actor=signed_in(request))
    say(request, _("The draft is gone."))
    return redirect("coordinator:announcements", program.public_id)


def _written(
    request: HttpRequest, program: Program, form: AnnouncementForm, row: Announcement | None
) -> HttpResponse:
    template, status = "coordinator/announcements/write.html", status_of(form)
    return render_desk(request, program, template, {"form": form, "row": row}, place="people", status=status)
