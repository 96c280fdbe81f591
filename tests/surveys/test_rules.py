"""The rules of asking, each on its own, and what holds whatever the hours."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine.timing.hours import Pause, PauseKind, PersonHours
from alongside.engine.timing.notation import parse_hours
from alongside.engine.timing.quiet import is_open
from alongside.engine.timing.zones import wall_at
from alongside.surveys.catalog import Trigger, survey_catalog
from alongside.surveys.rules import Situation, days_of, moment_of_asking

WEDNESDAY = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
STARTED = date(2026, 2, 2)


def hours(*pauses: Pause, zone: str = "UTC") -> PersonHours:
    return PersonHours(zone, parse_hours("Mon-Fri 08:00-18:00"), pauses=pauses)


def moment(**changes: Any) -> datetime | None:
    case = {"now": WEDNESDAY, "planned_for": WEDNESDAY, "hours": hours(), "started_on": STARTED, **changes}
    return moment_of_asking(Situation(**case))


def away(first: date, last: date | None, kind: PauseKind = PauseKind.AWAY) -> Pause:
    return Pause(first, last, kind)


def test_a_free_person_in_their_hours_is_asked_now() -> None:
    assert moment() == WEDNESDAY


def test_outside_the_hours_it_waits_for_the_morning() -> None:
    assert moment(hours=hours(zone="Asia/Tokyo")) == datetime(2026, 3, 4, 23, 0, tzinfo=UTC)


def test_first_month_leaves_ten_days_and_later_twenty_one() -> None:
    asked = WEDNESDAY - timedelta(days=5)

    assert moment(last_asked_at=asked, started_on=date(2026, 2, 25)) == datetime(
        2026, 3, 9, 10, 0, tzinfo=UTC
    )
    assert moment(last_asked_at=asked, started_on=date(2025, 11, 1)) == datetime(
        2026, 3, 20, 10, 0, tzinfo=UTC
    )


@pytest.mark.parametrize("kind", list(PauseKind))
def test_in_a_season_it_moves_to_the_first_reachable_day(kind: PauseKind) -> None:
    season = away(date(2026, 3, 2), date(2026, 3, 13), kind)

    assert moment(hours=hours(season)) == datetime(2026, 3, 16, 8, 0, tzinfo=UTC)


def test_more_than_two_weeks_after_its_day_it_is_dropped() -> None:
    assert moment(hours=hours(away(date(2026, 3, 2), date(2026, 3, 20)))) is None
    assert moment(planned_for=WEDNESDAY - timedelta(days=15)) is None
    assert moment(planned_for=WEDNESDAY - timedelta(days=14)) == WEDNESDAY


def test_on_the_day_of_a_talk_it_comes_after_the_talk() -> None:
    assert moment(busy_until=WEDNESDAY + timedelta(hours=3)) == WEDNESDAY + timedelta(hours=3)
    assert moment(busy_until=WEDNESDAY + timedelta(hours=9)) == datetime(2026, 3, 5, 8, 0, tzinfo=UTC)


def test_while_the_pair_rests_it_is_put_off() -> None:
    assert moment(is_resting=True) == WEDNESDAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("spent", "is_asked"),
    [
        ({"items": 6, "items_spent": 34}, True),
        ({"items": 6, "items_spent": 35}, False),
        ({"seconds": 60, "seconds_spent": 420}, True),
        ({"seconds": 60, "seconds_spent": 421}, False),
    ],
)
def test_the_budget_of_half_a_year_is_kept(spent: dict[str, int], is_asked: bool) -> None:
    assert (moment(**spent) is not None) == is_asked


@settings(max_examples=200, deadline=None)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2880, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is given apart
    st.sampled_from(["UTC", "Asia/Kolkata", "America/New_York", "Pacific/Apia"]),
    st.sampled_from(list(PauseKind)),
)
def test_a_person_in_a_season_is_never_asked(now: datetime, zone: str, kind: PauseKind) -> None:
    """At any moment of all the years the timing engine plans in."""
    paused = hours(away(date(2025, 1, 1), None, kind), zone=zone)

    assert moment(now=now, planned_for=now, hours=paused) is None


@settings(max_examples=200, deadline=None)
@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is given apart
    zone=st.sampled_from(["UTC", "Asia/Kolkata", "America/Los_Angeles"]),
    begins=st.integers(-20, 20),
    lasts=st.integers(0, 20),
    asked=st.none() | st.integers(0, 40),
)
def test_whatever_happens_the_moment_is_open_unpaused_and_spaced(
    now: datetime, zone: str, begins: int, lasts: int, asked: int | None
) -> None:
    first = now.date() + timedelta(days=begins)
    person = hours(away(first, first + timedelta(days=lasts)), zone=zone)
    last = now - timedelta(days=asked) if asked is not None else None

    found = moment(now=now, planned_for=now, hours=person, last_asked_at=last, started_on=now.date())

    if found is not None:
        assert found >= now
        assert is_open(person, found)
        assert person.pause_on(wall_at(found, zone).day) is None
        assert last is None or found - last >= timedelta(days=10)


def test_days_of_the_shipped_surveys_over_half_a_year_and_a_year() -> None:
    def days(key: str, months: int) -> list[int]:
        ends = STARTED + timedelta(days=round(months * 30.4))
        trigger = survey_catalog().survey(key).trigger
        found = days_of(trigger, started_on=STARTED, ends_on=ends, months=months)
        return [(day - STARTED).days for day in found]

    assert days("first-hello", 6) == [7]
    assert days("after-first-talk", 6) == [14]
    assert days("how-is-it-going", 6) == [30]
    assert days("how-is-it-going", 12) == [30, 90, 150, 210, 270, 330]
    assert days("half-way", 6) == [91]
    assert days("closing", 6) == []


def test_a_trigger_of_an_event_has_no_day() -> None:
    assert days_of(Trigger("closing"), started_on=STARTED, ends_on=STARTED, months=6) == []
