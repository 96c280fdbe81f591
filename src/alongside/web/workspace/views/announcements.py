"""What the teams of one's programs wrote to their participants."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alongside.delivery.access import get_received_announcement
from alongside.delivery.actions import mark_announcement_read
from alongside.delivery.announced import received_by
from alongside.foundation.clock import now
from alongside.foundation.text import page_html
from alongside.web.visitors import signed_in

ROWS = 50


@require_GET
@login_required
def announcements(request: HttpRequest) -> HttpResponse:
    page = Paginator(received_by(signed_in(request)), ROWS).get_page(request.GET.get("page"))
    return render(request, "workspace/announcements/list.html", {"page": page})


@require_GET
@login_required
def announcement(request: HttpRequest, announcement_id: str) -> HttpResponse:
    me = signed_in(request)
    row = get_received_announcement(me, announcement_id)
    mark_announcement_read(announcement=row, reader=me, now=now())
    context = {"announcement": row, "program": row.program, "body": page_html(row.body)}
    return render(request, "workspace/announcements/announcement.html", context)
