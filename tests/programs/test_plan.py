from typing import Any

import pytest

from alongside.foundation.errors import Invalid, NotFound
from alongside.journal.models import Entry
from alongside.programs.actions import (
    PlanItemSpec,
    add_plan_item,
    add_plan_stage,
    edit_plan_item,
    edit_plan_stage,
    move_plan_stage,
    remove_plan_item,
    remove_plan_stage,
)
from alongside.programs.models import PlanItem, PlanStage
from alongside.programs.queries import plan_of
from tests.people import Cast

pytestmark = pytest.mark.django_db
TALK = PlanItemSpec(kind="talk", title="First talk", key="first-video", day=3)


def stage(cast: Cast, name: str = "Arrive") -> PlanStage:
    return add_plan_stage(program=cast.program, actor=cast.ada, name=name)


def names(cast: Cast) -> list[str]:
    return [row.name for row in plan_of(cast.program)]


def test_stages_are_added_reworded_moved_and_removed(cast_: Cast) -> None:
    first, _second, third = (stage(cast_, name) for name in ("One", "Two", "Three"))

    move_plan_stage(stage=third, actor=cast_.ada, index=0)
    edit_plan_stage(stage=first, actor=cast_.ada, name=" Uno ", intro="Begin")
    assert names(cast_) == ["Three", "Uno", "Two"]

    remove_plan_stage(stage=third, actor=cast_.ada)
    assert names(cast_) == ["Uno", "Two"]
    assert list(Entry.objects.values_list("verb", flat=True)) == [
        "plan_stage.added", "plan_stage.added", "plan_stage.added", "plan_stage.moved", "plan_stage.edited",
        "plan_stage.removed",
    ]  # fmt: skip


def test_stage_needs_a_name(cast_: Cast) -> None:
    with pytest.raises(Invalid):
        stage(cast_, "  ")


def test_items_stand_by_day_and_follow_to_another_stage(cast_: Cast) -> None:
    first, second = stage(cast_, "One"), stage(cast_, "Two")
    later = add_plan_item(
        stage=first, actor=cast_.ada, spec=PlanItemSpec(kind="survey", key="first-hello", day=7)
    )
    talk = add_plan_item(stage=first, actor=cast_.ada, spec=TALK)
    assert [item.pk for item in plan_of(cast_.program)[0].items.all()] == [talk.pk, later.pk]

    edit_plan_item(
        item=talk,
        actor=cast_.ada,
        spec=PlanItemSpec(kind="talk", title="A call", day=9, who="mentor"),
        stage=second,
    )
    moved = plan_of(cast_.program)[1].items.get()
    assert (moved.title, moved.day, moved.who) == ("A call", 9, "mentor")

    remove_plan_item(item=later, actor=cast_.ada)
    assert PlanItem.objects.count() == 1


@pytest.mark.parametrize(
    ("spec", "field"),
    [
        (PlanItemSpec(kind="party", title="Party"), "kind"),
        (PlanItemSpec(kind="talk", title="Talk", who="all"), "who"),
        (PlanItemSpec(kind="talk", title="Talk", day=-1), "day"),
        (PlanItemSpec(kind="talk", title="Talk", day=1101), "day"),
        (PlanItemSpec(kind="activity"), "key"),
        (PlanItemSpec(kind="survey"), "key"),
        (PlanItemSpec(kind="talk"), "title"),
        (PlanItemSpec(kind="tip", title="Tip"), "text"),
    ],
)
def test_item_that_says_nothing_is_refused(cast_: Cast, spec: PlanItemSpec, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        add_plan_item(stage=stage(cast_), actor=cast_.ada, spec=spec)

    assert refusal.value.field == field


def test_item_cannot_leave_its_program(cast_: Cast) -> None:
    item = add_plan_item(stage=stage(cast_), actor=cast_.ada, spec=TALK)
    foreign = add_plan_stage(program=cast_.other_program, actor=cast_.gus, name="Theirs")

    with pytest.raises(Invalid):
        edit_plan_item(item=item, actor=cast_.ada, spec=TALK, stage=foreign)


def test_strangers_change_no_plan(cast_: Cast) -> None:
    own = stage(cast_)
    item = add_plan_item(stage=own, actor=cast_.ada, spec=TALK)
    attempts: list[Any] = [
        lambda actor: add_plan_stage(program=cast_.program, actor=actor, name="X"),
        lambda actor: edit_plan_stage(stage=own, actor=actor, name="X", intro=""),
        lambda actor: move_plan_stage(stage=own, actor=actor, index=0),
        lambda actor: remove_plan_stage(stage=own, actor=actor),
        lambda actor: add_plan_item(stage=own, actor=actor, spec=TALK),
        lambda actor: edit_plan_item(item=item, actor=actor, spec=TALK),
        lambda actor: remove_plan_item(item=item, actor=actor),
    ]

    for attempt in attempts:
        for stranger in (cast_.gus, cast_.hal, cast_.ben):
            with pytest.raises(NotFound):
                attempt(stranger)
    assert names(cast_) == ["Arrive"]


def test_plan_is_read_in_two_queries(cast_: Cast, django_assert_num_queries: Any) -> None:
    for count in (1, 3):
        while len(plan_of(cast_.program)) < count:
            add_plan_item(stage=stage(cast_), actor=cast_.ada, spec=TALK)
        with django_assert_num_queries(2):
            assert [len(row.items.all()) for row in plan_of(cast_.program)] == [1] * count
