"""What every request passes through: security headers, the person's zone and theme, errors as pages."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from alongside.foundation.errors import AlongsideError
from alongside.vault.queries import keys_at_hand
from alongside.web.errors import error_page, only_sent

GetResponse = Callable[[HttpRequest], HttpResponse]

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def security_headers(get_response: GetResponse) -> GetResponse:
    """Content-Security-Policy without inline script or style, and the headers that go with it, on every answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers["Permissions-Policy"] = (
            "camera=(), microphone=(), geolocation=(), interest-cohort=()"
        )
        if _is_private(request):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def _is_private(request: HttpRequest) -> bool:
    """Whether the page is one person's: somebody is signed in, or it stands behind a link from a mail of theirs."""
    signed_in = hasattr(request, "user") and request.user.is_authenticated
    return signed_in or bool(request.resolver_match and "token" in request.resolver_match.kwargs)


def person_zone_and_language(get_response: GetResponse) -> GetResponse:
    """Shows every instant in the signed-in person's own zone.

    From here on `request.user` is the person, no longer Django's lazy stand-in that each query and comparison looks
    through anew.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.user = get_user(request)
        preferences = getattr(request.user, "preferences", None) if request.user.is_authenticated else None
        try:
            zone = ZoneInfo(preferences.zone) if preferences else None
        except (ZoneInfoNotFoundError, ValueError):
            zone = None
        with timezone.override(zone):
            return get_response(request)

    return middleware


def keys_of_a_request(get_response: GetResponse) -> GetResponse:
    """Each key of the vault is looked up at most once in a request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with keys_at_hand():
            return get_response(request)

    return middleware


class errors_as_pages:  # noqa: N801 - reads as the others in the settings' list
    """Turns an AlongsideError that a view let through into its page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET":
            page = only_sent(request)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return error_page(request, exception) if isinstance(exception, AlongsideError) else None
