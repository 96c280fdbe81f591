"""Talks and changing clocks: which stand on rules that are no longer in use, and which a clock change moves for one side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from alongside.engine.timing.instants import from_seconds, to_seconds
from alongside.engine.timing.zones import stretches_between, wall_at
from alongside.meetings.enums import MeetingState
from alongside.meetings.models import Meeting
from alongside.people.models import Person
from alongside.people.queries import known_zone

TOLD_BEFORE = timedelta(days=14)  # before the clocks change
_USUAL = (MeetingState.BOOKED, MeetingState.HELD)
_FURTHEST = timedelta(weeks=10)


@dataclass(frozen=True, slots=True)
class ClockChange:
    """What a clock change does to a talk that keeps its time on the clock it was made for.

    `by` are those whose clocks change, on the day `on` of the first of them; `before` says at what time the talk was so far,
    for each person for whom it is at another time from now on.
    """

    on: date
    at: datetime
    by: tuple[int, ...]
    before: dict[int, str]


def booked_by_other_rules(version: str, *, now: datetime) -> QuerySet[Meeting]:
    """Booked talks to come whose instant was resolved by another release of the zone data."""
    rows = Meeting.objects.filter(state=MeetingState.BOOKED, starts_at__gt=now)
    return rows.exclude(tz_version=version).exclude(wall_time="").order_by("starts_at", "pk")


def not_told_of_clocks(*, now: datetime) -> QuerySet[Meeting]:
    """Booked talks to come of which no clock change was told yet."""
    rows = Meeting.objects.filter(
        state=MeetingState.BOOKED,
        starts_at__gt=now,
        starts_at__lt=now + _FURTHEST,
        clocks_told_at__isnull=True,
    )
    return rows.exclude(wall_time="").order_by("starts_at", "pk")


def clock_change_of(meeting: Meeting, people: Sequence[Person]) -> ClockChange | None:
    """What a clock change since the pair's last talk at this time of day does to this one; None when it does nothing.

    One query.
    """
    usual = meeting.mentorship.meetings.filter(
        state__in=_USUAL,
        zone=meeting.zone,
        wall_time__endswith=meeting.wall_time[-6:],
        starts_at__lt=meeting.starts_at,
    )
    last = usual.order_by("-starts_at").first()
    if last is None or last.starts_at is None or meeting.starts_at is None:
        return None
    zones = {person.pk: known_zone(person.preferences.zone) for person in people}
    before = {
        pk: f"{wall_at(last.starts_at, zone).at:%H:%M}"
        for pk, zone in zones.items()
        if wall_at(last.starts_at, zone).at != wall_at(meeting.starts_at, zone).at
    }
    changes = sorted(
        (change, pk)
        for pk, zone in zones.items()
        if (change := _first_change(zone, last.starts_at, meeting.starts_at)) is not None
    )
    if not before or not changes:
        return None
    at, first = changes[0]
    return ClockChange(wall_at(at, zones[first]).day, at, tuple(pk for _at, pk in changes), before)


def _first_change(zone: str, start: datetime, end: datetime) -> datetime | None:
    stretches = list(stretches_between(zone, to_seconds(start), to_seconds(end)))
    return from_seconds(stretches[1].start) if len(stretches) > 1 else None
