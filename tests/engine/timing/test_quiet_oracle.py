"""Quiet hours against two other ways to the same answer, near every clock change of the years 2024 to 2026.

One walks minute by minute through a definition of its own, the other tries the candidate instants of the
design. The default run takes a share of the zones; `ALONGSIDE_ORACLE=all` takes all of them and many more
moments.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random

import pytest

from alongside.engine.timing.hours import DayOverride, Pause, PauseKind, PersonHours
from alongside.engine.timing.instants import from_seconds, to_seconds
from alongside.engine.timing.notation import parse_hours
from alongside.engine.timing.quiet import HORIZON, is_open, next_open, open_windows
from alongside.engine.timing.zones import canonical_zones, stretches_between, zone_info

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FROM, TO = (to_seconds(datetime(year, 1, 1, tzinfo=UTC)) for year in (2024, 2027))
EVERYTHING = os.environ.get("ALONGSIDE_ORACLE") == "all"
WEEKS = [
    "Mon-Fri 08:00-18:00",
    "daily 00:15-06:00",
    "daily 02:15-02:45",
    "daily 01:45-10:00, daily 23:30-24:00",
    "daily 00:00-02:30",
    "daily 22:00-06:00",
    "Sat-Sun 21:00-03:10 kept, Thu 02:00-03:00",
    "Mon-Sat 02:30-02:00",
]


def changes_of(zone: str) -> list[datetime]:
    return [from_seconds(stretch.start) for stretch in stretches_between(zone, FROM, TO)][1:]


def chosen_zones() -> list[str]:
    changing = [zone for zone in canonical_zones() if changes_of(zone)]
    if EVERYTHING:
        return list(canonical_zones())
    odd = {"Africa/Cairo", "Antarctica/Troll", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Chatham"}
    return sorted({*changing[::12], *odd, "Asia/Kathmandu"})


def people_of(zone: str, near: date) -> Iterator[PersonHours]:
    """Hours of many shapes, with days off, days of other hours, and pauses around the date."""
    random = Random(f"{zone} {near}")
    for week in random.sample(WEEKS, len(WEEKS) if EVERYTHING else 2):
        yield PersonHours(zone, parse_hours(week))
    off = DayOverride(near + random.randint(-1, 1) * DAY)
    other = DayOverride(near + 2 * DAY, ((time(1, 30), time(2, 20)), (time(23), time(1))))
    kind = random.choice(list(PauseKind))
    pause = Pause(near + random.randint(-2, 1) * DAY, near + random.randint(1, 3) * DAY, kind)
    yield PersonHours(zone, parse_hours(random.choice(WEEKS)), (off, other), (pause,))


def moments_near(change: datetime, zone: str) -> list[datetime]:
    random = Random(f"{zone} {change}")
    return [change + random.randint(-300, 300) * MINUTE for _ in range(3 if EVERYTHING else 1)]


def cases(zone: str) -> Iterator[tuple[PersonHours, datetime]]:
    for change in changes_of(zone) or [datetime(2026, 2, 28, 23, 59, tzinfo=UTC)]:
        for hours in people_of(zone, change.astimezone(zone_info(zone)).date()):
            for moment in moments_near(change, zone):
                yield hours, moment


@pytest.mark.parametrize("zone", chosen_zones())
def test_next_open_agrees_with_the_minutes_and_with_the_candidates(zone: str) -> None:
    for hours, moment in cases(zone):
        found = next_open(hours, moment)

        assert found == walked(hours, moment), (hours, moment)
        assert found == tried(hours, moment), (hours, moment)


@pytest.mark.parametrize("zone", chosen_zones()[:: 1 if EVERYTHING else 4])
def test_open_windows_agree_with_the_minutes(zone: str) -> None:
    for hours, moment in cases(zone):
        start, end, said = moment - 5 * HOUR, moment + 5 * HOUR, definition(hours)
        minutes = [start + step * MINUTE for step in range(600)]
        held = open_windows(hours, start, end)

        expected = [said(minute) for minute in minutes]
        assert [minute in held for minute in minutes] == expected
        assert [is_open(hours, minute) for minute in minutes[::7]] == expected[::7]


def walked(hours: PersonHours, moment: datetime) -> datetime | None:
    """The first open minute, by trying them all."""
    said = definition(hours)
    minutes = (moment + step * MINUTE for step in range(HORIZON // MINUTE))
    return next((minute for minute in minutes if said(minute)), None)


def tried(hours: PersonHours, moment: datetime) -> datetime | None:
    """The first open one of: now, window starts and midnights of both folds, clock changes."""
    zone, end, said = zone_info(hours.zone), moment + HORIZON, definition(hours)
    clocks = {time(0)} | {window.start for window in hours.windows}
    clocks |= {start for override in hours.overrides for start, _ in override.spans}
    days = [moment.date() + step * DAY for step in range(-1, 17)]
    walls = [datetime.combine(d, c.replace(fold=fold), zone) for d in days for c in clocks for fold in (0, 1)]
    shown = [wall.astimezone(UTC) for wall in walls if not in_a_gap(wall)]
    stretches = stretches_between(hours.zone, to_seconds(moment), to_seconds(end))
    candidates = {moment, *shown, *(from_seconds(stretch.start) for stretch in stretches)}
    within = (instant for instant in candidates if moment <= instant < end)
    return min((instant for instant in within if said(instant)), default=None)


def in_a_gap(wall: datetime) -> bool:
    back = wall.astimezone(UTC).astimezone(wall.tzinfo)
    return (back.date(), back.time()) != (wall.date(), wall.time())


def definition(hours: PersonHours) -> Callable[[datetime], bool]:
    """Whether the person is open, from the words of the design alone: the open minutes of each date."""
    zone = zone_info(hours.zone)
    written = {override.day: override.spans for override in hours.overrides}

    @cache
    def open_minutes(today: date) -> frozenset[int]:
        kinds = {pause.kind for pause in hours.pauses if pause.covers(today)}
        if PauseKind.AWAY in kinds:
            return frozenset()
        minutes: set[int] = set()
        for day in [today] if today in written else [today, today - DAY]:
            begun = [w for w in hours.windows if w.weekday == day.weekday()]
            usual = tuple((w.start, w.end) for w in begun if w.kept or not kinds)
            for start, end in written.get(day, usual):
                first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
                held = range(first, last + 1440 if last <= first else last)
                shift = 0 if day == today else 1440
                minutes |= {minute - shift for minute in held if 0 <= minute - shift < 1440}
        return frozenset(minutes)

    def said(instant: datetime) -> bool:
        local = instant.astimezone(zone)
        return local.hour * 60 + local.minute in open_minutes(local.date())

    return said
