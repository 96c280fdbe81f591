"""Who is at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

from alongside.foundation.errors import NotFound

if TYPE_CHECKING:
    from alongside.people.models import Person


def signed_in(request: HttpRequest) -> Person:
    """The person of a request; for views behind `login_required`. Raises NotFound for anybody else."""
    if not request.user.is_authenticated:
        raise NotFound
    return request.user


def visitor(request: HttpRequest) -> Person | None:
    """The signed-in person, or None: for pages that have something for both."""
    return request.user if request.user.is_authenticated else None
