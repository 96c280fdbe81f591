"""A person's talks for calendar programs. The address is the permission; it was given to nobody but its owner."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from alongside.delivery.calendars import feed_content
from alongside.foundation.clock import now
from alongside.meetings.queries import get_feed


@require_safe
def talks(request: HttpRequest, token: str) -> HttpResponse:
    """The feed; 304 when the calendar has it already. Raises NotFound for an address that does not hold any more."""
    content = feed_content(get_feed(token), now=now())
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["ETag"] = etag
    response.headers["X-Robots-Tag"] = "noindex"
    found: HttpResponse = get_conditional_response(request, etag=etag, response=response) or response
    return found
