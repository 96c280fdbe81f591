"""Small steps of a goal: added, ticked, put in order, taken away. They are the owner's notes, not a measure."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict
from alongside.goals.actions._row import LONGEST_STEP, line, locked, sealed
from alongside.goals.models import Goal, Step
from alongside.people.models import Person

MOST_STEPS = 40


@transaction.atomic
def add_step(*, goal: Goal, actor: Person, text: str, now: datetime) -> Step:
    """A step after the others."""
    row = locked(goal, actor=actor)
    words = line(text, longest=LONGEST_STEP, field="text")
    last = row.steps.order_by("-position").values_list("position", flat=True).first()
    if row.steps.count() >= MOST_STEPS:
        raise Conflict(_("These are many steps. A second goal could hold some of them."))
    step = Step(goal=row, position=0 if last is None else last + 1, created_at=now)
    about = f"step:{step.public_id}:text"
    step.text_sealed = sealed(words, mentorship=row.mentorship, owner=row.owner, about=about) or b""
    step.save()
    return step


@transaction.atomic
def tick_step(*, step: Step, actor: Person, done: bool, now: datetime) -> Step:
    """Done, or open again. Idempotent."""
    locked(step.goal, actor=actor)
    if (step.done_at is not None) != done:
        step.done_at = now if done else None
        step.save(update_fields=["done_at"])
    return step


@transaction.atomic
def move_step(*, step: Step, actor: Person, up: bool) -> None:
    """One place up or down; at the end of the list it stays where it is."""
    goal = locked(step.goal, actor=actor)
    rows = list(goal.steps.all())
    here = next((index for index, row in enumerate(rows) if row.pk == step.pk), None)
    if here is None:
        return
    there = max(0, min(len(rows) - 1, here - 1 if up else here + 1))
    rows.insert(there, rows.pop(here))
    for position, row in enumerate(rows):
        row.position = position
    Step.objects.bulk_update(rows, ["position"])


@transaction.atomic
def remove_step(*, step: Step, actor: Person) -> None:
    """Takes a step away. Does nothing when it is gone."""
    locked(step.goal, actor=actor)
    Step.objects.filter(pk=step.pk).delete()
