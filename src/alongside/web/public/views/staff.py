"""The page of a letter to future staff: who asks, for what; yes, or leave it."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from alongside.foundation.clock import now
from alongside.foundation.errors import NotFound
from alongside.people.actions import ensure_person
from alongside.people.signin import active_person
from alongside.programs.access import get_staff_invitation_of_link
from alongside.programs.actions import accept_staff_invitation
from alongside.web.public.doors import come_in, visitor
from alongside.web.public.forms.staff import NameForm
from alongside.web.refusals import status_of


@require_GET
@sensitive_variables("token")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    return _page(request, token, NameForm())


@require_POST
@sensitive_variables("token")
def acceptance(request: HttpRequest, token: str) -> HttpResponse:
    """The link was sent to one address: who is new comes in by it, who signed in here before signs in first."""
    found = get_staff_invitation_of_link(token, now=now())
    person, form = visitor(request), NameForm(request.POST)
    if person is not None and person.email.casefold() != found.email.casefold():
        return _page(request, token, form, status=409)
    known = active_person(found.email)
    if person is None and known is not None and known.last_login is not None:
        return redirect_to_login(reverse("public:staff_invitation", args=[token]))
    if not form.is_valid():
        return _page(request, token, form, status=status_of(form))
    name = form.cleaned_data["name"]
    comes = person or ensure_person(email=found.email, name=name, zone=found.program.zone)
    if not comes.is_active:
        raise NotFound
    accept_staff_invitation(invitation=found, person=comes, now=now())
    where = reverse("coordinator:overview", args=[found.program.public_id])
    if person is not None:
        return redirect(where)
    return come_in(request, comes, where, method="invitation")


def _page(request: HttpRequest, token: str, form: NameForm, *, status: int = 200) -> HttpResponse:
    found, person = get_staff_invitation_of_link(token, now=now()), visitor(request)
    context = {
        "invitation": found,
        "token": token,
        "program": found.program,
        "by": found.invited_by or found.program.contact,
        "form": form,
        "asks_name": person is None and active_person(found.email) is None,
        "another": person is not None and person.email.casefold() != found.email.casefold(),
        "helper": {"name": found.program.contact.name},
    }
    return render(request, "public/staff/invitation.html", context, status=status)
