"""AlongsideError to page. A foreign thing and a missing one give the same answer."""

import logging
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.foundation.errors import AlongsideError, Conflict, Invalid, NotAllowed, NotFound

logger = logging.getLogger(__name__)

STATUS: dict[type[AlongsideError], int] = {NotFound: 404, NotAllowed: 403, Conflict: 409, Invalid: 422}


def error_page(request: HttpRequest, error: AlongsideError) -> HttpResponse:
    """The page for an error a view did not handle itself."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    if status == 404:
        return not_found(request, error)
    return _refused(request, error.message, status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """One page for "not there" and "not yours", so that nobody can tell them apart."""
    return render(request, "errors/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """What people read when we broke. Asks neither session nor database: they may be what broke.

    If not even the page can be drawn (a static file is missing, say), the same words stand alone.
    """
    facts = {"demo": settings.DEMO, "organization": settings.ORGANIZATION}
    try:
        page = str(render_to_string("errors/server_error.html", facts))
    except Exception:
        logger.exception("The page for errors could not be drawn")
        page = _plain_words()
    return HttpResponse(page, status=500)


def _plain_words() -> str:
    return format_html(
        '<!doctype html><html lang="{}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<title>{}</title><h1>{}</h1><p>{}</p><p><a href="">{}</a></p></html>',
        get_language() or "en",
        _("Something broke on our side"),
        _("Something broke on our side"),
        _("What you wrote is safe in this browser. Please go back and try again in a moment."),
        _("Try again"),
    )


def only_sent(request: HttpRequest) -> HttpResponse:
    """Somebody opened an address that only takes what a form sends: after signing in again, or by a reload."""
    message = _(
        "Nothing was changed. Please go back to the page you came from and press its button once more."
    )
    return _refused(request, message, 405)


def too_many(request: HttpRequest) -> HttpResponse:
    """Somebody, or something, asked for the same too often in a short time."""
    message = _("That was a lot at once. Please wait a few minutes and try again.")
    return _refused(request, message, 429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    message = _(
        "This page was open for a long time. Go back, load it again and send it once more: your text is still there."
    )
    return _refused(request, message, 403)


def _refused(request: HttpRequest, message: str, status: int) -> HttpResponse:
    context = {"message": message, "back": _came_from(request)}
    return render(request, "errors/refused.html", context, status=status)


def _came_from(request: HttpRequest) -> str:
    """The page of this house that somebody came from, where there was one to go back to."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return ""
    found = urlsplit(referer)
    if found.path == request.path or found.path.startswith(
        ("/account/", "//")
    ):  # "//host" leads out of this one
        return ""
    return urlunsplit(("", "", found.path, found.query, ""))
