"""Instants: UTC, aware, within the centuries that people plan in."""

from datetime import UTC, date, datetime, timedelta, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.engine.timing.instants import as_utc, day_of, from_seconds, to_seconds, wall_midnight
from alongside.engine.timing.zones import zone_info


class Nowhere(tzinfo):
    """A zone that does not know its offset, which Python counts as naive."""

    def utcoffset(self, _: datetime | None) -> timedelta | None:
        return None


def test_as_utc_tells_the_two_occurrences_of_a_doubled_hour_apart() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=zone_info("Europe/Berlin"))
    second = first.replace(fold=1)

    assert first == second
    assert as_utc(second) - as_utc(first) == timedelta(hours=1)


@pytest.mark.parametrize("zone", [None, Nowhere()])
def test_as_utc_refuses_a_naive_datetime(zone: tzinfo | None) -> None:
    with pytest.raises(ValueError, match="needs a zone, 2026-03-29T00:00:00 has none"):
        as_utc(datetime(2026, 3, 29, tzinfo=zone))


@pytest.mark.parametrize("year", [1900, 2900])
def test_as_utc_refuses_a_year_nobody_plans_in(year: int) -> None:
    with pytest.raises(ValueError, match=f"the year {year} is not one"):
        as_utc(datetime(year, 6, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match=f"the year {year} is not one"):
        wall_midnight(date(year, 6, 1))


@given(st.integers(-2_000_000_000, 20_000_000_000))
def test_seconds_and_instants_are_inverse(seconds: int) -> None:
    assert to_seconds(from_seconds(seconds)) == seconds
    assert to_seconds(from_seconds(seconds) + timedelta(microseconds=999_999)) == seconds


@given(st.dates(date(1901, 1, 1), date(2899, 12, 31)), st.integers(0, 86_399))
def test_every_second_of_a_wall_clocks_day_belongs_to_its_date(day: date, second: int) -> None:
    assert day_of(wall_midnight(day) + second) == day
