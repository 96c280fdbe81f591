"""Reading the library and a pair's activities."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from alongside.activities import actions
from alongside.activities.enums import ActivityState
from alongside.activities.library import activity_library
from alongside.activities.models import Activity
from alongside.activities.queries import (
    activities_of,
    activity_counts,
    library_activities,
    next_activities,
    stages_of,
)
from alongside.programs.models import PlanItem, PlanStage
from tests.factories import NOW
from tests.people import Cast


def test_library_filters_by_purpose_length_and_channel() -> None:
    everything = activity_library().activities

    assert library_activities() == everything
    assert len(everything) == 24
    short = library_activities(length="short")
    assert short == tuple(activity for activity in everything if activity.minutes <= 25)
    found = library_activities(purpose="listening", length="short", channel="phone")
    assert found == tuple(
        activity for activity in short if activity.purpose == "listening" and "phone" in activity.channels
    )
    assert sum(len(library_activities(length=length)) for length in ("short", "middle", "long")) == 24


@pytest.mark.django_db
def test_plan_is_grouped_by_stage_with_what_the_two_planned_first(cast_: Cast) -> None:
    for position, name in enumerate(("Arrive", "Begin")):
        stage = PlanStage.objects.create(program=cast_.program, name=name, position=position)
        PlanItem.objects.create(stage=stage, kind="tip", title=f"tip of {name}", text="x", day=7 * position)
    actions.lay_out_plan(mentorship=cast_.pair, now=NOW)
    actions.plan_activity(mentorship=cast_.pair, actor=cast_.chi, key="network-map", now=NOW)

    stages = stages_of(activities_of(cast_.pair, viewer=cast_.chi))

    assert [(stage.name, [line.title for line in stage.lines]) for stage in stages] == [
        ("", ["Network map"]),
        ("Arrive", ["tip of Arrive"]),
        ("Begin", ["tip of Begin"]),
    ]
    assert stages[2].begins_on == date(2026, 2, 9)


@pytest.mark.django_db
def test_next_activities_are_planned_ones_by_day_at_one_cost(
    cast_: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actions.plan_activity(mentorship=cast_.pair, actor=cast_.chi, key="network-map", now=NOW)
    actions.plan_activity(
        mentorship=cast_.pair, actor=cast_.chi, key="half-time-talk", planned_on=date(2026, 5, 1), now=NOW
    )
    actions.add_own_activity(
        mentorship=cast_.pair, actor=cast_.ben, title="Our own", planned_on=date(2026, 4, 1), now=NOW
    )
    done = actions.plan_activity(mentorship=cast_.pair, actor=cast_.chi, key="only-questions", now=NOW)
    actions.set_activity_state(activity=done, actor=cast_.chi, state=ActivityState.DONE, now=NOW)

    with django_assert_num_queries(2):
        lines = next_activities(cast_.pair, viewer=cast_.chi)

    assert [line.title for line in lines] == ["Our own", "Half-time talk", "Network map"]
    assert next_activities(cast_.pair, viewer=cast_.ada) == []
    assert activity_counts(cast_.program) == {"planned": 3, "done": 1, "skipped": 0}
    assert Activity.objects.count() == 4
