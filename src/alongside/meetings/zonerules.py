"""The rules of a time zone as calendars exchange them (VTIMEZONE of RFC 5545), from our own zone data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from alongside.engine.timing.instants import EPOCH, from_seconds, to_seconds
from alongside.engine.timing.zones import stretches_between, zone_info

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LOOK_AHEAD = 8  # years in which a rule must hold before it is written as one; rules drift apart within seven


@dataclass(frozen=True, slots=True)
class _Turn:
    """One clock change: the wall clock just before it, and what changes. RFC 5545 counts onsets on the clock before."""

    wall: datetime
    before: int
    after: int
    name: str


@lru_cache(maxsize=512)
def zone_rules(zone: str, first_year: int, last_year: int) -> Timezone:
    """The zone's rules from the start of one year to the end of another; where they come every year, for good.

    Guarantee: every wall time of these years, read by these rules, is the instant our own zone data give it. A change
    that keeps to the nth or last weekday of a month is one yearly rule; others (Ramadan, "the day after the last
    Thursday") are written out one by one.
    """
    start, end = EPOCH.replace(year=first_year - 1), EPOCH.replace(year=last_year + _LOOK_AHEAD)
    stretches = list(stretches_between(zone, to_seconds(start), to_seconds(end)))
    turns = [
        _Turn(_wall(later.start, before.offset), before.offset, later.offset, _name(zone, later.start))
        for before, later in pairwise(stretches)
    ]
    offset, falls = stretches[0].offset, bool(turns) and turns[0].after < turns[0].before
    rules = Timezone()
    rules.add("tzid", zone)
    begun = _Turn(_wall(stretches[0].start, offset), offset, offset, _name(zone, stretches[0].start))
    _add(rules, begun, None, is_daylight=falls)
    for alike in _alike(turns):
        rises, yearly = alike[0].after > alike[0].before, _yearly(alike, last_year + _LOOK_AHEAD)
        for turn in alike[:1] if yearly is not None else alike:
            if turn.wall.year <= last_year:
                _add(rules, turn, yearly, is_daylight=rises)
    return rules


def _wall(seconds: int, offset: int) -> datetime:
    return from_seconds(seconds + offset).replace(tzinfo=None)


def _name(zone: str, seconds: int) -> str:
    return from_seconds(seconds).astimezone(zone_info(zone)).tzname() or zone


def _alike(turns: Sequence[_Turn]) -> Iterator[list[_Turn]]:
    """Changes that differ in their date only, oldest first. A rule that was changed meanwhile begins anew."""
    groups: dict[tuple[object, ...], list[_Turn]] = {}
    for turn in turns:
        key = turn.before, turn.after, turn.name, turn.wall.time(), turn.wall.month
        groups.setdefault(key, []).append(turn)
    yield from groups.values()


def _yearly(turns: Sequence[_Turn], end_year: int) -> dict[str, object] | None:
    """The one yearly rule all of these follow up to `end_year`; None when there is none."""
    years = [turn.wall.year for turn in turns]
    if len(years) < _LOOK_AHEAD - 1 or years != list(range(years[0], years[0] + len(years))):
        return None
    if years[-1] < end_year - 1 or len({turn.wall.weekday() for turn in turns}) > 1:
        return None
    day = _DAYS[turns[0].wall.weekday()]
    places = {(turn.wall.day - 1) // 7 + 1 for turn in turns}
    if len(places) == 1:
        (place,) = places
    elif all((turn.wall + timedelta(days=7)).month != turn.wall.month for turn in turns):
        place = -1
    else:
        return None
    return {"freq": "YEARLY", "bymonth": turns[0].wall.month, "byday": f"{place}{day}"}


def _add(rules: Timezone, turn: _Turn, yearly: dict[str, object] | None, *, is_daylight: bool) -> None:
    """Daylight is whatever is further ahead: programs expect it so, also of Dublin, whose law calls winter the exception.

    A change that follows no rule is a part of its own: of several dates in one part (RDATE) some programs read the first.
    """
    part = TimezoneDaylight() if is_daylight else TimezoneStandard()
    part.add("dtstart", turn.wall)
    part.add("tzoffsetfrom", timedelta(seconds=turn.before))
    part.add("tzoffsetto", timedelta(seconds=turn.after))
    part.add("tzname", turn.name)
    if yearly is not None:
        part.add("rrule", yearly)
    rules.add_component(part)
