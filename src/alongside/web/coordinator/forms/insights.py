"""Forms of mentorships board, cases and surveys."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.insights.enums import SignalState
from alongside.mentorships.enums import MentorshipState


class BoardForm(forms.Form):
    """What to look for among mentorships; everything may stay empty."""

    q = forms.CharField(label=_("Name"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all open ones")), *MentorshipState.choices]
    )
    word = forms.ChoiceField(
        label=_("How it stands"), required=False, choices=[("", _("any word")), *SignalState.choices]
    )

    def found(self) -> dict[str, str]:
        """What was chosen; nothing of what does not exist."""
        return (
            {name: self.cleaned_data.get(name, "") for name in ("q", "state", "word")}
            if self.is_valid()
            else {}
        )


class TeamNoteForm(forms.Form):
    note = forms.CharField(
        label=_("What we keep in mind"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CardForm(forms.Form):
    """You said, we will, we cannot."""

    you_said = forms.CharField(
        label=_("You said"),
        help_text=_("What you heard, in your words. No quotes that show who it was."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    we_will = forms.CharField(
        label=_("We will"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    we_cannot = forms.CharField(
        label=_("We cannot"),
        help_text=_("And why. Saying so openly is worth as much as a change."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
