"""Making persons and letting them change what is theirs."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Invalid
from alongside.journal.actions import record
from alongside.people.models import Person, Preferences

LONGEST_ADDRESS = 254  # RFC 5321, and what the columns hold


@transaction.atomic
def ensure_person(
    *, email: str, name: str = "", full_name: str = "", zone: str = "UTC", actor: Person | None = None
) -> Person:
    """The person with this address (in any case), made if there is none. A new one has no password yet: they sign in by
    a link sent to their address. Raises Invalid for an address that cannot be one.
    """
    address = checked_email(email)
    person = Person.objects.filter(email__iexact=address).first()
    if person is not None:
        return person
    person = Person(email=address, name=name or full_name or address.split("@")[0], full_name=full_name)
    person.set_unusable_password()
    person.save()
    Preferences.objects.create(person=person, zone=zone)
    record("person.added", actor_id=actor.pk if actor else None, subject=person)
    return person


@transaction.atomic
def create_administrator(*, email: str, name: str, password: str) -> Person:
    """The first administrator of an installation, able to sign in with `password`. Raises Invalid for weak ones."""
    person = ensure_person(email=email, name=name)
    set_password(person=person, password=password)
    person.is_administrator = True
    person.save(update_fields=["is_administrator"])
    record("person.made_administrator", actor_id=None, subject=person)
    return person


def set_password(*, person: Person, password: str) -> None:
    """Sets a password that keeps the rules (12 characters, not common, not the person's own name)."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from None
    person.set_password(password)
    person.save(update_fields=["password"])


def checked_email(email: str) -> str:
    """The address trimmed, its domain in lower case. Raises Invalid when it is none."""
    address = Person.objects.normalize_email(email.strip())
    try:
        validate_email(address)
        MaxLengthValidator(LONGEST_ADDRESS)(address)
    except ValidationError:
        raise Invalid(
            _("“{address}” is not an e-mail address.").format(address=address), field="email"
        ) from None
    return address
