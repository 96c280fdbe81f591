"""Talks as surveys need to know of them: who has one before them today."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from alongside.engine.timing.zones import instant_at, wall_at
from alongside.meetings.enums import MeetingState
from alongside.meetings.models import Meeting
from alongside.people.models import Person
from alongside.people.queries import known_zone


def busy_until(people: Iterable[Person], now: datetime) -> dict[int, datetime]:
    """Those with a talk still to come on their own calendar day: the end of the last one. One query.

    People come with their preferences.
    """
    ends = {person.pk: _end_of_day(person, now) for person in people}
    if not ends:
        return {}
    talks = Meeting.objects.filter(
        mentorship__members__person__in=ends,
        state=MeetingState.BOOKED,
        starts_at__gt=now - timedelta(hours=6),
        starts_at__lt=max(ends.values()),
    )
    found: dict[int, datetime] = {}
    for person_id, starts_at, minutes in talks.values_list(
        "mentorship__members__person_id", "starts_at", "minutes"
    ):
        if starts_at is None or person_id not in ends or starts_at >= ends[person_id]:
            continue
        over = starts_at + timedelta(minutes=minutes)
        if over > now:
            found[person_id] = max(over, found.get(person_id, over))
    return found


def _end_of_day(person: Person, now: datetime) -> datetime:
    zone = known_zone(person.preferences.zone)
    return instant_at(wall_at(now, zone).day + timedelta(days=1), time(), zone).instant
