"""Instants in people's words, in the zone of the reader."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _


def in_words(at: datetime, *, now: datetime, style: str = "words") -> str:
    """The shortest clear words: "today, 16:00", "Thursday, 9:30", "Thu 14 May, 16:00", "14 May 2025"."""
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    clock = f"{local:%H:%M}"
    if style == "time":
        return clock
    days = (local.date() - today).days
    if style == "day":
        return _near_day(days) or _far_day(local.date(), today.year)
    if abs(days) > 300:
        return _far_day(local.date(), today.year)
    day = _near_day(days) or (
        named_day(local.date(), "l") if 1 < days < 7 else _far_day(local.date(), today.year)
    )
    return _("%(day)s, %(time)s") % {"day": day, "time": clock}


def in_full(at: datetime) -> str:
    """The exact moment with its zone, for whoever wants to be sure."""
    local = timezone.localtime(at)
    return f"{named_day(local.date(), 'l j F Y')}, {local:%H:%M} {local.tzname()}"


def named_day(day: date, style: str) -> str:
    """A day in a style of Django's `date` filter. Remembered: pages name few days, often, and words for one are dear."""
    return _named_in(get_language(), day, style)


def _near_day(days: int) -> str:
    near = {0: pgettext("day", "today"), 1: pgettext("day", "tomorrow"), -1: pgettext("day", "yesterday")}
    return near.get(days, "")


def _far_day(day: date, year: int) -> str:
    return named_day(day, "D j M" if day.year == year else "j M Y")


@lru_cache(maxsize=2048)
def _named_in(_language: str | None, day: date, style: str) -> str:
    return date_format(day, style)
