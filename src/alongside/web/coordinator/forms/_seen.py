"""Forms that notice when somebody else changed the page in between."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _

from alongside.web.refusals import take_up


class SeenForm(forms.Form):
    """A form that carries what its reader saw. After a conflict it takes up the present state, so that sending it
    once more puts one's own words in place on purpose; `meanwhile` says what stands now.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.present = seen
        self.fields["seen"].initial = seen

    def clean_seen(self) -> str | None:
        """None when nothing was said about what was seen: then nothing is compared."""
        return self.cleaned_data["seen"] or None

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, without what was seen."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if getattr(error, "code", None) == "conflict":
            take_up(self, seen=self.present)

    @property
    def meanwhile(self) -> list[tuple[str, str]]:
        """(label, what stands now) of the fields that differ from what was typed; only after a conflict."""
        if not self.has_error(NON_FIELD_ERRORS, "conflict"):
            return []
        changed = [self[name] for name in self.changed_data if name != "seen"]
        return [(str(bound.label), _in_words(bound)) for bound in changed]


def facts_of(form: forms.Form) -> list[tuple[str, str]]:
    """(label, what stands now) of every field, for readers who may look and not change."""
    shown = [bound for bound in form.visible_fields() if not isinstance(bound.initial, list)]
    return [(str(bound.label), _in_words(bound)) for bound in shown]


def _in_words(bound: forms.BoundField) -> str:
    value = bound.initial
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choices = dict(getattr(bound.field, "choices", []) or [])
    return str(choices.get(value, "" if value is None else value))
