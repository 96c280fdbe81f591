"""Forms of the survey builder: what it begins with, when it comes, one question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.surveys.catalog import Trigger
from alongside.surveys.enums import OwnKind, SurveyAudience, TriggerKind
from alongside.surveys.triggers import trigger_of
from alongside.web.coordinator.forms.asking import ENDS, AskingForm, options_of
from alongside.web.coordinator.forms.setup import choose

if TYPE_CHECKING:
    from alongside.questionnaires.models import Question
    from alongside.surveys.models import Survey

START, REPEAT, END = "start", "repeat", "end"
OR_DAY = 14  # of the first talk: without one it comes then
MOMENTS = (
    (START, _("Some days after the start")),
    (REPEAT, _("Some days after the start, and again and again")),
    (TriggerKind.FIRST_TALK.value, _("Two days after the first talk")),
    (TriggerKind.AFTER_TALK.value, _("After every so many talks")),
    (TriggerKind.HALF_WAY.value, _("Half-way")),
    (TriggerKind.CLOSING.value, _("The day after a good ending")),
    (END, _("Some days after a good ending")),
)


class NewSurveyForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("People read it above the questions.")
    )
    copy_of = forms.ChoiceField(label=_("Begin with"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, surveys: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self.fields["copy_of"], [("", _("Nothing: your own questions")), *surveys])


class SurveyBasicsForm(forms.Form):
    """Words, audience and moment. Days and talks that a moment does not need are not looked at."""

    title = forms.CharField(label=_("Title"), max_length=120)
    intro = forms.CharField(
        label=_("A line above the questions"),
        required=False,
        max_length=300,
        help_text=_("How long it takes, and that any answer is fine."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    audience = forms.ChoiceField(label=_("Who is asked"), widget=forms.RadioSelect)
    moment = forms.ChoiceField(label=_("When it comes"), choices=MOMENTS, widget=forms.RadioSelect)
    day = forms.IntegerField(label=_("How many days"), min_value=1, max_value=730, required=False)
    every = forms.IntegerField(
        label=_("And again every so many days, or talks"), min_value=1, max_value=365, required=False
    )

    def __init__(self, *args: Any, audiences: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self.fields["audience"], audiences)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        moment = given.get("moment")
        if moment in (START, REPEAT, END) and not given.get("day") and "day" not in self.errors:
            self.add_error("day", _("Say after how many days."))
        if (
            moment in (REPEAT, TriggerKind.AFTER_TALK)
            and not given.get("every")
            and "every" not in self.errors
        ):
            self.add_error("every", _("Say how often."))
        if moment == REPEAT and 0 < (given.get("every") or 0) < 14:
            self.add_error("every", _("Leave people two weeks at least."))
        return given

    def trigger(self) -> Trigger:
        given = self.cleaned_data
        moment, day, every = given["moment"], given.get("day"), given.get("every")
        if moment == START:
            return Trigger(kind=TriggerKind.DAY, day=day, origin="start")
        if moment == REPEAT:
            return Trigger(kind=TriggerKind.DAY, day=day, origin="start", every=every, longer_than_months=0)
        if moment == END:
            return Trigger(kind=TriggerKind.DAY, day=day, origin="end")
        if moment == TriggerKind.FIRST_TALK:
            return Trigger(kind=moment, day=2, or_day=OR_DAY)
        return Trigger(kind=moment, every=every if moment == TriggerKind.AFTER_TALK else None)


class SurveyQuestionForm(AskingForm):
    """One question of `kind`. What a kind does not have is not asked."""

    private = forms.ChoiceField(
        label=_("Who sees the answer"),
        choices=[
            ("group", _("Nobody by name: counted in groups of five or more")),
            ("me", _("Nobody else: it stays with the person")),
        ],
        initial="group",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, kind: OwnKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without_choices = () if kind == OwnKind.SINGLE else ("options", "more_options")
        without_ends = () if kind == OwnKind.SCALE else ENDS
        self.leave_out((*without_choices, *without_ends))

    def told(self) -> dict[str, Any]:
        """As the actions take it."""
        given = self.cleaned_data
        return {
            "words": {name: given[name] for name in ("label", "label_for_mentor", "help")},
            "choices": self.choices_told(),
            "ends": self.ends_told(),
            "private": given["private"] == "me",
        }


def basics_of(survey: Survey) -> dict[str, Any]:
    """The form's beginnings for a survey that is there."""
    trigger = trigger_of(survey)
    moment = trigger.kind
    if trigger.kind == TriggerKind.DAY:
        moment = END if trigger.origin == "end" else REPEAT if trigger.every else START
    return {
        "title": survey.questionnaire.title,
        "intro": survey.questionnaire.intro,
        "audience": survey.audience,
        "moment": moment,
        "day": trigger.day,
        "every": trigger.every,
    }


def question_initial(question: Question) -> dict[str, Any]:
    return {
        "label": question.label,
        "label_for_mentor": question.label_for_mentor,
        "help": question.help,
        "options": options_of(question),
        "private": "me" if question.visibility == "me" else "group",
        **{name: question.settings.get(name) for name in ENDS},
    }


def audience_choices(mentee_label: str, mentor_label: str) -> list[tuple[str, Any]]:
    return [
        (SurveyAudience.BOTH.value, _("Both of a pair")),
        (SurveyAudience.MENTEE.value, mentee_label),
        (SurveyAudience.MENTOR.value, mentor_label),
    ]
