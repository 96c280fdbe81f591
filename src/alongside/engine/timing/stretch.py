"""What a time asks of a person: nothing in their hours, more the further it lies outside."""

from dataclasses import dataclass, replace
from datetime import datetime, time

from alongside.engine.timing.hours import DayOverride, PersonHours, WeeklyWindow, same_each_day
from alongside.engine.timing.instants import DAY, to_seconds, to_seconds_up
from alongside.engine.timing.quiet import open_stretches
from alongside.engine.timing.strips import Strip, common, covers, joined, narrowed, widened

# What one side gives up at an instant. A meeting costs a side as much as its dearest minute.
COST_OPEN = 0
COST_NEAR = 1  # within one hour of a window
COST_FAR = 2  # within two hours of a window
COST_DAYTIME = 4  # any other time from 06:00 to 22:00
COST_NIGHT = 8  # 22:00 to 06:00, only for those who said yes to it
EVERY_COST = (COST_OPEN, COST_NEAR, COST_FAR, COST_DAYTIME, COST_NIGHT)
NEAR, FAR = 3600, 7200
MORNING, EVENING = time(6), time(22)
_DAYTIME = same_each_day(range(7), MORNING, EVENING)
_ANYTIME = same_each_day(range(7), time(0), time(0))
_MARGIN = DAY  # windows beyond the asked stretch still have edges and neighborhoods within it


@dataclass(frozen=True, slots=True)
class Side:
    """One person in the search for a time; `may_night` is their own yes to nights for these people."""

    key: str
    hours: PersonHours
    may_night: bool = False


@dataclass(frozen=True, slots=True)
class Costs:
    """The costs of one side over a stretch of time, as growing sets: what is open, near, far, daytime, night.

    A time outside all sets is never asked for. Sets hold seconds since 1970 in UTC.
    """

    levels: tuple[tuple[int, list[Strip]], ...]
    inner: list[Strip]

    @property
    def opened(self) -> list[Strip]:
        """What costs nothing."""
        return self.levels[0][1]

    def within(self, cost: int) -> list[Strip]:
        """All that costs at most this."""
        return [strips for level, strips in self.levels if level <= cost][-1]

    def of_seconds(self, start: int, end: int) -> int | None:
        """`of`, in seconds since 1970."""
        for cost, strips in self.levels:
            if covers(strips, start, end):
                return cost
        return None

    def of(self, start: datetime, end: datetime) -> int | None:
        """The cost of [start, end), that of its dearest minute; None when it may not be asked at all."""
        return self.of_seconds(to_seconds(start), to_seconds_up(end))

    def is_comfortable(self, start: datetime, end: datetime) -> bool:
        """Whether all of [start, end) is open and at least an hour inside its window."""
        return covers(self.inner, to_seconds(start), to_seconds_up(end))


def costs_of(side: Side, start: datetime, end: datetime) -> Costs:
    """The costs of a side over [start, end).

    Guarantee: a person's own open hours cost nothing, at night too. Nobody is asked to stretch into a night
    without their yes, nor on a day away, a date with its own hours, or in lighter weeks. Comfortable times
    are open ones at least an hour inside their window.
    Cost: linear in days times windows. Errors: ValueError for naive datetimes.
    """
    first, last = to_seconds(start) - _MARGIN, to_seconds_up(end) + _MARGIN
    opened = joined(open_stretches(side.hours, first, last))
    daytime = joined(open_stretches(_stretchable(side.hours, _DAYTIME), first, last))
    near = joined(opened, common(widened(opened, NEAR), daytime))
    far = joined(near, common(widened(opened, FAR), daytime))
    levels = [(COST_OPEN, opened), (COST_NEAR, near), (COST_FAR, far), (COST_DAYTIME, joined(far, daytime))]
    if side.may_night:
        anytime = open_stretches(_stretchable(side.hours, _ANYTIME), first, last)
        levels.append((COST_NIGHT, joined(opened, anytime)))
    return Costs(tuple(levels), narrowed(opened, NEAR))


def _stretchable(hours: PersonHours, windows: tuple[WeeklyWindow, ...]) -> PersonHours:
    """The same times of every date on which this person may be asked to stretch, which no pause leaves."""
    closed = tuple(DayOverride(override.day) for override in hours.overrides)
    return replace(hours, windows=windows, overrides=closed)
