"""Signing in by a link sent to one's address."""

from datetime import timedelta

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from alongside.delivery.actions.posting import post_letter
from alongside.foundation.clock import now
from alongside.foundation.mail import Action, Letter
from alongside.people.signin import LINK_SECONDS, active_person, link_token, person_of_link
from alongside.web.account.forms.signin import LinkForm


def link_request(request: HttpRequest) -> HttpResponse:
    """Asks where to send a sign-in link. Says the same whether or not the address has an account."""
    form = LinkForm(request.POST or None)
    if request.method != "POST":
        return render(request, "account/link_request.html", {"form": form})
    if not form.is_valid():
        return render(request, "account/link_request.html", {"form": form}, status=422)
    email = form.cleaned_data["email"]
    if ratelimit.consume(request, action="reset_password", key=email.lower()):
        _send_link(email)
    return redirect("account_link_sent")


def link_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "account/link_sent.html")


@sensitive_variables("token")
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening a link changes nothing (mail scanners open links too); the button on the page signs in."""
    person = person_of_link(token)
    if person is None:
        return render(request, "account/link_spent.html", status=410)
    if request.method != "POST":
        return render(request, "account/link.html", {"person": person})
    record_authentication(request, person, method="link", email=person.email)
    response: HttpResponse = perform_login(request, Login(user=person, email=person.email))
    return response


def _send_link(email: str) -> None:
    person = active_person(email)
    if person is None:
        letter = Letter(
            to=email,
            subject=_("About signing in"),
            body=_("Somebody asked for a sign-in link for this address, but it has no account here."),
            foot=_("If it was you, perhaps you joined with another address."),
        )
    else:
        url = settings.BASE_URL + reverse("account_link", args=[link_token(person)])
        letter = Letter(
            to=person.email,
            subject=_("Your sign-in link"),
            body=_("Here is your link. It signs you in once, within the next 30 minutes."),
            action=Action(_("Sign in"), url),
            foot=_("If you did not ask for it, leave it: nothing happens."),
        )
    post_letter(letter, now=now(), expires_at=now() + timedelta(seconds=LINK_SECONDS))
