"""What each row of a sheet would change: compared with who is there, without a write."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from alongside.engine.timing.hours import WeeklyWindow
from alongside.engine.timing.notation import format_hours
from alongside.enrollment.columns import PersonRow, Value, WeeklyHours
from alongside.enrollment.enums import Role
from alongside.enrollment.importing.targets import Place
from alongside.enrollment.models import Participation
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.questionnaires.models import Answer

SLICE = 500  # SQLite takes only so many values in one statement
FULL_WEIGHT = 3


@dataclass(slots=True)
class RowPlan:
    """One person of a sheet. `fresh` holds, by target, what is new or changed; `digests` what to remember of it.

    `brought` names what a sheet filled before.
    """

    row: PersonRow
    person: Person | None
    participation: Participation | None
    role: str
    fresh: dict[str, Any]
    digests: dict[str, str]
    brought: frozenset[str]

    @property
    def is_new(self) -> bool:
        return self.participation is None

    @property
    def changes(self) -> bool:
        row = self.participation
        return row is None or bool(self.fresh) or row.role != self.role


def plan_rows(
    program: Program, rows: Sequence[PersonRow], places: Mapping[str, Place], *, role_in_sheet: bool
) -> list[RowPlan]:
    """A plan for each row, in order. A number of queries that does not grow with what is in the rows, only with slices.

    A cell counts as new when the sheet never said so before. What people answered themselves stays as it is, until the
    sheet says something else than it said before.
    """
    people = _people(row.email for row in rows)
    there = _participations(program, [person.pk for person in people.values()])
    answered = _answered([row.answers_id for row in there.values()])
    plans = []
    for row in rows:
        person = people.get(row.email)
        participation = there.get(person.pk) if person else None
        own = answered.get(participation.answers_id, set()) if participation else set()
        plans.append(_plan(row, person, participation, places, own, role_in_sheet))
    return plans


def stored(value: Value) -> Any:
    """A value as questions and places keep it."""
    if isinstance(value, tuple):
        if value and isinstance(value[0], WeeklyHours):
            return format_hours(_window(hours) for hours in value if isinstance(hours, WeeklyHours))
        return list(value)
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, Decimal) else value


def digest_of(key: str, value: Any) -> str:
    """What is remembered of a cell: enough to see that it changed, not what it said."""
    return salted_hmac(
        "alongside.enrollment.import", f"{key}={json.dumps(value)}", algorithm="sha256"
    ).hexdigest()[:16]


def _plan(
    row: PersonRow,
    person: Person | None,
    participation: Participation | None,
    places: Mapping[str, Place],
    own: set[int],
    role_in_sheet: bool,
) -> RowPlan:
    before = participation.imported if participation else {}
    fresh: dict[str, Any] = {}
    digests: dict[str, str] = {}
    for key, raw in row.values.items():
        value = stored(raw)
        digest = digest_of(key, value)
        if before.get(key) == digest:
            continue
        digests[key] = digest
        if key in before or not _answered_by_themself(places[key], participation, own):
            fresh[key] = value
    role, said = row.role, digest_of("role", row.role)
    if participation is not None and before.get("role") == said:
        role = participation.role  # the sheet says what it said before: whoever changed it since keeps it
    elif participation is not None:
        role = _role(row, participation, role_in_sheet)
    digests = {**(digests if fresh else {}), "role": said}
    return RowPlan(row, person, participation, role, fresh, digests, frozenset(before))


def _answered_by_themself(place: Place, participation: Participation | None, own: set[int]) -> bool:
    """Whether the person has given this already, in their own words."""
    if participation is None:
        return False
    if place.weighs:
        return place.question is not None and place.question.key in participation.importance
    if place.question is not None:
        return place.question.pk in own
    # Fields of the person are looked at one by one when they are written; capacity and the like were confirmed by a step.
    return bool(participation.steps_done) and place.target.key in ("capacity", "hours_per_month")


def _role(row: PersonRow, participation: Participation, role_in_sheet: bool) -> str:
    """The sheet's own word counts; a role that was only chosen for the whole sheet is added to the one they have."""
    if role_in_sheet or participation.role == row.role:
        return row.role
    return Role.BOTH.value


def _people(emails: Iterable[str]) -> dict[str, Person]:
    wanted = list(emails)
    found: dict[str, Person] = {}
    for at in range(0, len(wanted), SLICE):
        rows = (
            Person.objects.annotate(lower=Lower("email"))
            .filter(lower__in=wanted[at : at + SLICE])
            .select_related("preferences")
        )
        found |= {person.email.lower(): person for person in rows}
    return found


def _participations(program: Program, people: Sequence[int]) -> dict[int, Participation]:
    found: dict[int, Participation] = {}
    for at in range(0, len(people), SLICE):
        rows = Participation.objects.filter(
            program=program, person__in=people[at : at + SLICE]
        ).select_related("answers")
        found |= {row.person_id: row for row in rows}
    return found


def _answered(answer_sets: Sequence[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for at in range(0, len(answer_sets), SLICE):
        rows = Answer.objects.filter(answer_set__in=answer_sets[at : at + SLICE])
        for answer_set, question in rows.values_list("answer_set_id", "question_id"):
            found.setdefault(answer_set, set()).add(question)
    return found


def _window(hours: WeeklyHours) -> WeeklyWindow:
    return WeeklyWindow(hours.weekday, _clock(hours.start_minute), _clock(hours.end_minute))


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
