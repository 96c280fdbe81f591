"""Reachable days: the fair measure of silence."""

from datetime import date, time, timedelta

import pytest

from alongside.engine.timing.hours import DayOverride, Pause, PauseKind, PersonHours, standard_hours
from alongside.engine.timing.notation import parse_hours
from alongside.engine.timing.reachable import (
    first_reachable_day,
    is_reachable,
    open_time_on,
    paused_days,
    reachable_days,
)

ANA, TOM = standard_hours("America/New_York"), standard_hours("Europe/London")
MONDAY = date(2026, 3, 2)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def person(zone: str, hours: str, *pauses: Pause, days: tuple[DayOverride, ...] = ()) -> PersonHours:
    return PersonHours(zone, parse_hours(hours), days, pauses)


def test_reachable_days_are_those_open_for_everyone() -> None:
    tuesdays = person("Europe/London", "Tue Thu Sat 9-12")

    assert reachable_days([ANA], MONDAY, MONDAY + WEEK) == tuple(MONDAY + n * DAY for n in range(5))
    assert reachable_days([ANA, tuesdays], MONDAY, MONDAY + WEEK) == (MONDAY + DAY, MONDAY + 3 * DAY)
    assert reachable_days([ANA], MONDAY, MONDAY) == ()


@pytest.mark.parametrize("kind", list(PauseKind))
def test_a_pause_of_either_makes_a_day_unreachable_for_both(kind: PauseKind) -> None:
    paused = person("Europe/London", "Mon-Fri 8-18 kept", Pause(MONDAY + DAY, MONDAY + 3 * DAY, kind))

    assert reachable_days([ANA, paused], MONDAY, MONDAY + WEEK) == (MONDAY, MONDAY + 4 * DAY)
    assert reachable_days([paused, ANA], MONDAY, MONDAY + WEEK) == (MONDAY, MONDAY + 4 * DAY)


@pytest.mark.parametrize(("hours", "reachable"), [("Mon 8:00-8:59", False), ("Mon 8-8:30, Mon 9-9:30", True)])
def test_a_day_needs_an_open_hour_in_all(hours: str, reachable: bool) -> None:
    assert is_reachable([person("Europe/London", hours)], MONDAY) is reachable


def test_a_date_counts_in_each_persons_own_calendar() -> None:
    kiritimati, niue = (person(zone, "Mon 8-9") for zone in ("Pacific/Kiritimati", "Pacific/Niue"))

    assert reachable_days([kiritimati, niue], MONDAY - DAY, MONDAY + 2 * DAY) == (MONDAY,)


@pytest.mark.parametrize(
    ("zone", "hours", "day", "hours_open"),
    [
        ("Europe/Berlin", "Sat 22-06", date(2026, 3, 28), 2),
        ("Europe/Berlin", "Sat 22-06", date(2026, 3, 29), 5),
        ("Europe/Berlin", "Sat 22-06", date(2026, 10, 25), 7),
        ("Europe/Berlin", "daily 02:00-03:00", date(2026, 3, 29), 0),
        ("Europe/Berlin", "daily 02:00-03:00", date(2026, 10, 25), 2),
        ("Pacific/Apia", "daily 08:00-18:00", date(2011, 12, 30), 0),
        ("Pacific/Apia", "daily 08:00-18:00", date(2011, 12, 31), 10),
        ("Pacific/Niue", "Mon 18:00-24:00", MONDAY, 6),
        ("Pacific/Kiritimati", "daily 00:00-24:00", date(2026, 3, 2), 24),
    ],
)
def test_open_time_is_what_really_elapses_on_the_date(
    zone: str, hours: str, day: date, hours_open: int
) -> None:
    assert open_time_on(person(zone, hours), day) == hours_open * HOUR


def test_a_day_off_is_not_reachable_and_a_day_of_other_hours_may_be() -> None:
    hours = person(
        "Europe/London",
        "Mon-Fri 8-18",
        days=(DayOverride(MONDAY), DayOverride(MONDAY + DAY, ((time(20), time(21)),))),
    )

    assert reachable_days([hours], MONDAY, MONDAY + 3 * DAY) == (MONDAY + DAY, MONDAY + 2 * DAY)


def test_paused_days_count_once_for_both() -> None:
    one = person("Europe/London", "", Pause(MONDAY + DAY, MONDAY + 3 * DAY))
    other = person("Europe/Berlin", "", Pause(MONDAY + 3 * DAY, MONDAY + 4 * DAY, PauseKind.LIGHTER))

    assert paused_days([one, other], MONDAY, MONDAY + WEEK) == 4
    assert paused_days([one, other], MONDAY + 2 * DAY, MONDAY + 3 * DAY) == 1
    assert paused_days([ANA, TOM], MONDAY, MONDAY + WEEK) == 0


def test_the_first_reachable_day_comes_after_pauses_and_weekends() -> None:
    back = person("Europe/London", "Mon-Fri 8-18", Pause(MONDAY, MONDAY + 4 * DAY))

    assert first_reachable_day([ANA, back], MONDAY) == MONDAY + WEEK
    assert first_reachable_day([ANA], MONDAY) == MONDAY
    assert first_reachable_day([ANA, back], MONDAY, WEEK) is None
    assert first_reachable_day([person("Europe/London", "")], MONDAY) is None


def test_nobody_is_neither_reachable_nor_not() -> None:
    with pytest.raises(ValueError, match="nobody is neither"):
        is_reachable([], MONDAY)
