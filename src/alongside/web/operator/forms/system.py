"""Forms of the administrators' pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.programs.enums import StaffRole


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Name or address"), max_length=100, required=False)


class NewPersonForm(forms.Form):
    """An account for somebody: they sign in by a link sent to this address."""

    name = forms.CharField(label=_("Name"), max_length=80)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)


class StaffForm(forms.Form):
    """Somebody to look after a program."""

    email = forms.EmailField(label=_("Their address"), max_length=254)
    role = forms.ChoiceField(
        label=_("Role"), choices=StaffRole.choices, initial=StaffRole.COORDINATOR, widget=forms.RadioSelect
    )
