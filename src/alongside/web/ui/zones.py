"""Choosing a time zone: all of them, west to east, in words."""

from typing import Any

from django import forms

from alongside.engine.timing.zones import UnknownZone, canonical_zone, zone_choices
from alongside.foundation.clock import now
from alongside.people.queries import known_zone


def zone_words() -> list[tuple[str, str]]:
    """All zones for a select, west to east: ("Asia/Kolkata", "Kolkata (Asia), UTC+5:30")."""
    return [
        (choice.name, _words(choice.name, choice.offset.total_seconds())) for choice in zone_choices(now())
    ]


class ZoneField(forms.ChoiceField):
    """A select of all zones. Any name of a zone is understood: whoever came with "UTC" or "Asia/Calcutta" finds theirs
    chosen, and not the first of the list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=zone_words, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return known_zone(str(value or ""))

    def to_python(self, value: Any) -> str:
        name = str(super().to_python(value))
        try:
            return canonical_zone(name) if name else ""
        except UnknownZone:
            return name


def _words(name: str, seconds: float) -> str:
    region, _slash, place = name.rpartition("/")
    if region == "Etc":
        return place
    minutes = round(seconds / 60)
    hours, rest = divmod(abs(minutes), 60)
    offset = f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")
    return f"{place} ({region}), {offset}".replace("_", " ")
