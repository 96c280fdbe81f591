"""The plan: stages in order, and in each the things it offers, by days from the start of a mentorship."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Invalid
from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.programs.actions._editing import locked_program
from alongside.programs.enums import PlanAudience, PlanItemKind
from alongside.programs.models import PlanItem, PlanStage, Program

LAST_DAY = 1100


@dataclass(frozen=True, kw_only=True)
class PlanItemSpec:
    """One thing of a stage. `key` names the activity, survey or agenda; a tip has words instead."""

    kind: str
    title: str = ""
    key: str = ""
    text: str = ""
    who: str = PlanAudience.BOTH
    day: int = 0


@transaction.atomic
def add_plan_stage(*, program: Program, actor: Person, name: str, intro: str = "") -> PlanStage:
    """A stage after the others. Raises Invalid."""
    row = locked_program(program, actor=actor)
    stage = PlanStage.objects.create(
        program=row, name=_named(name), intro=intro.strip(), position=row.plan_stages.count()
    )
    _record(row, actor, "stage.added", stage)
    return stage


@transaction.atomic
def edit_plan_stage(*, stage: PlanStage, actor: Person, name: str, intro: str) -> PlanStage:
    program = locked_program(stage.program, actor=actor)
    stage.name, stage.intro = _named(name), intro.strip()
    stage.save(update_fields=["name", "intro"])
    _record(program, actor, "stage.edited", stage)
    return stage


@transaction.atomic
def move_plan_stage(*, stage: PlanStage, actor: Person, index: int) -> None:
    """Puts the stage at `index`; its items keep their days."""
    program = locked_program(stage.program, actor=actor)
    others = list(program.plan_stages.exclude(pk=stage.pk))
    others.insert(max(0, min(index, len(others))), stage)
    for position, row in enumerate(others):
        row.position = position
    PlanStage.objects.bulk_update(others, ["position"])
    _record(program, actor, "stage.moved", stage)


@transaction.atomic
def remove_plan_stage(*, stage: PlanStage, actor: Person) -> None:
    """The stage and its items go. What pairs have planned already stays with them."""
    program = locked_program(stage.program, actor=actor)
    _record(program, actor, "stage.removed", stage)
    PlanStage.objects.filter(pk=stage.pk).delete()


@transaction.atomic
def add_plan_item(*, stage: PlanStage, actor: Person, spec: PlanItemSpec) -> PlanItem:
    """Something new in a stage. Raises Invalid."""
    program = locked_program(stage.program, actor=actor)
    _check(spec)
    item = PlanItem.objects.create(stage=stage, position=stage.items.count(), **_fields(spec))
    _record(program, actor, "item.added", item)
    return item


@transaction.atomic
def edit_plan_item(
    *, item: PlanItem, actor: Person, spec: PlanItemSpec, stage: PlanStage | None = None
) -> PlanItem:
    """The item as told, in this stage or in another of the same program. Raises Invalid."""
    program = locked_program(item.stage.program, actor=actor)
    _check(spec)
    if stage is not None and stage.program_id != program.pk:
        raise Invalid(_("This stage belongs to another program."), field="stage")
    for name, value in _fields(spec).items():
        setattr(item, name, value)
    item.stage = stage or item.stage
    item.save()
    _record(program, actor, "item.edited", item)
    return item


@transaction.atomic
def remove_plan_item(*, item: PlanItem, actor: Person) -> None:
    """The item goes from the plan. What pairs have planned already stays with them."""
    program = locked_program(item.stage.program, actor=actor)
    _record(program, actor, "item.removed", item)
    PlanItem.objects.filter(pk=item.pk).delete()


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid(_("A stage needs a name."), field="name")
    return name


def _check(spec: PlanItemSpec) -> None:
    if spec.kind not in PlanItemKind.values:
        raise Invalid(_("Choose what it is."), field="kind")
    if spec.who not in PlanAudience.values:
        raise Invalid(_("Choose whom it is for."), field="who")
    if not 0 <= spec.day <= LAST_DAY:
        raise Invalid(_("Choose a day between 0 and {last}.").format(last=LAST_DAY), field="day")
    if spec.kind in (PlanItemKind.ACTIVITY, PlanItemKind.SURVEY) and not spec.key:
        raise Invalid(_("Choose which one."), field="key")
    if spec.kind in (PlanItemKind.TALK, PlanItemKind.TIP) and not spec.title.strip():
        raise Invalid(_("Give it a title."), field="title")
    if spec.kind == PlanItemKind.TIP and not spec.text.strip():
        raise Invalid(_("A tip needs its words."), field="text")


def _fields(spec: PlanItemSpec) -> dict[str, str | int]:
    return {
        "kind": spec.kind,
        "key": spec.key,
        "title": spec.title.strip(),
        "text": spec.text.strip(),
        "who": spec.who,
        "day": spec.day,
    }


def _record(program: Program, actor: Person, what: str, subject: PlanStage | PlanItem) -> None:
    record(f"plan_{what}", actor_id=actor.pk, subject=subject, program_id=program.pk)
