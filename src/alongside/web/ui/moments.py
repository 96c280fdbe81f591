"""Instants in people's words, in the zone of the reader."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def in_words(at: datetime, *, now: datetime, style: str = "words") -> str:
    """The shortest clear words: "today, 16:00", "Thursday, 9:30", "Thu 14 May, 16:00", "14 May 2025"."""
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    clock = date_format(local, "H:i")
    if style == "time":
        return clock
    days = (local.date() - today).days
    if style == "day":
        return _near_day(days) or _far_day(local, today.year)
    if abs(days) > 300:
        return _far_day(local, today.year)
    day = _near_day(days) or (date_format(local, "l") if 1 < days < 7 else _far_day(local, today.year))
    return _("%(day)s, %(time)s") % {"day": day, "time": clock}


def in_full(at: datetime) -> str:
    """The exact moment with its zone, for whoever wants to be sure."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'l j F Y, H:i')} {local.tzname()}"


def _near_day(days: int) -> str:
    near = {0: pgettext("day", "today"), 1: pgettext("day", "tomorrow"), -1: pgettext("day", "yesterday")}
    return near.get(days, "")


def _far_day(local: datetime, year: int) -> str:
    return date_format(local, "D j M" if local.year == year else "j M Y")
