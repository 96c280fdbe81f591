"""Quiet hours against two other ways to the same answer, near every clock change of the years 2024 to 2026.

One walks minute by minute through a definition of its own, the other tries the candidate instants of the
design. The default run takes a share of the zones; `ALONGSIDE_ORACLE=all` takes all of them and many more
moments. `bin/bench timing-oracle` is the long run over all names and the years to 2037.
"""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine.timing.hours import DayOverride, Pause, PauseKind, PersonHours, WeeklyWindow
from alongside.engine.timing.notation import parse_hours
from alongside.engine.timing.quiet import is_open, next_open, open_windows
from alongside.engine.timing.zones import canonical_zones, zone_info
from tests.engine.timing import oracle
from tests.engine.timing.oracle import DAY, HOUR, MINUTE, definition, tried, walked

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


def changes_of(zone: str) -> tuple[datetime, ...]:
    return oracle.changes_of(zone, 2024, 2026)


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


clock_times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 45, 59]))
spans = st.tuples(clock_times, clock_times)
kinds = st.sampled_from(PauseKind)
dates_near = st.integers(-4, 8).map(lambda days: days * DAY)


def _window(weekday: int, span: tuple[time, time], kept: bool) -> WeeklyWindow:
    return WeeklyWindow(weekday, *span, kept=kept)


def _pause(near: date, begins: timedelta, days: int | None, kind: PauseKind) -> Pause:
    first = near + begins
    return Pause(first, None if days is None else first + days * DAY, kind)


@st.composite
def asked(draw: st.DrawFn) -> tuple[str, PersonHours, datetime]:
    """Any name, windows, odd days and seasons, and a moment; near a clock change where the zone has one."""
    name = draw(st.sampled_from(oracle.every_name()))
    changes = oracle.changes_of(name, 2024, 2037)
    change = draw(st.sampled_from(changes or (datetime(2028, 2, 29, tzinfo=UTC),)))
    near = change.astimezone(oracle.clock(name)).date()
    windows = draw(st.lists(st.builds(_window, st.integers(0, 6), spans, st.booleans()), max_size=5))
    days = draw(st.lists(dates_near, max_size=2, unique=True))
    overrides = [DayOverride(near + day, tuple(draw(st.lists(spans, max_size=2)))) for day in days]
    pauses = draw(
        st.lists(
            st.builds(_pause, st.just(near), dates_near, st.none() | st.integers(0, 9), kinds), max_size=2
        )
    )
    moment = change + draw(st.integers(-300, 300)) * MINUTE
    return name, PersonHours(name, tuple(windows), tuple(overrides), tuple(pauses)), moment


@given(asked())
@settings(max_examples=60)
def test_next_open_of_any_hours_agrees_with_the_minutes(case: tuple[str, PersonHours, datetime]) -> None:
    name, hours, moment = case

    assert next_open(hours, moment) == walked(hours, moment, name)
