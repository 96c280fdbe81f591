"""Everything that changes goals and their small steps. Only a goal's owner changes it."""

from alongside.goals.actions._row import LONGEST_STEP, LONGEST_TITLE, LONGEST_WHY
from alongside.goals.actions.states import (
    activate_goal,
    let_go_goal,
    make_goal_idea,
    reach_goal,
    rest_goal,
    wake_goals,
)
from alongside.goals.actions.steps import add_step, move_step, remove_step, tick_step
from alongside.goals.actions.writing import add_goal, edit_goal, remove_goal, share_goal

__all__ = [
    "LONGEST_STEP",
    "LONGEST_TITLE",
    "LONGEST_WHY",
    "activate_goal",
    "add_goal",
    "add_step",
    "edit_goal",
    "let_go_goal",
    "make_goal_idea",
    "move_step",
    "reach_goal",
    "remove_goal",
    "remove_step",
    "rest_goal",
    "share_goal",
    "tick_step",
    "wake_goals",
]
