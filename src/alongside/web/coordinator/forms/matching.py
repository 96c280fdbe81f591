"""What coordinators choose on a board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation.errors import NotFound
from alongside.matching.access import get_matched_participation
from alongside.matching.enums import OverrideKind
from alongside.matching.queries.board import Look

if TYPE_CHECKING:
    from alongside.enrollment.models import Participation
    from alongside.programs.models import Program


class BoardFilter(forms.Form):
    q = forms.CharField(label=_("Name"), required=False, max_length=80)
    only = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("all pairs")),
            ("low", _("those that fit least")),
            ("pinned", _("kept together by you")),
            ("by_hand", _("added by hand")),
            ("wished", _("wished for")),
        ],
    )

    def look(self, sort: str) -> Look:
        """What is asked for; what cannot be read is not asked for."""
        self.is_valid()
        chosen = self.cleaned_data
        return Look(words=chosen.get("q", ""), only=chosen.get("only", ""), sort=sort or "fit")


class PairForm(forms.Form):
    """Two enrolled people of the program, by their ids: the mentee and the mentor."""

    mentee = forms.SlugField(widget=forms.HiddenInput)
    mentor = forms.SlugField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._program = program

    def people(self) -> tuple[Participation, Participation]:
        """The two. Raises NotFound for anybody who is not enrolled in this program."""
        if not self.is_valid():
            raise NotFound
        names = self.cleaned_data["mentee"], self.cleaned_data["mentor"]
        mentee, mentor = (get_matched_participation(self._program, name) for name in names)
        return mentee, mentor


class OverrideForm(PairForm):
    kind = forms.ChoiceField(choices=OverrideKind.choices)
