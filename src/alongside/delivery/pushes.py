"""From a notice to the note a device shows: one line, and where it leads. What was written only for those who want it."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import override

from alongside.delivery.facts import told_words, values_for
from alongside.delivery.letters import Told, language_of, lines_of, summary_of
from alongside.delivery.links import page
from alongside.delivery.models import Device, Notice
from alongside.delivery.queries import devices_of, rings_through
from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.quiet import open_windows
from alongside.foundation.text import excerpt

LONGEST_WORDS = 240  # what a device shows without being unfolded, and far below what may be sent
_BEYOND_HOURS = timedelta(minutes=30)
_LOOK_AHEAD = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Push:
    """What devices are handed. `lasts`: how long a push service may keep it for a device that is switched off.

    `tag` is the same for notes of one kind in one thread of one person: the newer one takes the place of the older, on the
    device and before it. A note of another kind never does.
    """

    title: str
    body: str
    url: str
    tag: str
    lasts: timedelta
    is_urgent: bool
    devices: tuple[Device, ...]


def push_for(notice: Notice, together: Sequence[Told], *, hours: PersonHours, now: datetime) -> Push:
    """The note for a notice, alone or together with others of its thread, oldest first."""
    scenes = [told.scene for told in together]
    with override(language_of(notice.person)):
        [(line, url)] = lines_of(together)
        words = told_words(notice, scenes)
        body = (
            excerpt(words[-1], LONGEST_WORDS) if words else values_for(notice, scenes).get("expectation", "")
        )
    return _push(notice, line, body, url, hours, now)


def push_digest_for(digest: Notice, items: Sequence[Told], *, hours: PersonHours, now: datetime) -> Push:
    """One note that tells of many things."""
    with override(language_of(digest.person)):
        lines = [line for line, _url in lines_of(items)]
        return _push(digest, summary_of(lines), "", page("workspace:today"), hours, now)


def _push(notice: Notice, line: str, body: str, url: str, hours: PersonHours, now: datetime) -> Push:
    return Push(
        title=line,
        body=body or settings.ORGANIZATION or "Alongside",
        url=url,
        tag=_tag(notice),
        lasts=_lasting(notice, hours, now),
        is_urgent=rings_through(notice, hours, now),
        devices=tuple(devices_of(notice.person)) if notice.person is not None else (),
    )


def _lasting(notice: Notice, hours: PersonHours, now: datetime) -> timedelta:
    """Until the hours close, so that a device switched on at night stays silent; never beyond what it tells of."""
    windows = open_windows(hours, now, now + _LOOK_AHEAD)
    ends = [open_.end for open_ in windows if open_.start <= now < open_.end] or [now + _BEYOND_HOURS]
    ends += [at for at in (notice.expires_at, notice.starts_at) if at is not None and at > now]
    return min(ends) - now


def _tag(notice: Notice) -> str:
    """A name for the notes that take each other's place, salted with the installation's own secret.

    A push service learns from it only that one device was told of one thing again: two people never share a tag, so it
    cannot tell who belongs to whom.
    """
    named = f"{notice.person_id}:{notice.kind}:{notice.thread or notice.about}"
    digest = hashlib.blake2b(named.encode(), key=settings.PUSH_KEY.encode()[:64], digest_size=24).digest()
    return urlsafe_b64encode(digest).decode()
