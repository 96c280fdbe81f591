"""A week of hours as plain rows of from and to, for forms that must work without scripts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise

from alongside.engine.timing.notation import DAY_NAMES, parse_hours

RANGES_A_DAY = 2
CLOCK = (*(f"{minute // 60:02}:{minute % 60:02}" for minute in range(0, 24 * 60, 30)), "24:00")


@dataclass(frozen=True, slots=True)
class DayRow:
    """One weekday of the form: its name, and as many (name of control, from, to) as fit on it."""

    name: str | Promise
    ranges: tuple[tuple[str, str, str], ...]


def week_from_post(data: Mapping[str, str], name: str) -> str:
    """The hours notation of the rows a form sent; an end without a start stays visible, so that it is refused."""
    parts = []
    for day in DAY_NAMES:
        for number in range(1, RANGES_A_DAY + 1):
            start, end = (data.get(f"{name}-{day}-{number}-{side}", "") for side in ("from", "to"))
            if start or end:
                parts.append(f"{day} {start}-{end}")
    return ", ".join(parts)


def week_rows(hours: str, name: str) -> list[DayRow]:
    """The rows that show `hours`; a third window of a day and an unreadable text leave the rows as they can be."""
    return [
        DayRow(WEEKDAYS[number], _ranges(f"{name}-{day}", _windows(hours, number)))
        for number, day in enumerate(DAY_NAMES)
    ]


def fits_rows(hours: str) -> bool:
    """Whether the rows can show these hours whole."""
    return all(len(_windows(hours, number)) <= RANGES_A_DAY for number in range(7))


def _windows(hours: str, weekday: int) -> list[tuple[str, str]]:
    try:
        windows = parse_hours(hours)
    except ValueError:
        return []
    return [(_clock(window.start), _end(window.end)) for window in windows if window.weekday == weekday]


def _ranges(prefix: str, windows: list[tuple[str, str]]) -> tuple[tuple[str, str, str], ...]:
    padded = [*windows, *[("", "")] * RANGES_A_DAY][:RANGES_A_DAY]
    return tuple((f"{prefix}-{number}", start, end) for number, (start, end) in enumerate(padded, start=1))


def _clock(at: time) -> str:
    return f"{at:%H:%M}"


def _end(at: time) -> str:
    return "24:00" if at == time(0) else _clock(at)
