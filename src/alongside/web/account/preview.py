"""Sentences that show what one's hours will do."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from alongside.engine.timing.quiet import next_open
from alongside.engine.timing.zones import instant_at, wall_at
from alongside.people.queries import hours_of

if TYPE_CHECKING:
    from alongside.people.models import Person

TONIGHT = time(22, 10)


def night_note(person: Person, *, now: datetime) -> str:
    """What becomes of a note sent tonight at 22:10 in this person's zone, in one sentence."""
    hours = hours_of(person)
    sent = instant_at(wall_at(now, hours.zone).day, TONIGHT, hours.zone).instant
    opens = next_open(hours, sent)
    if opens is None:
        return _(
            "A note sent tonight at 22:10 waits here for you; we do not ring, and the next digest tells of it."
        )
    if opens - sent < timedelta(minutes=1):
        return _("A note sent tonight at 22:10 reaches you at once: it is in your hours.")
    wall = wall_at(opens, hours.zone)
    return _("A note sent tonight at 22:10 reaches you on {day} about {at}.").format(
        day=date_format(wall.day, "l"), at=time_format(wall.at, "H:i")
    )
