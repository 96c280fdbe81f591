"""When a notice may be told. Pure: hours and instants in, an instant out. The rules of the design, in its order.

    account, safety      at once, always: asked for by the person, or there to protect them
    meeting reminder     as long before as the person likes, in their hours (booked later than that: an hour before); else
                         half an hour before the meeting they said yes to, which opens a window of its own
    meeting change       in their hours if that is an hour before; else that morning, at the latest half an hour before
    everything else      in their hours

Planning says when; `may_go` is asked again at the moment of sending, because an outage may lie between the two.
"""

import hashlib
from datetime import date, datetime, time, timedelta

from alongside.delivery.enums import ALWAYS
from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.quiet import HORIZON, is_open, next_open
from alongside.engine.timing.zones import instant_at, wall_at
from alongside.people.enums import NoticeClass

DAILY_CAP = 3
NUDGE_REST = timedelta(days=7)
NUDGE_LIFE = timedelta(hours=72)
MESSAGE_DEGRADES = timedelta(days=14)
LEAD = timedelta(hours=24)
DAY_OF_CHANGE_FROM = time(6, 30)
JITTER_SECONDS = 120
_HOUR, _HALF_HOUR = timedelta(hours=1), timedelta(minutes=30)


def release_at(
    notice_class: NoticeClass,
    hours: PersonHours,
    *,
    now: datetime,
    start: datetime | None = None,
    lead: timedelta = LEAD,
    seed: str = "",
) -> datetime:
    """The instant from which the notice may be told; `start` is that of the meeting it is about, if it opens a window.

    `lead` is how long before the meeting a reminder is liked.

    Guarantee: `may_go` holds at the result, or there is no open moment within two weeks and the result lies after them.
    A notice held for opening hours comes up to two minutes after they open, by its `seed`, so that not all come at once.
    """
    if notice_class in ALWAYS:
        return now
    if start is not None and start > now:
        if notice_class == NoticeClass.MEETING_REMINDER:
            return _reminder(hours, now, start, lead)
        if notice_class == NoticeClass.MEETING_CHANGE:
            return _change(hours, now, start)
    return _opening(hours, now, seed)


def may_go(
    notice_class: NoticeClass, hours: PersonHours, *, now: datetime, start: datetime | None = None
) -> bool:
    """Whether the notice may be told at this very instant."""
    if notice_class in ALWAYS or is_open(hours, now):
        return True
    if start is None or now >= start:
        return False
    if notice_class == NoticeClass.MEETING_REMINDER:
        return now >= start - _HALF_HOUR
    return notice_class == NoticeClass.MEETING_CHANGE and now >= _last_considerate(hours, start)


def next_digest(hours: PersonHours, digest_time: time, now: datetime) -> tuple[datetime, date] | None:
    """When the next digest is told, and the local date it is for; None if the next two weeks hold no open moment.

    Guarantee: in the person's hours, on that very date, and not before `digest_time` on its wall clock unless the hours of
    the date are over by then; so whoever has open hours has digests, whatever time they chose.
    """
    today = wall_at(now, hours.zone).day
    for ahead in range(HORIZON.days + 1):
        day = today + timedelta(days=ahead)
        opens = _digest_on(hours, digest_time, day)
        if opens is not None and opens >= now:
            return opens, day
    return None


def jitter(seed: str) -> timedelta:
    """0 to 120 seconds, always the same for the same seed."""
    digest = hashlib.sha256(seed.encode()).digest()
    return timedelta(seconds=int.from_bytes(digest[:4], "big") % (JITTER_SECONDS + 1))


def _digest_on(hours: PersonHours, digest_time: time, day: date) -> datetime | None:
    """The moment of a date's digest: the first open one from `digest_time` on, else the first of the date."""
    for begin in (digest_time, time(0)):
        opens = next_open(hours, instant_at(day, begin, hours.zone).instant)
        if opens is not None and wall_at(opens, hours.zone).day == day:
            return opens
    return None


def _opening(hours: PersonHours, now: datetime, seed: str) -> datetime:
    opens = next_open(hours, now)
    if opens is None:
        return now + HORIZON
    if opens <= now:
        return now
    spread = opens + jitter(seed)
    return spread if is_open(hours, spread) else opens


def _reminder(hours: PersonHours, now: datetime, start: datetime, liked: timedelta) -> datetime:
    lead = liked if now <= start - liked else _HOUR
    opens = next_open(hours, max(now, start - lead))
    if opens is not None and opens <= start - _HALF_HOUR:
        return opens
    return max(now, start - _HALF_HOUR)


def _change(hours: PersonHours, now: datetime, start: datetime) -> datetime:
    opens = next_open(hours, now)
    if opens is not None and opens <= start - _HOUR:
        return opens
    return max(now, _last_considerate(hours, start))


def _last_considerate(hours: PersonHours, start: datetime) -> datetime:
    """An hour before the meeting, yet not before half past six that morning, yet half an hour before at the latest."""
    morning = instant_at(wall_at(start, hours.zone).day, DAY_OF_CHANGE_FROM, hours.zone).instant
    return min(max(start - _HOUR, morning), start - _HALF_HOUR)
