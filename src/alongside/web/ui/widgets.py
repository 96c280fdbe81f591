"""Inputs the browser knows best: dates, times, and our own week of hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from alongside.engine.timing.hours import WeeklyWindow
from alongside.engine.timing.notation import DAY_NAMES, HoursError, format_hours, parse_hours
from alongside.web.ui.drawing import draw

DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
GOOD, POSSIBLE = "good", "possible"
SPARE_ROWS = 1
MAXIMUM_ROWS = 48  # a painted day has at most this many half hours


class DatePicker(forms.DateInput):
    """The browser's own calendar; the value travels as an ISO date."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimePicker(forms.TimeInput):
    """The browser's own clock; the value travels as HH:MM."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class MomentPicker(forms.DateTimeInput):
    """Date and time in one; the value travels as a local ISO moment."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def picker_for(widget: forms.Widget) -> forms.Widget:
    """The widget to draw: Django's text inputs for dates and times become the browser's pickers."""
    for plain, picker in (
        (forms.DateInput, DatePicker),
        (forms.TimeInput, TimePicker),
        (forms.DateTimeInput, MomentPicker),
    ):
        if isinstance(widget, plain):
            return widget if isinstance(widget, picker) else picker(widget.attrs)
    return widget


@dataclass(frozen=True, slots=True)
class WeekHours:
    """A week in two notations of `engine.timing`: hours that are good, and hours that are possible."""

    good: str = ""
    possible: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """One row of the editor as text, whether it can be read or not."""

    day: int
    start: str = ""
    end: str = ""
    kind: str = GOOD


class WeekHoursInput(forms.Widget):
    """Rows of from, to and kind for each day; works without scripts, painted on a grid with them."""

    use_fieldset = True

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        ranges = list(value) if isinstance(value, list) else list(ranges_of(value or WeekHours()))
        identity = (attrs or {}).get("id", f"id_{name}")
        days = [{"index": day, "word": word, "rows": _rows_of(ranges, day)} for day, word in enumerate(DAYS)]
        return draw("week_hours", name=name, id=identity, days=days)

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> list[Range] | None:
        found = [entry for day in range(7) for entry in _posted(data, name, day)]
        return found if f"{name}-sent" in data else None

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        return f"{name}-sent" not in data


class WeekHoursField(forms.Field):
    """A week of hours; cleans to `WeekHours`, which holds the notation `people` keeps."""

    widget = WeekHoursInput

    def clean(self, value: list[Range] | None) -> WeekHours:
        ranges = [entry for entry in value or [] if entry.start or entry.end]
        if self.required and not ranges:
            raise ValidationError(_("Please name at least one time of the week."), code="required")
        return WeekHours(_notation(ranges, GOOD), _notation(ranges, POSSIBLE))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return (initial or WeekHours()) != self.clean(data)
        except ValidationError:
            return True


def ranges_of(week: WeekHours) -> Iterator[Range]:
    """The rows that show a week."""
    for kind, text in ((GOOD, week.good), (POSSIBLE, week.possible)):
        for window in parse_hours(text):
            end = "24:00" if window.end == time(0) else f"{window.end:%H:%M}"
            yield Range(window.weekday, f"{window.start:%H:%M}", end, kind)


def _rows_of(ranges: Sequence[Range], day: int) -> list[Range]:
    filled = sorted((entry for entry in ranges if entry.day == day), key=lambda entry: entry.start)
    return filled + [Range(day)] * SPARE_ROWS


def _posted(data: Mapping[str, Any], name: str, day: int) -> Iterator[Range]:
    for row in range(MAXIMUM_ROWS):
        prefix = f"{name}-{day}-{row}"
        start, end = str(data.get(f"{prefix}-from", "")).strip(), str(data.get(f"{prefix}-to", "")).strip()
        if start or end:
            kind = POSSIBLE if data.get(f"{prefix}-kind") == POSSIBLE else GOOD
            yield Range(day, start, end, kind)


def _notation(ranges: Sequence[Range], kind: str) -> str:
    windows: list[WeeklyWindow] = []
    for entry in ranges:
        if entry.kind != kind:
            continue
        day = str(DAYS[entry.day])
        if not (entry.start and entry.end):
            raise ValidationError(
                _("%(day)s: please give both a start and an end."), params={"day": day}, code="half"
            )
        try:
            windows.extend(parse_hours(f"{DAY_NAMES[entry.day]} {entry.start}-{entry.end}"))
        except HoursError as error:
            raise ValidationError(
                _("%(day)s: “%(part)s” is not a span of time."),
                params={"day": day, "part": error.part},
                code="span",
            ) from error
    return format_hours(windows)
