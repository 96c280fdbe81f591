"""Surveys, waves, asks and responses. A response knows no person: asks and responses are two tables without a key."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from alongside.foundation.models import Row
from alongside.mentorships.models import Mentorship
from alongside.programs.models import Program
from alongside.questionnaires.models import AnswerSet, Questionnaire
from alongside.surveys.enums import AskState, WaveState


class Survey(Row):
    """A survey a program asks. `key` names the shipped template (S1 …); `trigger` says when each pair is asked."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="surveys")
    key = models.CharField(max_length=20)
    questionnaire = models.OneToOneField(Questionnaire, on_delete=models.PROTECT, related_name="survey")
    trigger = models.JSONField(default=dict)
    switched_on = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["program", "key"], name="surveys_key_once_a_program"),)


class Wave(Row):
    """One time a survey is asked. `shown` counts the responses released so far (in batches of five or more)."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=WaveState.choices, default=WaveState.OPEN)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True)
    shown = models.PositiveIntegerField(default=0)
    you_said = models.TextField(blank=True, help_text="what the coordinator answers to a closed wave")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["survey", "number"], name="surveys_wave_number"),)


class Ask(Row):
    """One person is asked once, with at most one reminder. Its state is for the scheduler, never for staff."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="asks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="survey_asks")
    mentorship = models.ForeignKey(
        Mentorship, on_delete=models.CASCADE, null=True, related_name="survey_asks"
    )
    role = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=AskState.choices, default=AskState.PLANNED)
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["wave", "person", "mentorship"], name="surveys_asked_once"),
        )
        indexes = (
            models.Index(fields=["state", "due_at"], name="surveys_due", condition=Q(state="planned")),
        )


class Response(Row):
    """One set of answers. `pseudonym` links waves of one giver for change over time, under a key kept apart."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="responses")
    answers = models.OneToOneField(AnswerSet, on_delete=models.PROTECT, related_name="response")
    role = models.CharField(max_length=10)
    pseudonym = models.CharField(max_length=64)
    batch = models.PositiveIntegerField(null=True, help_text="the release it belongs to; null: not shown yet")


class Shared(Row):
    """Answers a person chose to share with the team by name ("I would like a hand")."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="shared")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    mentorship = models.ForeignKey(
        Mentorship, on_delete=models.CASCADE, null=True, related_name="shared_answers"
    )
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "shared"
