"""What was seen of each mentorship, as the two see it first, and the cases a coordinator helps with."""

from django.conf import settings
from django.db import models

from alongside.foundation.models import Row
from alongside.insights.enums import CaseState, SignalState
from alongside.mentorships.models import Mentorship
from alongside.programs.models import Program


class Signal(models.Model):
    """The present state of one mentorship. `team_from` is when staff may see it; the two see it at once."""

    mentorship = models.OneToOneField(Mentorship, on_delete=models.CASCADE, related_name="signal")
    state = models.CharField(max_length=10, choices=SignalState.choices, default=SignalState.SETTLED)
    reason = models.CharField(max_length=30, blank=True)
    facts = models.JSONField(default=dict, help_text="month-level facts for the sentence; never content")
    since_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, help_text="when the two first saw the offer")
    team_from = models.DateTimeField(null=True)
    dismissed_until = models.DateTimeField(null=True)
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.state} for {self.mentorship_id}"


class Case(Row):
    """Something a coordinator helps with: a hand asked for, a concern, a question."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="cases")
    mentorship = models.ForeignKey(Mentorship, on_delete=models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.NEW)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    note_sealed = models.BinaryField(null=True, help_text="what the person wrote to the team")
    team_notes_sealed = models.BinaryField(null=True)
    settled_at = models.DateTimeField(null=True)
    helped = models.BooleanField(null=True)
