"""Windows against a model that cannot be wrong: plain sets of small integers."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.engine.timing.windows import Interval, Windows, total

START = datetime(2026, 3, 29, tzinfo=UTC)

pairs = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))
windows = st.lists(pairs, max_size=8).map(lambda found: Windows.of(*found))


def moments(found: Iterable[Interval[int]]) -> set[int]:
    return {moment for interval in found for moment in range(interval.start, interval.end)}


def instants(*hours: tuple[int, int]) -> Windows[datetime]:
    return Windows.of(*((START + timedelta(hours=a), START + timedelta(hours=b)) for a, b in hours))


@given(st.lists(pairs, max_size=8))
def test_windows_hold_exactly_the_moments_of_their_intervals(found: list[tuple[int, int]]) -> None:
    held = Windows.of(*found)

    assert moments(held) == {moment for start, end in found for moment in range(start, end)}
    assert {moment for moment in range(-1, 60) if moment in held} == moments(held)


@given(windows)
def test_windows_are_sorted_and_neither_overlap_nor_touch(held: Windows[int]) -> None:
    ends = [interval.end for interval in held]
    starts = [interval.start for interval in held]

    assert all(end < start for end, start in zip(ends, starts[1:], strict=False))
    assert len(held) == len(starts)


@given(windows, windows)
def test_equality_is_meaning(left: Windows[int], right: Windows[int]) -> None:
    assert (left == right) is (moments(left) == moments(right))
    assert left == Windows(reversed(left.intervals))
    assert hash(left) == hash(Windows(left.intervals))


@given(windows, windows)
def test_operations_agree_with_sets(left: Windows[int], right: Windows[int]) -> None:
    assert moments(left | right) == moments(left) | moments(right)
    assert moments(left & right) == moments(left) & moments(right)
    assert moments(left - right) == moments(left) - moments(right)


@given(windows, windows, windows)
def test_operations_keep_their_laws(a: Windows[int], b: Windows[int], c: Windows[int]) -> None:
    assert a - (b | c) == (a - b) & (a - c)
    assert a & (b | c) == (a & b) | (a & c)
    assert (a - b) | (a & b) == a


@given(windows, pairs.filter(lambda pair: pair[0] < pair[1]))
def test_covers_and_between_agree_with_sets(held: Windows[int], asked: tuple[int, int]) -> None:
    stretch = set(range(*asked))

    assert held.covers(*asked) is (stretch <= moments(held))
    assert moments(held.between(*asked)) == stretch & moments(held)


def test_an_empty_pair_adds_nothing() -> None:
    assert Windows.of((3, 3)) == Windows()
    assert not Windows.of((3, 3))


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3)])
def test_an_interval_that_does_not_end_after_its_start_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        Interval(start, end)


def test_a_reversed_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        Windows.of((4, 3))


def test_instants_of_any_zone_become_utc() -> None:
    berlin = datetime.fromisoformat("2026-03-29T04:00+02:00")

    interval = Interval(berlin, berlin + timedelta(hours=1))

    assert interval.start.tzinfo is UTC
    assert Windows.of((berlin, berlin + timedelta(hours=1))) == instants((2, 3))
    assert berlin in instants((2, 3))


def test_naive_instants_are_refused() -> None:
    naive = START.replace(tzinfo=None)

    with pytest.raises(ValueError, match="needs a zone"):
        Interval(naive, naive + timedelta(hours=1))
    with pytest.raises(ValueError, match="needs a zone"):
        assert naive in instants((2, 3))


def test_total_adds_what_really_elapses() -> None:
    assert total(instants((0, 2), (1, 3), (5, 6))) == timedelta(hours=4)
    assert total(instants()) == timedelta()
