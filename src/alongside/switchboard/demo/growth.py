"""Fourth part of making the demo: goals in every state, activities done, skipped and to come."""

from alongside.activities.actions import (
    add_own_activity,
    plan_activity,
    seal_letter,
    set_activity_state,
    tick_activity_step,
)
from alongside.activities.enums import ActivityState
from alongside.activities.models import Activity
from alongside.goals.actions import add_goal, add_step, let_go_goal, reach_goal, rest_goal, tick_step
from alongside.goals.enums import GoalState
from alongside.goals.models import Goal
from alongside.switchboard.demo.paths import DemoActivity, DemoGoal
from alongside.switchboard.demo.world import DAY, World

EARLIER = 20  # days that a goal was in motion before it rested, was reached or let go


def make_growth(world: World) -> None:
    """Goals and activities of the content; what a farewell turned into is an idea of its own, made with it."""
    grown = {goal.became for goal in world.content.paths.goals if goal.became}
    for goal in world.content.paths.goals:
        if goal.key not in grown:
            make_goal(world, goal)
    for activity in world.content.paths.activities:
        make_activity(world, activity)
    settle_plans(world)


def make_goal(world: World, entry: DemoGoal) -> Goal:
    owner = world.people[entry.owner]
    settled = entry.state not in (GoalState.IDEA, GoalState.ACTIVE)
    goal = add_goal(
        mentorship=world.pairs[entry.pair],
        actor=owner,
        title=entry.title,
        why=entry.why,
        state=GoalState.IDEA if entry.state == GoalState.IDEA else GoalState.ACTIVE,
        shared=entry.shared,
        around_on=world.day(entry.around) if entry.around is not None else None,
        now=world.at(entry.since - EARLIER if settled else entry.since),
    )
    for step in entry.steps:
        row = add_step(goal=goal, actor=owner, text=step.text, now=world.at(entry.since))
        if step.done_day is not None:
            tick_step(step=row, actor=owner, done=True, now=world.at(step.done_day))
    at = world.at(entry.since)
    if entry.state == GoalState.RESTING:
        rest_goal(goal=goal, actor=owner, wakes_on=world.day(entry.wakes) if entry.wakes else None, now=at)
    elif entry.state == GoalState.REACHED:
        reach_goal(goal=goal, actor=owner, now=at)
    elif entry.state == GoalState.LET_GO:
        let_go_goal(goal=goal, actor=owner, matters_more=entry.farewell, now=at)
    return goal


def make_activity(world: World, entry: DemoActivity) -> None:
    """Planned a little before its day, then done or skipped on it."""
    mentorship, actor = world.pairs[entry.pair], world.people[entry.by]
    planned_at = min(world.at(entry.day) - 7 * DAY, world.now)
    if entry.library:
        row = plan_activity(
            mentorship=mentorship,
            actor=actor,
            key=entry.library,
            planned_on=world.day(entry.day),
            now=planned_at,
        )
    else:
        row = add_own_activity(
            mentorship=mentorship,
            actor=actor,
            title=entry.title,
            text=entry.text,
            planned_on=world.day(entry.day),
            now=planned_at,
        )
    for position in entry.steps_done:
        tick_activity_step(activity=row, actor=actor, position=position - 1, done=True)
    if entry.letter:
        seal_letter(mentorship=mentorship, actor=actor, text=entry.letter, now=world.at(entry.day))
    if entry.state != ActivityState.PLANNED:
        set_activity_state(
            activity=row, actor=actor, state=ActivityState(entry.state), now=world.at(entry.day)
        )


def settle_plans(world: World) -> None:
    """What the programs' plans foresaw for days long over was done, here and there skipped. Written at one go."""
    passed = Activity.objects.filter(
        plan_item__isnull=False, state=ActivityState.PLANNED, planned_on__lt=world.day(-6)
    ).order_by("mentorship_id", "planned_on", "pk")
    settled = list(passed)
    for number, row in enumerate(settled):
        row.state = ActivityState.SKIPPED if number % 5 == 3 else ActivityState.DONE
        row.settled_at = world.at(((row.planned_on or world.today) - world.today).days)
    Activity.objects.bulk_update(settled, ["state", "settled_at"])
