"""Zone, hours and channels: the form under Me, and a step of enrollment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.enums import Channel
from alongside.web.ui.widgets import WeekHours, WeekHoursField
from alongside.web.ui.zones import ZoneField

if TYPE_CHECKING:
    from alongside.people.models import Preferences

CHANNELS = 4  # more than four ways to reach a person is no order any more


class HoursForm(forms.Form):
    """When and how a person likes to be reached. Cleans to the keywords of `people.actions.change_hours`."""

    zone = ZoneField(label=_("Your time zone"), help_text=_("Hours are always in your own zone."))
    week = WeekHoursField(
        label=_("When is it fine to reach you?"),
        help_text=_(
            "Outside these hours we keep everything quiet and hand it to you at the next good moment."
        ),
        required=False,
    )
    reply_habit = forms.CharField(
        label=_("How fast you usually reply"), max_length=80, required=False,
        help_text=_("For example: within two or three working days. Your partner sees it."),
    )  # fmt: skip
    share_clock = forms.BooleanField(label=_("My partner may see what time it is for me"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, CHANNELS + 1):
            self.fields[f"channel_{number}"] = forms.ChoiceField(
                label=_("First choice") if number == 1 else _("Then"),
                choices=[("", _("nothing more")), *Channel.choices],
                required=False,
            )
            self.fields[f"detail_{number}"] = forms.CharField(
                label=_("Link or number"), max_length=200, required=False
            )

    @staticmethod
    def initial_of(preferences: Preferences) -> dict[str, Any]:
        """What is chosen now, as the form shows it."""
        from_rows = {}
        for number, entry in enumerate(preferences.channels[:CHANNELS], start=1):
            from_rows[f"channel_{number}"] = entry["channel"]
            from_rows[f"detail_{number}"] = entry.get("detail", "")
        return {
            "zone": preferences.zone,
            "week": WeekHours(preferences.hours, preferences.possible_hours),
            "reply_habit": preferences.reply_habit,
            "share_clock": preferences.share_clock,
            **from_rows,
        }

    def keywords(self) -> dict[str, Any]:
        """The cleaned input as keywords of the action."""
        data = self.cleaned_data
        return {
            "zone": data["zone"],
            "hours": data["week"].good,
            "possible_hours": data["week"].possible,
            "reply_habit": data["reply_habit"],
            "share_clock": data["share_clock"],
            "channels": list(self._channels()),
        }

    def channel_pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of channel and detail, for the template."""
        return [(self[f"channel_{number}"], self[f"detail_{number}"]) for number in range(1, CHANNELS + 1)]

    def _channels(self) -> Iterator[dict[str, str]]:
        seen = set()
        for number in range(1, CHANNELS + 1):
            channel = self.cleaned_data.get(f"channel_{number}")
            if channel and channel not in seen:
                seen.add(channel)
                yield {"channel": channel, "detail": self.cleaned_data.get(f"detail_{number}", "")}
