"""Forms at a program's door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from alongside.enrollment.enums import Role

if TYPE_CHECKING:
    from alongside.programs.models import MatchType


def role_choices(match_type: MatchType) -> list[tuple[str, str]]:
    """The roles in the program's own words."""
    return [
        (Role.MENTEE, match_type.mentee_label),
        (Role.MENTOR, match_type.mentor_label),
        (Role.BOTH, __("Both")),
    ]


class JoinForm(forms.Form):
    """The role somebody would like; for those without an account also the address to write to."""

    role = forms.ChoiceField(label=_("I would like to take part as"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, match_type: MatchType, asks_address: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = role_choices(match_type)
        if asks_address:
            self.fields["email"] = forms.EmailField(
                label=_("Your e-mail address"),
                help_text=_(
                    "We send a link to it. It shows that the address is yours, and makes your account."
                ),
                max_length=254,
                widget=forms.EmailInput(attrs={"autocomplete": "email"}),
            )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code of this program"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
    )
