"""Sentences of the pair's room that depend on clocks and seasons. Each is whole: nothing is glued from pieces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.engine.timing.quiet import next_open
from alongside.engine.timing.zones import wall_at
from alongside.people.enums import NoticeClass, NoticeMode, SeasonKind
from alongside.web.ui.moments import named_day

if TYPE_CHECKING:
    from alongside.engine.timing.hours import PersonHours
    from alongside.mentorships.models import Mentorship
    from alongside.mentorships.queries import PartnerFacts, SharedDay

_QUARTER = 15


@dataclass(frozen=True, slots=True)
class Reach:
    """What will happen to a message: told before it is written, and after it was sent."""

    before: str
    after: str
    is_quiet: bool


def clock_line(partner: PartnerFacts) -> str:
    """The partner's clock and place, if they share it: "01:10 in Kolkata"."""
    if partner.clock is None:
        return ""
    values = {"time": f"{partner.clock.at:%H:%M}", "place": partner.city}
    return _("%(time)s in %(place)s") % values


def season_line(partner: PartnerFacts) -> str:
    """The partner's season in one sentence, with what they wrote for their partner."""
    season, name = partner.season, partner.person.name
    if season is None:
        return ""
    lighter = season.kind == SeasonKind.LIGHTER
    if season.until_on is None:
        line = (
            _("%(name)s has lighter weeks. You can write at any time.")
            if lighter
            else _("%(name)s is away. You can write at any time.")
        ) % {"name": name}
    else:
        line = (
            _("%(name)s has lighter weeks until %(day)s. You can write at any time.")
            if lighter
            else _("%(name)s is away until %(day)s. You can write at any time.")
        ) % {"name": name, "day": day_words(season.until_on)}
    return f"{line} “{season.note_for_partner}”" if season.note_for_partner else line


def short_line(partner: PartnerFacts) -> str:
    """What a row has room for: the season, else the clock."""
    season = partner.season
    if season is None:
        return clock_line(partner)
    if season.until_on is None:
        return season.get_kind_display()
    values = {"kind": season.get_kind_display(), "day": date_format(season.until_on, "j F")}
    return _("%(kind)s until %(day)s") % values


def reach(partner: PartnerFacts, hours: PersonHours, *, now: datetime) -> Reach:
    """What a message sent now does on the other side, rounded, and never more than the partner shares."""
    name = partner.person.name
    delivered = _("Delivered. %(name)s can read it now.") % {"name": name}
    mode = partner.person.preferences.notices.get(NoticeClass.MESSAGE, NoticeMode.NOW)
    at = next_open(hours, now)
    if mode != NoticeMode.NOW or at is None:
        before = _("%(name)s can read it here at once, and keeps everything else quiet.") % {"name": name}
        return Reach(before, delivered, is_quiet=True)
    if at <= now:
        return Reach(_("%(name)s hears of it right away.") % {"name": name}, delivered, is_quiet=False)
    values = {"name": name, "when": _about(at, hours.zone, now=now)}
    after = _("Delivered. %(name)s will hear of it %(when)s, %(name)s’s time.") % values
    if partner.clock is None:
        before = _("%(name)s can read it now; the phone stays silent and tells %(name)s %(when)s.") % values
    else:
        values["time"] = f"{partner.clock.at:%H:%M}"
        before = (
            _(
                "It is %(time)s for %(name)s. It can be read now; the phone stays silent and tells %(name)s %(when)s."
            )
            % values
        )
    return Reach(before, after, is_quiet=True)


def day_words(day: date) -> str:
    """ "Thursday 14 May"."""
    return named_day(day, "l j F")


def rhythm_words(days: int | None) -> str:
    """How often the two mean to talk."""
    if days is None:
        return _("when you need it")
    if days % 7 == 0:
        weeks = days // 7
        return ngettext("every week", "every %(count)s weeks", weeks) % {"count": weeks}
    return ngettext("every day", "every %(count)s days", days) % {"count": days}


def since_words(mentorship: Mentorship) -> str:
    """How long and how often: "since March, every 3 weeks"."""
    values = {
        "month": named_day(mentorship.started_on, "F Y"),
        "rhythm": rhythm_words(mentorship.rhythm_days),
    }
    return _("since %(month)s, %(rhythm)s") % values


def hours_words(minutes: int) -> str:
    """An amount of time: "5 hours", "45 minutes", "1 ½ hours"."""
    if minutes < 60:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    half = minutes % 60 >= _QUARTER * 2
    hours = minutes // 60
    amount = f"{hours} ½" if half else str(hours)
    return ngettext("%(count)s hour", "%(count)s hours", 2 if half else hours) % {"count": amount}


def best_days(days: list[SharedDay], *, count: int = 2) -> list[SharedDay]:
    """The days with most time in common, in the order they come."""
    fullest = sorted((day for day in days if day.spans), key=lambda day: -day.minutes)[:count]
    return sorted(fullest, key=lambda day: day.day)


def _about(at: datetime, zone: str, *, now: datetime) -> str:
    """The weekday and the quarter of an hour before an instant, on the wall of `zone`: "on Wednesday about 8:00"."""
    wall = wall_at(at, zone)
    minute = wall.at.minute - wall.at.minute % _QUARTER
    values = {"day": date_format(wall.day, "l"), "time": f"{wall.at.hour}:{minute:02}"}
    if at - now > timedelta(days=6):
        values["day"] = day_words(wall.day)
    return _("on %(day)s about %(time)s") % values
