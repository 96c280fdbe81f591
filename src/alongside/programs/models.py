"""A program: its dates and doors, its match type, staff, plan and texts."""

from django.conf import settings
from django.db import models

from alongside.foundation.models import Row
from alongside.foundation.wording import said
from alongside.programs.enums import (
    Access,
    Approval,
    MatchKind,
    PlanAudience,
    PlanItemKind,
    ProgramState,
    StaffRole,
)
from alongside.questionnaires.models import Questionnaire


class Program(Row):
    """One mentoring initiative. Dates are days in `zone`; all of them may move."""

    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True, help_text="Markdown")
    state = models.CharField(max_length=12, choices=ProgramState.choices, default=ProgramState.DRAFT)
    template_key = models.CharField(max_length=60, blank=True)
    zone = models.CharField(max_length=60, default="UTC")
    enrolls_from = models.DateField(null=True, blank=True)
    enrolls_until = models.DateField(null=True, blank=True)
    matches_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    access = models.CharField(max_length=10, choices=Access.choices, default=Access.INVITED)
    access_domains = models.CharField(
        max_length=300, blank=True, help_text="mail domains, separated by commas"
    )
    access_code = models.CharField(max_length=40, blank=True)
    join_token = models.CharField(
        max_length=43, unique=True, help_text="for the invitation link anyone may be given"
    )
    approval = models.CharField(max_length=12, choices=Approval.choices, default=Approval.COORDINATOR)
    places = models.PositiveIntegerField(
        null=True, blank=True, help_text="enrolled people at most; empty: no limit"
    )
    waitlist = models.BooleanField(default=True)
    contact = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contact_of")
    form = models.OneToOneField(Questionnaire, on_delete=models.PROTECT, related_name="program_of_form")
    requests_allowed = models.BooleanField(default=False, help_text="participants may ask each other")
    suggestions_allowed = models.BooleanField(
        default=True, help_text="mentees may name up to three mentors for the run"
    )
    show_scores = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)


class MatchType(Row):
    """How people are brought together in a program: roles and their labels, capacity, rhythm, matching settings."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="match_types")
    kind = models.CharField(max_length=20, choices=MatchKind.choices, default=MatchKind.ONE_TO_ONE)
    mentee_label = models.CharField(max_length=40, default="Mentee")
    mentees_label = models.CharField(max_length=40, default="Mentees")
    mentor_label = models.CharField(max_length=40, default="Mentor")
    mentors_label = models.CharField(max_length=40, default="Mentors")
    capacity_default = models.PositiveSmallIntegerField(default=1)
    capacity_limit = models.PositiveSmallIntegerField(default=3)
    months = models.PositiveSmallIntegerField(default=6)
    rhythm_days = models.PositiveSmallIntegerField(default=21)
    meeting_minutes = models.PositiveSmallIntegerField(default=45)
    trial_meetings = models.PositiveSmallIntegerField(default=3)
    rules = models.JSONField(default=dict, help_text="as programs.rules.MatchRules reads and writes it")

    def label_for(self, role: str, *, many: bool = False) -> str:
        """What this program calls the people of a role."""
        if role == "mentor":
            return said(self.mentors_label if many else self.mentor_label)
        return said(self.mentees_label if many else self.mentee_label)


class Staff(models.Model):
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="staff")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_roles")
    role = models.CharField(max_length=12, choices=StaffRole.choices, default=StaffRole.COORDINATOR)

    class Meta:
        verbose_name_plural = "staff"
        constraints = (
            models.UniqueConstraint(fields=["program", "person"], name="programs_one_role_a_person"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.program_id}"


class StaffInvitation(Row):
    """A letter to somebody without an account here: would they look after this program, too? One for each address.

    Its link carries `public_id` and `serial`, signed; sent anew, the link before is worth nothing.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="staff_invitations")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=12, choices=StaffRole.choices, default=StaffRole.COORDINATOR)
    serial = models.PositiveSmallIntegerField(default=1)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["program", "email"], name="programs_one_staff_letter_an_address"),
        )


class PlanStage(Row):
    """A stretch of the plan that every mentorship of the program is offered."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="plan_stages")
    name = models.CharField(max_length=80)
    intro = models.CharField(max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")


class PlanItem(Row):
    """One thing of a stage. `day` counts from the start of the mentorship."""

    stage = models.ForeignKey(PlanStage, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=PlanItemKind.choices)
    key = models.CharField(max_length=60, blank=True, help_text="activity, agenda or survey it stands for")
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    who = models.CharField(max_length=10, choices=PlanAudience.choices, default=PlanAudience.BOTH)
    day = models.SmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("day", "position", "pk")


class ProgramText(models.Model):
    """A mail or notice text a coordinator worded for the program; absent means the product's own wording."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="texts")
    key = models.CharField(max_length=60)
    language = models.CharField(max_length=10, default="en")
    subject = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["program", "key", "language"], name="programs_one_text"),
        )

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"
