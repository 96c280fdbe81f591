"""Weekly hours as people write them in one cell: "Mon-Fri 9-17; Sat 10:00-12:30"."""

from __future__ import annotations

import re

from alongside.enrollment.columns.targets import WeeklyHours

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GROUPS = {"daily": range(7), "every day": range(7), "weekdays": range(5), "weekends": range(5, 7)}
_BLOCK = re.compile(
    r"(?P<days>[a-z][a-z ,&-]*?)\s*"
    r"(?P<start>\d{1,2})(?:[:.](?P<start_minute>\d\d))?\s*-\s*(?P<end>\d{1,2})(?:[:.](?P<end_minute>\d\d))?"
)


def read_hours(text: str) -> tuple[WeeklyHours, ...] | None:
    """The blocks by weekday and time, each once; None unless every part can be read.

    Hours run from 0:00 to 24:00 of the same day, so a night shift is two blocks.
    """
    found: set[WeeklyHours] = set()
    for part in re.split(r"[;\n|]", re.sub("[\u2013\u2014]|\\bto\\b", "-", text.lower())):
        if not part.strip():
            continue
        block = _BLOCK.fullmatch(part.strip())
        days = _days(block["days"]) if block else None
        if block is None or days is None:
            return None
        start = int(block["start"]) * 60 + int(block["start_minute"] or 0)
        end = int(block["end"]) * 60 + int(block["end_minute"] or 0)
        if not (
            start < end <= 24 * 60 and int(block["start_minute"] or 0) < 60 > int(block["end_minute"] or 0)
        ):
            return None
        found |= {WeeklyHours(day, start, end) for day in days}
    return tuple(sorted(found)) or None


def _days(text: str) -> set[int] | None:
    days: set[int] = set()
    for part in re.split(r"\s*(?:,|&|\band\b)\s*", text.strip(" ,")):
        if part in _GROUPS:
            days |= set(_GROUPS[part])
            continue
        first, dash, last = (piece.strip() for piece in part.partition("-"))
        ends = [_day(first), _day(last) if dash else _day(first)]
        if ends[0] is None or ends[1] is None:
            return None
        span = (ends[1] - ends[0]) % 7
        days |= {(ends[0] + step) % 7 for step in range(span + 1)}
    return days


def _day(text: str) -> int | None:
    matches = [number for number, day in enumerate(_DAYS) if len(text) >= 2 and day.startswith(text)]
    return matches[0] if len(matches) == 1 else None
