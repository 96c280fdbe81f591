"""How long a request stays open: five working days of the receiver, one reminder at half time. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.reachable import is_reachable
from alongside.engine.timing.zones import instant_at, wall_at

WORKING_DAYS = 5
LONGEST = timedelta(days=60)  # whoever is away for longer is not waited for


@dataclass(frozen=True, slots=True)
class Deadline:
    """When the receiver is reminded, once, and when the request comes to its end."""

    remind_at: datetime
    expires_at: datetime


def deadline_for(hours: PersonHours, sent_at: datetime) -> Deadline:
    """Five whole reachable days of the receiver after the day of sending; the reminder at noon of the third.

    Days off, days away and lighter weeks do not count. Without enough reachable days the request ends after 60 days.
    """
    first = wall_at(sent_at, hours.zone).day + timedelta(days=1)
    days = _reachable(hours, first)
    middle = days[WORKING_DAYS // 2] if len(days) > WORKING_DAYS // 2 else first + LONGEST / 2
    last = days[WORKING_DAYS - 1] if len(days) == WORKING_DAYS else first + LONGEST
    return Deadline(
        remind_at=instant_at(middle, time(12), hours.zone).instant,
        expires_at=instant_at(last, time(23, 59), hours.zone).instant,
    )


def _reachable(hours: PersonHours, first: date) -> list[date]:
    """The first reachable days of the receiver, at most as many as a request takes."""
    found: list[date] = []
    for index in range(LONGEST.days):
        day = first + timedelta(days=index)
        if is_reachable([hours], day):
            found.append(day)
        if len(found) == WORKING_DAYS:
            break
    return found
