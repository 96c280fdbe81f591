"""The strip of hours two people share this week, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.web.ui.moments import named_day
from alongside.web.workspace.words import best_days, hours_words

if TYPE_CHECKING:
    from datetime import datetime

    from alongside.mentorships.queries import SharedDay

HEIGHT, COLUMN, BAR, FULL = 40, 44, 28, 360  # drawing units; FULL minutes fill the height


@dataclass(frozen=True, slots=True)
class Column:
    """One day: its bar in the drawing, its name, and its hours in words for the list twin.

    Places are text: as numbers they would be written the way the reader's language writes numbers, which no drawing knows.
    """

    x: str
    y: str
    height: str  # empty: no bar
    middle: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Strip:
    columns: tuple[Column, ...]
    total: str
    best: str

    @property
    def width(self) -> str:
        return str(COLUMN * len(self.columns))


def strip_of(days: list[SharedDay]) -> Strip:
    """The strip with a sentence about the week; in the zone of whoever looks."""
    columns = tuple(_column(index, day) for index, day in enumerate(days))
    minutes = sum(day.minutes for day in days)
    best = ", ".join(f"{named_day(day.day, 'D')} {_spans(day)}" for day in best_days(days))
    return Strip(columns, hours_words(minutes) if minutes else "", best)


def _column(index: int, day: SharedDay) -> Column:
    height = min(day.minutes, FULL) * HEIGHT // FULL
    height = max(height, 3) if day.minutes else 0
    words = _spans(day) if day.spans else _("none")
    x = index * COLUMN + (COLUMN - BAR) // 2
    return Column(
        x=str(x),
        y=str(HEIGHT - height),
        height=str(height or ""),
        middle=str(x + BAR // 2),
        name=named_day(day.day, "D"),
        words=words,
    )


def _spans(day: SharedDay) -> str:
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in day.spans)


def _clock(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M}"
