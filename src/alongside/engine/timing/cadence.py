"""Rhythms in the zone of one person, the anchor: "every second Tuesday at 9" as instants."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count, pairwise, takewhile

from alongside.engine.timing.instants import as_utc
from alongside.engine.timing.zones import WallKind, canonical_zone, instant_at, wall_at

NOTICE = timedelta(weeks=2)
LONGEST = 366
_MARGIN = timedelta(days=2)  # a wall clock is never further from UTC, skipped days included


class Unit(StrEnum):
    """What a rhythm counts; MONTHS keep the weekday, as in "every second Tuesday of the month"."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Cadence:
    """A rhythm: the first date and its time on the anchor's wall clock, then every so many units.

    A first date that is the fifth of its weekday in the month means the last one of each month.
    Errors: UnknownZone; ValueError when `every` is not 1 to 366 or `at` has a zone of its own.
    """

    zone: str
    first_day: date
    at: time
    every: int = 1
    unit: Unit = Unit.WEEKS

    def __post_init__(self) -> None:
        if not 1 <= self.every <= LONGEST:
            raise ValueError(f"a rhythm repeats every 1 to {LONGEST}, not every {self.every}")
        if self.at.tzinfo is not None:
            raise ValueError("a wall time has no zone of its own")
        object.__setattr__(self, "zone", canonical_zone(self.zone))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One turn of a rhythm: what it says on the anchor's wall, and the instant it means.

    Unless `kind` is ONCE the clocks change over that very time; both people should be told and asked.
    """

    day: date
    at: time
    instant: datetime
    kind: WallKind


@dataclass(frozen=True, slots=True)
class Move:
    """A rhythm reaches someone at another time of day from `after` on; `before` was the last old one."""

    before: datetime
    after: datetime
    was: time
    becomes: time

    @property
    def tell_at(self) -> datetime:
        """When both should hear of it: two weeks ahead."""
        return self.after - NOTICE


def occurrences(cadence: Cadence, start: datetime, end: datetime) -> tuple[Occurrence, ...]:
    """The turns of a rhythm whose instants lie in [start, end), in order.

    Guarantee: the anchor's wall time stays; a skipped time is read as RFC 5545 does, a doubled one is its
    first.
    Cost: linear in the result, however long ago the rhythm began. Errors: ValueError for naive datetimes.
    """
    first, last = as_utc(start), as_utc(end)
    beyond = (last + _MARGIN).date()
    days = takewhile(lambda day: day <= beyond, _days_from(cadence, (first - _MARGIN).date()))
    turns = (_turn(cadence, day) for day in days)
    return tuple(turn for turn in turns if first <= turn.instant < last)


def clock_moves(turns: Iterable[Occurrence], zone: str) -> tuple[Move, ...]:
    """Where a rhythm changes its time of day for someone in another zone, because one side's clocks change.

    Cost: linear in the turns. Errors: UnknownZone.
    """
    walls = [(turn.instant, wall_at(turn.instant, zone).at) for turn in turns]
    return tuple(
        Move(before, after, was, becomes)
        for (before, was), (after, becomes) in pairwise(walls)
        if was != becomes
    )


def _turn(cadence: Cadence, day: date) -> Occurrence:
    resolved = instant_at(day, cadence.at, cadence.zone)
    return Occurrence(day, cadence.at, resolved.instant, resolved.kind)


def _days_from(cadence: Cadence, earliest: date) -> Iterator[date]:
    """The dates of a rhythm without end, from about the earliest asked for, never before the first."""
    first = cadence.first_day
    if cadence.unit is Unit.MONTHS:
        months = (earliest.year - first.year) * 12 + earliest.month - first.month
        return (_same_weekday(first, turn * cadence.every) for turn in count(max(0, months // cadence.every)))
    step = timedelta(weeks=cadence.every) if cadence.unit is Unit.WEEKS else timedelta(days=cadence.every)
    return (first + turn * step for turn in count(max(0, (earliest - first) // step)))


def _same_weekday(first: date, months: int) -> date:
    """The date some months later with the same weekday and place in its month; a fifth is the last."""
    place = (first.day - 1) // 7
    years, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    opening = date(years, month + 1, 1)
    day = opening + timedelta(days=(first.weekday() - opening.weekday()) % 7, weeks=place)
    return day if day.month == opening.month else day - timedelta(weeks=1)
