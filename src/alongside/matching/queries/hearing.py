"""When people would hear of their pair: in their own hours, once the undo window is over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.engine.timing.quiet import next_open
from alongside.engine.timing.zones import Wall, wall_at
from alongside.enrollment.models import Participation
from alongside.matching.models import Proposal
from alongside.people.models import Person
from alongside.people.queries import hours_of_people

HORIZON = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Hears:
    """One receiver: the instant, and what the wall clock shows where they are. None: not within four weeks."""

    participation: Participation
    at: datetime | None
    local: Wall | None

    @property
    def person(self) -> Person:
        return self.participation.person


def who_hears_when(proposals: Sequence[Proposal], *, from_at: datetime) -> list[Hears]:
    """Everybody of these pairs, who hears first first. Two queries."""
    people = {row.pk: row for row in _both(proposals)}
    hours = hours_of_people(row.person for row in people.values())
    found = []
    for row in people.values():
        at = next_open(hours[row.person_id], from_at, HORIZON)
        local = wall_at(at, hours[row.person_id].zone) if at else None
        found.append(Hears(row, at, local))
    return sorted(
        found, key=lambda entry: (entry.at or from_at + HORIZON, entry.person.name, entry.person.pk)
    )


def _both(proposals: Iterable[Proposal]) -> Iterable[Participation]:
    for row in proposals:
        yield row.mentee
        yield row.mentor
