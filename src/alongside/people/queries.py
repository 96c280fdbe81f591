"""Reading what people chose for themselves: their hours as the timing engine knows them, and their seasons."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from alongside.engine.timing.hours import DayOverride, Pause, PauseKind, PersonHours, Span, WeeklyWindow
from alongside.engine.timing.notation import format_hours, parse_hours, parse_span
from alongside.engine.timing.zones import UnknownZone, canonical_zone, wall_at
from alongside.foundation.compiled import compiled
from alongside.foundation.errors import NotFound
from alongside.people.enums import SeasonKind, UrgentPolicy
from alongside.people.models import DayOverride as DayOverrideRow
from alongside.people.models import Person, Preferences, Season

RINGS_FROM, RINGS_UNTIL = time(7), time(22)
_PAUSES = {SeasonKind.AWAY: PauseKind.AWAY, SeasonKind.LIGHTER: PauseKind.LIGHTER}


@dataclass(frozen=True, slots=True)
class Days:
    """How a person's days lie: their hours, and the season they are in."""

    hours: PersonHours
    season: Season | None


def hours_of(person: Person) -> PersonHours:
    """When this person may be disturbed. Two queries, a third when preferences were not fetched along."""
    return hours_of_people([person])[person.pk]


def hours_of_people(people: Iterable[Person]) -> dict[int, PersonHours]:
    """The hours of many people by id. Two queries for all of them when their preferences were fetched along."""
    chosen = list(people)
    return _hours(chosen, _seasons_not_ended(chosen))


def days_of_people(people: Iterable[Person], *, now: datetime) -> dict[int, Days]:
    """Hours and present season of many people by id. Two queries for all of them."""
    chosen = list(people)
    seasons = _seasons_not_ended(chosen)
    hours, present = _hours(chosen, seasons), _present(chosen, seasons, now)
    return {person.pk: Days(hours[person.pk], present.get(person.pk)) for person in chosen}


def managers_of(addresses: Iterable[str]) -> dict[str, str]:
    """{address: that of the manager}, both in lower case, for those of these addresses whose manager is known. One query."""
    rows = Person.objects.annotate(at=Lower("email")).filter(at__in=list(addresses), erased_at=None)
    return dict(rows.exclude(manager_email="").values_list("at", "manager_email"))


def usual_hours(person: Person) -> PersonHours:
    """The weekly hours alone, without single days and seasons: how a person's weeks lie. No query when preferences were
    fetched along."""
    preferences = person.preferences
    return PersonHours(known_zone(preferences.zone), _weekly(preferences.hours))


def lets_ring(person: Person, hours: PersonHours, now: datetime) -> bool:
    """Whether the person has allowed their partner to ring through at this instant, outside their hours too.

    Never while they are away. No query when preferences were fetched along.
    """
    policy, wall = person.preferences.urgent, wall_at(now, hours.zone)
    if policy == UrgentPolicy.OFF or hours.pause_on(wall.day) is PauseKind.AWAY:
        return False
    return policy == UrgentPolicy.ANYTIME or RINGS_FROM <= wall.at < RINGS_UNTIL


def hours_in_words(preferences: Preferences) -> str:
    """Weekly hours as others read them: "Mon–Fri 08:00–18:00". Which of them stay in lighter weeks is not told."""
    windows = _weekly(preferences.hours)
    plain = {replace(window, kept=False) for window in windows}
    covered = {
        inner
        for inner in plain
        for outer in plain
        if inner != outer
        and inner.weekday == outer.weekday
        and outer.start <= inner.start < inner.end <= outer.end
    }
    return format_hours(plain - covered).replace("-", "–")


def season_of(person: Person, *, now: datetime) -> Season | None:
    """The season this person is in today, on their own calendar; away outweighs lighter weeks."""
    return seasons_of_people([person], now=now).get(person.pk)


def seasons_of_people(people: Iterable[Person], *, now: datetime) -> dict[int, Season]:
    """The present season of each of these people who is in one. One query."""
    chosen = list(people)
    return _present(chosen, _seasons_not_ended(chosen), now)


def _hours(people: list[Person], seasons: list[Season]) -> dict[int, PersonHours]:
    pauses: dict[int, list[Pause]] = {}
    for season in seasons:
        pauses.setdefault(season.person_id, []).append(
            Pause(season.from_on, season.until_on, _PAUSES[SeasonKind(season.kind)])
        )
    days: dict[int, list[DayOverride]] = {}
    for row in _own_days([person.pk for person in people]):
        days.setdefault(row.person_id, []).append(DayOverride(row.on, _spans(row.hours)))
    return {
        person.pk: PersonHours(
            known_zone(person.preferences.zone),
            _weekly(person.preferences.hours),
            tuple(days.get(person.pk, ())),
            tuple(pauses.get(person.pk, ())),
        )
        for person in people
    }


def _present(people: list[Person], seasons: list[Season], now: datetime) -> dict[int, Season]:
    today = {person.pk: wall_at(now, known_zone(person.preferences.zone)).day for person in people}
    present: dict[int, Season] = {}
    for season in seasons:
        day = today[season.person_id]
        on = season.from_on <= day and (season.until_on is None or day <= season.until_on)
        held = present.get(season.person_id)
        if on and (held is None or held.kind != SeasonKind.AWAY):
            present[season.person_id] = season
    return present


def _seasons_not_ended(people: list[Person]) -> list[Season]:
    return sorted(_seasons([person.pk for person in people]), key=lambda row: (row.from_on, row.pk))


@compiled
def _seasons(people: list[int]) -> QuerySet[Season]:
    return Season.objects.filter(person__in=people, ended_at__isnull=True)


@compiled
def _own_days(people: list[int]) -> QuerySet[DayOverrideRow]:
    return DayOverrideRow.objects.filter(person__in=people)


def known_zone(name: str) -> str:
    """The zone under its canonical name; UTC when this installation's zone data do not know it."""
    try:
        return canonical_zone(name)
    except UnknownZone:
        return canonical_zone("UTC")


@lru_cache(maxsize=4096)
def _weekly(text: str) -> tuple[WeeklyWindow, ...]:
    return parse_hours(text)


def _spans(text: str) -> tuple[Span, ...]:
    return tuple(parse_span(part) for part in text.split(",") if part.strip())


def has_administrator() -> bool:
    """Whether this installation has an administrator yet."""
    return Person.objects.filter(is_administrator=True, is_active=True).exists()


def to_be_erased(now: datetime) -> list[Person]:
    """Whose regret period is over."""
    return list(Person.objects.filter(erase_at__lte=now, erased_at__isnull=True))


def open_seasons(person: Person, *, today: date) -> list[Season]:
    """One's own seasons that are on or to come, in order."""
    not_over = Q(until_on__isnull=True) | Q(until_on__gte=today)
    return list(Season.objects.filter(not_over, person=person, ended_at__isnull=True).order_by("from_on"))


def get_own_season(person: Person, public_id: str) -> Season:
    """Raises NotFound for anybody else's."""
    season = Season.objects.filter(person=person, public_id=public_id).first()
    if season is None:
        raise NotFound
    return season


def everybody(search: str = "") -> QuerySet[Person]:
    """All accounts for administrators, by name; `search` looks in name and address."""
    people = Person.objects.filter(erased_at__isnull=True).order_by("name", "pk")
    if search:
        people = people.filter(
            Q(name__icontains=search) | Q(email__icontains=search) | Q(full_name__icontains=search)
        )
    return people


def get_person_for_administrator(actor: Person, public_id: str) -> Person:
    """An account, for administrators only. Raises NotFound."""
    person = Person.objects.filter(public_id=public_id).first() if actor.is_administrator else None
    if person is None:
        raise NotFound
    return person


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """Names by id. One query."""
    return dict(Person.objects.filter(pk__in=set(ids)).values_list("pk", "name"))
