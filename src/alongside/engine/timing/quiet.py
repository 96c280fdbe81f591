"""Quiet hours: may this person be disturbed now, and if not, when next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alongside.engine.timing.hours import PauseKind, PersonHours, open_on
from alongside.engine.timing.instants import DAY, as_utc, day_of, from_seconds, to_seconds
from alongside.engine.timing.windows import Windows
from alongside.engine.timing.zones import stretches_between, wall_at, zone_info

HORIZON = timedelta(days=14)


class Reason(StrEnum):
    """Why a person is open or not at an instant."""

    OPEN = "open"
    OUTSIDE_HOURS = "outside_hours"
    DAY_OFF = "day_off"  # a single date is closed, or has other hours
    AWAY = "away"
    LIGHTER = "lighter"  # an hour that is given up in lighter weeks
    NO_HOURS = "no_hours"  # no weekly windows at all


@dataclass(frozen=True, slots=True)
class Moment:
    """An answer to "when?": the instant, None when the horizon holds none, and why it is not sooner."""

    at: datetime | None
    reason: Reason


def is_open(hours: PersonHours, instant: datetime) -> bool:
    """Whether the person may be disturbed at the instant.

    Guarantee: a function of what the wall clock in the person's zone shows, and of nothing else, so skipped
    and doubled hours need no rule of their own. Cost: linear in the person's windows, overrides and pauses.
    Errors: ValueError for a naive datetime.
    """
    wall = as_utc(instant).astimezone(zone_info(hours.zone))
    return wall.hour * 3600 + wall.minute * 60 + wall.second in open_on(hours, wall.date())


def reason_at(hours: PersonHours, instant: datetime) -> Reason:
    """Why the person is open or not; OPEN exactly when `is_open`. Cost and errors: as `is_open`."""
    if is_open(hours, instant):
        return Reason.OPEN
    day = wall_at(instant, hours.zone).day
    pause = hours.pause_on(day)
    if pause is PauseKind.AWAY:
        return Reason.AWAY
    if hours.override_on(day) is not None:
        return Reason.DAY_OFF
    if not hours.windows:
        return Reason.NO_HOURS
    if pause is PauseKind.LIGHTER and is_open(hours.without_pauses(), instant):
        return Reason.LIGHTER
    return Reason.OUTSIDE_HOURS


def next_open(hours: PersonHours, instant: datetime, horizon: timedelta = HORIZON) -> datetime | None:
    """The earliest instant, from `instant` on and within the horizon, at which the person is open.

    Guarantee: `instant` itself (in UTC) when open then; otherwise the first moment of the next open stretch,
    so nothing is released a second early; None when there is no open moment in [instant, instant + horizon).
    Cost: at most one look at each local date of the horizon. Errors: ValueError for a naive datetime.
    """
    now = as_utc(instant)
    if is_open(hours, now):
        return now if horizon > timedelta() else None
    first = next(open_stretches(hours, to_seconds(now), to_seconds(now + horizon)), None)
    return None if first is None else from_seconds(first[0])


def next_moment(hours: PersonHours, instant: datetime, horizon: timedelta = HORIZON) -> Moment:
    """`next_open` together with the reason that holds at `instant`."""
    opens = next_open(hours, instant, horizon)
    return Moment(opens, Reason.OPEN if opens == as_utc(instant) else reason_at(hours, instant))


def open_windows(hours: PersonHours, start: datetime, end: datetime) -> Windows[datetime]:
    """All instants of [start, end) at which the person is open.

    Guarantee: an instant of the stretch belongs to the result exactly when `is_open` says so.
    Cost: linear in days times windows. Errors: ValueError for naive datetimes.
    """
    first, last = as_utc(start), as_utc(end)
    pairs = (
        (max(from_seconds(opens), first), min(from_seconds(closes), last))
        for opens, closes in open_stretches(hours, to_seconds(first), to_seconds(last) + 1)
    )
    return Windows.of(*(pair for pair in pairs if pair[0] < pair[1]))


def open_stretches(hours: PersonHours, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Open stretches of [start, end) in order, seconds since 1970 (UTC); neighbors may touch at midnight.

    While an offset lasts, the wall clock runs evenly: each of its stretches is cut into local dates, and what
    is open on the wall is moved back by the offset. No wall time is ever turned into an instant on its own.
    """
    for stretch in stretches_between(hours.zone, start, end):
        wall_start, wall_end = stretch.start + stretch.offset, stretch.end + stretch.offset
        for midnight in range(wall_start // DAY * DAY, wall_end, DAY):
            for span in open_on(hours, day_of(midnight)):
                opens, closes = max(midnight + span.start, wall_start), min(midnight + span.end, wall_end)
                if opens < closes:
                    yield opens - stretch.offset, closes - stretch.offset
