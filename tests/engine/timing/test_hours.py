"""A person's hours: what is valid, what is equal, and what a wall clock must show to be open."""

from datetime import UTC, date, time

import pytest

from alongside.engine.timing.hours import (
    DayOverride,
    Pause,
    PauseKind,
    PersonHours,
    WeeklyWindow,
    cautious_hours,
    open_on,
    same_each_day,
    standard_hours,
)
from alongside.engine.timing.notation import parse_hours
from alongside.engine.timing.windows import Windows
from alongside.engine.timing.zones import UnknownZone

BERLIN = "Europe/Berlin"
MON, TUE, WED, THU = (date(2026, 3, day) for day in (2, 3, 4, 5))
AWAY, LIGHTER = PauseKind.AWAY, PauseKind.LIGHTER


def on_clock(*spans: tuple[float, float]) -> Windows[int]:
    return Windows.of(*((round(start * 3600), round(end * 3600)) for start, end in spans))


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_weekday_outside_the_week_is_refused(weekday: int) -> None:
    with pytest.raises(ValueError, match="a weekday is 0 to 6"):
        WeeklyWindow(weekday, time(8), time(18))


@pytest.mark.parametrize("at", [time(8, 0, 1), time(8, 0, 0, 1), time(8, tzinfo=UTC)])
def test_times_finer_than_a_minute_or_with_a_zone_are_refused(at: time) -> None:
    with pytest.raises(ValueError, match="whole minutes of a wall clock"):
        WeeklyWindow(0, time(7), at)
    with pytest.raises(ValueError, match="whole minutes of a wall clock"):
        DayOverride(MON, ((at, time(18)),))


def test_a_pause_ends_no_sooner_than_it_begins() -> None:
    assert Pause(MON, MON).covers(MON)
    with pytest.raises(ValueError, match="cannot end on 2026-03-02, before it begins on 2026-03-03"):
        Pause(TUE, MON)


def test_a_pause_covers_both_its_ends_and_without_an_end_everything_after() -> None:
    days = (MON, TUE, WED, THU)

    assert [Pause(TUE, WED).covers(day) for day in days] == [False, True, True, False]
    assert [Pause(WED).covers(day) for day in days] == [False, False, True, True]


def test_hours_given_in_another_order_are_equal() -> None:
    windows = parse_hours("Mon 08:00-10:00, Tue 08:00-10:00")
    overrides = (DayOverride(MON), DayOverride(TUE, ((time(9), time(10)), (time(7), time(8)))))
    pauses = (Pause(MON), Pause(MON, TUE), Pause(MON, TUE, LIGHTER))

    one = PersonHours("Asia/Calcutta", windows, overrides, pauses)
    other = PersonHours("Asia/Kolkata", windows[::-1] + windows, overrides[::-1], pauses[::-1] + pauses)

    assert one == other
    assert hash(one) == hash(other)
    assert one.zone == "Asia/Kolkata"


def test_of_two_equal_windows_the_kept_one_stays() -> None:
    loose, kept = WeeklyWindow(0, time(8), time(9)), WeeklyWindow(0, time(8), time(9), kept=True)

    assert PersonHours(BERLIN, (kept, loose)).windows == (kept,)


def test_a_date_with_two_overrides_is_refused() -> None:
    with pytest.raises(ValueError, match="one override only"):
        PersonHours(BERLIN, overrides=(DayOverride(MON), DayOverride(MON, ((time(8), time(9)),))))


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(UnknownZone):
        PersonHours("Europe/Atlantis")


def test_away_outweighs_lighter() -> None:
    hours = PersonHours(BERLIN, pauses=(Pause(MON, TUE, LIGHTER), Pause(TUE, WED, AWAY)))

    assert [hours.pause_on(day) for day in (MON, TUE, WED, THU)] == [LIGHTER, AWAY, AWAY, None]


def test_defaults_are_those_of_the_design() -> None:
    assert standard_hours("Asia/Calcutta") == PersonHours("Asia/Kolkata", parse_hours("Mon-Fri 8-18"))
    assert cautious_hours(BERLIN) == PersonHours(BERLIN, parse_hours("Mon-Fri 9-17"))


def test_usual_hours_know_no_single_days_and_no_pauses() -> None:
    hours = PersonHours(BERLIN, parse_hours("Mon 8-9"), (DayOverride(MON),), (Pause(MON),))

    assert hours.usual() == PersonHours(BERLIN, parse_hours("Mon 8-9"))
    assert hours.without_pauses() == PersonHours(BERLIN, parse_hours("Mon 8-9"), (DayOverride(MON),))


@pytest.mark.parametrize(
    ("hours", "more", "expected"),
    [
        ("Tue 8-12, Tue 11-18", {}, [(8, 18)]),
        ("Wed 8-12", {}, []),
        ("Tue 22-06", {}, [(22, 24)]),
        ("Mon 22-06", {}, [(0, 6)]),
        ("daily 00:00-24:00", {}, [(0, 24)]),
        ("Mon 08:00-08:00", {}, [(0, 8)]),
        ("daily 22-06", {}, [(0, 6), (22, 24)]),
        ("daily 22-06", {"overrides": (DayOverride(TUE),)}, []),
        ("daily 22-06", {"overrides": (DayOverride(MON),)}, [(22, 24)]),
        ("daily 22-06", {"overrides": (DayOverride(TUE, ((time(10), time(12)),)),)}, [(10, 12)]),
        ("daily 9-10", {"overrides": (DayOverride(MON, ((time(20), time(2)),)),)}, [(0, 2), (9, 10)]),
        ("daily 22-06", {"pauses": (Pause(TUE, TUE),)}, []),
        ("daily 22-06", {"pauses": (Pause(MON, MON),)}, [(0, 6), (22, 24)]),
        ("daily 8-18, Mon 22-06 kept", {"pauses": (Pause(TUE, TUE, LIGHTER),)}, [(0, 6)]),
        ("daily 8-18, daily 10-12 kept", {"pauses": (Pause(MON, None, LIGHTER),)}, [(10, 12)]),
        (
            "daily 8-18",
            {"pauses": (Pause(TUE, TUE, LIGHTER),), "overrides": (DayOverride(TUE, ((time(9), time(10)),)),)},
            [(9, 10)],
        ),
        (
            "daily 8-18",
            {"pauses": (Pause(TUE, TUE),), "overrides": (DayOverride(TUE, ((time(9), time(10)),)),)},
            [],
        ),
    ],
)
def test_what_the_clock_must_show_on_a_tuesday(
    hours: str, more: dict[str, object], expected: list[tuple[float, float]]
) -> None:
    person = PersonHours(BERLIN, parse_hours(hours), **more)  # type: ignore[arg-type]

    assert open_on(person, TUE) == on_clock(*expected)


def test_one_window_on_several_days() -> None:
    assert same_each_day((6, 0), time(8), time(9), kept=True) == parse_hours("Mon Sun 8-9 kept")
