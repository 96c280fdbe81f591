"""A coordinator's words to participants of their program."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.delivery.models import Announcement
from alongside.enrollment.models import Participation
from alongside.foundation.errors import Invalid
from alongside.foundation.mail import one_line
from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.programs.access import check_may_change
from alongside.programs.models import Program

LONGEST_SUBJECT, LONGEST_BODY = 200, 10_000


@transaction.atomic
def announce(
    *, program: Program, receivers: Collection[str], subject: str, body: str, actor: Person, now: datetime
) -> Announcement:
    """One mail to each of these participations (public ids) of the program, in each receiver's hours.

    Those who read notes from the team here only find it in no mail. Raises Invalid without words or receivers, and for
    receivers that are not of the program; NotFound and NotAllowed as `check_may_change`.
    """
    check_may_change(actor, program)
    subject, body = one_line(subject), body.replace("\r\n", "\n").strip()
    if not subject or len(subject) > LONGEST_SUBJECT:
        raise Invalid(_("Give it a subject of at most 200 characters."), field="subject")
    if not body or len(body) > LONGEST_BODY:
        raise Invalid(_("Write some words, 10,000 characters at most."), field="body")
    found = Participation.objects.filter(program=program, public_id__in=set(receivers))
    ids = sorted(found.values_list("pk", flat=True))
    if not ids or len(ids) != len(set(receivers)):
        raise Invalid(_("Choose people of this program."), field="receivers")
    row = Announcement.objects.create(
        program=program, by=actor, subject=subject, body=body, receivers=ids, created_at=now
    )
    record(
        "announcement.made",
        actor_id=actor.pk,
        subject=row,
        program_id=program.pk,
        data={"receivers": len(ids)},
        now=now,
    )
    return row
