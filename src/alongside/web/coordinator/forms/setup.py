"""Forms of a program's set-up: one for each page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.programs.actions.details import BOUNDS, LABELS
from alongside.programs.enums import Access, Approval, MatchKind, StaffRole
from alongside.programs.templates import program_templates
from alongside.web.coordinator.forms._seen import SeenForm
from alongside.web.ui.zones import ZoneField

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.functional import Promise

    from alongside.programs.models import Program

NOTHING, COPY = "nothing", "copy"


def choose(field: forms.Field, choices: list[tuple[str, Any]]) -> None:
    """Gives a field declared without choices the ones of this page."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so
    field.choices = choices


class NewProgramForm(forms.Form):
    """Where to begin, and the name. `start` is a template's key, COPY (of `source`, a public id) or NOTHING."""

    start = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect)
    source = forms.ChoiceField(label=_("Which program?"), required=False)
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("What people will read, such as “Spring 2027 mentoring”."),
    )
    zone = ZoneField(
        label=_("Time zone of its dates"),
        help_text=_("Each person sees times on their own clock. A copy keeps the zone of its original."),
    )

    def __init__(self, *args: Any, own: Iterable[Program], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        copies = [(program.public_id, program.name) for program in own]
        ways: list[tuple[str, Any]] = [(template.key, template.name) for template in program_templates()]
        if copies:
            ways.append((COPY, _("A copy of one of your programs")))
        choose(self.fields["start"], [*ways, (NOTHING, _("Nothing: an empty program"))])
        choose(self.fields["source"], copies)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("start") == COPY and not self.cleaned_data.get("source"):
            self.add_error("source", _("Choose the program to copy."))
        return self.cleaned_data


class BasicsForm(SeenForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    summary = forms.CharField(
        label=_("In one line"),
        max_length=300,
        required=False,
        help_text=_("Stands under the name in every list."),
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("What it is, what one can expect, what it is not. Markdown works."),
    )


class DatesForm(SeenForm):
    zone = ZoneField(label=_("Time zone"), help_text=_("Days begin and end on this clock."))
    enrolls_from = forms.DateField(label=_("First day to enroll"), required=False)
    enrolls_until = forms.DateField(label=_("Last day to enroll"), required=False)
    matches_on = forms.DateField(label=_("Day of matching"), required=False)
    starts_on = forms.DateField(label=_("First day"), required=False)
    ends_on = forms.DateField(label=_("Last day"), required=False)


class AccessForm(SeenForm):
    """`doors` and `approvals` say what each choice means."""

    doors: ClassVar[Mapping[str, str | Promise]] = {
        Access.OPEN: _("Whoever signs in here finds it under Programs."),
        Access.INVITED: _("Those you invite, or give the program’s link to. Nobody else sees its page."),
        Access.DOMAIN: _("Whoever has an address there, with or without an account so far."),
        Access.CODE: _("Everybody may read its page; the code lets them in."),
    }
    approvals: ClassVar[Mapping[str, str | Promise]] = {
        Approval.NONE: _("They take part at once, as long as there is a place."),
        Approval.COORDINATOR: _("You look at each enrollment and answer it."),
    }
    access = forms.ChoiceField(label=_("Who may enroll"), choices=Access.choices, widget=forms.RadioSelect)
    domains = forms.CharField(
        label=_("Mail domains"),
        max_length=300,
        required=False,
        help_text=_("Such as example.org, example.net"),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("Six characters or more, easy to say aloud."),
    )
    approval = forms.ChoiceField(label=_("Who approves"), choices=Approval.choices, widget=forms.RadioSelect)
    places = forms.IntegerField(
        label=_("Places"), required=False, min_value=1, help_text=_("Leave it empty for no limit.")
    )
    waitlist = forms.BooleanField(label=_("Keep a waiting list when all places are taken"), required=False)
    suggestions_allowed = forms.BooleanField(
        label=_("Mentees may name up to three mentors for the matching"), required=False
    )
    requests_allowed = forms.BooleanField(
        label=_("Mentees may look for a mentor and ask them"), required=False
    )
    show_scores = forms.BooleanField(
        label=_("Participants see how well they fit in percent, not only the reasons"), required=False
    )


class MatchTypeForm(SeenForm):
    kind = forms.ChoiceField(
        label=_("How people come together"), choices=MatchKind.choices, widget=forms.RadioSelect
    )
    mentee_label = forms.CharField(label=_("One who learns"), max_length=40)
    mentees_label = forms.CharField(label=_("Several who learn"), max_length=40)
    mentor_label = forms.CharField(label=_("One who accompanies"), max_length=40)
    mentors_label = forms.CharField(label=_("Several who accompany"), max_length=40)
    capacity_default = forms.IntegerField(
        label=_("People a mentor usually accompanies"), help_text=_("Each mentor chooses for themselves.")
    )
    capacity_limit = forms.IntegerField(label=_("At most"))
    months = forms.IntegerField(label=_("Months"))
    rhythm_days = forms.IntegerField(
        label=_("Days between talks"), help_text=_("A suggestion; each pair agrees its own.")
    )
    meeting_minutes = forms.IntegerField(label=_("Minutes of a talk"))
    trial_meetings = forms.IntegerField(
        label=_("Talks on trial"), help_text=_("The first ones, with an easy way out.")
    )

    @property
    def labels(self) -> dict[str, str]:
        return {name.removesuffix("_label"): self.cleaned_data[name] for name in LABELS}

    @property
    def numbers(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in BOUNDS}


class StaffForm(forms.Form):
    email = forms.EmailField(label=_("Their address"))
    role = forms.ChoiceField(
        label=_("Role"), choices=StaffRole.choices, initial=StaffRole.COORDINATOR, widget=forms.RadioSelect
    )


class TextForm(forms.Form):
    """One mail. `seen_subject` and `seen_body` are what its reader saw."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(label=_("Text"), max_length=8000, widget=forms.Textarea(attrs={"rows": 14}))
    seen_subject = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    seen_body = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    @property
    def seen(self) -> tuple[str, str] | None:
        """(subject, body) as the reader saw them; None when nothing was said about it."""
        subject, body = self.cleaned_data["seen_subject"], self.cleaned_data["seen_body"]
        return (subject, body.replace("\r\n", "\n")) if subject or body else None
