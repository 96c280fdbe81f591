"""Reading goals. Everything here takes the viewer; sealed words are opened many at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from alongside.foundation.compiled import compiled
from alongside.foundation.reading import holding, keys
from alongside.goals.access import readable_by, visible_goals
from alongside.goals.enums import GoalState
from alongside.goals.models import Goal, Step
from alongside.mentorships.access import among_own
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.vault.queries import open_many

BOARD_ORDER = (GoalState.ACTIVE, GoalState.IDEA, GoalState.RESTING, GoalState.REACHED, GoalState.LET_GO)


@dataclass(frozen=True, slots=True)
class StepLine:
    step: Step
    text: str

    @property
    def done(self) -> bool:
        return self.step.done_at is not None


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal as its reader sees it. `farewell` is what matters more now, once it was let go."""

    goal: Goal
    title: str
    is_mine: bool
    farewell: str = ""
    why: str = ""
    steps: Sequence[StepLine] = field(default_factory=tuple)

    @property
    def next_step(self) -> StepLine | None:
        return next((line for line in self.steps if not line.done), None)

    def asks_softly(self, today: date) -> bool:
        """Whether this resting goal may ask if it wants to wake."""
        goal = self.goal
        return goal.state == GoalState.RESTING and goal.wakes_on is not None and goal.wakes_on <= today


def goals_of(mentorship: Mentorship, *, viewer: Person) -> QuerySet[Goal]:
    """The goals the viewer may read, in the order of the board, within a state the latest first."""
    place = Case(
        *(When(state=state, then=Value(index)) for index, state in enumerate(BOARD_ORDER)),
        output_field=IntegerField(),
    )
    goals = visible_goals(viewer, of=mentorship).select_related("owner")
    return goals.order_by(place, "-state_since", "-pk")


def board_lines(goals: Iterable[Goal], *, viewer: Person) -> list[GoalLine]:
    """Goals with titles, farewells and steps. Two queries for any number."""
    rows = list(goals)
    steps = list(Step.objects.filter(goal__in=rows))
    words = open_many(
        [
            *((row.title_sealed, f"goal:{row.public_id}:title") for row in rows),
            *((row.farewell_sealed, f"goal:{row.public_id}:farewell") for row in rows),
            *((step.text_sealed, f"step:{step.public_id}:text") for step in steps),
        ]
    )
    titles, farewells, texts = words[: len(rows)], words[len(rows) : 2 * len(rows)], words[2 * len(rows) :]
    lines: dict[int, list[StepLine]] = {}
    for step, text in zip(steps, texts, strict=True):
        lines.setdefault(step.goal_id, []).append(StepLine(step, text))
    return [
        GoalLine(
            row,
            title,
            is_mine=row.owner_id == viewer.pk,
            farewell=farewell if row.state == GoalState.LET_GO else "",
            steps=tuple(lines.get(row.pk, ())),
        )
        for row, title, farewell in zip(rows, titles, farewells, strict=True)
    ]


def goals_in_motion(mentorship: Mentorship, *, viewer: Person, limit: int = 6) -> list[GoalLine]:
    """What is in motion: one's own and what the partner shares; no steps, no owners. One query and one opening."""
    rows = holding(_in_motion(viewer.pk, [mentorship.pk]), "mentorship", [mentorship])
    newest = sorted(rows, key=lambda row: (row.state_since, row.pk), reverse=True)
    return _titled(newest[:limit], viewer)


def asking_goals(person: Person, *, of: Sequence[Mentorship], today: date) -> list[GoalLine]:
    """One's own resting goals whose day has come, in these pairs: for Today. One query and one opening."""
    rows = _waking(person.pk, keys(of), today)
    by_day = sorted(rows, key=lambda row: (row.wakes_on or today, row.pk))
    return _titled(holding(by_day, "mentorship", of), person)


@compiled
def _in_motion(viewer: int, mentorships: list[int]) -> QuerySet[Goal]:
    return Goal.objects.filter(readable_by(viewer), among_own(viewer, mentorships), state=GoalState.ACTIVE)


@compiled
def _waking(person: int, mentorships: list[int], today: date) -> QuerySet[Goal]:
    own = Goal.objects.filter(among_own(person, mentorships), owner=person)
    return own.filter(state=GoalState.RESTING, wakes_on__lte=today)


def goal_line(goal: Goal, *, viewer: Person) -> GoalLine:
    """One goal with everything its reader may see. At most two queries."""
    steps = list(goal.steps.all())
    place = f"goal:{goal.public_id}"
    title, why, farewell, *texts = open_many(
        [
            (goal.title_sealed, f"{place}:title"),
            (goal.why_sealed, f"{place}:why"),
            (goal.farewell_sealed, f"{place}:farewell"),
            *((step.text_sealed, f"step:{step.public_id}:text") for step in steps),
        ]
    )
    return GoalLine(
        goal,
        title,
        is_mine=goal.owner_id == viewer.pk,
        farewell=farewell if goal.state == GoalState.LET_GO else "",
        why=why,
        steps=tuple(StepLine(step, text) for step, text in zip(steps, texts, strict=True)),
    )


def lineage(goal: Goal, *, viewer: Person) -> list[GoalLine]:
    """What this goal grew from and what it became, oldest first and itself among them; only what the viewer may read.

    Empty when it stands alone. One query and one opening.
    """
    rows = list(visible_goals(viewer).filter(mentorship=goal.mentorship_id, owner=goal.owner_id))
    by_pk = {row.pk: row for row in rows}
    before = {row.became_id: row for row in rows if row.became_id is not None}
    chain, seen = [goal], {goal.pk}
    while (earlier := before.get(chain[0].pk)) is not None and earlier.pk not in seen:
        chain.insert(0, earlier)
        seen.add(earlier.pk)
    while (then := by_pk.get(chain[-1].became_id or 0)) is not None and then.pk not in seen:
        chain.append(then)
        seen.add(then.pk)
    return _titled(chain, viewer) if len(chain) > 1 else []


def goal_counts(program: Program) -> dict[str, int]:
    """How many goals stand in each state in a program: numbers for the report, never what they are about."""
    rows = Goal.objects.filter(mentorship__program=program).values("state").annotate(count=Count("pk"))
    found = {row["state"]: row["count"] for row in rows.order_by("state")}
    return {state: found.get(state, 0) for state in GoalState.values}


def _titled(goals: Iterable[Goal], viewer: Person) -> list[GoalLine]:
    rows = list(goals)
    titles = open_many([(row.title_sealed, f"goal:{row.public_id}:title") for row in rows])
    return [GoalLine(row, title, row.owner_id == viewer.pk) for row, title in zip(rows, titles, strict=True)]
