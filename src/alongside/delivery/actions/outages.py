"""When the mail server does not answer: remembered once, asked again after a growing while, forgotten when it does."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.delivery.enums import NoticeState
from alongside.delivery.models import Notice, Outage
from alongside.delivery.queries import current_outage
from alongside.foundation.errors import Conflict, NotAllowed, NotFound
from alongside.jobs.actions import retry_given_up
from alongside.journal.actions import record
from alongside.people.models import Person

_FIRST, _LONGEST = timedelta(seconds=15), timedelta(minutes=5)


@transaction.atomic
def note_outage(problem: str, *, now: datetime) -> Outage:
    """The server did not answer: nobody asks it again before `next_try_at`. Notices stay as they are."""
    outage = current_outage() or Outage(since=now, tries=0)
    outage.tries += 1
    outage.tried_at, outage.error = now, problem[:300]
    outage.next_try_at = now + min(_FIRST * 2 ** min(outage.tries - 1, 10), _LONGEST)
    outage.save()
    return outage


def forget_outage() -> None:
    """The server answers again."""
    Outage.objects.all().delete()


@transaction.atomic
def try_server_now(*, actor: Person, now: datetime) -> None:
    """Asks the mail server at the worker's next turn. For administrators."""
    _check_administrator(actor)
    Outage.objects.update(next_try_at=now)


@transaction.atomic
def retry_notice(*, public_id: str, actor: Person, now: datetime) -> Notice:
    """A notice that came back, or waits for another try, is tried again; the receiver's hours hold as ever.

    One that was perhaps sent is not: nobody gets a mail twice. For administrators.
    """
    _check_administrator(actor)
    notice = Notice.objects.select_for_update().filter(public_id=public_id).first()
    if notice is None:
        raise NotFound
    if notice.state == NoticeState.DUE:
        notice.not_before = now
    elif notice.state == NoticeState.BOUNCED:
        notice.state, notice.not_before, notice.settled_at = NoticeState.DUE, now, None
    else:
        raise Conflict(_("This one is settled. Nobody gets a mail twice."))
    notice.save(update_fields=["state", "not_before", "settled_at"])
    record("notice.retried", actor_id=actor.pk, subject=notice, now=now)
    return notice


@transaction.atomic
def retry_job(*, job_id: int, actor: Person, now: datetime) -> None:
    """A job nobody tries any more starts anew. For administrators."""
    _check_administrator(actor)
    if not retry_given_up(job_id, now=now):
        raise Conflict(_("This job is under way or done."))


def _check_administrator(actor: Person) -> None:
    if not actor.is_administrator:
        raise NotAllowed(_("Only an administrator can do this."))
