"""The good moment: cases by hand, and rules that hold for any hours, any zone, any instant."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.delivery.enums import ALWAYS, OF_A_MEETING
from alongside.delivery.plan import JITTER_SECONDS, jitter, may_go, next_digest, release_at
from alongside.engine.timing.hours import (
    DayOverride,
    Pause,
    PauseKind,
    PersonHours,
    WeeklyWindow,
    standard_hours,
)
from alongside.engine.timing.quiet import HORIZON, is_open, next_open
from alongside.engine.timing.zones import canonical_zones, instant_at, wall_at
from alongside.people.enums import NoticeClass

LONDON = standard_hours("Europe/London")
REMINDER, CHANGE = NoticeClass.MEETING_REMINDER, NoticeClass.MEETING_CHANGE


def _utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)  # 2 March 2026 is a Monday


@pytest.mark.parametrize(
    ("now", "start", "told"),
    [
        (_utc(2, 9), _utc(4, 11), _utc(3, 11)),  # a day before, in hours
        (_utc(2, 9), _utc(4, 20), _utc(4, 8)),  # a day before is an evening: next morning
        (
            _utc(2, 9),
            _utc(9, 7),
            _utc(9, 6, 30),
        ),  # Monday 7:00: no open hour in between, so half an hour before
        (_utc(4, 9), _utc(4, 15), _utc(4, 14)),  # booked the same day: an hour before
        (_utc(4, 9), _utc(4, 9, 20), _utc(4, 9)),  # booked for right now
    ],
)
def test_reminder_comes_a_day_before_in_hours_or_half_an_hour_before(
    now: datetime, start: datetime, told: datetime
) -> None:
    assert release_at(REMINDER, LONDON, now=now, start=start) == told


@pytest.mark.parametrize(
    ("now", "start", "told"),
    [
        (_utc(3, 23), _utc(4, 11), _utc(4, 8)),  # in hours, an hour before at least
        (_utc(3, 23), _utc(4, 8, 30), _utc(4, 7, 30)),  # hours open too late for that: an hour before
        (_utc(3, 23), _utc(4, 7), _utc(4, 6, 30)),  # not before half past six
        (_utc(3, 23), _utc(4, 5), _utc(4, 4, 30)),  # yet half an hour before at the latest
        (_utc(4, 6, 50), _utc(4, 7), _utc(4, 6, 50)),  # that has passed: now
        (_utc(3, 12), _utc(4, 7), _utc(3, 12)),  # open now
    ],
)
def test_change_comes_in_hours_or_that_morning(now: datetime, start: datetime, told: datetime) -> None:
    assert release_at(CHANGE, LONDON, now=now, start=start) == told


def test_change_of_a_meeting_that_is_over_waits_for_the_hours() -> None:
    assert release_at(CHANGE, LONDON, now=_utc(3, 23), start=_utc(3, 22)) == _utc(4, 8) + jitter("")


def test_digest_comes_at_its_time_in_hours_and_only_on_its_own_date() -> None:
    assert next_digest(LONDON, time(8, 30), _utc(3, 3)) == (_utc(3, 8, 30), date(2026, 3, 3))
    assert next_digest(LONDON, time(8, 30), _utc(3, 8, 31)) == (_utc(4, 8, 30), date(2026, 3, 4))
    assert next_digest(LONDON, time(6), _utc(3, 3)) == (_utc(3, 8), date(2026, 3, 3))
    assert next_digest(LONDON, time(8, 30), _utc(6, 9)) == (
        _utc(9, 8, 30),
        date(2026, 3, 9),
    )  # over the weekend


def test_digest_time_after_the_hours_means_the_first_open_moment_of_each_date() -> None:
    assert next_digest(LONDON, time(19), _utc(3, 3)) == (_utc(3, 8), date(2026, 3, 3))
    assert next_digest(LONDON, time(19), _utc(3, 8, 1)) == (_utc(4, 8), date(2026, 3, 4))
    assert next_digest(LONDON, time(19), _utc(6, 9)) == (_utc(9, 8), date(2026, 3, 9))


def test_jitter_is_the_same_for_the_same_notice_and_spreads_many() -> None:
    many = [jitter(str(number)).seconds for number in range(500)]
    assert jitter("a") == jitter("a")
    assert (min(many), max(many)) == (0, JITTER_SECONDS)


# --- for any hours --------------------------------------------------------------------------------------------------------

TIMES = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 59)))
WINDOWS = st.lists(st.builds(WeeklyWindow, st.integers(0, 6), TIMES, TIMES, st.booleans()), max_size=6)
DAYS = st.dates(date(2024, 1, 1), date(2037, 12, 1))
OVERRIDES = st.lists(
    st.builds(DayOverride, DAYS, st.lists(st.tuples(TIMES, TIMES), max_size=2).map(tuple)),
    max_size=2,
    unique_by=lambda override: override.day,
)
PAUSES = st.lists(
    st.builds(
        lambda first, length, kind: Pause(first, first + timedelta(days=length), kind),
        DAYS,
        st.integers(0, 40),
        st.sampled_from(PauseKind),
    ),
    max_size=2,
)
HOURS = st.builds(
    PersonHours,
    st.sampled_from(canonical_zones()),
    WINDOWS.map(tuple),
    OVERRIDES.map(tuple),
    PAUSES.map(tuple),
)
INSTANTS = st.integers(0, 14 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
STARTS = st.integers(-600, 4 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
CLASSES = st.sampled_from(NoticeClass)


@settings(max_examples=400, deadline=None)
@given(CLASSES, HOURS, INSTANTS, STARTS, st.text(max_size=4))
def test_planned_moment_is_one_at_which_the_notice_may_go(
    notice_class: NoticeClass, hours: PersonHours, now: datetime, ahead: timedelta, seed: str
) -> None:
    start = now + ahead if notice_class in OF_A_MEETING else None

    told = release_at(notice_class, hours, now=now, start=start, seed=seed)

    assert told >= now
    if told < now + HORIZON:
        assert may_go(notice_class, hours, now=told, start=start)
    if notice_class in OF_A_MEETING and start is not None and start > now:
        assert told <= max(now, start - timedelta(minutes=30))


@settings(max_examples=400, deadline=None)
@given(CLASSES, HOURS, INSTANTS, STARTS)
def test_nothing_may_go_outside_the_hours_but_what_protects_and_the_meeting_one_said_yes_to(
    notice_class: NoticeClass, hours: PersonHours, now: datetime, ahead: timedelta
) -> None:
    start = now + ahead if notice_class in OF_A_MEETING else None

    if may_go(notice_class, hours, now=now, start=start) and not is_open(hours, now):
        assert notice_class in ALWAYS or (start is not None and start - timedelta(hours=1) <= now < start)
    if is_open(hours, now) or notice_class in ALWAYS:
        assert may_go(notice_class, hours, now=now, start=start)


@settings(max_examples=200, deadline=None)
@given(HOURS, TIMES, INSTANTS)
def test_digest_is_told_in_hours_after_its_time_on_its_date(
    hours: PersonHours, digest_time: time, now: datetime
) -> None:
    found = next_digest(hours, digest_time, now)
    if found is None:
        tomorrow = instant_at(wall_at(now, hours.zone).day + timedelta(days=1), time(0), hours.zone).instant
        assert next_open(hours, tomorrow, timedelta(days=12)) is None
        return
    at, day = found
    wall = wall_at(at, hours.zone)
    assert at >= now
    assert is_open(hours, at)
    assert wall.day == day
    if wall.at < digest_time:  # then the hours of that date are over by the time of the digest
        wanted = instant_at(day, digest_time, hours.zone).instant
        after = next_open(hours, wanted)
        assert after is None or wall_at(after, hours.zone).day > day
