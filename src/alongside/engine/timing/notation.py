"""Hours as people write them: `Mon-Fri 08:00-18:00, Sat 10:00-12:00 kept`.

A part is one or more days, then a span. Days are names or ranges, separated by spaces (`Mon Wed Fri`). A part
without days repeats those of the part before (`Mon 08:00-12:00, 13:00-17:00`). An end not after the start
lies on the next day; 24:00 is midnight at the end of a day. `kept` marks windows that stay open in lighter
weeks.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import time
from enum import StrEnum
from itertools import groupby

from alongside.engine.timing.hours import Span, WeeklyWindow, in_order

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
KEPT_WORD = "kept"
_FULL_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GROUPS = {"daily": range(7), "every day": range(7), "weekdays": range(5), "weekends": range(5, 7)}
_BETWEEN_DAYS = re.compile(r"[\s/+&]*")
_RANGE = re.compile(r"every day|([^\s/+&–—−-]+)(?:(\s*[-–—−]\s*)([^\s/+&]*))?", re.IGNORECASE)
_DASH = re.compile(r"\s*[-–—−]\s*")
_PART = re.compile(r"[^,;\n]+")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:\s*([ap]\.?m\.?))?", re.IGNORECASE)


class Problem(StrEnum):
    """What keeps a part from being read, for doors that translate."""

    NO_DAYS = "no_days"
    NO_HOURS = "no_hours"
    DAY = "day"
    SPAN = "span"
    TIME = "time"
    WORD = "word"


_SENTENCES = {
    Problem.NO_DAYS: "“{part}” needs a day in front, such as “Mon 08:00-18:00”",
    Problem.NO_HOURS: "“{part}” needs hours after it, such as “Mon 08:00-18:00”",
    Problem.DAY: "“{part}” is not a day of the week",
    Problem.SPAN: "“{part}” is not a span of time, such as “08:00-18:00”",
    Problem.TIME: "“{part}” is not a time of day",
    Problem.WORD: "“{part}” is not understood after the hours",
}


class HoursError(ValueError):
    """A part of the text that cannot be read: `problem`, the exact `part`, and its `position` in the text."""

    def __init__(self, problem: Problem, part: str, position: int) -> None:
        super().__init__(_SENTENCES[problem].format(part=part))
        self.problem, self.part, self.position = problem, part, position


def parse_hours(text: str) -> tuple[WeeklyWindow, ...]:
    """The windows a text describes; none for an empty text.

    Guarantee: sorted, each window once; `parse_hours(format_hours(windows))` gives the same windows back.
    Digits of every script, any letter case, hyphens and dashes, 24-hour and am/pm times are understood.
    Errors: HoursError naming the exact part.

    >>> format_hours(parse_hours("weekdays 8-18; sat 10am-12pm kept"))
    'Mon-Fri 08:00-18:00, Sat 10:00-12:00 kept'
    """
    windows: list[WeeklyWindow] = []
    days: tuple[int, ...] = ()
    waiting: list[tuple[str, int]] = []  # days whose hours come in a later part, as in "Mon, Wed 8-12"
    for part, position in _parts(text):
        names, clock = _split_at_first_digit(part)
        if names:
            days = (*(days if waiting else ()), *_days(names, position))
        if not clock:
            waiting.append((part, position))
            continue
        if not days:
            raise HoursError(Problem.NO_DAYS, part, position)
        start, end, kept = _clock_part(clock, position + len(part) - len(clock))
        windows.extend(WeeklyWindow(day, start, end, kept) for day in days)
        waiting.clear()
    if waiting:
        raise HoursError(Problem.NO_HOURS, *waiting[0])
    return in_order(windows)


def parse_span(text: str) -> Span:
    """One span such as `10:00-12:00`, for a single day. Errors: HoursError."""
    stripped = text.strip()
    position = text.find(stripped)
    start, end = _span(stripped, position)
    return start, end


def format_hours(windows: Iterable[WeeklyWindow]) -> str:
    """The windows as text that `parse_hours` reads back; days with the same span are drawn together.

    >>> format_hours(parse_hours("Mon Tue Fri 22:00-06:00"))
    'Mon-Tue Fri 22:00-06:00'
    """
    by_span: dict[tuple[time, time, bool], list[int]] = {}
    for window in in_order(windows):
        by_span.setdefault((window.start, window.end, window.kept), []).append(window.weekday)
    return ", ".join(
        f"{_format_days(weekdays)} {format_span((start, end))}{' ' + KEPT_WORD if kept else ''}"
        for (start, end, kept), weekdays in by_span.items()
    )


def format_span(span: Span) -> str:
    """A span as text; an end at midnight is written 24:00."""
    start, end = span
    return f"{start:%H:%M}-{'24:00' if end == time(0) else format(end, '%H:%M')}"


def _parts(text: str) -> Iterator[tuple[str, int]]:
    for match in _PART.finditer(text):
        part = match.group().strip()
        if part:
            yield part, match.start() + match.group().index(part)


def _split_at_first_digit(part: str) -> tuple[str, str]:
    cut = next((index for index, letter in enumerate(part) if letter.isdecimal()), len(part))
    return part[:cut].strip(), part[cut:]


def _days(names: str, position: int) -> Iterator[int]:
    cursor = 0
    for match in _RANGE.finditer(names):
        word, first, dash, last = match.group(0, 1, 2, 3)
        if _past_separators(names, cursor) < match.start() or (dash and not last):
            break
        if word.casefold() in _GROUPS:
            yield from _GROUPS[word.casefold()]
        else:
            begin = _day(first, position + match.start(1))
            end = _day(last, position + match.start(3)) if dash else begin
            yield from ((begin + step) % 7 for step in range((end - begin) % 7 + 1))
        cursor = match.end()
    cursor = _past_separators(names, cursor)
    if cursor < len(names):
        raise HoursError(Problem.DAY, names[cursor:], position + cursor)


def _past_separators(names: str, cursor: int) -> int:
    separators = _BETWEEN_DAYS.match(names, cursor)
    return separators.end() if separators else cursor


def _day(name: str, position: int) -> int:
    """The weekday of a name or of its first two or more letters, which are unique in English."""
    folded = name.casefold().rstrip(".")
    if len(folded) >= 2:
        for weekday, full in enumerate(_FULL_NAMES):
            if full.startswith(folded):
                return weekday
    raise HoursError(Problem.DAY, name, position)


def _clock_part(clock: str, position: int) -> tuple[time, time, bool]:
    words = clock.split()
    kept = len(words) > 1 and words[-1].casefold() == KEPT_WORD
    if kept:
        clock = clock[: clock.rindex(words[-1])].rstrip()
    return *_span(clock, position), kept


def _span(text: str, position: int) -> Span:
    sides = list(_DASH.finditer(text))
    if len(sides) != 1:
        raise HoursError(Problem.SPAN, text, position)
    before, after = text[: sides[0].start()], text[sides[0].end() :]
    if not before or not after:
        raise HoursError(Problem.SPAN, text, position)
    return _clock(before, position), _clock(after, position + sides[0].end(), is_end=True)


def _clock(text: str, position: int, *, is_end: bool = False) -> time:
    match = _CLOCK.match(text)
    if match is None:
        raise HoursError(Problem.TIME, text, position)
    rest = text[match.end() :]
    if is_end and rest[:1].isspace():
        raise HoursError(Problem.WORD, rest.strip(), position + len(text) - len(rest.lstrip()))
    minutes = None if rest else _minutes(match.group(1), match.group(2), match.group(3))
    if minutes is None or (minutes == 24 * 60 and not is_end):
        raise HoursError(Problem.TIME, text, position)
    return time(minutes // 60 % 24, minutes % 60)


def _minutes(hour_digits: str, minute_digits: str | None, half: str | None) -> int | None:
    """Minutes since midnight, 24:00 included; None where no clock shows such a time."""
    hour, minute = int(hour_digits), int(minute_digits or 0)
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    minutes = hour * 60 + minute
    return minutes if minute < 60 and minutes <= 24 * 60 else None


def _format_days(weekdays: list[int]) -> str:
    """Weekdays in order, neighbors as a range."""
    runs = groupby(enumerate(sorted(weekdays)), key=lambda pair: pair[1] - pair[0])
    return " ".join(_format_run([weekday for _, weekday in run]) for _, run in runs)


def _format_run(run: list[int]) -> str:
    return DAY_NAMES[run[0]] if len(run) == 1 else f"{DAY_NAMES[run[0]]}-{DAY_NAMES[run[-1]]}"
