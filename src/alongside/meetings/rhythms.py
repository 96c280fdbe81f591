"""A rhythm of talks as the engine and calendars know it: the turns of a series, and its recurrence rule. No query."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from alongside.engine.timing.cadence import Cadence, Occurrence, Unit, occurrences
from alongside.engine.timing.zones import canonical_zone, instant_at
from alongside.meetings.enums import Rhythm
from alongside.meetings.models import Meeting

_EVERY = {
    Rhythm.WEEKLY: (1, Unit.WEEKS),
    Rhythm.FORTNIGHTLY: (2, Unit.WEEKS),
    Rhythm.MONTHLY: (1, Unit.MONTHS),
}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FIFTH = 29  # from this day on it is the last of its weekday in a month


def turns_between(wall: datetime, zone: str, rhythm: Rhythm, end: datetime) -> tuple[Occurrence, ...]:
    """The turns of a rhythm that begins at a wall time, its first among them, before `end`."""
    every, unit = _EVERY[rhythm]
    cadence = Cadence(canonical_zone(zone), wall.date(), wall.time(), every, unit)
    return occurrences(cadence, turn_instant(wall, zone), end)


def turn_instant(wall: datetime, zone: str) -> datetime:
    return instant_at(wall.date(), wall.time(), canonical_zone(zone)).instant


def turn_of(meeting: Meeting) -> datetime:
    """When a turn was to be at first, as an instant by the zone data in use."""
    return turn_instant(datetime.fromisoformat(meeting.turn_wall), meeting.turn_zone)


def rule_of(first: datetime, rhythm: Rhythm, until: datetime) -> dict[str, object]:
    """The rhythm as a recurrence rule (RFC 5545) up to the turn at `until`, included. `first` is a wall time."""
    every, unit = _EVERY[rhythm]
    rule: dict[str, object] = {"FREQ": "WEEKLY" if unit is Unit.WEEKS else "MONTHLY", "INTERVAL": every}
    if unit is Unit.MONTHS:
        place = -1 if first.day >= _FIFTH else (first.day - 1) // 7 + 1
        rule["BYDAY"] = f"{place}{_DAYS[first.weekday()]}"
    return {**rule, "UNTIL": until}


def turns_of_series(rows: Sequence[Meeting]) -> tuple[Occurrence, ...]:
    """All turns from the first of these rows to the last, those without a row among them."""
    walls = sorted(row.turn_wall for row in rows)
    first, zone, rhythm = datetime.fromisoformat(walls[0]), rows[0].turn_zone, Rhythm(rows[0].rhythm)
    end = turn_instant(datetime.fromisoformat(walls[-1]), zone) + timedelta(minutes=1)
    return turns_between(first, zone, rhythm, end)
