"""The front door."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from alongside.enrollment.access import own_participations
from alongside.programs.access import staffed_programs
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from alongside.people.models import Person


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Strangers read what this is; who is signed in goes to the page where their day begins."""
    if not request.user.is_authenticated:
        return render(request, "public/home.html")
    return redirect(_first_page(signed_in(request)))


def _first_page(person: "Person") -> str:
    if own_participations(person).exists():
        return "workspace:today"
    if staffed_programs(person).exists():
        return "coordinator:home"
    return "operator:system" if person.is_administrator else "workspace:today"
