"""The relationship. Text of the two is sealed with a key per author within the mentorship (scope `scope`)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from alongside.enrollment.models import Participation
from alongside.foundation.models import Row
from alongside.mentorships.enums import EndKind, EndReason, MemberRole, MentorshipState, NewMatch
from alongside.programs.models import MatchType, Program


class Mentorship(Row):
    """The people of one relationship on their way together. Dates are days in the program's zone."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="mentorships")
    match_type = models.ForeignKey(MatchType, on_delete=models.PROTECT, related_name="mentorships")
    state = models.CharField(max_length=10, choices=MentorshipState.choices, default=MentorshipState.TRIAL)
    state_since = models.DateTimeField()
    started_on = models.DateField()
    ends_on = models.DateField()
    rhythm_days = models.PositiveSmallIntegerField(null=True, help_text="null: when we need it")
    reasons = models.JSONField(
        default=list, help_text="why these two: lines of a `ReasonKind`, worded for each role"
    )
    first_met_at = models.DateTimeField(null=True)
    last_contact_on = models.DateField(null=True, help_text="any contact the two told of or had here")
    other_contact_on = models.DateField(null=True, help_text="the same without talks: in writing, or told of")
    end_told_for = models.DateField(null=True, help_text="the end date the two have been told is near")

    # No column: all members with their people, where a query read them along; see `access`.
    known_members: tuple["Member", ...] = ()

    class Meta:
        indexes = (models.Index(fields=["program", "state"], name="mentorships_by_state"),)

    @property
    def scope(self) -> str:
        """The vault scope of everything the two write."""
        return f"mentorship:{self.public_id}"


class Member(models.Model):
    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="members")
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=MemberRole.choices)
    left_at = models.DateTimeField(null=True)
    introduction_put_away_at = models.DateTimeField(null=True, help_text="the member has read why these two")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["mentorship", "person"], name="mentorships_member_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.mentorship_id}"


class Pause(Row):
    """A time the mentorship rests as a whole, asked for by one of the two; open until `ended_at`."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="pauses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    from_at = models.DateTimeField()
    until_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    state_before = models.CharField(max_length=10, choices=MentorshipState.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["mentorship"], condition=Q(ended_at__isnull=True), name="mentorships_one_open_pause"
            ),
        )


class Closing(Row):
    """How one person ended it. `words` are for the partner; `reason` and `note` are never shown to anyone else.

    Reasons are counted in groups only. A row exists at most once per person while the mentorship is ending or ended.
    """

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="closings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=14, choices=EndKind.choices)
    reason = models.CharField(max_length=14, choices=EndReason.choices, blank=True)
    note_sealed = models.BinaryField(null=True)
    words_sealed = models.BinaryField(null=True, help_text="thanks and what was good, for the partner")
    wants_new_match = models.CharField(max_length=10, choices=NewMatch.choices, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["mentorship", "by"], name="mentorships_one_closing_each"),
        )


class OwnAnswers(Row):
    """What one of the two answered alone, before writing the agreement. The other reads it once both are done."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="own_answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    answers_sealed = models.BinaryField(null=True, help_text="JSON by field key")
    done_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "own answers"
        constraints = (
            models.UniqueConstraint(fields=["mentorship", "person"], name="mentorships_answered_once"),
        )


class Agreement(Row):
    """One version of how the two want to do this. `agreed_sealed` holds JSON by field key, sealed by the proposer.

    `rhythm_days` takes effect when both have signed; null: when we need it.
    """

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    agreed_sealed = models.BinaryField(null=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    rhythm_days = models.PositiveSmallIntegerField(null=True)
    review_on = models.DateField(null=True)
    in_force_at = models.DateTimeField(null=True, help_text="when the last of the two signed")

    class Meta:
        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint(fields=["mentorship", "version"], name="mentorships_agreement_version"),
        )


class Signature(models.Model):
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agreement", "person"], name="mentorships_sign_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} signed {self.agreement_id}"
