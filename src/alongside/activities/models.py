"""What a pair does together: from the library, from the program's plan, or their own idea."""

from django.conf import settings
from django.db import models

from alongside.activities.enums import ActivityKind, ActivityState
from alongside.foundation.models import Row
from alongside.mentorships.enums import MentorshipState
from alongside.mentorships.models import Mentorship
from alongside.programs.enums import PlanAudience
from alongside.programs.models import PlanItem


class Activity(Row):
    """One thing planned in a mentorship. Skipping is a choice like any other.

    What came from the program's plan carries the plan's words with it (`stage`, `title`, `text`), so that a plan edited
    later does not change what two people agreed on. Words of the two themselves are sealed.
    """

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=10, choices=ActivityKind.choices, default=ActivityKind.ACTIVITY)
    library_key = models.CharField(
        max_length=60, blank=True, help_text="of the activity; of the agenda for a talk"
    )
    plan_item = models.ForeignKey(PlanItem, on_delete=models.SET_NULL, null=True, related_name="+")
    stage = models.CharField(max_length=80, blank=True, help_text="of the plan; empty: planned by the two")
    stage_intro = models.CharField(max_length=400, blank=True)
    stage_position = models.PositiveSmallIntegerField(default=0)
    who = models.CharField(max_length=10, choices=PlanAudience.choices, default=PlanAudience.BOTH)
    title = models.CharField(max_length=160, blank=True, help_text="the plan's words")
    text = models.TextField(blank=True, help_text="the plan's words")
    title_sealed = models.BinaryField(null=True, help_text="own activities: the pair's words")
    text_sealed = models.BinaryField(null=True)
    notes_sealed = models.BinaryField(null=True)
    notes_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    notes_version = models.PositiveIntegerField(default=0)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    planned_on = models.DateField(null=True)
    plan_day = models.PositiveSmallIntegerField(
        null=True, help_text="the plan's day since the start; null: the two chose a day of their own"
    )
    state = models.CharField(max_length=10, choices=ActivityState.choices, default=ActivityState.PLANNED)
    steps_done = models.JSONField(default=list, help_text="positions of the ticked steps")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "activities"
        indexes = (models.Index(fields=["mentorship", "state", "planned_on"], name="activities_of_pair"),)
        constraints = (
            models.UniqueConstraint(fields=["mentorship", "plan_item"], name="activities_plan_item_once"),
        )


class Letter(Row):
    """A letter of one of the two to themself, shut for everybody, its writer included, until the two part.

    `created_at` is when it was sealed.
    """

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="letters")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text_sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["mentorship", "writer"], name="activities_one_letter_each"),
        )

    @property
    def stays_shut(self) -> bool:
        return self.mentorship.state not in {MentorshipState.CLOSING, MentorshipState.CLOSED}
