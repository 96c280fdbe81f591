"""Weeks as bits: a bit promises its half hour in every week of the period, whatever the clocks do."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alongside.engine.timing.hours import DayOverride, Pause, PersonHours, standard_hours
from alongside.engine.timing.notation import parse_hours
from alongside.engine.timing.quiet import is_open, open_windows
from alongside.engine.timing.weeks import (
    HALF_HOURS,
    bits_from_text,
    bits_text,
    least_shared_half_hours,
    regimes,
    week_bits,
    week_bits_at,
)
from alongside.engine.timing.windows import total
from alongside.engine.timing.zones import canonical_zones

BERLIN, LONDON, NEW_YORK, KOLKATA = "Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata"
HALF, WEEK = timedelta(minutes=30), timedelta(weeks=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


MONDAY = at("2026-03-02")
SPRING = (MONDAY, MONDAY + 8 * WEEK)


def bits(*half_hours: range) -> int:
    return sum(1 << half for part in half_hours for half in part)


def weekdays(first: int, last: int) -> int:
    """Half hours first to last of the UTC day, Monday to Friday."""
    return bits(*(range(day * 48 + first, day * 48 + last) for day in range(5)))


def test_bits_of_one_offset_begin_on_monday_midnight_in_utc() -> None:
    assert week_bits(standard_hours("Etc/UTC"), *SPRING) == weekdays(16, 36)
    assert week_bits_at(standard_hours(BERLIN), at("2026-01-01")) == weekdays(14, 34)
    assert week_bits_at(standard_hours(BERLIN), at("2026-07-01")) == weekdays(12, 32)


def test_bits_over_a_clock_change_are_those_of_both_offsets() -> None:
    assert week_bits(standard_hours(BERLIN), *SPRING) == weekdays(14, 32)


def test_a_half_hour_counts_only_when_it_is_open_throughout() -> None:
    assert week_bits(standard_hours("Asia/Kathmandu"), *SPRING) == weekdays(5, 24)
    assert week_bits(PersonHours("Etc/UTC", parse_hours("Mon 8:10-8:50")), *SPRING) == 0
    assert week_bits(PersonHours("Etc/UTC", parse_hours("Mon 8:10-8:40, Mon 8:40-9")), *SPRING) == 1 << 17


def test_windows_over_the_end_of_the_week_come_round_to_its_beginning() -> None:
    sunday_night = PersonHours("Etc/UTC", parse_hours("Sun 23-01"))
    monday_morning = PersonHours("Pacific/Kiritimati", parse_hours("Mon 8-9"))

    assert week_bits(sunday_night, *SPRING) == bits(range(334, 336), range(2))
    assert week_bits(monday_morning, *SPRING) == bits(range(324, 326))


def test_single_days_and_pauses_do_not_count() -> None:
    hours = standard_hours(LONDON)
    paused = PersonHours(LONDON, hours.windows, (DayOverride(MONDAY.date()),), (Pause(MONDAY.date()),))

    assert week_bits(paused, *SPRING) == week_bits(hours, *SPRING)


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(canonical_zones()),
    st.sampled_from(["Mon-Fri 8-18", "Sat-Sun 21:00-03:10", "daily 02:15-10:00", "Mon-Sat 02:30-02:00"]),
)
def test_a_bit_is_set_exactly_when_its_half_hour_is_open_in_every_week(zone: str, week: str) -> None:
    start, weeks = MONDAY, 40
    begins = (*regimes([zone], start, start + weeks * WEEK), start + weeks * WEEK)
    assume(all(later - earlier >= WEEK for earlier, later in pairwise(begins)))
    hours = PersonHours(zone, parse_hours(week))

    found = week_bits(hours, start, start + weeks * WEEK)

    held = open_windows(hours, start, start + weeks * WEEK)
    turns = ([start + half * HALF + n * WEEK for n in range(weeks)] for half in range(HALF_HOURS))
    open_always = [all(held.covers(turn, turn + HALF) for turn in half) for half in turns]
    assert bits_text(found) == "".join("1" if always else "0" for always in open_always)


def test_regimes_begin_with_the_period_and_at_each_change_of_any_zone() -> None:
    assert regimes([NEW_YORK, LONDON, BERLIN, KOLKATA], *SPRING) == (
        MONDAY,
        at("2026-03-08T07:00"),
        at("2026-03-29T01:00"),
    )
    assert regimes([KOLKATA], *SPRING) == (MONDAY,)


def test_least_shared_half_hours_are_those_of_the_scantest_regime() -> None:
    ana, tom, ravi = (standard_hours(zone) for zone in (NEW_YORK, LONDON, KOLKATA))

    assert least_shared_half_hours(ana, tom, *SPRING) == 5 * 10
    assert least_shared_half_hours(ana, ravi, at("2026-05-04"), at("2026-08-03")) == 5
    assert least_shared_half_hours(ana, ravi, at("2026-05-04"), at("2027-05-03")) == 0


@given(st.sampled_from(canonical_zones()), st.sampled_from(canonical_zones()))
def test_least_shared_half_hours_are_at_least_the_common_bits_and_at_most_any_week(
    one: str, other: str
) -> None:
    a, b = standard_hours(one), standard_hours(other)
    week = open_windows(a, MONDAY, MONDAY + WEEK) & open_windows(b, MONDAY, MONDAY + WEEK)

    least = least_shared_half_hours(a, b, MONDAY, MONDAY + 52 * WEEK)

    common = week_bits(a, MONDAY, MONDAY + 52 * WEEK) & week_bits(b, MONDAY, MONDAY + 52 * WEEK)
    assert common.bit_count() <= least
    if len(regimes([one, other], MONDAY, MONDAY + WEEK)) == 1:
        assert least <= total(week) / HALF


@given(st.integers(0, (1 << HALF_HOURS) - 1))
def test_text_and_bits_are_inverse(week: int) -> None:
    text = bits_text(week)

    assert (len(text), bits_from_text(text)) == (HALF_HOURS, week)
    assert [letter == "1" for letter in text] == [bool(week >> half & 1) for half in range(HALF_HOURS)]


def test_the_first_letter_is_monday_midnight() -> None:
    monday = PersonHours("Etc/UTC", parse_hours("Mon 00:00-00:30"))

    assert is_open(monday, MONDAY)
    assert bits_text(week_bits(monday, *SPRING)) == "1" + "0" * 335


@pytest.mark.parametrize("week", [-1, 1 << HALF_HOURS])
def test_more_bits_than_a_week_has_are_refused(week: int) -> None:
    with pytest.raises(ValueError, match="336 half hours"):
        bits_text(week)


@pytest.mark.parametrize("text", ["", "0" * 335, "0" * 335 + "2", "0" * 337])
def test_text_that_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="336 characters"):
        bits_from_text(text)


def test_an_empty_period_and_naive_datetimes_are_refused() -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        week_bits(standard_hours(BERLIN), MONDAY, MONDAY)
    with pytest.raises(ValueError, match="needs a zone"):
        week_bits(standard_hours(BERLIN), MONDAY, MONDAY.replace(tzinfo=None))
