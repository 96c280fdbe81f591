"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest

from alongside.programs.access import staffed_programs


def installation(request: HttpRequest) -> dict[str, object]:
    """Facts about the installation and the person's chosen look."""
    preferences = getattr(request.user, "preferences", None) if hasattr(request, "user") else None
    return {
        "demo": settings.DEMO,
        "organization": settings.ORGANIZATION,
        "theme": preferences.theme if preferences else "system",
        "coordinates": lambda: _coordinates(request),  # asked only where the menu is drawn
    }


def _coordinates(request: HttpRequest) -> bool:
    """Whether the signed-in person is staff of any program."""
    return request.user.is_authenticated and staffed_programs(request.user).exists()
