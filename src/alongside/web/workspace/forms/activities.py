"""Forms of the library and of what a pair plans."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.activities.actions import LONGEST_TEXT, LONGEST_TITLE
from alongside.activities.library import activity_library
from alongside.activities.queries import MIDDLE, SHORT
from alongside.foundation.wording import in_words

CHANNEL_WORDS = {"video": _("Video"), "phone": _("Phone"), "written": _("In writing")}


class LibraryFilter(forms.Form):
    purpose = forms.ChoiceField(label=_("What for"), required=False)
    length = forms.ChoiceField(
        label=_("How long"),
        required=False,
        choices=[
            ("", _("Any length")),
            ("short", _("up to %(minutes)s minutes") % {"minutes": SHORT}),
            ("middle", _("%(least)s to %(most)s minutes") % {"least": SHORT + 1, "most": MIDDLE}),
            ("long", _("longer")),
        ],
    )
    channel = forms.ChoiceField(
        label=_("How you talk"), required=False, choices=[("", _("Any way")), *CHANNEL_WORDS.items()]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purposes = self.fields["purpose"]
        if isinstance(purposes, forms.ChoiceField):
            purposes.choices = [("", _("Anything")), *in_words(activity_library()).purposes.items()]


class DayForm(forms.Form):
    planned_on = forms.DateField(label=_("Around which day?"), required=False)


class PlanItForm(DayForm):
    """Plan an activity with one of one's partners."""

    pair = forms.ChoiceField(label=_("Plan it with"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, pairs: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pair"]
        if isinstance(field, forms.ChoiceField):
            field.choices = pairs
        if len(pairs) == 1:
            field.initial = pairs[0][0]
        self.order_fields(["pair", "planned_on"])


class OwnActivityForm(DayForm):
    title = forms.CharField(label=_("What would you like to do together?"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=_("A few words about it"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    field_order = ("title", "text", "planned_on")


class NotesForm(forms.Form):
    """Notes of the two; `based_on` is the version they were written on."""

    text = forms.CharField(
        label=_("Your notes"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class LetterForm(forms.Form):
    text = forms.CharField(
        label=_("Your letter"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 14})
    )
