"""Forms of the survey builder: what it begins with, when it comes, one question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.surveys.catalog import Trigger
from alongside.surveys.enums import OwnKind, SurveyAudience, TriggerKind
from alongside.surveys.triggers import trigger_of
from alongside.web.coordinator.forms.question import OptionsField
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


class SurveyQuestionForm(forms.Form):
    """One question of `kind`. What a kind does not have is not asked."""

    label = forms.CharField(label=_("The question"), max_length=300)
    label_for_mentor = forms.CharField(
        label=_("In other words for mentors"),
        max_length=300,
        required=False,
        help_text=_("Leave it empty for the same."),
    )
    help = forms.CharField(label=_("A line of help"), max_length=500, required=False)
    options = OptionsField(label=_("Choices"), required=False)
    more_options = forms.CharField(
        label=_("More choices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line."),
    )
    least = forms.IntegerField(label=_("From"), min_value=-10, max_value=10)
    most = forms.IntegerField(label=_("To"), min_value=-10, max_value=10)
    least_label = forms.CharField(label=_("Word for the lower end"), max_length=60, required=False)
    most_label = forms.CharField(label=_("Word for the upper end"), max_length=60, required=False)
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
        if kind != OwnKind.SINGLE:
            del self.fields["options"], self.fields["more_options"]
        else:
            self.fields["more_options"].required = not self.initial.get("options")
        if kind != OwnKind.SCALE:
            for name in ("least", "most", "least_label", "most_label"):
                del self.fields[name]

    def told(self) -> dict[str, Any]:
        """As the actions take it."""
        given = self.cleaned_data
        more = [("", line.strip()) for line in given.get("more_options", "").splitlines() if line.strip()]
        ends = {name: given[name] for name in ("least", "most", "least_label", "most_label") if name in given}
        return {
            "words": {name: given[name] for name in ("label", "label_for_mentor", "help")},
            "choices": [*(given.get("options") or []), *more],
            "ends": ends,
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
        "options": [(option["id"], option["label"]) for option in question.options],
        "private": "me" if question.visibility == "me" else "group",
        **{name: question.settings.get(name) for name in ("least", "most", "least_label", "most_label")},
    }


def audience_choices(mentee_label: str, mentor_label: str) -> list[tuple[str, Any]]:
    return [
        (SurveyAudience.BOTH.value, _("Both of a pair")),
        (SurveyAudience.MENTEE.value, mentee_label),
        (SurveyAudience.MENTOR.value, mentor_label),
    ]
