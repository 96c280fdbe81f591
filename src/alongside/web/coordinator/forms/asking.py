"""What the form builder and the survey builder ask alike of a question: its words, its choices, the ends of a scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alongside.questionnaires.models import Question

Options = list[tuple[str, str]]
ENDS = ("least", "most", "least_label", "most_label")


class OptionRows(forms.Widget):
    """A row for each choice: its words, its place, its id out of sight. Empty words take a choice out."""

    use_fieldset = True

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        rows = [{"id": option_id, "label": label} for option_id, label in value or []]
        return render_to_string("coordinator/form/_options.html", {"name": name, "rows": rows})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Options:
        columns = [data.getlist(f"{name}-{part}") for part in ("id", "label", "place")]
        rows = sorted(zip(*columns, strict=False), key=lambda row: int(row[2]) if row[2].isdecimal() else 0)
        return [(option_id, label) for option_id, label, _place in rows if label.strip()]


class OptionsField(forms.Field):
    widget = OptionRows


class AskingForm(forms.Form):
    """The words of a question, with choices and ends for kinds that have them; the others leave these out."""

    label = forms.CharField(label=_("The question"), max_length=300)
    label_for_mentor = forms.CharField(
        label=_("In other words for mentors"),
        max_length=300,
        required=False,
        help_text=_("Leave it empty for the same."),
    )
    help = forms.CharField(
        label=_("A line of help"),
        max_length=500,
        required=False,
        help_text=_("An example often says more than a rule."),
    )
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

    def leave_out(self, names: Iterable[str]) -> None:
        """Takes out fields that the kind at hand does not have. A question with choices needs one somewhere."""
        for name in names:
            del self.fields[name]
        if "more_options" in self.fields:
            self.fields["more_options"].required = not self.initial.get("options")

    def choices_told(self) -> Options:
        """The choices that stay, then the new ones, which have no id yet."""
        given = self.cleaned_data
        more = [("", line.strip()) for line in given.get("more_options", "").splitlines() if line.strip()]
        return [*(given.get("options") or []), *more]

    def ends_told(self) -> dict[str, Any]:
        """The ends of a scale or a number with their words, as far as the kind has them."""
        return {name: self.cleaned_data.get(name) for name in ENDS if name in self.fields}


def options_of(question: Question) -> Options:
    """The choices of a question that is there, as the form begins with them."""
    return [(option["id"], option["label"]) for option in question.options]
