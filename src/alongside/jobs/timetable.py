"""When a periodic job runs next."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from alongside.engine.timing.zones import instant_at, wall_at


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job that comes again: `every` so often, or daily `at` a wall time in `zone`. `name` is its kind."""

    name: str
    every: timedelta | None = None
    at: time | None = None
    zone: str = "UTC"

    def next_after(self, now: datetime) -> datetime:
        """The first time after `now`. A daily time that a clock change skips comes an hour on, never twice."""
        if self.at is None:
            return now + (self.every or timedelta(days=1))
        today = wall_at(now, self.zone).day
        times = (instant_at(today + timedelta(days=ahead), self.at, self.zone).instant for ahead in range(3))
        return next(instant for instant in times if instant > now)
