"""AlongsideError to page. A foreign thing and a missing one give the same answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.foundation.errors import AlongsideError, Conflict, Invalid, NotAllowed, NotFound

STATUS: dict[type[AlongsideError], int] = {NotFound: 404, NotAllowed: 403, Conflict: 409, Invalid: 422}


def error_page(request: HttpRequest, error: AlongsideError) -> HttpResponse:
    """The page for an error a view did not handle itself."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    if status == 404:
        return not_found(request, error)
    return render(request, "errors/refused.html", {"message": error.message}, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """One page for "not there" and "not yours", so that nobody can tell them apart."""
    return render(request, "errors/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/server_error.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    message = _(
        "This page was open for a long time. Go back, load it again and send it once more: your text is still there."
    )
    return render(request, "errors/refused.html", {"message": message}, status=403)
