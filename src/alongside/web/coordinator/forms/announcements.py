"""The form in which a coordinator writes to participants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.delivery.actions import LONGEST_BODY, LONGEST_SUBJECT


class AnnouncementForm(forms.Form):
    """Whom it goes to, and the words. `circles` are (value, words, people in it)."""

    circle = forms.ChoiceField(label=_("Whom it goes to"), widget=forms.RadioSelect)
    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT)
    body = forms.CharField(
        label=_("What you would like to say"),
        help_text=_("Markdown works. The same words go out as HTML and as plain text."),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *args: Any, circles: Iterable[tuple[str, str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        circle: Any = self.fields["circle"]
        circle.choices = [(value, f"{words} ({people})") for value, words, people in circles]
