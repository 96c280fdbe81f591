"""Claiming notices whose moment has come, and writing down what became of each.

The order is the guarantee: SENDING is committed, the letter is handed over, the outcome is committed. A crash before the
handing over or after it leaves SENDING with a lease that runs out: then nobody knows, the notice becomes UNKNOWN and is
told in the next digest. So no mail goes out twice, and nothing is lost from view. Do not put the handing over inside a
transaction.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from alongside.delivery.actions.planning import (
    DIGEST,
    cancel_one,
    ensure_digest,
    hold,
    move_to_digest,
    twin_by_mail,
)
from alongside.delivery.enums import UNCOUNTED, NoticeChannel, NoticeState, Why
from alongside.delivery.letters import Told, digest_for, letter_for, message_id_of
from alongside.delivery.models import Notice
from alongside.delivery.plan import DAILY_CAP, may_go, next_digest
from alongside.delivery.pushes import Push, push_digest_for, push_for
from alongside.delivery.queries import (
    counted_today,
    devices_of,
    digest_items,
    digest_time_of,
    due_notices,
    hours_for,
    is_in_season,
    lost_in_sending,
    mergeable_with,
    mode_for,
    rings_through,
)
from alongside.delivery.still import scene_to_tell
from alongside.engine.timing.hours import PersonHours
from alongside.foundation.ids import new_token
from alongside.foundation.mail import Letter
from alongside.jobs.actions import describe
from alongside.meetings.enums import Attending
from alongside.meetings.queries import attending
from alongside.mentorships.enums import MentorshipState
from alongside.people.enums import NoticeClass, NoticeMode
from alongside.people.models import Person, Preferences
from alongside.programs.texts import text_catalog

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
_NEVER_TOLD = (NoticeState.CANCELED, NoticeState.EXPIRED, NoticeState.BOUNCED)
_FIRST_DELAY, _LONGEST_DELAY = timedelta(minutes=1), timedelta(hours=1)


# What is handed over, and how it is written: alone or with others of its thread, and as a digest.
Words = TypeVar("Words", Letter, Push)
Write = Callable[[Notice, Sequence[Told], PersonHours, datetime], Words]


@dataclass(frozen=True, slots=True)
class Claimed(Generic[Words]):
    """A letter that this worker alone may hand over. All notices it tells are SENDING under the same token."""

    notice: Notice
    letter: Words
    doubtful: Sequence[int] = ()  # UNKNOWN from before, told again in this digest


def claim_letter(*, now: datetime) -> Claimed[Letter] | None:
    """The next mail to hand over now, what it tells committed as SENDING; None when nothing may go at this instant.

    Hours, choices and whether the thing is still so are looked at again here: an outage or a change may lie between
    planning and this moment. What may not go waits, moves to the digest, or ends, each with its reason. A notice whose
    letter cannot be written is set aside with its error and holds up nobody.
    """
    return _claim_next(NoticeChannel.MAIL, _write_letter, now)


def claim_push(*, now: datetime) -> Claimed[Push] | None:
    """The next note to hand over to devices, by the same rules as a mail."""
    return _claim_next(NoticeChannel.PUSH, _write_push, now)


def _write_letter(notice: Notice, together: Sequence[Told], hours: PersonHours, now: datetime) -> Letter:
    return digest_for(notice, together) if notice.kind == DIGEST else letter_for(notice, together)


def _write_push(notice: Notice, together: Sequence[Told], hours: PersonHours, now: datetime) -> Push:
    write = push_digest_for if notice.kind == DIGEST else push_for
    return write(notice, together, hours=hours, now=now)


def _claim_next(channel: NoticeChannel, write: Write[Words], now: datetime) -> Claimed[Words] | None:
    while True:
        with transaction.atomic():
            notice = _next_due(channel, now)
            if notice is None:
                return None
            try:
                with transaction.atomic():
                    claim = _claim_digest if notice.kind == DIGEST else _claim
                    claimed = claim(notice, write, now)
            except Exception as problem:
                log.exception("The letter for notice %s could not be written", notice.public_id)
                _set_aside(notice, describe(problem), now)
                claimed = None
        if claimed is not None:
            return claimed


@transaction.atomic
def mark_sent(claimed: Claimed[Words], *, now: datetime) -> bool:
    """The mail server took it, or a push service. False when the lease ran out meanwhile: then it stands as UNKNOWN."""
    notice = claimed.notice
    settled = {"settled_at": now, "lease": None, "why": "", "error": ""}
    if not _own(claimed).filter(pk=notice.pk).update(state=NoticeState.SENT, **settled):
        return False
    told_as = NoticeState.DIGESTED if notice.kind == DIGEST else NoticeState.MERGED
    _own(claimed).update(state=told_as, told_with=notice, **settled)
    Notice.objects.filter(pk__in=claimed.doubtful).update(told_with=notice)
    return True


@transaction.atomic
def put_back(claimed: Claimed[Words], problem: str, *, now: datetime) -> None:
    """The server certainly did not take it, and may later: waits a little longer after each try. Never given up."""
    later = now + _delay(claimed.notice.attempts)
    back = {"state": NoticeState.DUE, "lease": None, "token": "", "why": Why.NOT_NOW, "error": problem[:300]}
    _own(claimed).update(not_before=later, **back)


@transaction.atomic
def mark_bounced(claimed: Claimed[Words], problem: str, *, now: datetime) -> None:
    """The server refused this receiver or this mail for good. Everything it was to tell stays readable in the app."""
    _own(claimed).update(
        state=NoticeState.BOUNCED, lease=None, settled_at=now, why=Why.REFUSED, error=problem[:300]
    )


@transaction.atomic
def mark_unreachable(claimed: Claimed[Words], *, now: datetime) -> None:
    """No device of the person takes notes any more. Everything it was to tell stays readable in the app."""
    _own(claimed).update(state=NoticeState.CANCELED, lease=None, settled_at=now, why=Why.NO_DEVICE)


@transaction.atomic
def mark_unknown(claimed: Claimed[Words], problem: str, *, now: datetime) -> None:
    """The connection ended in the middle: perhaps it went. Not sent again; the next digest tells of it."""
    _own(claimed).update(
        state=NoticeState.UNKNOWN, lease=None, settled_at=now, why=Why.CUT_OFF, error=problem[:300]
    )
    _doubtful_to_digest([claimed.notice], now)


@transaction.atomic
def settle_lost_letters(*, now: datetime) -> int:
    """Turns what a crashed worker left in SENDING into UNKNOWN, to be told in the next digest; returns how many.

    Mail and push look after them at the same time: each takes the rows the other does not hold.
    """
    rows = list(_locked(lost_in_sending(now)))
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=NoticeState.UNKNOWN, lease=None, settled_at=now, why=Why.CUT_OFF
    )
    _doubtful_to_digest(rows, now)
    return len(rows)


def _doubtful_to_digest(notices: Sequence[Notice], now: datetime) -> None:
    """Sees to it that what is in doubt for these receivers comes in their next digest."""
    for notice in notices:
        twin = twin_by_mail(notice)
        if twin is not None and twin.state not in _NEVER_TOLD:  # the mail tells it: once is enough
            Notice.objects.filter(pk=notice.pk).update(told_with=twin)
    programs = {notice.person: notice.program for notice in notices if notice.person is not None}
    for person, program in programs.items():
        if digest_items(person.pk).exists():
            ensure_digest(person, hours_for(person, program), now)


def _own(claimed: Claimed[Words]) -> QuerySet[Notice]:
    return Notice.objects.filter(token=claimed.notice.token, state=NoticeState.SENDING)


def _next_due(channel: NoticeChannel, now: datetime) -> Notice | None:
    rows = due_notices(now, channel).select_for_update(of=("self",), skip_locked=True)
    return rows.select_related("person__preferences", "program").first()


def _set_aside(notice: Notice, problem: str, now: datetime) -> None:
    Notice.objects.filter(pk=notice.pk).update(
        attempts=notice.attempts + 1, not_before=now + _delay(notice.attempts + 1), error=problem[:300]
    )


def _delay(attempts: int) -> timedelta:
    return min(_FIRST_DELAY * int(2 ** min(attempts - 1, 10)), _LONGEST_DELAY)


def _claim(notice: Notice, write: Write[Words], now: datetime) -> Claimed[Words] | None:
    """Sends the notice on its way, or writes down why not. Every path changes the row, so the loop above ends."""
    told = _told(notice, now)
    if told is None or (notice.expires_at is not None and notice.expires_at <= now):
        ended = NoticeState.EXPIRED if told is not None else NoticeState.CANCELED
        cancel_one(notice, Why.GONE, now, state=ended)
        return None
    hours = hours_for(notice.person, notice.program)
    if _held_back(told, hours, now):
        return None
    rows = _locked(mergeable_with(notice, now)) if _merges(notice) else ()
    others: list[Told] = [other for row in rows if (other := _told(row, now)) is not None]
    together = sorted([told, *others], key=lambda each: (each.notice.created_at, each.notice.pk))
    return _sending(notice, write(notice, together, hours, now), [other.notice for other in others], now)


def _locked(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """Rows nobody else is about to claim, with what their letter needs."""
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    return locked.select_related("person__preferences", "program")


def _told(notice: Notice, now: datetime) -> Told | None:
    """The notice with its scene; None when the person is gone or there is nothing to tell any more."""
    if notice.person is not None and not notice.person.is_active:
        return None
    if notice.kind not in text_catalog().every:  # a text of a version before
        return None
    scene = scene_to_tell(notice, now)
    return Told(notice, scene) if scene is not None else None


def _held_back(told: Told, hours: PersonHours, now: datetime) -> bool:
    """Whether the notice may not go now; then it was moved on, with its reason."""
    notice, person = told.notice, told.notice.person
    notice_class = NoticeClass(notice.notice_class)
    mode, window = mode_for(person, notice_class, notice.channel), _opens_window(told)
    if mode == NoticeMode.OFF:
        cancel_one(notice, Why.OFF, now)
    elif _nowhere_to_show(notice):
        cancel_one(notice, Why.NO_DEVICE, now)
    elif mode == NoticeMode.DIGEST:
        move_to_digest(notice, Why.OFF, now)
    elif why := _no_nudge(told, now):
        cancel_one(notice, why, now)
    elif rings_through(notice, hours, now):
        return False
    elif not may_go(notice_class, hours, now=now, start=notice.starts_at if window else None):
        hold(notice, hours, now, opens_window=window)
    elif notice_class not in UNCOUNTED and _had_enough(notice, hours, now):
        move_to_digest(notice, Why.CAP, now)
    else:
        return False
    return True


def _opens_window(told: Told) -> bool:
    """Whether the meeting opens a window of its own: for a reminder, only to somebody who said yes to its time."""
    notice = told.notice
    if notice.notice_class != NoticeClass.MEETING_REMINDER or notice.person is None:
        return True
    return attending(told.scene.thing).get(notice.person.pk, Attending.ACCEPTED) == Attending.ACCEPTED


def _nowhere_to_show(notice: Notice) -> bool:
    """Whether a note for devices has none any more."""
    if notice.channel != NoticeChannel.PUSH or notice.person is None:
        return False
    return not devices_of(notice.person).exists()


def _had_enough(notice: Notice, hours: PersonHours, now: datetime) -> bool:
    """Whether the person had the mails of a day. Two workers count one after the other: the row is held.

    A note on a device takes the place of the one before it, so it needs no number.
    """
    person = notice.person
    if person is None or notice.channel != NoticeChannel.MAIL:
        return False
    Preferences.objects.select_for_update().filter(person=person).first()
    return counted_today(person, hours.zone, now) >= DAILY_CAP


def _no_nudge(told: Told, now: datetime) -> Why | None:
    """Why a gentle offer is not made: they stop while the pair rests, or while one of the two has a quieter time."""
    if told.notice.notice_class != NoticeClass.NUDGE:
        return None
    scene, person = told.scene, told.notice.person
    if scene.mentorship is not None and scene.mentorship.state == MentorshipState.PAUSED:
        return Why.RESTING
    people = scene.members() or ([person] if person is not None else [])
    return Why.SEASON if is_in_season(people, now) else None


def _merges(notice: Notice) -> bool:
    return text_catalog().text(notice.kind).merges


def _claim_digest(notice: Notice, write: Write[Words], now: datetime) -> Claimed[Words] | None:
    """The digest with everything there is to tell; canceled when there is nothing. Counts as one of the three mails."""
    person = notice.person
    mode = mode_for(person, NoticeClass.DIGEST, notice.channel)
    if person is None or not person.is_active or mode == NoticeMode.OFF or _nowhere_to_show(notice):
        cancel_one(notice, Why.OFF, now)
        return None
    hours = hours_for(person, notice.program)
    if not may_go(NoticeClass.DIGEST, hours, now=now):
        hold(notice, hours, now)
        return None
    if _had_enough(notice, hours, now):
        tomorrow = next_digest(hours, digest_time_of(person), now + timedelta(seconds=1))
        notice.not_before, notice.why = tomorrow[0] if tomorrow else now + timedelta(days=1), Why.CAP
        notice.save(update_fields=["not_before", "why"])
        return None
    items = _digest_contents(person, notice.channel, now)
    if not items:
        cancel_one(notice, Why.GONE, now)
        return None
    waiting = [item.notice for item in items if item.notice.state == NoticeState.DUE]
    doubtful = [item.notice.pk for item in items if item.notice.state == NoticeState.UNKNOWN]
    return _sending(notice, write(notice, items, hours, now), waiting, now, doubtful)


def _digest_contents(person: Person, channel: str, now: datetime) -> list[Told]:
    """What there is to tell; what is settled meanwhile is canceled."""
    items = []
    for row in _locked(digest_items(person.pk, channel, by=now)):
        told, waits = _told(row, now), row.state == NoticeState.DUE
        if waits and row.expires_at is not None and row.expires_at <= now:
            cancel_one(row, Why.GONE, now, state=NoticeState.EXPIRED)
        elif waits and told is None:
            cancel_one(row, Why.GONE, now)
        elif waits and told is not None and (why := _no_nudge(told, now)):
            cancel_one(row, why, now)
        elif told is not None:
            items.append(told)
    return items


def _sending(
    notice: Notice, letter: Words, others: Sequence[Notice], now: datetime, doubtful: Sequence[int] = ()
) -> Claimed[Words]:
    notice.lease, notice.token = now + LEASE, new_token()
    notice.attempts += 1
    together = Notice.objects.filter(pk__in=[notice.pk, *(other.pk for other in others)])
    together.update(state=NoticeState.SENDING, lease=notice.lease, token=notice.token)
    Notice.objects.filter(pk=notice.pk).update(attempts=notice.attempts, message_id=message_id_of(notice))
    return Claimed(notice, letter, doubtful)
