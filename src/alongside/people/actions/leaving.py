"""Deleting oneself: asked for, regretted or not, then done for good."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict
from alongside.journal.actions import record
from alongside.people.models import DayOverride, Person, Preferences, Season
from alongside.vault.actions import destroy_keys

REGRET = timedelta(days=7)


@transaction.atomic
def ask_for_erasure(*, actor: Person, now: datetime) -> Person:
    """Starts the regret period; until its end everything stays as it is. Asking again changes nothing.

    Raises Conflict for the only administrator: an installation needs one.
    """
    if actor.is_administrator and not _others_administer(actor):
        raise Conflict(_("You are the only administrator. Make somebody else one first."))
    if actor.erase_at is None:
        actor.erase_at = now + REGRET
        actor.save(update_fields=["erase_at"])
        record("person.erasure_asked", actor_id=actor.pk, subject=actor, now=now)
    return actor


@transaction.atomic
def keep_account(*, actor: Person, now: datetime) -> Person:
    """Takes the wish back within the regret period."""
    if actor.erase_at is not None and actor.erased_at is None:
        actor.erase_at = None
        actor.save(update_fields=["erase_at"])
        record("person.erasure_regretted", actor_id=actor.pk, subject=actor, now=now)
    return actor


@transaction.atomic
def erase_person(*, person: Person, now: datetime) -> Person:
    """Removes who this was: name, address, photo, hours, seasons; and destroys the keys of every word they wrote.

    The row stays without a name, so that a partner's own words keep their place. The rooms above remove what is
    theirs in the same transaction (`person.erased`). There is no way back.
    """
    record("person.erased", actor_id=None, subject=person, now=now)  # first: the rooms still need the address
    destroy_keys(owner_id=person.pk)
    for session in UserSession.objects.filter(user=person):
        session.end()
    EmailAddress.objects.filter(user=person).delete()
    if person.photo:
        person.photo.delete(save=False)
    Person.objects.filter(manager_email=person.email.lower()).update(manager_email="")
    person.email = f"{person.public_id}@erased.invalid"
    person.name = _("Somebody who left")
    person.full_name = person.pronouns = person.about = person.job_title = person.unit = ""
    person.manager_email = ""
    person.languages = []
    person.photo = ""
    person.is_active = person.is_administrator = False
    person.erased_at = now
    person.set_unusable_password()
    person.save()
    Season.objects.filter(person=person).delete()
    DayOverride.objects.filter(person=person).delete()
    Preferences.objects.filter(person=person).delete()
    Preferences.objects.create(person=person)
    return person


def _others_administer(person: Person) -> bool:
    return Person.objects.filter(is_administrator=True, is_active=True).exclude(pk=person.pk).exists()
