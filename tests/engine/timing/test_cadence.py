"""Rhythms: the anchor's wall clock stays, other people's may move."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine.timing.cadence import Cadence, Move, Occurrence, Unit, clock_moves, occurrences
from alongside.engine.timing.zones import UnknownZone, WallKind, canonical_zones, wall_at

NEW_YORK, LONDON, BERLIN, KOLKATA = "America/New_York", "Europe/London", "Europe/Berlin", "Asia/Kolkata"
TUESDAY = date(2026, 3, 3)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def days(cadence: Cadence, start: str, end: str) -> list[str]:
    return [f"{turn.day:%Y-%m-%d}" for turn in occurrences(cadence, at(start), at(end))]


def test_every_second_tuesday_at_nine_keeps_the_anchors_wall_clock() -> None:
    cadence = Cadence(NEW_YORK, TUESDAY, time(9), every=2)

    assert occurrences(cadence, at("2026-03-01"), at("2026-04-01")) == (
        Occurrence(date(2026, 3, 3), time(9), at("2026-03-03T14:00"), WallKind.ONCE),
        Occurrence(date(2026, 3, 17), time(9), at("2026-03-17T13:00"), WallKind.ONCE),
        Occurrence(date(2026, 3, 31), time(9), at("2026-03-31T13:00"), WallKind.ONCE),
    )


@pytest.mark.parametrize(
    ("first", "every", "unit", "expected"),
    [
        (TUESDAY, 10, Unit.DAYS, ["2026-03-03", "2026-03-13", "2026-03-23", "2026-04-02"]),
        (TUESDAY, 1, Unit.WEEKS, ["2026-03-03", "2026-03-10", "2026-03-17", "2026-03-24", "2026-03-31"]),
        (date(2026, 3, 10), 1, Unit.MONTHS, ["2026-03-10", "2026-04-14"]),
        (date(2025, 12, 31), 1, Unit.MONTHS, ["2026-03-25", "2026-04-29"]),
        (date(2025, 11, 4), 2, Unit.MONTHS, ["2026-03-03"]),
        (date(2026, 4, 7), 1, Unit.WEEKS, ["2026-04-07", "2026-04-14", "2026-04-21", "2026-04-28"]),
        (date(2027, 1, 1), 1, Unit.MONTHS, []),
    ],
)
def test_units_count_days_weeks_and_places_in_the_month(
    first: date, every: int, unit: Unit, expected: list[str]
) -> None:
    cadence = Cadence("Etc/UTC", first, time(12), every, unit)

    end = {Unit.DAYS: "2026-04-05", Unit.WEEKS: "2026-04-01", Unit.MONTHS: "2026-05-01"}[unit]
    end = "2026-05-01" if first == date(2026, 4, 7) else end
    assert days(cadence, "2026-03-01", end) == expected


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(canonical_zones()),
    st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30])),
    st.integers(1, 5),
    st.sampled_from(Unit),
    st.integers(0, 900),
)
def test_asking_in_pieces_gives_the_same_turns(
    zone: str, clock: time, every: int, unit: Unit, cut: int
) -> None:
    cadence = Cadence(zone, date(2024, 1, 30), clock, every, unit)
    start, end = at("2024-01-28"), at("2026-08-01")
    middle = start + timedelta(days=cut)

    whole = occurrences(cadence, start, end)

    assert whole == occurrences(cadence, start, middle) + occurrences(cadence, middle, end)
    assert list(whole) == sorted(whole, key=lambda turn: turn.instant)
    assert whole[0].day == date(2024, 1, 30)
    shown = [(wall_at(turn.instant, zone).at == clock, turn.kind is not WallKind.SKIPPED) for turn in whole]
    assert all(same is exact for same, exact in shown)


def test_a_turn_in_a_gap_or_an_overlap_says_so() -> None:
    spring = Cadence(BERLIN, date(2026, 3, 22), time(2, 30))
    autumn = Cadence(BERLIN, date(2026, 10, 18), time(2, 30))

    kinds = [turn.kind for turn in occurrences(spring, at("2026-03-20"), at("2026-04-06"))]
    second = occurrences(autumn, at("2026-10-24"), at("2026-10-26"))

    assert kinds == [WallKind.ONCE, WallKind.SKIPPED, WallKind.ONCE]
    assert second == (Occurrence(date(2026, 10, 25), time(2, 30), at("2026-10-25T00:30"), WallKind.TWICE),)


@pytest.mark.parametrize(
    ("zone", "clock", "day", "instant"),
    [
        ("Pacific/Kiritimati", time(0, 30), date(2026, 3, 3), "2026-03-02T10:30"),
        ("Pacific/Niue", time(23, 30), date(2026, 3, 2), "2026-03-03T10:30"),
    ],
)
def test_turns_are_found_where_the_date_differs_from_that_of_utc(
    zone: str, clock: time, day: date, instant: str
) -> None:
    daily = Cadence(zone, date(2026, 1, 1), clock, 1, Unit.DAYS)

    found = occurrences(daily, at(instant), at(instant) + timedelta(minutes=1))

    assert found == (Occurrence(day, clock, at(instant), WallKind.ONCE),)


def test_the_partner_hears_two_weeks_before_a_talk_moves_for_them() -> None:
    turns = occurrences(Cadence(NEW_YORK, TUESDAY, time(9)), at("2026-03-01"), at("2026-04-08"))

    moves = clock_moves(turns, LONDON)

    assert moves == (
        Move(at("2026-03-03T14:00"), at("2026-03-10T13:00"), time(14), time(13)),
        Move(at("2026-03-24T13:00"), at("2026-03-31T13:00"), time(13), time(14)),
    )
    assert moves[0].tell_at == at("2026-02-24T13:00")
    assert clock_moves(turns, NEW_YORK) == ()
    assert clock_moves((), KOLKATA) == ()


def test_the_zone_of_a_rhythm_is_canonical() -> None:
    assert Cadence("Asia/Calcutta", TUESDAY, time(9)) == Cadence(KOLKATA, TUESDAY, time(9))
    with pytest.raises(UnknownZone):
        Cadence("Europe/Atlantis", TUESDAY, time(9))


def test_a_rhythm_without_a_sensible_step_or_with_a_foreign_time_is_refused() -> None:
    for every in (0, 367):
        with pytest.raises(ValueError, match=f"every 1 to 366, not every {every}"):
            Cadence(BERLIN, TUESDAY, time(9), every)
    with pytest.raises(ValueError, match="no zone of its own"):
        Cadence(BERLIN, TUESDAY, time(9, tzinfo=UTC))
