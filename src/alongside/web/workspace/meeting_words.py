"""Times and talks made ready for people: days, two clocks, what a time asks of whom, and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.engine.timing.zones import wall_at
from alongside.meetings.queries import Comfort
from alongside.people.enums import Channel
from alongside.people.queries import known_zone
from alongside.web.workspace.words import day_words, hours_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from alongside.engine.timing.zones import Wall
    from alongside.meetings.models import Meeting
    from alongside.meetings.queries import ChannelChoice, PlannedTime, Planner
    from alongside.mentorships.queries import PartnerFacts
    from alongside.people.models import Person

CHANNEL_ICONS = {
    Channel.VIDEO: "video",
    Channel.VOICE: "mic",
    Channel.PHONE: "phone",
    Channel.IN_PERSON: "map-pin",
}
_WORDS = {
    Comfort.GOOD: (gettext_lazy("good for you both"), "calm", "sun"),
    Comfort.FINE: (gettext_lazy("fine for you both"), "calm", "check"),
    Comfort.STRETCHES_ME: (gettext_lazy("stretches you"), "amber", "moon"),
    Comfort.STRETCHES_BOTH: (gettext_lazy("stretches you both"), "amber", "moon"),
}


@dataclass(frozen=True, slots=True)
class Clocks:
    """One instant on two walls. `theirs` is empty where the partner does not share the clock."""

    day: str
    mine: str
    theirs: str
    theirs_note: str


@dataclass(frozen=True, slots=True)
class TimeCard:
    """A time that can be offered or taken. `id` is the public id of a time on offer."""

    key: str
    clocks: Clocks
    comfort: str
    tone: str
    icon: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class TalkCard:
    """A talk as lists and its own page show it; `clocks` is None before a time is booked."""

    meeting: Meeting
    title: str
    clocks: Clocks | None
    length: str
    channel: str
    icon: str


def talk_card(meeting: Meeting, *, me: Person, partner: PartnerFacts) -> TalkCard:
    clocks = _clocks_at(meeting.starts_at, me, partner) if meeting.starts_at else None
    count = len(meeting.offered_times.all()) if meeting.state == "proposed" else 0
    if meeting.state == "proposed":
        title = ngettext("%(count)s time offered", "%(count)s times offered", count) % {"count": count}
    else:
        title = clocks.day if clocks else _("A talk without a time")
    return TalkCard(
        meeting,
        title,
        None if meeting.state == "proposed" else clocks,
        length_words(meeting.minutes),
        str(Channel(meeting.channel).label),
        CHANNEL_ICONS.get(Channel(meeting.channel), "message-square"),
    )


def talk_day(meeting: Meeting, *, me: Person) -> str:
    """The day a talk has, on the viewer's clock; empty when it has none."""
    if meeting.starts_at is None:
        return ""
    return day_words(wall_at(meeting.starts_at, known_zone(me.preferences.zone)).day)


def time_card(time: PlannedTime, *, name: str, offered_id: str = "") -> TimeCard:
    """A planned time in words; `name` is the partner's."""
    if time.comfort is Comfort.STRETCHES_THEM:
        comfort, tone, icon = _("stretches %(name)s") % {"name": name}, "amber", "moon"
    else:
        word, tone, icon = _WORDS[time.comfort]
        comfort = str(word)
    return TimeCard(time.key, _clocks(time.mine, time.theirs), comfort, tone, icon, offered_id)


def channel_notes(channels: Sequence[ChannelChoice], *, me: Person, partner: Person) -> dict[str, str]:
    """Who of the two named each way to talk; nothing where neither did."""
    notes = {}
    for choice in channels:
        if len(choice.liked_by) > 1:
            notes[choice.channel.value] = _("You both like it")
        elif me.pk in choice.liked_by:
            notes[choice.channel.value] = _("You like it")
        elif choice.liked_by:
            notes[choice.channel.value] = _("%(name)s likes it") % {"name": partner.name}
    return notes


def length_words(minutes: int) -> str:
    return _("%(count)s min") % {"count": minutes}


def why_these(planner: Planner, *, me: Person, partner: Person) -> str:
    """Why these times: hours in common, or whose turn it is to stretch."""
    values = {"name": partner.name, "hours": hours_words(int(planner.shared.total_seconds()) // 60)}
    stretches = {time.comfort for time in planner.times} - {Comfort.GOOD, Comfort.FINE}
    if not planner.times:
        return ""
    if not stretches:
        if planner.shared.total_seconds() < 3600:
            return _("These times lie within the hours of you both.")
        return _("You share at least %(hours)s a week, so nobody needs to stretch.") % values
    if planner.stretching == me.pk:
        if planner.stretched_last == partner.pk:
            return (
                _("Your hours hardly meet. Last time %(name)s stretched, so this time it is your turn.")
                % values
            )
        return (
            _("Your hours hardly meet. These times ask the least; next time it is %(name)s’s turn.") % values
        )
    if planner.stretching == partner.pk:
        if planner.stretched_last == me.pk:
            return (
                _("Your hours hardly meet. Last time you stretched, so this time it is %(name)s’s turn.")
                % values
            )
        return _("Your hours hardly meet. These times ask the least; next time it is your turn.")
    return _("Your hours hardly meet. These times ask the same of you both, and as little as can be.")


def clock_change_lines(
    changes: Sequence[tuple[int, date]], *, me: Person, partner: PartnerFacts
) -> list[str]:
    """Which clocks change before these times. A partner's is told only where they share their clock."""
    lines = []
    for pk, day in changes:
        if pk == me.pk:
            lines.append(
                _("Your clocks change on %(day)s. The times here take it into account.")
                % {"day": day_words(day)}
            )
        elif partner.zone:
            lines.append(
                _("Clocks change for %(name)s on %(day)s. The times here take it into account.")
                % {"name": partner.person.name, "day": day_words(day)}
            )
    return lines


def _clocks_at(at: datetime, me: Person, partner: PartnerFacts) -> Clocks:
    mine = wall_at(at, known_zone(me.preferences.zone))
    return _clocks(mine, wall_at(at, partner.zone) if partner.zone else None)


def _clocks(mine: Wall, theirs: Wall | None) -> Clocks:
    note = date_format(theirs.day, "l") if theirs is not None and theirs.day != mine.day else ""
    return Clocks(
        day_words(mine.day), f"{mine.at:%H:%M}", f"{theirs.at:%H:%M}" if theirs is not None else "", note
    )
