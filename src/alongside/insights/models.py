"""What was seen of each mentorship, as the two see it first; cases a coordinator helps with; figures counted once."""

from django.conf import settings
from django.db import models

from alongside.foundation.models import Row
from alongside.insights.enums import CaseKind, CaseState, SignalState
from alongside.mentorships.models import Mentorship
from alongside.programs.models import Program


class Signal(models.Model):
    """The present reading of one mentorship by `engine.health`. The two see theirs at once, staff what `team_…` says.

    `readings` holds one reading for each of the two by their id, `findings` what to tell whom; both without words of
    people, with months instead of days.
    """

    mentorship = models.OneToOneField(Mentorship, on_delete=models.CASCADE, related_name="signal")
    readings = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    team_state = models.CharField(
        max_length=20, choices=SignalState.choices, default=SignalState.SETTLED, db_index=True
    )
    team_reason = models.CharField(max_length=60, blank=True)
    team_since = models.DateField(null=True, help_text="first day of the month the reason names")
    team_from = models.DateTimeField(null=True, help_text="since when staff see this word")
    offered_at = models.DateTimeField(null=True, help_text="when the two were last offered help in a silence")
    start_offered_at = models.DateTimeField(null=True, help_text="when the two were asked about a slow start")
    fine_at = models.DateTimeField(null=True, help_text="when one of them last said: we're fine, thanks")
    offers = models.PositiveSmallIntegerField(default=0)
    fines = models.PositiveSmallIntegerField(default=0, help_text="offers answered with: we're fine, thanks")
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.team_state} for {self.mentorship_id}"


class Case(Row):
    """Something a coordinator helps with. One of `CaseKind.SAFETY` is for the program's contact person alone."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="cases")
    mentorship = models.ForeignKey(Mentorship, on_delete=models.SET_NULL, null=True, related_name="cases")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="cases"
    )
    kind = models.CharField(max_length=20, choices=CaseKind.choices)
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.NEW)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    note_sealed = models.BinaryField(null=True, help_text="what the person wrote to the team")
    team_note_sealed = models.BinaryField(null=True, help_text="what the team keeps in mind")
    settled_at = models.DateTimeField(null=True)
    helped = models.BooleanField(null=True, help_text="what the person says; null: nothing yet")

    class Meta:
        indexes = (models.Index(fields=["program", "state"], name="insights_open_cases"),)


class Snapshot(models.Model):
    """The figures of a program as they were counted last, with what they were counted from."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="figures")
    version = models.CharField(max_length=60)
    figures = models.JSONField(default=dict)
    counted_at = models.DateTimeField()
    took_ms = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"figures of {self.program_id}"
