"""Forms of the coordinators' pages about people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.enrollment.enums import ParticipationState, Role
from alongside.web.public.forms.joining import role_choices

if TYPE_CHECKING:
    from alongside.programs.models import MatchType


class PeopleFilterForm(forms.Form):
    """What a coordinator looks for; its state is in the address."""

    q = forms.CharField(
        label=_("Name, address or unit"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    role = forms.ChoiceField(label=_("Role"), required=False)
    tag = forms.ChoiceField(label=_("Tag"), required=False)

    def __init__(self, *args: Any, match_type: MatchType, tags: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [("", _("any")), *role_choices(match_type)]
        tag: Any = self.fields["tag"]
        tag.choices = [("", _("any")), *((name, name) for name in tags)]


class NoteForm(forms.Form):
    """A line that goes out with a decision."""

    note = forms.CharField(
        label=_("A line to go with it"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PlaceForm(forms.Form):
    """Role and capacity of one person."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, match_type: MatchType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = role_choices(match_type)
        self.fields["capacity"] = forms.IntegerField(
            label=_("How many mentees at once"), min_value=0, max_value=match_type.capacity_limit
        )


class InviteForm(forms.Form):
    addresses = forms.CharField(
        label=_("Addresses"),
        help_text=_("One a line, with commas, or as “Name <address>”: however you have them."),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label=_("Invite them as"), widget=forms.RadioSelect, initial=Role.MENTEE)

    def __init__(self, *args: Any, match_type: MatchType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = role_choices(match_type)


class UploadForm(forms.Form):
    """A sheet, and what holds for everybody in it."""

    file = forms.FileField(label=_("Sheet"), help_text=_("A CSV file, as your spreadsheet program saves it."))
    role = forms.ChoiceField(label=_("Everybody in it is"), required=False)
    arrive = forms.ChoiceField(
        label=_("People come in"),
        choices=[
            (ParticipationState.APPROVED, _("enrolled at once")),
            (ParticipationState.STARTED, _("to look through their answers and send them in themselves")),
        ],
        widget=forms.RadioSelect,
        initial=ParticipationState.APPROVED,
    )

    def __init__(self, *args: Any, match_type: MatchType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [("", _("a column says it")), *role_choices(match_type)]
