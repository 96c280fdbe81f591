"""What people write when they ask for a mentor, answer, or name whom they would like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 2_000


class AskForm(forms.Form):
    message = forms.CharField(
        label=_("A few lines to them"),
        help_text=_("Who you are, and what you would like to talk about. It need not be perfect."),
        max_length=LONGEST,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class DeclineForm(forms.Form):
    words = forms.CharField(
        label=_("A kind word, if you like"),
        help_text=_("“Not right now” is a full answer. You need give no reason."),
        max_length=LONGEST,
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PlacesForm(forms.Form):
    capacity = forms.IntegerField(label=_("How many people can you accompany at the same time?"), min_value=0)


class WishesForm(forms.Form):
    """Up to three mentors, best first; `choices` are (public id, words)."""

    first = forms.ChoiceField(label=_("First wish"), required=False)
    second = forms.ChoiceField(label=_("Second wish"), required=False)
    third = forms.ChoiceField(label=_("Third wish"), required=False)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [("", _("nobody in particular")), *choices]

    @property
    def wished(self) -> list[str]:
        """The public ids in order, places left empty closed up."""
        return [self.cleaned_data[name] for name in self.fields if self.cleaned_data[name]]
