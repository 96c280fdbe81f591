"""Geometry of the charts: pure functions from figures to places, in percent, so that a drawing fits any width.

Each chart is rows of marks plus the same figures as a table. Nothing here knows colors, words of people or Django.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FULL = 100.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal bar: where it starts and how long it is, in percent of the drawing's width."""

    label: str
    value: float
    text: str
    start: float
    length: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """An upright bar: place and size in percent of the drawing."""

    label: str
    value: int
    left: float
    width: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate between two ends on a scale; `hidden` when too few people answered."""

    label: str
    hidden: bool
    value: float = 0
    low: float = 0
    high: float = 0
    at: float = 0
    start: float = 0
    end: float = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Opposed:
    """Two bars from the middle outward: the first to the start, the second to the end."""

    label: str
    first: int
    second: int
    first_start: float
    first_length: float
    second_length: float


@dataclass(frozen=True, slots=True)
class Point:
    """One stair of a curve, with the band around it; all in percent, upward is less."""

    label: str
    value: float
    x: float
    y: float
    low_y: float
    high_y: float


def bars(rows: Sequence[tuple[str, float]], *, whole: float | None = None) -> tuple[Bar, ...]:
    """One bar per row. The longest (or `whole`, if given) fills the width.

    Errors: ValueError for a negative figure or one larger than `whole`.
    """
    _require_counts([value for _, value in rows])
    most = whole if whole is not None else max((value for _, value in rows), default=0)
    if any(value > most for _, value in rows):
        raise ValueError("a part is larger than the whole")
    return tuple(Bar(label, value, _plain(value), 0, _share(value, most)) for label, value in rows)


def path(rows: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    """The steps of a path: each bar as a share of the first step; the note is the share of the first in percent.

    A later step may be larger than an earlier one (people join late); then the largest fills the width.
    """
    _require_counts([value for _, value in rows])
    first = rows[0][1] if rows else 0
    most = max((value for _, value in rows), default=0)
    return tuple(
        Bar(label, value, _plain(value), 0, _share(value, most), _percent(value, first))
        for label, value in rows
    )


def histogram(bins: Sequence[tuple[str, int]], *, gap: float = 1.5) -> tuple[Column, ...]:
    """Upright bars of equal width with `gap` percent between them; the highest is as high as the drawing."""
    _require_counts([value for _, value in bins])
    most = max((value for _, value in bins), default=0)
    slot = FULL / len(bins) if bins else FULL
    columns = []
    for place, (label, value) in enumerate(bins):
        height = _share(value, most)
        columns.append(
            Column(
                label, value, round(place * slot + gap / 2, 3), round(slot - gap, 3), FULL - height, height
            )
        )
    return tuple(columns)


def dot_interval(
    rows: Sequence[tuple[str, float | None, float | None, float | None, str]],
    *,
    scale: tuple[float, float] = (0, 100),
) -> tuple[Interval, ...]:
    """Label, estimate, low end, high end, note; a row whose estimate is None stays hidden.

    Errors: ValueError when an estimate lies outside its own interval or outside the scale.
    """
    return tuple(_interval(row, scale) for row in rows)


def diverging(rows: Sequence[tuple[str, int, int]]) -> tuple[Opposed, ...]:
    """Two counts per row on one common scale, drawn from the middle: the largest reaches an edge."""
    _require_counts([count for _, first, second in rows for count in (first, second)])
    most = max((max(first, second) for _, first, second in rows), default=0)
    opposed = []
    for label, first, second in rows:
        length = _share(first, most) / 2
        opposed.append(Opposed(label, first, second, FULL / 2 - length, length, _share(second, most) / 2))
    return tuple(opposed)


def curve(rows: Sequence[tuple[str, float, float, float]]) -> tuple[Point, ...]:
    """A share between 0 and 1 with its low and high end at evenly spaced steps, as of pairs still meeting.

    Errors: ValueError unless 0 ≤ low ≤ value ≤ high ≤ 1.
    """
    points = []
    for place, (label, value, low, high) in enumerate(rows):
        if not 0 <= low <= value <= high <= 1:
            raise ValueError(f"{label}: {low} ≤ {value} ≤ {high} is not an interval of shares")
        x = FULL * place / (len(rows) - 1) if len(rows) > 1 else 0.0
        points.append(Point(label, value, round(x, 3), _down(value), _down(low), _down(high)))
    return tuple(points)


def _interval(
    row: tuple[str, float | None, float | None, float | None, str], scale: tuple[float, float]
) -> Interval:
    label, value, low, high, note = row
    if value is None or low is None or high is None:
        return Interval(label, hidden=True, note=note)
    lowest, highest = scale
    if not lowest <= low <= value <= high <= highest:
        raise ValueError(f"{label}: {low} ≤ {value} ≤ {high} does not lie on the scale {lowest}–{highest}")
    at, start, end = (_share(place - lowest, highest - lowest) for place in (value, low, high))
    return Interval(label, False, value, low, high, at, start, end, note)


def _require_counts(values: Sequence[float]) -> None:
    if any(value < 0 for value in values):
        raise ValueError("a count cannot be negative")


def _share(part: float, whole: float) -> float:
    return round(FULL * part / whole, 3) if whole else 0.0


def _down(share: float) -> float:
    return round(FULL * (1 - share), 3)


def _percent(part: float, whole: float) -> str:
    return f"{round(100 * part / whole)} %" if whole else ""


def _plain(value: float) -> str:
    return f"{value:g}"
