"""Questions and answers. Option ids stay when wording changes, so old answers keep their meaning."""

from django.db import models

from alongside.foundation.models import Row, Unordered
from alongside.foundation.wording import said
from alongside.questionnaires.enums import Audience, MatchRule, QuestionKind, Visibility


class Questionnaire(Row):
    """An ordered set of questions: the form of a program, or a survey."""

    title = models.CharField(max_length=120)
    intro = models.TextField(blank=True)

    @property
    def title_said(self) -> str:
        """The title as its readers read it."""
        return said(self.title)

    @property
    def intro_said(self) -> str:
        return said(self.intro)


class Question(Row):
    """One question. `options` is a list of {"id", "label"}, in order; ids are stable, labels may be reworded.

    Options taken out stand in `gone_options` ({id: label}), so old answers stay readable and no id is given twice.
    `settings` holds what the kind needs (see `fields`); `match_weight` is in points of 100,000, `match_settings`
    what the rule needs (direction, steps table, half hours for full points). A retired question is no longer asked
    but its answers stay readable. `version` counts changes, for two people who edit at once.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=QuestionKind.choices)
    label = models.CharField(max_length=300)
    help = models.CharField(max_length=500, blank=True)
    step = models.CharField(max_length=20, default="topics", help_text="the enrollment step it stands on")
    position = models.PositiveSmallIntegerField(default=0)
    required = models.BooleanField(default=False)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    label_for_mentor = models.CharField(
        max_length=300, blank=True, help_text="wording for mentors where it differs"
    )
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.PARTNER)
    fills = models.CharField(
        max_length=40,
        blank=True,
        help_text="where the answer lives, if not here: person.about, preferences.hours …",
    )
    options = models.JSONField(default=list)
    gone_options = models.JSONField(default=dict)
    settings = models.JSONField(default=dict)
    match_rule = models.CharField(max_length=20, choices=MatchRule.choices, default=MatchRule.NONE)
    match_weight = models.PositiveIntegerField(default=0)
    match_settings = models.JSONField(default=dict)
    construct = models.CharField(max_length=20, blank=True, help_text="survey items: what it measures")
    reversed = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["questionnaire", "key"], name="questionnaires_key_once_a_questionnaire"
            ),
        )

    def label_for(self, role: str) -> str:
        """The wording this role reads; only mentors have wordings of their own."""
        return said(self.label_for_mentor if role == "mentor" and self.label_for_mentor else self.label)

    @property
    def help_said(self) -> str:
        """The line beneath the question, as its readers read it."""
        return said(self.help)

    def option_label(self, option_id: str) -> str:
        """The present wording of an option, also of one taken out; its id where nobody knows it."""
        for option in self.options:
            if option["id"] == option_id:
                return said(str(option["label"]))
        return said(str(self.gone_options.get(option_id, option_id)))

    @property
    def option_ids(self) -> list[str]:
        return [option["id"] for option in self.options]


class AnswerSet(Unordered, Row):
    """The answers of one respondent to one questionnaire. Who that is, the owning room knows.

    Sets and answers have unordered keys: some are given by people nobody may name.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="answer_sets")
    changed_at = models.DateTimeField()


class Answer(Unordered):
    """One answer. What `value` holds for each kind, `fields` says.

    Answers that only their giver may read (visibility "me") stand sealed in `sealed`, with `value` null.
    """

    answer_set = models.ForeignKey(AnswerSet, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    value = models.JSONField(null=True)
    sealed = models.BinaryField(null=True)
    file = models.FileField(upload_to="answers/", blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["answer_set", "question"], name="questionnaires_one_answer"),
        )

    def __str__(self) -> str:
        return f"answer {self.pk}"
