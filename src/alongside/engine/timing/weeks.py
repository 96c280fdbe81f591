"""A person's week as 336 half-hour bits in UTC, for comparing thousands of people."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache, reduce
from operator import and_

from alongside.engine.timing.hours import PersonHours, WeeklyWindow, open_on
from alongside.engine.timing.instants import DAY, as_utc, from_seconds, to_seconds
from alongside.engine.timing.windows import Windows
from alongside.engine.timing.zones import UTC_NAME, offset_at, stretches_between

HALF_HOUR = 1800
HALF_HOURS = 336
WEEK = HALF_HOURS * HALF_HOUR
_A_MONDAY = date(2001, 1, 1)


def week_bits(hours: PersonHours, start: datetime, end: datetime) -> int:
    """The half hours of a UTC week that are open in every week of [start, end), whatever the clocks do.

    Guarantee: bit i (half hour i from Monday 00:00 UTC) is set exactly when the weekly windows cover that
    whole half hour under each offset the zone has in the period. Single days and pauses do not count.
    Cost: a millisecond per offset, then remembered. Errors: ValueError for naive datetimes or an empty
    period.
    """
    offsets = {stretch.offset for stretch in stretches_between(hours.zone, *_period(start, end))}
    return reduce(and_, (_bits(hours.windows, offset) for offset in offsets))


def week_bits_at(hours: PersonHours, instant: datetime) -> int:
    """The half hours of a UTC week that are open while the offset of the instant lasts. Errors: if naive."""
    return _bits(hours.windows, offset_at(hours.zone, to_seconds(instant)))


def regimes(zones: Iterable[str], start: datetime, end: datetime) -> tuple[datetime, ...]:
    """The instants from which the zones' clocks keep new distances to each other, `start` first.

    Guarantee: between two of them no zone changes its offset, so `week_bits_at` is constant. Errors:
    ValueError.
    """
    low, high = _period(start, end)
    later = {stretch.start for zone in set(zones) for stretch in stretches_between(zone, low, high)} - {low}
    return (as_utc(start), *map(from_seconds, sorted(later)))


def least_shared_half_hours(a: PersonHours, b: PersonHours, start: datetime, end: datetime) -> int:
    """How many half hours a week two people share in the scantest regime of the period.

    At least as many as the bits that their `week_bits` have in common: hours that move together stay shared.
    Errors: ValueError for naive datetimes or an empty period.
    """
    begins = regimes((a.zone, b.zone), start, end)
    return min((week_bits_at(a, begin) & week_bits_at(b, begin)).bit_count() for begin in begins)


def bits_text(bits: int) -> str:
    """The bits as 336 characters 0 and 1, Monday 00:00 UTC first. Errors: ValueError beyond 336 bits."""
    if not 0 <= bits < 1 << HALF_HOURS:
        raise ValueError("a week has 336 half hours")
    return format(bits, f"0{HALF_HOURS}b")[::-1]


def bits_from_text(text: str) -> int:
    """Inverse of `bits_text`. Errors: ValueError for anything but 336 characters 0 and 1."""
    if len(text) != HALF_HOURS or set(text) - {"0", "1"}:
        raise ValueError("a week is written as 336 characters 0 and 1")
    return int(text[::-1], 2)


def _period(start: datetime, end: datetime) -> tuple[int, int]:
    first, last = as_utc(start), as_utc(end)
    if first >= last:
        raise ValueError("a period ends after it starts")
    return to_seconds(first), to_seconds(last - timedelta(microseconds=1)) + 1


@lru_cache(maxsize=8192)
def _bits(windows: tuple[WeeklyWindow, ...], offset: int) -> int:
    """The open half hours of a UTC week for windows on a wall clock that is `offset` seconds east of UTC."""
    wall = PersonHours(UTC_NAME, windows)
    opened = Windows.of(
        *(
            (week + weekday * DAY + span.start - offset, week + weekday * DAY + span.end - offset)
            for week in (-WEEK, 0, WEEK)
            for weekday in range(7)
            for span in open_on(wall, _A_MONDAY + timedelta(days=weekday))
        )
    )
    half_hours = range(HALF_HOURS)
    return sum(1 << half for half in half_hours if opened.covers(half * HALF_HOUR, (half + 1) * HALF_HOUR))
