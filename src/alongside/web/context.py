"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, object]:
    """Facts about the installation and the person's chosen look."""
    preferences = getattr(request.user, "preferences", None) if hasattr(request, "user") else None
    return {
        "demo": settings.DEMO,
        "organization": settings.ORGANIZATION,
        "theme": preferences.theme if preferences else "system",
    }
