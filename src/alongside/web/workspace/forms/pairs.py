"""Forms about the pair itself: rhythm, rest, contact, agreement, ending."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.foundation.wording import in_words
from alongside.insights.enums import ASKED_FOR, CaseKind
from alongside.mentorships.agreement_form import AgreementField, agreement_form
from alongside.mentorships.enums import EndReason, NewMatch

WHEN_NEEDED = "none"
RHYTHMS = [
    ("7", pgettext_lazy("choice", "every week")),
    ("14", _("every 2 weeks")),
    ("21", _("every 3 weeks")),
    ("28", _("every 4 weeks")),
    ("42", _("every 6 weeks")),
    (WHEN_NEEDED, _("when we need it")),
]
_LONGEST_LINE = 2000


class DayInput(forms.DateInput):
    """A day in the browser's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def rhythm_choices(present: int | None) -> list[tuple[str, Any]]:
    """The usual rhythms, and the present one when it is another."""
    value = WHEN_NEEDED if present is None else str(present)
    if any(value == key for key, _label in RHYTHMS):
        return RHYTHMS
    return [(value, _("every %(count)s days") % {"count": present}), *RHYTHMS]


class RhythmForm(forms.Form):
    def __init__(self, *args: Any, present: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rhythm_days"] = _rhythm_field(present)

    def clean_rhythm_days(self) -> int | None:
        return _days(self.cleaned_data["rhythm_days"])


class PauseForm(forms.Form):
    until_on = forms.DateField(label=_("Until"), required=False, widget=DayInput)


class EndDateForm(forms.Form):
    ends_on = forms.DateField(label=_("Until"), widget=DayInput)


class ContactForm(forms.Form):
    on = forms.DateField(label=_("On"), widget=DayInput)


class HandForm(forms.Form):
    """What somebody would like from the team."""

    kind = forms.ChoiceField(
        label=_("What would help?"),
        choices=[(kind, kind.label) for kind in ASKED_FOR],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_kind(self) -> CaseKind:
        return CaseKind(self.cleaned_data["kind"])


class HelpedForm(forms.Form):
    """Whether the team's help helped."""

    helped = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("Not yet"))])


class EndWellForm(forms.Form):
    words = forms.CharField(
        label=_("Words for your partner"),
        help_text=_("What was good, what you take with you, what you wish them. Or nothing at all."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    note = forms.CharField(
        label=_("A note to yourself"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EndEarlyForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What comes closest?"),
        choices=EndReason.choices,
        initial=EndReason.UNSAID,
        widget=forms.RadioSelect,
    )
    new_match = forms.ChoiceField(
        label=_("Would you like to be matched again?"),
        choices=NewMatch.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Words for your partner"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        label=_("A note to yourself"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_reason(self) -> EndReason:
        return EndReason(self.cleaned_data["reason"])

    def clean_new_match(self) -> NewMatch | None:
        value = self.cleaned_data["new_match"]
        return NewMatch(value) if value else None


class OwnAnswersForm(forms.Form):
    """All fields of the agreement, to be answered alone; every one may stay empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in in_words(agreement_form()).fields:
            self.fields[field.key] = _line(field, help_text=field.help)


class AgreedForm(forms.Form):
    """The lines the two agree on. The five that make it usable must not stay empty."""

    def __init__(self, *args: Any, present_rhythm: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in in_words(agreement_form()).fields:
            self.fields[field.key] = _line(field, required=field.usable)
        self.fields["rhythm_days"] = _rhythm_field(present_rhythm)
        self.fields["review_on"] = forms.DateField(
            label=_("Look at it again on"), required=False, widget=DayInput
        )

    def lines(self) -> dict[str, str]:
        """The agreed lines by field key."""
        return {
            field.key: self.cleaned_data.get(field.key, "") for field in in_words(agreement_form()).fields
        }

    def rhythm_days(self) -> int | None:
        return _days(self.cleaned_data["rhythm_days"])

    def review_on(self) -> date | None:
        day: date | None = self.cleaned_data["review_on"]
        return day


def _rhythm_field(present: int | None) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Rhythm"),
        choices=rhythm_choices(present),
        initial=WHEN_NEEDED if present is None else str(present),
    )


def _days(value: str) -> int | None:
    return None if value == WHEN_NEEDED else int(value)


def _line(field: AgreementField, *, required: bool = False, help_text: str = "") -> forms.Field:
    if field.options:
        choices = [("", _("no answer yet")), *((option.id, option.label) for option in field.options)]
        return forms.ChoiceField(label=field.label, help_text=help_text, required=required, choices=choices)
    return forms.CharField(
        label=field.label,
        help_text=help_text,
        required=required,
        max_length=_LONGEST_LINE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
