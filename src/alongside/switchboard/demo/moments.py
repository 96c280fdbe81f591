"""Moments of the demo: days from today and a wall time, so that the demo is fresh whenever it is made."""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from alongside.foundation.contentfile import Section

_MOMENT = re.compile(r"([+-]\d{1,4}) (\d{2}):(\d{2})")
_FRIDAY, _MONDAY_TOO = 4, 7


@dataclass(frozen=True, order=True)
class Moment:
    """`days` from today (below zero: ago), and `minutes` after local midnight."""

    days: int
    minutes: int

    def on(self, today: dt.date) -> dt.date:
        return today + dt.timedelta(days=self.days)

    def instant(self, today: dt.date, zone: str) -> dt.datetime:
        """The instant of this wall time in a zone, in UTC."""
        clock = dt.time(self.minutes // 60, self.minutes % 60)
        return dt.datetime.combine(self.on(today), clock, tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)

    def on_workday(self, today: dt.date) -> "Moment":
        """The same wall time, moved off a weekend: back to Friday in the past, on to Monday otherwise."""
        weekday = self.on(today).weekday()
        if weekday <= _FRIDAY:
            return self
        shift = _FRIDAY - weekday if self.days < 0 else _MONDAY_TOO - weekday
        return Moment(self.days + shift, self.minutes)


def parse_moment(text: str) -> Moment | None:
    """Read `-12 09:30` or `+3 14:00`; None when it is neither.

    >>> parse_moment("-12 09:30")
    Moment(days=-12, minutes=570)
    """
    found = _MOMENT.fullmatch(text)
    if not found:
        return None
    days, hours, minutes = (int(part) for part in found.groups())
    return Moment(days, hours * 60 + minutes) if hours < 24 and minutes < 60 else None


def moment(section: Section, key: str) -> Moment:
    """The moment under a key; ContentError when it is none."""
    return _read(section, key, section.text(key))


def moments(section: Section, key: str) -> tuple[Moment, ...]:
    return tuple(_read(section, key, text) for text in section.texts(key, default=()))


def day(section: Section, key: str) -> int:
    """A number of days from today."""
    return section.integer(key, least=-2000, most=2000)


def optional_day(section: Section, key: str) -> int | None:
    return day(section, key) if section.has(key) else None


def clock(section: Section, key: str) -> int:
    """Minutes after midnight of a wall time such as 14:30."""
    return _read(section, key, f"+0 {section.text(key)}").minutes


def _read(section: Section, key: str, text: str) -> Moment:
    found = parse_moment(text)
    if found is None:
        raise section.error(key, f"{text!r} is not a moment such as “-12 09:30”")
    return found
