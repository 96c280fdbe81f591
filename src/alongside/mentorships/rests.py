"""Days on which a mentorship stands still: it rests, or one of the two is away. Lighter weeks go on, lightly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alongside.engine.timing.zones import wall_at
from alongside.mentorships.models import Mentorship
from alongside.mentorships.queries import day_in
from alongside.people.enums import SeasonKind
from alongside.people.models import Season
from alongside.people.queries import known_zone

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Rest:
    """From a first to a last day, both included."""

    first: date
    last: date


def rests_of(mentorship: Mentorship, *, now: datetime) -> list[Rest]:
    """All rests of a mentorship since it began, in order, none touching another. Two queries.

    One without a last day counts until yesterday: how long it will be nobody knows. The day of coming back is no rest.
    """
    today = day_in(mentorship.program, now)
    zone = known_zone(mentorship.program.zone)
    found = [
        _rest(wall_at(pause.from_at, zone).day, pause.until_on, _day(pause.ended_at, zone), today)
        for pause in mentorship.pauses.all()
    ]
    seasons = Season.objects.filter(person__memberships__mentorship=mentorship, kind=SeasonKind.AWAY)
    found += [
        _rest(season.from_on, season.until_on, _day(season.ended_at, season.person.preferences.zone), today)
        for season in seasons.select_related("person__preferences")
    ]
    begun = (Rest(max(rest.first, mentorship.started_on), rest.last) for rest in found)
    return _merged(rest for rest in begun if rest.first <= rest.last)


def after_rests(day: date, rests: Sequence[Rest]) -> date:
    """The day that comes as many days after the start as `day` would, counting only days that are no rest."""
    for rest in rests:
        if rest.first > day:
            break
        day += rest.last - rest.first + DAY
    return day


def _rest(first: date, until_on: date | None, ended_on: date | None, today: date) -> Rest:
    last = ended_on - DAY if ended_on else until_on or today - DAY
    return Rest(first, min(last, until_on) if until_on else last)


def _day(at: datetime | None, zone: str) -> date | None:
    return wall_at(at, known_zone(zone)).day if at else None


def _merged(rests: Iterable[Rest]) -> list[Rest]:
    merged: list[Rest] = []
    for rest in sorted(rests):
        if merged and rest.first <= merged[-1].last + DAY:
            merged[-1] = Rest(merged[-1].first, max(merged[-1].last, rest.last))
        else:
            merged.append(rest)
    return merged
