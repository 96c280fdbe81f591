"""What administrators decide about accounts. They see no talk by it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict, NotFound
from alongside.journal.actions import record
from alongside.people.models import Person


@transaction.atomic
def make_administrator(*, person: Person, actor: Person, now: datetime) -> Person:
    return _set(person, "is_administrator", True, "person.made_administrator", actor, now)


@transaction.atomic
def take_administrator(*, person: Person, actor: Person, now: datetime) -> Person:
    """Raises Conflict when nobody would be left to administer."""
    others = (
        Person.objects.select_for_update().filter(is_administrator=True, is_active=True).exclude(pk=person.pk)
    )
    if not others:
        raise Conflict(
            _("Somebody has to administer this installation. Make another person administrator first.")
        )
    return _set(person, "is_administrator", False, "person.administrator_taken", actor, now)


@transaction.atomic
def close_account(*, person: Person, actor: Person, now: datetime) -> Person:
    """No more signing in, and signed out everywhere. Nothing is deleted. Raises Conflict for one's own account."""
    if person.pk == actor.pk:
        raise Conflict(_("You cannot close your own account here."))
    return _set(person, "is_active", False, "person.account_closed", actor, now)


@transaction.atomic
def open_account(*, person: Person, actor: Person, now: datetime) -> Person:
    if person.erased_at is not None:
        raise Conflict(_("This person has left for good."))
    return _set(person, "is_active", True, "person.account_opened", actor, now)


def _set(person: Person, field: str, value: bool, verb: str, actor: Person, now: datetime) -> Person:
    if not actor.is_administrator:
        raise NotFound
    if getattr(person, field) != value:
        setattr(person, field, value)
        person.save(update_fields=[field])
        record(verb, actor_id=actor.pk, subject=person, now=now)
    return person
