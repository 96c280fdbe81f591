"""Geometry of the charts: figures in, places in percent out."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.web.ui import charts

counts = st.integers(min_value=0, max_value=10_000)
labelled = st.lists(st.tuples(st.text(max_size=5), counts), max_size=12)


def test_bars_longest_fills_the_width() -> None:
    drawn = charts.bars([("a", 20), ("b", 5)])

    assert [(bar.label, bar.text, bar.length) for bar in drawn] == [("a", "20", 100.0), ("b", "5", 25.0)]


def test_bars_of_a_whole_show_its_share() -> None:
    assert [bar.length for bar in charts.bars([("a", 3)], whole=12)] == [25.0]


def test_bars_larger_than_the_whole_are_refused() -> None:
    with pytest.raises(ValueError, match="larger than the whole"):
        charts.bars([("a", 13)], whole=12)


@given(labelled)
def test_bars_keep_order_and_proportion(rows: list[tuple[str, int]]) -> None:
    drawn = charts.bars(rows)

    most = max((value for _, value in rows), default=0)
    assert [bar.value for bar in drawn] == [value for _, value in rows]
    assert all(abs(bar.length * most - 100 * bar.value) <= 0.001 * most for bar in drawn)


@pytest.mark.parametrize("draw", [charts.bars, charts.path, charts.histogram])
def test_negative_counts_are_refused(draw: object) -> None:
    with pytest.raises(ValueError, match="negative"):
        draw([("a", -1)])  # type: ignore[operator]


@pytest.mark.parametrize(
    "draw", [charts.bars, charts.path, charts.histogram, charts.dot_interval, charts.diverging, charts.curve]
)
def test_nothing_to_draw_is_an_empty_drawing(draw: object) -> None:
    assert draw([]) == ()  # type: ignore[operator]


def test_zeros_have_no_length() -> None:
    assert [bar.length for bar in charts.bars([("a", 0), ("b", 0)])] == [0.0, 0.0]


def test_path_notes_share_of_the_first_step() -> None:
    drawn = charts.path([("invited", 260), ("joined", 214), ("matched", 192)])

    assert [(bar.text, bar.note) for bar in drawn] == [("260", "100 %"), ("214", "82 %"), ("192", "74 %")]


def test_path_with_people_who_join_late_stays_inside_the_drawing() -> None:
    drawn = charts.path([("invited", 10), ("joined", 20)])

    assert [(bar.length, bar.note) for bar in drawn] == [(50.0, "100 %"), (100.0, "200 %")]


@given(st.lists(st.tuples(st.text(max_size=5), counts), min_size=1, max_size=20))
def test_histogram_columns_stand_apart_on_the_ground(bins: list[tuple[str, int]]) -> None:
    columns = charts.histogram(bins)

    assert all(abs(column.top + column.height - 100) < 0.01 for column in columns)
    pairs = itertools.pairwise(columns)
    assert all(left.left + left.width < right.left for left, right in pairs)
    assert columns[-1].left + columns[-1].width <= 100


def test_dot_interval_places_estimate_and_ends_on_the_scale() -> None:
    (drawn,) = charts.dot_interval([("trust", 4, 3, 5, "n 12")], scale=(1, 5))

    assert (drawn.start, drawn.at, drawn.end, drawn.hidden) == (50.0, 75.0, 100.0, False)


def test_dot_interval_without_estimate_is_hidden_and_keeps_its_note() -> None:
    (drawn,) = charts.dot_interval([("circle", None, None, None, "fewer than 5")])

    assert (drawn.hidden, drawn.note, drawn.at) == (True, "fewer than 5", 0)


@pytest.mark.parametrize("row", [(70, 75, 80), (101, 99, 102), (50, 40, 45)])
def test_dot_interval_that_contradicts_itself_is_refused(row: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="scale"):
        charts.dot_interval([("x", *row, "")])


@given(st.lists(st.tuples(st.text(max_size=3), counts, counts), min_size=1, max_size=10))
def test_diverging_bars_meet_in_the_middle(rows: list[tuple[str, int, int]]) -> None:
    drawn = charts.diverging(rows)

    assert all(abs(row.first_start + row.first_length - 50) < 0.01 for row in drawn)
    assert all(row.second_length <= 50 and row.first_start >= 0 for row in drawn)


def test_curve_spreads_its_points_evenly_and_turns_shares_upside_down() -> None:
    points = charts.curve([("start", 1, 1, 1), ("half", 0.9, 0.8, 1), ("end", 0.5, 0.25, 0.75)])

    assert [(point.x, point.y, point.low_y, point.high_y) for point in points] == [
        (0.0, 0.0, 0.0, 0.0),
        (50.0, 10.0, 20.0, 0.0),
        (100.0, 50.0, 75.0, 25.0),
    ]


def test_curve_outside_its_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="interval of shares"):
        charts.curve([("x", 0.9, 0.95, 1)])
