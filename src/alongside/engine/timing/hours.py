"""A person's hours: weekly windows, single days that differ, and pauses, on the wall clock of their zone.

How hours are written as text lives in `notation`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from enum import StrEnum
from functools import lru_cache

from alongside.engine.timing.instants import DAY
from alongside.engine.timing.windows import Windows
from alongside.engine.timing.zones import canonical_zone

Span = tuple[time, time]
Week = tuple[Windows[int], ...]  # the open seconds of each weekday on the wall, Monday first


class PauseKind(StrEnum):
    """AWAY closes every hour; LIGHTER leaves the windows that are kept in lighter weeks."""

    AWAY = "away"
    LIGHTER = "lighter"


@dataclass(frozen=True, slots=True, order=True)
class WeeklyWindow:
    """Hours that begin on one weekday (Monday is 0); an end not after the start lies on the next day.

    `kept` windows stay open in lighter weeks.
    Errors: ValueError for a weekday outside 0 to 6, and for times with a zone, seconds or less.
    """

    weekday: int
    start: time
    end: time
    kept: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"a weekday is 0 to 6, not {self.weekday}")
        _require_minutes(self.start, self.end)


@dataclass(frozen=True, slots=True)
class DayOverride:
    """All that holds on one date, instead of the weekly windows; without spans the day is closed.

    Guarantee: neither the date's weekly windows nor the tail of a night window from the day before are open
    on it. Spans are sorted, and stay open in lighter weeks, because they were written for that very day.
    Errors: ValueError for times with a zone, seconds or less.
    """

    day: date
    spans: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        for start, end in self.spans:
            _require_minutes(start, end)
        object.__setattr__(self, "spans", tuple(sorted(set(self.spans))))


@dataclass(frozen=True, slots=True)
class Pause:
    """Dates from `first_day` to `last_day`, both included, without an end when `last_day` is None.

    Errors: ValueError when the last day lies before the first.
    """

    first_day: date
    last_day: date | None = None
    kind: PauseKind = PauseKind.AWAY

    def __post_init__(self) -> None:
        if self.last_day is not None and self.last_day < self.first_day:
            raise ValueError(f"a pause cannot end on {self.last_day}, before it begins on {self.first_day}")

    def covers(self, day: date) -> bool:
        """Whether the date belongs to the pause."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class PersonHours:
    """When one person may be disturbed.

    Guarantee: the zone's name is canonical and the parts are sorted without duplicates, so equal hours
    compare equal in whatever order they were given. Of two equal windows the kept one stays.
    Errors: UnknownZone; ValueError when a date has two overrides.
    """

    zone: str
    windows: tuple[WeeklyWindow, ...] = ()
    overrides: tuple[DayOverride, ...] = ()
    pauses: tuple[Pause, ...] = ()
    week: Week = field(init=False, repr=False, compare=False)
    lighter_week: Week = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        overrides = tuple(sorted(set(self.overrides), key=lambda override: override.day))
        if len({override.day for override in overrides}) < len(overrides):
            raise ValueError("a date can have one override only")
        pauses = sorted(set(self.pauses), key=_pause_order)
        object.__setattr__(self, "zone", canonical_zone(self.zone))
        object.__setattr__(self, "windows", in_order(self.windows))
        object.__setattr__(self, "overrides", overrides)
        object.__setattr__(self, "pauses", tuple(pauses))
        object.__setattr__(self, "week", _week(self.windows))
        kept = tuple(window for window in self.windows if window.kept)
        object.__setattr__(self, "lighter_week", _week(kept))

    def pause_on(self, day: date) -> PauseKind | None:
        """The pause that holds on the date; away outweighs lighter."""
        kinds = {pause.kind for pause in self.pauses if pause.covers(day)}
        return min(kinds, key=lambda kind: kind is not PauseKind.AWAY, default=None)

    def override_on(self, day: date) -> DayOverride | None:
        """What was written for that very date, if anything."""
        return next((override for override in self.overrides if override.day == day), None)

    def usual(self) -> "PersonHours":
        """The weekly windows alone: how this person's weeks lie, without single days and pauses."""
        return replace(self, overrides=(), pauses=())

    def without_pauses(self) -> "PersonHours":
        """The same hours as if no pause had been asked for."""
        return replace(self, pauses=())


def in_order(windows: Iterable[WeeklyWindow]) -> tuple[WeeklyWindow, ...]:
    """The windows sorted from Monday on, each once; of two that differ only in `kept`, the kept one."""
    by_span: dict[tuple[int, time, time], WeeklyWindow] = {}
    for window in sorted(windows):
        by_span[window.weekday, window.start, window.end] = window
    return tuple(by_span.values())


def same_each_day(
    weekdays: Iterable[int], start: time, end: time, *, kept: bool = False
) -> tuple[WeeklyWindow, ...]:
    """One window of the same times on each of the weekdays."""
    return in_order(WeeklyWindow(weekday, start, end, kept) for weekday in weekdays)


def standard_hours(zone: str) -> PersonHours:
    """What holds until a person says otherwise: Monday to Friday, 08:00 to 18:00 in their zone."""
    return PersonHours(zone, same_each_day(range(5), time(8), time(18)))


def cautious_hours(program_zone: str) -> PersonHours:
    """What holds while a person's zone is unknown: Monday to Friday, 09:00 to 17:00 in the program's zone."""
    return PersonHours(program_zone, same_each_day(range(5), time(9), time(17)))


def open_on(hours: PersonHours, day: date) -> Windows[int]:
    """The seconds of a date's wall clock, 0 to 86,400, that are open. All other answers rest on this one.

    Guarantee: windows that begin on the date, and the tails of windows that began the day before, minus days
    away. In lighter weeks only kept windows. A date with an override is exactly what the override says. The
    result knows nothing of clock changes; it says what a wall clock must show.
    Cost: linear in overrides and pauses, and on a date that an override touches in windows.
    """
    if not hours.overrides and not hours.pauses:  # nearly everybody, nearly always
        return hours.week[day.weekday()]
    pause = hours.pause_on(day)
    if pause is PauseKind.AWAY:
        return Windows()
    lighter, yesterday = pause is PauseKind.LIGHTER, day - timedelta(days=1)
    replaced = hours.override_on(day) is not None
    if not replaced and hours.override_on(yesterday) is None:
        return (hours.lighter_week if lighter else hours.week)[day.weekday()]
    return _on_the_wall(_spans(hours, day, lighter), () if replaced else _spans(hours, yesterday, lighter))


@lru_cache(maxsize=4096)
def _week(windows: tuple[WeeklyWindow, ...]) -> Week:
    """What weekly windows alone leave open, worked out once for all who have the same."""
    begun: list[list[tuple[int, int]]] = [[] for _ in range(7)]
    for window in windows:
        begun[window.weekday].append(_seconds(window.start, window.end))
    return tuple(_on_the_wall(begun[weekday], begun[weekday - 1]) for weekday in range(7))


def _on_the_wall(begun: Iterable[tuple[int, int]], from_yesterday: Iterable[tuple[int, int]]) -> Windows[int]:
    """The open seconds of a date: what begins on it, and the rest of what began the day before."""
    heads = ((start, min(end, DAY)) for start, end in begun)
    tails = ((0, end - DAY) for _, end in from_yesterday if end > DAY)
    return _windows((*heads, *tails))


@lru_cache(maxsize=4096)
def _windows(pairs: tuple[tuple[int, int], ...]) -> Windows[int]:
    """Most days of most weeks are alike."""
    return Windows.of(*pairs)


def _spans(hours: PersonHours, day: date, lighter: bool) -> tuple[tuple[int, int], ...]:
    """What begins on the date, in seconds from its midnight; an end may pass the next midnight."""
    override = hours.override_on(day)
    if override is not None:
        return tuple(_seconds(start, end) for start, end in override.spans)
    weekday = day.weekday()
    return tuple(
        _seconds(window.start, window.end)
        for window in hours.windows
        if window.weekday == weekday and (window.kept or not lighter)
    )


def _seconds(start: time, end: time) -> tuple[int, int]:
    return _second_of_day(start), _second_of_day(end) + (DAY if end <= start else 0)


def _second_of_day(at: time) -> int:
    return at.hour * 3600 + at.minute * 60


def _pause_order(pause: Pause) -> tuple[date, date, PauseKind]:
    return pause.first_day, pause.last_day or date.max, pause.kind


def _require_minutes(*times: time) -> None:
    for at in times:
        if at.tzinfo is not None or at.second or at.microsecond:
            raise ValueError(f"hours are whole minutes of a wall clock, not {at}")
