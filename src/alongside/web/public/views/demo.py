"""One-click sign-in of the demo program. These doors exist in demo mode only."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from alongside.foundation.errors import NotFound
from alongside.people.signin import active_person


@require_POST
def door(request: HttpRequest, door: str) -> HttpResponse:
    """Signs in as one of the invented people. Raises NotFound outside demo mode."""
    person = active_person(settings.DEMO_DOORS.get(door, "")) if settings.DEMO else None
    if person is None:
        raise NotFound
    request.session.flush()
    response: HttpResponse = perform_login(request, Login(user=person, email=person.email))
    return response
