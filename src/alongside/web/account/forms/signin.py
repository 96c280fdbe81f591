"""Forms of sign-in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LinkForm(forms.Form):
    """Where to send a sign-in link."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
