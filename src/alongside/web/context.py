"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from alongside.programs.access import is_staff_anywhere
from alongside.web.help import Helper, helper_of


def installation(request: HttpRequest) -> dict[str, object]:
    """Facts about the installation and the person's chosen look."""
    preferences = getattr(request.user, "preferences", None) if hasattr(request, "user") else None
    return {
        "demo": settings.DEMO,
        "organization": settings.ORGANIZATION,
        "theme": preferences.theme if preferences else "system",
        "helper": SimpleLazyObject(lambda: _helper(request)),  # asked only where the foot is drawn
        "coordinates": lambda: _coordinates(request),  # asked only where the menu is drawn
    }


def _helper(request: HttpRequest) -> Helper | None:
    """Who helps the signed-in person; nobody where a page is drawn before it is known who asks."""
    person = getattr(request, "user", None)
    return helper_of(person) if person is not None and person.is_authenticated else None


def _coordinates(request: HttpRequest) -> bool:
    """Whether the signed-in person is staff of any program."""
    return request.user.is_authenticated and is_staff_anywhere(request.user)
