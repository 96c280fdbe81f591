"""Forms of goals and their small steps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.goals.actions import LONGEST_STEP, LONGEST_TITLE, LONGEST_WHY
from alongside.goals.enums import GoalState


class GoalForm(forms.Form):
    """A hope or aim in its owner's words."""

    title = forms.CharField(
        label=_("A hope or aim, in your words"),
        max_length=LONGEST_TITLE,
        help_text=_("Rough is fine. It can change, rest or be let go at any time."),
    )
    why = forms.CharField(
        label=_("Why it matters to you"),
        required=False,
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    around_on = forms.DateField(
        label=_("Around when?"),
        required=False,
        help_text=_("Only if a time of year helps you. Nothing counts down to it."),
    )


class NewGoalForm(GoalForm):
    state = forms.ChoiceField(
        label=_("Where does it stand?"),
        choices=[(GoalState.ACTIVE, _("In motion")), (GoalState.IDEA, _("An idea for now"))],
        initial=GoalState.ACTIVE,
        widget=forms.RadioSelect,
    )
    shared = forms.BooleanField(label=_("Show it to my partner"), required=False)

    def clean_state(self) -> GoalState:
        return GoalState(self.cleaned_data["state"])


class RestForm(forms.Form):
    wakes_on = forms.DateField(
        label=_("Ask me again from"),
        required=False,
        help_text=_("Then it asks softly, once. Leave it empty and it rests until you wake it."),
    )


class LettingGoForm(forms.Form):
    matters_more = forms.CharField(
        label=_("What matters more now?"),
        required=False,
        max_length=LONGEST_TITLE,
        help_text=_("Your words become a new idea. Leave it empty: nothing, and that is fine."),
    )


class StepForm(forms.Form):
    text = forms.CharField(label=_("A small step"), max_length=LONGEST_STEP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["autocomplete"] = "off"
