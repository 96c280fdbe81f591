"""Goals of one person within a mentorship: private by default, shared with the pair when they wish."""

from django.conf import settings
from django.db import models

from alongside.foundation.models import Row
from alongside.goals.enums import STEPS, GoalState
from alongside.mentorships.models import Mentorship


class Goal(Row):
    """A hope or aim. No due date unless its owner wants an "around when"; letting go is not failing."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="goals")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="goals")
    title_sealed = models.BinaryField()
    why_sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=GoalState.choices, default=GoalState.ACTIVE)
    state_since = models.DateTimeField()
    shared = models.BooleanField(default=False, help_text="the partner sees it")
    around_on = models.DateField(null=True)
    wakes_on = models.DateField(null=True, help_text="a resting goal asks softly from this day on")
    woke_at = models.DateTimeField(null=True, help_text="when it asked; it asks once a rest")
    became = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="grew_from")
    farewell_sealed = models.BinaryField(null=True, help_text="what matters more now")

    class Meta:
        indexes = (
            models.Index(fields=["mentorship", "state"], name="goals_of_pair"),
            models.Index(
                fields=["wakes_on"],
                condition=models.Q(state=GoalState.RESTING, woke_at__isnull=True),
                name="goals_to_wake",
            ),
        )

    def can_become(self, state: str) -> bool:
        """Whether `state` is a step from where this goal stands."""
        return state in STEPS[self.state]


class Step(Row):
    """One small step towards a goal, in the owner's order."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    text_sealed = models.BinaryField()
    position = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("position", "pk")
