"""Where sign-in meets our person: the backend, and the token of a sign-in link."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.core import signing
from django.db.models import QuerySet

from alongside.foundation.compiled import compiled
from alongside.people.models import Person

LINK_SECONDS = 30 * 60
_SALT = "alongside.people.signin.link"


class Backend(AuthenticationBackend):
    """allauth's sign-in; the signed-in person comes with preferences, in one query a request."""

    def get_user(self, user_id: Any) -> Person | None:
        person = next(iter(_signed_in(int(user_id))), None)
        return person if person and person.is_active else None


@compiled
def _signed_in(person: int) -> QuerySet[Person]:
    return Person.objects.select_related("preferences").filter(pk=person)


def link_token(person: Person) -> str:
    """A signed token that signs this person in once, within LINK_SECONDS.

    It carries when they last signed in, so that using it, or signing in any other way, ends it.
    """
    return signing.dumps([person.public_id, _last_sign_in(person)], salt=_SALT)


def person_of_link(token: str) -> Person | None:
    """Whom a token signs in; None when it was used, is too old, was changed, or the account is closed."""
    try:
        public_id, last_sign_in = signing.loads(token, salt=_SALT, max_age=LINK_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = Person.objects.filter(public_id=public_id, is_active=True).first()
    return person if person and _last_sign_in(person) == last_sign_in else None


def active_person(email: str) -> Person | None:
    """Who signs in with this address, in any case."""
    return Person.objects.filter(email__iexact=email.strip(), is_active=True).first()


def _last_sign_in(person: Person) -> str:
    return person.last_login.isoformat() if person.last_login else ""
