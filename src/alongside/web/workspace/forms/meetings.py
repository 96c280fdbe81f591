"""Forms of talks: times, how they are held, agenda, notes."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.engine.timing.zones import WallKind, instant_at
from alongside.meetings.actions import LONGEST_LINE, LONGEST_NOTE, LONGEST_PLACE
from alongside.meetings.agendas import talk_help
from alongside.meetings.enums import OutcomeKind, Rhythm, WishKind
from alongside.meetings.queries import ChannelChoice
from alongside.people.enums import Channel

LENGTHS = (30, 45, 60)
OWN_TIMES = ("own_1", "own_2", "own_3")


class InstantsField(forms.MultipleChoiceField):
    """Times as the planner names them: instants in UTC. Which of them may be offered is the action's to say."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        return instant_of(str(value)) is not None


class WallTimeField(forms.DateTimeField):
    """A date and time on the wall clock of `zone`, cleaned to the instant it means.

    A time the clocks skip is refused; one they show twice is the first of the two.
    """

    zone = "UTC"

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            wall = datetime.fromisoformat(str(value).strip())
            resolved = instant_at(wall.date(), wall.time().replace(second=0, microsecond=0), self.zone)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if resolved.kind is WallKind.SKIPPED:
            raise ValidationError(
                _("Clocks are set forward that night and skip this time. Choose one before or after it.")
            )
        return resolved.instant


class OfferForm(forms.Form):
    """Times for a talk: some of those the page found, some by hand. `moments` are all of them."""

    times = InstantsField(label=_("Times"), required=False)
    own_1 = WallTimeField(label=_("A time of your own"), required=False)
    own_2 = WallTimeField(label=_("Another"), required=False)
    own_3 = WallTimeField(label=_("And another"), required=False)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in OWN_TIMES:
            field = self.fields[name]
            if isinstance(field, WallTimeField):
                field.zone = zone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = [instant_of(key) for key in cleaned.get("times", ())]
        by_hand = [cleaned.get(name) for name in OWN_TIMES]
        self.moments = sorted({at for at in (*chosen, *by_hand) if at is not None})
        if not self.moments and not self.errors:
            self.add_error("times", _("Choose at least one time."))
        return cleaned


class HowForm(forms.Form):
    """How a talk is held."""

    channel = forms.ChoiceField(label=_("How"), widget=forms.RadioSelect)
    place = forms.CharField(
        label=_("Link, number or place"),
        required=False,
        max_length=LONGEST_PLACE,
        help_text=_("So that nobody has to look for it when the time comes."),
    )
    minutes = forms.TypedChoiceField(label=_("How long"), coerce=int, widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, channels: Iterable[ChannelChoice], usual_minutes: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        ways, lengths = self.fields["channel"], self.fields["minutes"]
        if isinstance(ways, forms.ChoiceField) and isinstance(lengths, forms.ChoiceField):
            found = [choice.channel for choice in channels]
            ways.choices = [(channel.value, channel.label) for channel in found]
            ways.initial = found[0].value
            lengths.choices = [
                (length, _("%(count)s min") % {"count": length}) for length in lengths_with(usual_minutes)
            ]
            lengths.initial = usual_minutes

    def clean_channel(self) -> Channel:
        return Channel(self.cleaned_data["channel"])


class RhythmForm(forms.Form):
    """How a talk comes again."""

    rhythm = forms.ChoiceField(label=_("Again"), choices=Rhythm.choices, widget=forms.RadioSelect)

    def clean_rhythm(self) -> Rhythm:
        return Rhythm(self.cleaned_data["rhythm"])


class NewTalkForm(OfferForm, HowForm):
    """Everything a new talk needs."""

    agenda_key = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_agenda_key(self) -> str:
        key = self.cleaned_data["agenda_key"]
        return key if key in {agenda.key for agenda in talk_help().agendas} else ""


class ItemForm(forms.Form):
    text = forms.CharField(
        label=_("Something to talk about"),
        max_length=LONGEST_LINE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    is_action = forms.BooleanField(required=False, widget=forms.HiddenInput)


class SharedNoteForm(forms.Form):
    """The shared notes; `based_on` is the version they were written on."""

    text = forms.CharField(
        label=_("Shared notes"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class OwnNoteForm(forms.Form):
    text = forms.CharField(
        label=_("My notes"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class WishForm(forms.Form):
    wish = forms.ChoiceField(
        required=False,
        choices=[*WishKind.choices, ("", _("Nothing in particular"))],
        widget=forms.RadioSelect,
    )

    def chosen(self) -> WishKind | None:
        wish = self.cleaned_data["wish"]
        return WishKind(wish) if wish else None


class OutcomeForm(forms.Form):
    kind = forms.ChoiceField(choices=OutcomeKind.choices)


def lengths_with(usual: int) -> list[int]:
    """The lengths on offer, the usual one among them."""
    return sorted({*LENGTHS, usual})


def instant_of(key: str) -> datetime | None:
    """The instant a planner's key names; None when it names none."""
    try:
        at = datetime.fromisoformat(key)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None else None
