"""What a time asks of a person: nothing in their hours, more the further it lies outside."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from alongside.engine.timing.hours import DayOverride, PersonHours, same_each_day
from alongside.engine.timing.instants import as_utc
from alongside.engine.timing.quiet import open_windows
from alongside.engine.timing.windows import Windows

# What one side gives up at an instant. A meeting costs a side as much as its dearest minute.
COST_OPEN = 0
COST_NEAR = 1  # within one hour of a window
COST_FAR = 2  # within two hours of a window
COST_DAYTIME = 4  # any other time from 06:00 to 22:00
COST_NIGHT = 8  # 22:00 to 06:00, only for those who said yes to it
NEAR, FAR = timedelta(hours=1), timedelta(hours=2)
MORNING, EVENING = time(6), time(22)
_MARGIN = timedelta(days=1)  # windows beyond the asked stretch still have edges and neighborhoods within it


@dataclass(frozen=True, slots=True)
class Side:
    """One person in the search for a time; `may_night` is their own yes to nights for these people."""

    key: str
    hours: PersonHours
    may_night: bool = False


@dataclass(frozen=True, slots=True)
class Costs:
    """The costs of one side over a stretch of time, as growing sets: what is open, near, far, daytime, night.

    A time outside all sets is never asked for.
    """

    levels: tuple[tuple[int, Windows[datetime]], ...]
    opened: Windows[datetime]
    comfortable: Windows[datetime]

    def of(self, start: datetime, end: datetime) -> int | None:
        """The cost of [start, end), that of its dearest minute; None when it may not be asked at all."""
        return next((cost for cost, windows in self.levels if windows.covers(start, end)), None)


def costs_of(side: Side, start: datetime, end: datetime) -> Costs:
    """The costs of a side over [start, end).

    Guarantee: a person's own open hours cost nothing, at night too. Nobody is asked to stretch into a night
    without their yes, nor on a day away, a date with its own hours, or in lighter weeks. Comfortable times
    are open ones at least an hour inside their window.
    Cost: linear in days times windows. Errors: ValueError for naive datetimes.
    """
    first, last = as_utc(start) - _MARGIN, as_utc(end) + _MARGIN
    opened = open_windows(side.hours, first, last)
    daytime = open_windows(_stretchable(side.hours, MORNING, EVENING), first, last)
    near = opened | (_widened(opened, NEAR) & daytime)
    far = near | (_widened(opened, FAR) & daytime)
    levels = [(COST_OPEN, opened), (COST_NEAR, near), (COST_FAR, far), (COST_DAYTIME, far | daytime)]
    if side.may_night:
        anytime = open_windows(_stretchable(side.hours, time(0), time(0)), first, last)
        levels.append((COST_NIGHT, opened | anytime))
    return Costs(tuple(levels), opened, _narrowed(opened, NEAR))


def _stretchable(hours: PersonHours, start: time, end: time) -> PersonHours:
    """The same times of every date on which this person may be asked to stretch, which no pause leaves."""
    return replace(
        hours,
        windows=same_each_day(range(7), start, end),
        overrides=tuple(DayOverride(override.day) for override in hours.overrides),
    )


def _widened(windows: Windows[datetime], by: timedelta) -> Windows[datetime]:
    return Windows.of(*((interval.start - by, interval.end + by) for interval in windows))


def _narrowed(windows: Windows[datetime], by: timedelta) -> Windows[datetime]:
    inner = ((interval.start + by, interval.end - by) for interval in windows)
    return Windows.of(*((start, end) for start, end in inner if start < end))
