"""What a pair does together: from the library, from the program's plan, or their own idea."""

from django.conf import settings
from django.db import models

from alongside.activities.enums import ActivityState
from alongside.foundation.models import Row
from alongside.mentorships.models import Mentorship
from alongside.programs.models import PlanItem


class Activity(Row):
    """One thing planned in a mentorship. Skipping is a choice like any other."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="activities")
    library_key = models.CharField(max_length=60, blank=True)
    plan_item = models.ForeignKey(PlanItem, on_delete=models.SET_NULL, null=True, related_name="+")
    title_sealed = models.BinaryField(null=True, help_text="own activities: the pair's words")
    text_sealed = models.BinaryField(null=True)
    notes_sealed = models.BinaryField(null=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    planned_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=ActivityState.choices, default=ActivityState.PLANNED)
    steps_done = models.JSONField(default=list, help_text="positions of the ticked steps")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "activities"
        constraints = (
            models.UniqueConstraint(fields=["mentorship", "plan_item"], name="activities_plan_item_once"),
        )


class LibraryText(Row):
    """An activity that the installation adds to the library, or words anew (same key)."""

    key = models.CharField(max_length=60, unique=True)
    data = models.JSONField()
    hidden = models.BooleanField(default=False)
