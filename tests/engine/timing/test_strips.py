"""Bare sets of seconds against sets of integers."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from alongside.engine.timing.strips import (
    Strip,
    beginnings,
    common,
    covered,
    covers,
    joined,
    narrowed,
    widened,
)

pairs = st.tuples(st.integers(-30, 30), st.integers(0, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))
loose = st.lists(pairs, max_size=8)
strips = loose.map(joined)


def seconds(found: list[Strip]) -> set[int]:
    return {second for start, end in found for second in range(start, end)}


def is_tidy(found: list[Strip]) -> bool:
    edges = [edge for pair in found for edge in pair]
    return all(one < other for one, other in pairwise(edges))


@given(loose, loose)
def test_joined_holds_every_second_once(one: list[Strip], other: list[Strip]) -> None:
    found = joined(one, other)

    assert is_tidy(found)
    assert seconds(found) == seconds(one) | seconds(other)


@given(strips, strips)
def test_common_holds_the_seconds_of_both(one: list[Strip], other: list[Strip]) -> None:
    assert is_tidy(common(one, other))
    assert seconds(common(one, other)) == seconds(one) & seconds(other)


@given(strips, st.integers(0, 5))
def test_widened_and_narrowed_move_each_edge(found: list[Strip], by: int) -> None:
    around = {second + step for second in seconds(found) for step in range(-by, by + 1)}
    inside = {
        second
        for second in seconds(found)
        if all(second + step in seconds(found) for step in range(-by, by + 1))
    }

    assert seconds(widened(found, by)) == around
    assert seconds(narrowed(found, by)) == inside


@given(strips, st.integers(-35, 45), st.integers(1, 20))
def test_a_piece_is_covered_exactly_where_it_may_begin(found: list[Strip], start: int, length: int) -> None:
    wanted = set(range(start, start + length))

    assert covered(found, start, start + length) == len(wanted & seconds(found))
    assert covers(found, start, start + length) is (wanted <= seconds(found))
    assert (start in seconds(beginnings(found, length))) is covers(found, start, start + length)
