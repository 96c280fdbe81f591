from django.db import models
from django.utils.translation import gettext_lazy as _


class GoalState(models.TextChoices):
    IDEA = "idea", _("Idea")
    ACTIVE = "active", _("In motion")
    RESTING = "resting", _("Resting")
    REACHED = "reached", _("Reached")
    LET_GO = "let_go", _("Let go")


# Every state has a way back: nothing here is final, and nothing counts against anybody.
STEPS: dict[str, tuple[str, ...]] = {
    GoalState.IDEA: (GoalState.ACTIVE, GoalState.RESTING, GoalState.LET_GO, GoalState.REACHED),
    GoalState.ACTIVE: (GoalState.IDEA, GoalState.RESTING, GoalState.REACHED, GoalState.LET_GO),
    GoalState.RESTING: (GoalState.ACTIVE, GoalState.IDEA, GoalState.REACHED, GoalState.LET_GO),
    GoalState.REACHED: (GoalState.ACTIVE,),
    GoalState.LET_GO: (GoalState.ACTIVE, GoalState.IDEA),
}
