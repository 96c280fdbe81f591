"""What every template may use."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from alongside.enrollment.fellows import contact_for
from alongside.programs.access import staffed_programs


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


def _coordinates(request: HttpRequest) -> bool:
    """Whether the signed-in person is staff of any program."""
    return request.user.is_authenticated and staffed_programs(request.user).exists()


HELPER_SECONDS = 300


def _helper(request: HttpRequest) -> dict[str, Any] | None:
    """Name, photo and address of the person who helps: on every page, so remembered for a few minutes."""
    if not hasattr(request, "user") or not request.user.is_authenticated:
        return None
    key = f"helper:{request.user.pk}"
    known: dict[str, Any] | None = cache.get(key)
    if known is None:
        contact = contact_for(request.user)
        known = {}
        if contact is not None and contact.pk != request.user.pk:
            photo = reverse("me:photo", args=[contact.public_id]) if contact.photo else ""
            known = {"name": contact.name, "photo_url": photo, "url": f"mailto:{contact.email}"}
        cache.set(key, known, HELPER_SECONDS)
    return known or None
