"""Switching a class of mails off with the link in a mail: without signing in, once."""

from datetime import datetime

from django.db import transaction

from alongside.delivery.actions.planning import replan_person
from alongside.delivery.models import Notice
from alongside.journal.actions import record
from alongside.people.enums import NoticeMode
from alongside.people.models import Person, Preferences


@transaction.atomic
def switch_off_by_link(*, notice: Notice, now: datetime) -> bool:
    """From now on the receiver of this notice reads its class in the app only. False when the link was used before.

    The link itself is the permission: it was sent to nobody else. What is held of the class is canceled.
    """
    unused = Notice.objects.filter(pk=notice.pk, unsubscribed_at__isnull=True)
    if notice.person is None or not unused.update(unsubscribed_at=now):
        return False
    preferences = Preferences.objects.select_for_update().get(person=notice.person)
    preferences.notices = {**preferences.notices, notice.notice_class: NoticeMode.OFF.value}
    preferences.save(update_fields=["notices"])
    person = Person.objects.select_related("preferences").get(pk=notice.person.pk)
    record("person.notices_changed", actor_id=person.pk, subject=person, now=now)
    replan_person(person, now=now)
    return True
