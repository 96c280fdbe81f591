"""What a week of hours means to others, shown while it is chosen: "with people in Oslo you share 6 good hours a week"."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from alongside.engine.timing.hours import PersonHours, standard_hours
from alongside.engine.timing.notation import parse_hours
from alongside.engine.timing.overlap import good_hours_per_week
from alongside.enrollment.enums import PRESENT
from alongside.enrollment.models import Participation
from alongside.people.queries import known_zone

CITIES = 3
PERIOD = timedelta(weeks=52)  # a whole year, so that every change of clocks counts


@dataclass(frozen=True, slots=True)
class SharedWithCity:
    """How many hours a week, rounded, are shared with somebody in a zone, at the usual working hours there."""

    zone: str
    hours: int

    @property
    def city(self) -> str:
        return self.zone.rpartition("/")[2].replace("_", " ")


def shared_with_cities(
    participation: Participation, *, zone: str, hours: str, now: datetime, most: int = CITIES
) -> list[SharedWithCity]:
    """Shared hours a week with people in the zones most of the program's others live in. One query.

    Counted with Monday to Friday, 8 to 18 there, so that nobody's own hours are told. Raises UnknownZone, HoursError.
    """
    mine = PersonHours(zone, parse_hours(hours))
    return [
        SharedWithCity(there, _hours(mine, there, now)) for there in _zones(participation, mine.zone, most)
    ]


def _zones(participation: Participation, own: str, most: int) -> list[str]:
    """Where the others are, the most frequent first; the program's own zone when nobody else is there yet."""
    rows = (
        Participation.objects.filter(program=participation.program_id, state__in=PRESENT)
        .exclude(pk=participation.pk)
        .values_list("person__preferences__zone")
        .annotate(people=Count("pk"))
        .order_by("-people", "person__preferences__zone")
    )
    zones = list(dict.fromkeys(known_zone(zone) for zone, _people in rows))
    others = [zone for zone in zones if zone != own]
    return (others or [known_zone(participation.program.zone)])[:most]


def _hours(mine: PersonHours, zone: str, now: datetime) -> int:
    share = good_hours_per_week(mine, standard_hours(zone), now, now + PERIOD)
    return round(share.average / timedelta(hours=1))
