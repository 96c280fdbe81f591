"""What makes the pages an app of their own on a device: a manifest, and the worker that shows notes."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

_WORKER = settings.PACKAGE / Path("web/ui/static/ui/service-worker.js")
_SIZES = (192, 512)


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root of the house, because a worker serves only what lies below its own address; asked for anew each time."""
    response = HttpResponse(_WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What a device calls the house on its home screen, and where it opens. The same for everybody."""
    name = settings.ORGANIZATION or "Alongside"
    icons = [
        {"src": static(f"ui/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in _SIZES
    ]
    content = {
        "id": "/",
        "name": name,
        "short_name": name[:12].strip(),
        "start_url": reverse("workspace:today"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf8f3",
        "theme_color": "#fbf8f3",
        "icons": [*icons, {"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    headers = {"Cache-Control": "public, max-age=3600"}
    return JsonResponse(content, content_type="application/manifest+json", headers=headers)
