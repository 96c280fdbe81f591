"""A person's way into a program: invitation, import, participation."""

from datetime import datetime

from django.conf import settings
from django.db import models

from alongside.enrollment.enums import (
    OPEN_INVITATIONS,
    EnrollmentStep,
    ImportState,
    InvitationState,
    ParticipationState,
    Role,
)
from alongside.foundation.clock import now
from alongside.foundation.models import Row
from alongside.programs.models import MatchType, Program
from alongside.questionnaires.models import AnswerSet


class Invitation(Row):
    """A letter to one address. The token is made from `public_id` and `serial` (see `tokens`); only its hash is kept.

    A new serial makes every link sent before it worthless: taken back and invited again is a new invitation.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MENTEE)
    serial = models.PositiveSmallIntegerField(default=1)
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=InvitationState.choices, default=InvitationState.SENT)
    sent_at = models.DateTimeField(default=now)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["program", "email"], name="enrollment_one_invitation_an_address"),
        )

    def is_open(self, *, now: datetime) -> bool:
        """Whether its link still lets somebody in."""
        return self.state in OPEN_INVITATIONS and now < self.expires_at


class Participation(Row):
    """A person's place in a program, in a role. `steps_done` lists the enrollment steps they have saved.

    `importance` maps question keys to 0–3, the person's own weight. `capacity` counts mentees a mentor can hold at once;
    0 says: full right now. `imported` maps what a sheet filled to a digest of what it said, so that the same sheet again
    changes nothing and a changed cell is seen, without keeping the words a second time.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="participations")
    match_type = models.ForeignKey(MatchType, on_delete=models.PROTECT, related_name="participations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participations"
    )
    role = models.CharField(max_length=10, choices=Role.choices)
    state = models.CharField(
        max_length=12, choices=ParticipationState.choices, default=ParticipationState.STARTED
    )
    answers = models.OneToOneField(AnswerSet, on_delete=models.PROTECT, related_name="participation")
    steps_done = models.JSONField(default=list)
    step = models.CharField(max_length=20, choices=EnrollmentStep.choices, default=EnrollmentStep.ABOUT_YOU)
    capacity = models.PositiveSmallIntegerField(default=1)
    hours_per_month = models.PositiveSmallIntegerField(default=2)
    importance = models.JSONField(default=dict)
    reference = models.CharField(
        max_length=80, blank=True, help_text="the organization's own id, from an import"
    )
    came_with = models.ForeignKey(
        "SheetImport", on_delete=models.SET_NULL, null=True, related_name="participations"
    )
    imported = models.JSONField(default=dict)
    state_since = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    note_from_team = models.CharField(
        max_length=400, blank=True, help_text="shown to the person with a decision"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["program", "person"], name="enrollment_once_a_program"),
        )
        indexes = (models.Index(fields=["program", "state"], name="enrollment_by_state"),)


class NotWith(models.Model):
    """Whom a participant should not be matched with. Theirs alone: no page of staff or others ever shows it.

    `digest` is a keyed digest of the address, which matching compares; the address itself is sealed for its owner. So it
    also holds for people who join later, and nobody learns from it who has an account here.
    """

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="not_with")
    digest = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        verbose_name_plural = "not with"
        constraints = (
            models.UniqueConstraint(fields=["participation", "digest"], name="enrollment_not_with_once"),
        )

    def __str__(self) -> str:
        return f"{self.participation_id} not with somebody"


class SheetImport(Row):
    """An uploaded sheet between its dry run and its confirmation. The bytes are dropped when it is done."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="imports")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    settings = models.JSONField(
        default=dict, help_text="mapping of columns, default role, accepted new options, order of scales"
    )
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.CHECKED)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)


class Tag(models.Model):
    """A coordinator's word for sorting people; never shown to participants."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=40)
    participations = models.ManyToManyField(Participation, related_name="tags", blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["program", "name"], name="enrollment_tag_once"),)

    def __str__(self) -> str:
        return self.name
