"""A coordinator's words to participants of their program: written, looked at, sent, read."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.delivery.announced import people_in
from alongside.delivery.enums import TAGGED, Circle
from alongside.delivery.models import Announcement, Receipt
from alongside.foundation.errors import Conflict, Invalid
from alongside.foundation.mail import one_line
from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.programs.access import check_may_change
from alongside.programs.models import Program

LONGEST_SUBJECT, LONGEST_BODY = 200, 10_000


@transaction.atomic
def write_announcement(
    *, program: Program, circle: str, subject: str, body: str, actor: Person, now: datetime
) -> Announcement:
    """A draft: nobody hears of it until `send_announcement`.

    Raises Invalid without words or with a circle there is none of; NotFound and NotAllowed as `check_may_change`.
    """
    check_may_change(actor, program)
    words = _checked(program, circle, subject, body)
    return Announcement.objects.create(program=program, by=actor, created_at=now, **words)


@transaction.atomic
def reword_announcement(
    *, announcement: Announcement, circle: str, subject: str, body: str, actor: Person
) -> Announcement:
    """Other words, or other receivers, for a draft. Raises Conflict once it is sent; else as `write_announcement`."""
    row = _draft(announcement, actor)
    for name, value in _checked(row.program, circle, subject, body).items():
        setattr(row, name, value)
    row.by = actor
    row.save(update_fields=["circle", "subject", "body", "by"])
    return row


@transaction.atomic
def send_announcement(*, announcement: Announcement, actor: Person, now: datetime) -> Announcement:
    """One mail to each who is in the circle at this moment, in each receiver's hours, and a page of theirs. Once.

    Those who read notes from the team here only find it in no mail. Raises Conflict once it is sent, Invalid when nobody
    is in the circle.
    """
    row = _draft(announcement, actor)
    receivers = list(people_in(row.program, row.circle).values_list("pk", flat=True))
    if not receivers:
        raise Invalid(_("Nobody is in this circle right now. Choose another one."), field="circle")
    Receipt.objects.bulk_create(Receipt(announcement=row, participation_id=pk) for pk in receivers)
    row.sent_at = now
    row.save(update_fields=["sent_at"])
    record(
        "announcement.made",
        actor_id=actor.pk,
        subject=row,
        program_id=row.program_id,
        data={"receivers": len(receivers)},
        now=now,
    )
    return row


@transaction.atomic
def drop_announcement(*, announcement: Announcement, actor: Person) -> None:
    """Takes a draft away. Raises Conflict once it is sent: words that went out stay readable."""
    _draft(announcement, actor).delete()


def mark_announcement_read(*, announcement: Announcement, reader: Person, now: datetime) -> None:
    """Their Today page need not name it any more, and a mail still held is not needed. Nothing to do twice."""
    own = Receipt.objects.filter(announcement=announcement, participation__person=reader)
    own.filter(read_at=None).update(read_at=now)


def _draft(announcement: Announcement, actor: Person) -> Announcement:
    rows = Announcement.objects.select_for_update(of=("self",)).select_related("program__contact")
    row = rows.filter(pk=announcement.pk).first()
    check_may_change(actor, announcement.program)
    if row is None or row.sent_at is not None:
        raise Conflict(_("These words are out already, or were taken away."))
    return row


def _checked(program: Program, circle: str, subject: str, body: str) -> dict[str, str]:
    subject, body = one_line(subject), body.replace("\r\n", "\n").strip()
    tag = circle.removeprefix(TAGGED) if circle.startswith(TAGGED) else None
    if circle not in Circle.values and not (tag and program.tags.filter(name=tag).exists()):
        raise Invalid(_("Choose whom it goes to."), field="circle")
    if not subject or len(subject) > LONGEST_SUBJECT:
        raise Invalid(_("Give it a subject of at most 200 characters."), field="subject")
    if not body or len(body) > LONGEST_BODY:
        raise Invalid(_("Write some words, 10,000 characters at most."), field="body")
    return {"circle": circle, "subject": subject, "body": body}
