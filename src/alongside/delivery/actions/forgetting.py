"""Removing what was told, or waits to be told, to somebody who deletes their account."""

from django.db import transaction

from alongside.delivery.models import Device, Notice, ShelfMail
from alongside.people.models import Person


@transaction.atomic
def forget_person(*, person: Person) -> None:
    """Deletes their devices, their notices and the mails to their address that lie on the shelf."""
    Device.objects.filter(person=person).delete()
    Notice.objects.filter(person=person).delete()
    Notice.objects.filter(address__iexact=person.email).delete()
    ShelfMail.objects.filter(to__iexact=person.email).delete()
