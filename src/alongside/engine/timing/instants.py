"""Instants: the one rule that every moment in the timing engine is an aware datetime in UTC."""

from datetime import UTC, date, datetime, timedelta

DAY = 86_400  # seconds of a day on the wall; what really elapses may differ by a clock change
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_ORDINAL = EPOCH.toordinal()
FIRST_YEAR, LAST_YEAR = 1900, 2900  # wide enough for people, narrow enough that no sum of days overflows


def as_utc(instant: datetime) -> datetime:
    """The same instant in UTC.

    Guarantee: the result's zone is `datetime.UTC`, so two results compare and subtract truthfully; local
    datetimes of one zone do not (the two 02:30 of an autumn night compare equal).
    Errors: ValueError for a naive datetime, or for a year outside 1900 to 2900.

    >>> as_utc(datetime.fromisoformat("2026-03-04T01:00-05:00")).isoformat()
    '2026-03-04T06:00:00+00:00'
    """
    _require_year(instant.year)
    if instant.tzinfo is UTC:
        return instant
    if instant.utcoffset() is None:
        raise ValueError(f"an instant needs a zone, {instant.isoformat()} has none")
    return instant.astimezone(UTC)


def to_seconds(instant: datetime) -> int:
    """Whole seconds from 1970-01-01 UTC to the instant, rounded down. Errors: as `as_utc`."""
    return (as_utc(instant) - EPOCH) // timedelta(seconds=1)


def to_seconds_up(instant: datetime) -> int:
    """Whole seconds from 1970-01-01 UTC to the instant, rounded up. Errors: as `as_utc`."""
    return -((EPOCH - as_utc(instant)) // timedelta(seconds=1))


def from_seconds(seconds: int) -> datetime:
    """The instant so many seconds after 1970-01-01 UTC; inverse of `to_seconds` on whole seconds."""
    return EPOCH + timedelta(seconds=seconds)


def day_of(wall_seconds: int) -> date:
    """The calendar date on which a wall clock shows, given as seconds since 1970-01-01 00:00 on that wall."""
    return date.fromordinal(wall_seconds // DAY + EPOCH_ORDINAL)


def wall_midnight(day: date) -> int:
    """Seconds on the wall from 1970-01-01 00:00 to 00:00 of the date, every day counting 24 hours.

    Errors: ValueError for a year outside 1900 to 2900.
    """
    _require_year(day.year)
    return (day.toordinal() - EPOCH_ORDINAL) * DAY


def _require_year(year: int) -> None:
    if not FIRST_YEAR < year < LAST_YEAR:
        raise ValueError(f"the year {year} is not one that people plan in")
