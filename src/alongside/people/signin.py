"""Where sign-in meets our person."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from alongside.people.models import Person


class Backend(AuthenticationBackend):
    """allauth's sign-in; the signed-in person comes with preferences, in one query a request."""

    def get_user(self, user_id: Any) -> Person | None:
        person = Person.objects.select_related("preferences").filter(pk=user_id).first()
        return person if person and person.is_active else None
