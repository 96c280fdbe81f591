"""Reading the library and what a pair plans from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, F, QuerySet

from alongside.activities.access import own_letters, visible_activities
from alongside.activities.enums import ActivityKind, ActivityState
from alongside.activities.library import ActivityStep, LibraryActivity, activity_library
from alongside.activities.models import Activity, Letter
from alongside.foundation.wording import in_words, said
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.vault.queries import open_many, open_sealed

SHORT, MIDDLE = 25, 40  # minutes: the bounds of the library's filter
LENGTHS = ("short", "middle", "long")


@dataclass(frozen=True, slots=True)
class StepTick:
    """One step of the library's checklist and whether the two ticked it."""

    position: int
    step: ActivityStep
    done: bool


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """Something planned as the two see it. `source` is the library's activity it comes from, if it does."""

    activity: Activity
    title: str
    text: str
    notes: str
    source: LibraryActivity | None

    @property
    def minutes(self) -> int | None:
        return self.source.minutes if self.source else None

    @property
    def purpose(self) -> str:
        return in_words(activity_library()).purposes[self.source.purpose] if self.source else ""

    @property
    def steps(self) -> Sequence[StepTick]:
        ticked = set(self.activity.steps_done)
        found = self.source.steps if self.source else ()
        return [StepTick(position, step, position in ticked) for position, step in enumerate(found)]

    @property
    def is_planned(self) -> bool:
        return self.activity.state == ActivityState.PLANNED


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter as its writer sees it; `text` is empty while it stays shut."""

    letter: Letter
    text: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the program's plan as one pair has it; `name` is empty for what the two planned themselves."""

    name: str
    intro: str
    lines: Sequence[ActivityLine]

    @property
    def begins_on(self) -> date | None:
        return min(
            (line.activity.planned_on for line in self.lines if line.activity.planned_on), default=None
        )

    @property
    def is_settled(self) -> bool:
        """Whether nothing in it is left to do."""
        return all(not line.is_planned or line.activity.kind == ActivityKind.TIP for line in self.lines)


def library_activities(
    *, purpose: str = "", length: str = "", channel: str = ""
) -> tuple[LibraryActivity, ...]:
    """The activities of the library that fit, in its order; what is empty fits everything. No query."""
    return tuple(
        activity
        for activity in in_words(activity_library()).activities
        if (not purpose or activity.purpose == purpose)
        and (not channel or channel in activity.channels)
        and (not length or length_of(activity.minutes) == length)
    )


def library_activity(key: str) -> LibraryActivity | None:
    return next(
        (activity for activity in in_words(activity_library()).activities if activity.key == key), None
    )


def length_of(minutes: int) -> str:
    """Which of LENGTHS an amount of minutes is."""
    if minutes <= SHORT:
        return "short"
    return "middle" if minutes <= MIDDLE else "long"


def activities_of(mentorship: Mentorship, *, viewer: Person) -> QuerySet[Activity]:
    """What is planned in a mentorship: by stage, in each by day; what the two planned themselves first."""
    rows = visible_activities(viewer).filter(mentorship=mentorship)
    return rows.order_by("stage_position", "stage", F("planned_on").asc(nulls_last=True), "pk")


def activity_lines(activities: Iterable[Activity]) -> list[ActivityLine]:
    """Activities with their words. One query for any number."""
    rows = list(activities)
    words = open_many(
        [
            *((row.title_sealed, f"activity:{row.public_id}:title") for row in rows),
            *((row.text_sealed, f"activity:{row.public_id}:text") for row in rows),
            *((row.notes_sealed, f"activity:{row.public_id}:notes") for row in rows),
        ]
    )
    count = len(rows)
    return [
        _line(row, words[index], words[count + index], words[2 * count + index])
        for index, row in enumerate(rows)
    ]


def stages_of(activities: Iterable[Activity]) -> list[Stage]:
    """Activities in the order of `activities_of`, grouped by stage. One query."""
    lines = activity_lines(activities)
    groups = groupby(lines, key=lambda line: (line.activity.stage_position, line.activity.stage))
    found = [(name, list(group)) for (_position, name), group in groups]
    own = [Stage("", "", group) for name, group in found if not name]
    return own + [
        Stage(said(name), said(group[0].activity.stage_intro), group) for name, group in found if name
    ]


def next_activities(mentorship: Mentorship, *, viewer: Person, limit: int = 3) -> list[ActivityLine]:
    """What is planned next, activities and own ideas only. One query and one opening."""
    rows = visible_activities(viewer).filter(
        mentorship=mentorship,
        state=ActivityState.PLANNED,
        kind__in=(ActivityKind.ACTIVITY, ActivityKind.OWN),
    )
    return activity_lines(rows.order_by(F("planned_on").asc(nulls_last=True), "pk")[:limit])


def letter_of(mentorship: Mentorship, *, writer: Person) -> LetterLine | None:
    """One's own letter: that it is there, and its words once the two part. At most two queries."""
    row = own_letters(writer).filter(mentorship=mentorship).first()
    if row is None:
        return None
    about = f"letter:{row.public_id}:text"
    return LetterLine(row, "" if row.stays_shut else open_sealed(row.text_sealed, about=about))


def activity_counts(program: Program) -> dict[str, int]:
    """How many activities stand in each state in a program, tips left out: numbers for the report."""
    rows = Activity.objects.filter(mentorship__program=program).exclude(kind=ActivityKind.TIP)
    found = dict(rows.values_list("state").annotate(Count("pk")).order_by("state"))
    return {state: found.get(state, 0) for state in ActivityState.values}


def _line(row: Activity, title: str, text: str, notes: str) -> ActivityLine:
    source = library_activity(row.library_key) if row.kind == ActivityKind.ACTIVITY else None
    return ActivityLine(
        row,
        title=said(row.title) or title or (source.name if source else ""),
        text=said(row.text) or text or (source.summary if source else ""),
        notes=notes,
        source=source,
    )
