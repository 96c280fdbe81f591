"""Showing a mail as mail programs show it: in a frame of its own, without scripts, with exactly our own styles allowed."""

from django.http import HttpResponse

from alongside.foundation.letterhead import style_policy
from alongside.web.middleware import CSP

_FRAME = "; ".join(
    (
        "default-src 'none'",
        style_policy(),
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox allow-top-navigation-by-user-activation allow-popups",
    )
)


def mail_page(html: str) -> HttpResponse:
    """The HTML of a mail for the inside of a frame. Its links lead the whole window on, after a click only."""
    response = HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))
    response.headers["Content-Security-Policy"] = _FRAME
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def with_letters(response: HttpResponse) -> HttpResponse:
    """The page may hold whole letters that have no address of their own, in frames that open nothing (`_letter.html`).

    Such a frame comes under the policy of its page, so the page allows the styles of letters too, and no others.
    """
    policy = CSP.replace("style-src 'self'", style_policy().replace("style-src", "style-src 'self'"))
    response.headers["Content-Security-Policy"] = f"{policy}; frame-src 'self'"
    return response


def with_frames(response: HttpResponse) -> HttpResponse:
    """The page may hold frames of this very site."""
    response.headers["Content-Security-Policy"] = f"{CSP}; frame-src 'self'"
    return response
