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
    """One matching of a whole program: the frozen input, what came out, and the proof.

    `snapshot_sealed` opens to the engine's program as canonical JSON, whose ids are participations' public ids. It is
    sealed because it knows who does not want to be matched with whom. `result` is the engine's result, certificate
    included. `base` is the run this one was solved again from.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="runs")
    match_type = models.ForeignKey(MatchType, on_delete=models.CASCADE, related_name="runs")
    base = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.DRAFT)
    snapshot_sealed = models.BinaryField(null=True)
    result = models.TextField(blank=True)
    mentees = models.PositiveIntegerField(default=0)
    seats = models.PositiveIntegerField(default=0)
    total = models.BigIntegerField(null=True, help_text="without the bonus for pairs that stayed")
    gap = models.BigIntegerField(null=True)
    progress = models.PositiveSmallIntegerField(default=0, help_text="percent, while it is being solved")
    stop_asked = models.BooleanField(default=False)
    trouble = models.CharField(max_length=300, blank=True, help_text="why it stopped, for the coordinator")
    pins_set_aside = models.PositiveSmallIntegerField(
        default=0, help_text="pins that a limit did not let stand"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    solved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    undo_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-pk")

    @property
    def scope(self) -> str:
        """The vault scope of the snapshot."""
        return f"run:{self.public_id}"

    @property
    def snapshot_place(self) -> str:
        """What the sealed snapshot is bound to."""
        return f"run:{self.public_id}:snapshot"


class Proposal(Row):
    """A pair that a run proposes, or that a coordinator added by hand (`by_hand`).

    `reasons` are facts without words (see `reasons`); `fit` is the share, in percent, of all the points this pair
    could have reached, `points` what the engine counted. `wish` is the place the mentee gave this mentor, if any.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="proposals")
    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    points = models.IntegerField()
    fit = models.SmallIntegerField(default=0)
    reasons = models.JSONField(default=list)
    wish = models.PositiveSmallIntegerField(null=True)
    pinned = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    mentorship = models.ForeignKey(Mentorship, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["run", "mentee", "mentor"], name="matching_proposal_once"),
            models.UniqueConstraint(
                fields=["run", "mentee"],
                condition=~Q(state=ProposalState.REMOVED),
                name="matching_one_mentor_a_mentee_and_run",
            ),
        )
        indexes = (models.Index(fields=["run", "state"], name="matching_proposals_by_state"),)


class Unmatched(models.Model):
    """A mentee a run found nobody for, and why. `barriers` lists [rule key, mentors, alone]; private wishes are not
    among them."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="unmatched")
    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=20, help_text="as engine.matching.Why")
    allowed = models.PositiveIntegerField(default=0)
    short = models.IntegerField(null=True)
    barriers = models.JSONField(default=list)

    class Meta:
        verbose_name_plural = "unmatched"
        constraints = (models.UniqueConstraint(fields=["run", "mentee"], name="matching_unmatched_once"),)

    def __str__(self) -> str:
        return f"{self.mentee_id} in run {self.run_id}: {self.why}"


class Override(Row):
    """A coordinator's word about a pair, kept for every later run until taken back."""

    match_type = models.ForeignKey(MatchType, on_delete=models.CASCADE, related_name="overrides")
    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=OverrideKind.choices)
    changed_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["match_type", "mentee", "mentor"], name="matching_override_once"),
            models.UniqueConstraint(
                fields=["match_type", "mentee"],
                condition=Q(kind=OverrideKind.PIN),
                name="matching_one_pin_a_mentee",
            ),
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
    """A mentee asks a mentor. The words of either are sealed with their own key in the scope of the request.

    `remind_at` and `expires_at` come after working days of the receiver, as far as their hours are known today.
    """

    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="requests_sent")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="requests_received")
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.SENT)
    message_sealed = models.BinaryField(null=True)
    reply_sealed = models.BinaryField(null=True)
    remind_at = models.DateTimeField()
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
        indexes = (
            models.Index(
                fields=["expires_at"], condition=Q(state=RequestState.SENT), name="matching_requests_open"
            ),
        )

    @property
    def scope(self) -> str:
        """The vault scope of what the two wrote."""
        return f"request:{self.public_id}"

    @property
    def message_place(self) -> str:
        """What the sealed message is bound to."""
        return f"request:{self.public_id}:message"

    @property
    def reply_place(self) -> str:
        """What the sealed reply is bound to."""
        return f"request:{self.public_id}:reply"
