"""Quiet hours beyond the table: reasons, horizons, pauses, and the year's odd days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.engine.timing.hours import DayOverride, Pause, PauseKind, PersonHours, standard_hours
from alongside.engine.timing.notation import parse_hours, parse_span
from alongside.engine.timing.quiet import (
    Moment,
    Reason,
    is_open,
    next_moment,
    next_open,
    open_windows,
    reason_at,
)
from alongside.engine.timing.windows import Windows

BERLIN = standard_hours("Europe/Berlin")
AWAY_IN_MAY = Pause(date(2026, 5, 4), date(2026, 5, 8))
LIGHTER_IN_MAY = Pause(date(2026, 5, 4), date(2026, 5, 8), PauseKind.LIGHTER)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def berlin(
    hours: str = "Mon-Fri 8-18", *pauses: Pause, days_off: tuple[DayOverride, ...] = ()
) -> PersonHours:
    return PersonHours("Europe/Berlin", parse_hours(hours), days_off, pauses)


def test_hours_are_half_open() -> None:
    opening, closing, tick = at("2026-03-04T07:00"), at("2026-03-04T17:00"), timedelta(microseconds=1)

    answers = [is_open(BERLIN, moment) for moment in (opening - tick, opening, closing - tick, closing)]

    assert answers == [False, True, True, False]


@pytest.mark.parametrize(
    ("hours", "moment", "reason"),
    [
        (BERLIN, "2026-05-05T10:00", Reason.OPEN),
        (BERLIN, "2026-05-05T20:00", Reason.OUTSIDE_HOURS),
        (berlin(""), "2026-05-05T10:00", Reason.NO_HOURS),
        (berlin("", AWAY_IN_MAY), "2026-05-05T10:00", Reason.AWAY),
        (berlin("Mon-Fri 8-18", AWAY_IN_MAY), "2026-05-05T10:00", Reason.AWAY),
        (berlin("Mon-Fri 8-18", LIGHTER_IN_MAY), "2026-05-05T10:00", Reason.LIGHTER),
        (berlin("Mon-Fri 8-18", LIGHTER_IN_MAY), "2026-05-05T20:00", Reason.OUTSIDE_HOURS),
        (berlin("Mon-Fri 8-18 kept", LIGHTER_IN_MAY), "2026-05-05T10:00", Reason.OPEN),
        (berlin(days_off=(DayOverride(date(2026, 5, 5)),)), "2026-05-05T10:00", Reason.DAY_OFF),
        (
            berlin(days_off=(DayOverride(date(2026, 5, 5), (parse_span("12-13"),)),)),
            "2026-05-05T10:00",
            Reason.OPEN,
        ),
    ],
)
def test_reason_says_why(hours: PersonHours, moment: str, reason: Reason) -> None:
    assert reason_at(hours, at(moment)) is reason
    assert is_open(hours, at(moment)) is (reason is Reason.OPEN)


def test_next_moment_joins_the_instant_and_why_it_is_not_sooner() -> None:
    hours = berlin("Mon-Fri 8-18", AWAY_IN_MAY)

    assert next_moment(hours, at("2026-05-05T10:00")) == Moment(at("2026-05-11T06:00"), Reason.AWAY)
    assert next_moment(hours, at("2026-05-11T10:00")) == Moment(at("2026-05-11T10:00"), Reason.OPEN)


def test_next_open_returns_the_very_instant_in_utc_when_open() -> None:
    local = datetime.fromisoformat("2026-05-11T10:00:07.5+02:00")

    found = next_open(BERLIN, local)

    assert found == local
    assert found is not None
    assert found.tzinfo is UTC


def test_next_open_is_none_without_an_open_moment_within_the_horizon() -> None:
    assert next_open(berlin(""), at("2026-05-05T10:00")) is None
    assert next_open(berlin("Mon-Fri 8-18", Pause(date(2026, 5, 4))), at("2026-05-05T10:00")) is None


def test_the_horizon_is_half_open_and_fourteen_days_by_default() -> None:
    hours = berlin("Mon-Fri 8-18", Pause(date(2026, 5, 4), date(2026, 5, 17)))
    opens = at("2026-05-18T06:00")

    assert next_open(hours, opens - timedelta(days=14)) is None
    assert next_open(hours, opens - timedelta(days=14) + timedelta(seconds=1)) == opens
    assert next_open(hours, opens - timedelta(days=14), timedelta(days=15)) == opens
    assert next_open(hours, opens, timedelta()) is None


def test_lighter_weeks_hold_for_the_next_kept_window() -> None:
    hours = berlin("Mon-Fri 8-18, Wed 12-13 kept", LIGHTER_IN_MAY)

    assert next_open(hours, at("2026-05-04T10:00")) == at("2026-05-06T10:00")


def test_a_leap_day_is_a_day_like_any_other() -> None:
    assert next_open(BERLIN, at("2028-02-28T20:00")) == at("2028-02-29T07:00")


def test_rules_beyond_2037_still_follow_the_clocks() -> None:
    assert next_open(BERLIN, at("2050-01-03T00:00")) == at("2050-01-03T07:00")
    assert next_open(BERLIN, at("2050-07-04T00:00")) == at("2050-07-04T06:00")


def test_open_windows_hold_the_clock_change_of_the_night() -> None:
    nights = berlin("Sat 22-06")

    spring = open_windows(nights, at("2026-03-28T00:00"), at("2026-03-30T00:00"))
    autumn = open_windows(nights, at("2026-10-24T00:00"), at("2026-10-26T00:00"))

    assert spring == Windows.of((at("2026-03-28T21:00"), at("2026-03-29T04:00")))
    assert autumn == Windows.of((at("2026-10-24T20:00"), at("2026-10-25T05:00")))


def test_open_windows_are_cut_to_the_microsecond() -> None:
    start, end = at("2026-05-11T06:00:00.000001"), at("2026-05-11T06:00:00.000003")

    assert open_windows(BERLIN, start, end) == Windows.of((start, end))
    assert open_windows(BERLIN, start, start) == Windows()


@pytest.mark.parametrize("ask", [is_open, reason_at, next_open, next_moment])
def test_a_naive_datetime_is_refused(ask: object) -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        ask(BERLIN, at("2026-05-11T06:00").replace(tzinfo=None))  # type: ignore[operator]
