"""Surveys, waves, asks and responses. A response knows no person: asks and responses are two tables without a key."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from alongside.foundation.models import Row, Unordered
from alongside.mentorships.models import Mentorship
from alongside.programs.models import Program
from alongside.questionnaires.models import AnswerSet, Questionnaire
from alongside.surveys.enums import AskState, SurveyAudience, WaveState


class Survey(Row):
    """A survey a program asks. `key` names the shipped survey; `trigger` is its `catalog.Trigger` as JSON.

    Those a program words itself are `is_own`. Once answered they stay as they are: a new version `replaces` them.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="surveys")
    key = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField(default=0)
    questionnaire = models.OneToOneField(Questionnaire, on_delete=models.PROTECT, related_name="survey")
    trigger = models.JSONField(default=dict)
    switched_on = models.BooleanField(default=True)
    is_own = models.BooleanField(default=False)
    audience = models.CharField(max_length=10, choices=SurveyAudience.choices, default=SurveyAudience.BOTH)
    seconds = models.PositiveSmallIntegerField(default=60, help_text="how long it takes")
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replaced_by")

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=["program", "key"], name="surveys_key_once_a_program"),)


class Wave(Row):
    """People asked the same survey, whose answers are looked at together. Pairs start on different days, so a wave
    gathers until a coordinator closes it. `shown` counts the responses released so far (in batches of five or more).
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField(default=1)
    turn = models.PositiveSmallIntegerField(default=1, help_text="which time a pair is asked this survey")
    state = models.CharField(max_length=8, choices=WaveState.choices, default=WaveState.OPEN)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True)
    shown = models.PositiveIntegerField(default=0)
    you_said = models.TextField(blank=True, help_text="what people said, in the coordinator's words")
    we_will = models.TextField(blank=True)
    we_cannot = models.TextField(blank=True)
    card_at = models.DateTimeField(null=True, help_text="when the coordinator put the card up")

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["survey", "number"], name="surveys_wave_number"),
            models.UniqueConstraint(
                fields=["survey", "turn"],
                condition=Q(state=WaveState.OPEN),
                name="surveys_one_open_wave_a_turn",
            ),
        )


class Ask(Row):
    """One person is asked once, with at most one reminder. Its state is for the scheduler, never for staff.

    No instant tells when it was answered: beside the order of responses that would name their givers.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="asks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="survey_asks")
    mentorship = models.ForeignKey(
        Mentorship, on_delete=models.CASCADE, null=True, related_name="survey_asks"
    )
    role = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=AskState.choices, default=AskState.PLANNED)
    planned_for = models.DateTimeField(help_text="when it was meant to come")
    due_at = models.DateTimeField(help_text="when the scheduler looks at it next")
    asked_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["wave", "person", "mentorship"], name="surveys_asked_once"),
        )
        indexes = (
            models.Index(fields=["state", "due_at"], name="surveys_due", condition=Q(state="planned")),
            models.Index(fields=["person", "asked_at"], name="surveys_of_person"),
        )


class Response(Unordered, Row):
    """One set of answers, of the kind counted in groups. `pseudonym` links waves of one giver for change over time,
    under a key kept apart. `created_at` is the first day of the wave for all of them, and keys tell no order: beside
    `OwnAnswers` of the same hour that would name their givers."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="responses")
    answers = models.OneToOneField(AnswerSet, on_delete=models.PROTECT, related_name="response")
    role = models.CharField(max_length=10)
    pseudonym = models.CharField(max_length=64)
    batch = models.PositiveIntegerField(null=True, help_text="the release it belongs to; null: not shown yet")

    class Meta:
        indexes = (models.Index(fields=["pseudonym"], name="surveys_of_giver"),)


class OwnAnswers(Row):
    """What somebody answered for themself alone, sealed with their own key: JSON by question key."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="own_answers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="own_survey_answers"
    )
    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, null=True, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        verbose_name_plural = "own answers"


class Shared(Row):
    """Answers a person chose to share with the team by name ("I would like a hand"), by question key."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="shared")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shared_answers"
    )
    mentorship = models.ForeignKey(
        Mentorship, on_delete=models.CASCADE, null=True, related_name="shared_answers"
    )
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "shared"
