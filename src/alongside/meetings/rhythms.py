"""A rhythm of talks as the engine and calendars know it: the turns of a series, and its recurrence rule. No query."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

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


def rule_of(rows: Sequence[Meeting], turns: Sequence[Occurrence]) -> dict[str, object]:
    """The rhythm of these rows as a recurrence rule (RFC 5545) from the first of its turns to the last, included."""
    every, unit = _EVERY[Rhythm(rows[0].rhythm)]
    rule: dict[str, object] = {"FREQ": "WEEKLY" if unit is Unit.WEEKS else "MONTHLY", "INTERVAL": every}
    if unit is Unit.MONTHS:
        day = turns[0].day
        place = -1 if _is_of_the_last(rows) else (day.day - 1) // 7 + 1
        rule["BYDAY"] = f"{place}{_DAYS[day.weekday()]}"
    return {**rule, "UNTIL": turns[-1].instant.astimezone(UTC)}


def turns_of_series(rows: Sequence[Meeting]) -> tuple[Occurrence, ...]:
    """All turns from the first of these rows to the last, those without a row among them."""
    walls = sorted(row.turn_wall for row in rows)
    first, zone, rhythm = datetime.fromisoformat(walls[0]), rows[0].turn_zone, Rhythm(rows[0].rhythm)
    begun, end = turn_instant(first, zone), turn_instant(datetime.fromisoformat(walls[-1]), zone)
    if rhythm is Rhythm.MONTHLY and _is_of_the_last(rows):
        while first.day < _FIFTH:  # back to where a rhythm of the last of a month can begin
            first -= timedelta(weeks=1)
    turns = turns_between(first, zone, rhythm, end + timedelta(minutes=1))
    return tuple(turn for turn in turns if turn.instant >= begun)


def _is_of_the_last(rows: Sequence[Meeting]) -> bool:
    """Whether a monthly rhythm is that of the last weekday of each month: a fifth one tells it from the fourth."""
    return any(datetime.fromisoformat(row.turn_wall).day >= _FIFTH for row in rows)
