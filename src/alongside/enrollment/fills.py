"""Questions whose answer lives elsewhere: which place of a person, their preferences or participation each one fills."""

from collections.abc import Callable
from typing import Any

from alongside.enrollment.models import Participation
from alongside.people.models import Preferences
from alongside.questionnaires.week import GOOD, POSSIBLE

Reader = Callable[[Participation], Any]

# In the form of the question's kind; None for no answer. Needs person and preferences fetched along.
PLACES: dict[str, Reader] = {
    "person.about": lambda row: row.person.about or None,
    "person.languages": lambda row: row.person.languages or None,
    "person.unit": lambda row: row.person.unit or None,
    "person.job_title": lambda row: row.person.job_title or None,
    "person.pronouns": lambda row: row.person.pronouns or None,
    "preferences.zone": lambda row: row.person.preferences.zone,
    "preferences.hours": lambda row: _week(row.person.preferences),
    "preferences.channels": lambda row: (
        [entry["channel"] for entry in row.person.preferences.channels if "channel" in entry] or None
    ),
    "participation.hours_per_month": lambda row: row.hours_per_month,
    "participation.capacity": lambda row: row.capacity,
}


def _week(preferences: Preferences) -> dict[str, str] | None:
    """The two notations, empty ones left out."""
    week = {GOOD: preferences.hours, POSSIBLE: preferences.possible_hours}
    return {kind: hours for kind, hours in week.items() if hours} or None


def filled_value(place: str, participation: Participation) -> Any:
    """What stands in the place a question fills; None for none, and for a place nobody knows."""
    reader = PLACES.get(place)
    return reader(participation) if reader else None
