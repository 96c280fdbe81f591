"""Runs, what they propose, what coordinators override, and what participants ask of each other."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from alongside.enrollment.models import Participation
from alongside.foundation.models import Row
from alongside.matching.enums import OverrideKind, ProposalState, RequestState, RunState
from alongside.mentorships.models import Mentorship
from alongside.programs.models import MatchType, Program


class Run(Row):
    """One matching of a whole program: the frozen input, what came out, and the proof."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="runs")
    match_type = models.ForeignKey(MatchType, on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.DRAFT)
    snapshot = models.JSONField(default=dict, help_text="engine input; ids are participations' public ids")
    result = models.JSONField(null=True, help_text="engine result with certificate")
    total = models.BigIntegerField(null=True)
    gap = models.BigIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    solved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    undo_until = models.DateTimeField(null=True)


class Proposal(Row):
    """A pair that a run proposes, or that a coordinator added by hand (`by_hand`)."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="proposals")
    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    points = models.IntegerField()
    reasons = models.JSONField(default=list)
    by_hand = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    mentorship = models.ForeignKey(Mentorship, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["run", "mentee", "mentor"], name="matching_proposal_once"),
        )


class Override(Row):
    """A coordinator's word about a pair, kept for every later run until taken back."""

    match_type = models.ForeignKey(MatchType, on_delete=models.CASCADE, related_name="overrides")
    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=OverrideKind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["match_type", "mentee", "mentor"], name="matching_override_once"),
        )


class Suggestion(Row):
    """A mentor a mentee names for the run, in order of wish (1 to 3)."""

    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="suggestions")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["mentee", "mentor"], name="matching_suggest_once"),
            models.UniqueConstraint(fields=["mentee", "rank"], name="matching_one_suggestion_a_rank"),
        )


class Request(Row):
    """A mentee asks a mentor. The message is sealed with the mentee's key in the scope of the request."""

    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="requests_sent")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="requests_received")
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.SENT)
    message_sealed = models.BinaryField(null=True)
    reply_sealed = models.BinaryField(null=True)
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    mentorship = models.ForeignKey(Mentorship, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["mentee", "mentor"],
                condition=Q(state=RequestState.SENT),
                name="matching_one_open_request",
            ),
        )
