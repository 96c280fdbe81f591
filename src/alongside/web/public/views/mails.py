"""Mails that went to nobody: the shelf of a demo, or of an installation that has no mail server yet. And leaving a class."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from alongside.delivery.access import (
    get_act,
    get_notice_of_link,
    get_shelf_mail,
    get_taking,
    get_waiting_mail,
    visible_shelf_mails,
    visible_waiting_mails,
)
from alongside.delivery.actions.acting import do_act
from alongside.delivery.actions.choosing import switch_off_by_link
from alongside.delivery.enums import OUTCOMES
from alongside.delivery.facts import moment
from alongside.delivery.previews import letter_waiting
from alongside.delivery.queries import notice_lines
from alongside.foundation.clock import now
from alongside.meetings.actions import take_time
from alongside.people.enums import NoticeClass
from alongside.programs.texts import text_catalog
from alongside.web.mailframe import mail_page, with_frames
from alongside.web.ui.notes import say
from alongside.web.visitors import visitor

PAGE = 50
WAITING = 20


@require_GET
def shelf(request: HttpRequest) -> HttpResponse:
    """Mails on the shelf, newest first. In a demo those to oneself, or all, and what waits; else only those to oneself."""
    person = visitor(request)
    if person is None and not settings.DEMO:
        return redirect_to_login(request.get_full_path())
    rows = visible_shelf_mails(person)
    own = person is not None and settings.DEMO and "all" not in request.GET
    if own and person is not None:
        rows = rows.filter(to__iexact=person.email)
    waiting = visible_waiting_mails(person if own else None)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "waiting": notice_lines(waiting[:WAITING]),
        "own": own,
        "has_tabs": person and settings.DEMO,
    }
    return render(request, "public/mails/shelf.html", context)


@require_GET
def mail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One mail, as HTML in a frame or as plain text."""
    person = visitor(request)
    if person is None and not settings.DEMO:
        return redirect_to_login(request.get_full_path())
    row = get_shelf_mail(person, public_id)
    as_text = "text" in request.GET or not row.html
    context = {
        "mail": row,
        "at": row.created_at,
        "as_text": as_text,
        "inside": reverse("public:mail_shelf.html", args=[public_id]),
    }
    return with_frames(render(request, "public/mails/mail.html", context))


@require_GET
def mail_html(request: HttpRequest, public_id: str) -> HttpResponse:
    """The inside of the frame."""
    person = visitor(request)
    if person is None and not settings.DEMO:
        return redirect_to_login(request.get_full_path())
    return mail_page(get_shelf_mail(person, public_id).html)


@require_GET
def waiting(request: HttpRequest, public_id: str) -> HttpResponse:
    """A mail that waits for its moment, as it would go out now. In a demo, where nobody wants to wait until Monday."""
    notice = get_waiting_mail(public_id)
    letter = letter_waiting(notice, now=now())
    if letter is None:
        say(request, _("That mail need not go any more: what it would tell is settled."))
        return redirect("public:mail_shelf")
    context = {
        "mail": letter,
        "at": notice.not_before,
        "waits": True,
        "as_text": "text" in request.GET,
        "inside": reverse("public:mail_shelf.waiting_html", args=[public_id]),
    }
    return with_frames(render(request, "public/mails/mail.html", context))


@require_GET
def waiting_html(request: HttpRequest, public_id: str) -> HttpResponse:
    """The inside of its frame."""
    letter = letter_waiting(get_waiting_mail(public_id), now=now())
    return mail_page(letter.html if letter is not None else "")


@csrf_exempt  # mail programs post here without a cookie (RFC 8058); the signed link is the permission
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what would change, POST changes it. No redirect: mail programs want the answer itself."""
    notice = get_notice_of_link(token)
    if request.method == "POST":
        switch_off_by_link(notice=notice, now=now())
        notice = get_notice_of_link(token)
    context = {"notice": notice, "label": NoticeClass(notice.notice_class).label}
    return render(request, "public/mails/unsubscribe.html", context)


@require_http_methods(["GET", "POST"])
def taking(request: HttpRequest, token: str) -> HttpResponse:
    """A time offered, from a mail: GET shows it and changes nothing, POST takes it. The signed link is the permission."""
    offer = get_taking(token, now=now())
    if request.method == "POST":
        take_time(meeting=offer.meeting, actor=offer.person, offered=offer.public_id, now=now())
        return redirect("public:taking", token)
    with override(offer.person.language):
        when = moment(offer.starts_at, offer.person, offer.partner) if offer.starts_at else ""
        return render(request, "public/mails/taking.html", {"offer": offer, "when": when})


@require_http_methods(["GET", "POST"])
def acting(request: HttpRequest, token: str) -> HttpResponse:
    """One simple thing, from a mail: GET shows it and changes nothing, POST does it. The signed link is the permission."""
    act = get_act(token, now=now())
    if request.method == "POST":
        do_act(act, now=now())
        return redirect("public:act", token)
    with override(act.person.language):
        is_outcome = act.act in OUTCOMES
        partner, starts_at = act.scene.partner_of(act.person), getattr(act.scene.thing, "starts_at", None)
        context = {
            "act": act,
            "partner": partner,
            "when": moment(starts_at, act.person, partner) if is_outcome and starts_at else "",
            "name": text_catalog().every[act.notice.kind].name,
        }
        page = "public/mails/outcome.html" if is_outcome else "public/mails/later.html"
        return render(request, page, context)
