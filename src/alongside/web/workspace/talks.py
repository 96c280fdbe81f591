"""A talk as a card shows it: its day, two clocks, how and how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.engine.timing.zones import wall_at
from alongside.people.enums import Channel
from alongside.people.queries import known_zone
from alongside.web.workspace.words import day_words

if TYPE_CHECKING:
    from alongside.meetings.models import Meeting
    from alongside.people.models import Person

ICONS = {
    Channel.TOPICS: "messages-square",
    Channel.VIDEO: "video",
    Channel.VOICE: "mic",
    Channel.PHONE: "phone",
    Channel.TEXT: "message-square",
    Channel.EMAIL: "mail",
    Channel.IN_PERSON: "users",
}


@dataclass(frozen=True, slots=True)
class TalkCard:
    """What the kit's meeting component takes. Two clocks only where the partner shares theirs; else the time is in `day`."""

    meeting: Meeting
    day: str
    mine: str
    theirs: str
    theirs_note: str
    name: str
    icon: str
    url: str


def talk_card(meeting: Meeting, partner: Person) -> TalkCard:
    """The card of a booked talk, in the reader's zone and the partner's."""
    if meeting.starts_at is None:
        raise ValueError("a talk without a time has no card")
    local = timezone.localtime(meeting.starts_at)
    preferences = partner.preferences
    wall = wall_at(meeting.starts_at, known_zone(preferences.zone)) if preferences.share_clock else None
    clock = f"{local:%H:%M}"
    day = day_words(local.date())
    return TalkCard(
        meeting=meeting,
        day=day if wall else _("%(day)s, %(time)s") % {"day": day, "time": clock},
        mine=clock if wall else "",
        theirs=f"{wall.at:%H:%M}" if wall else "",
        theirs_note=date_format(wall.day, "l") if wall and wall.day != local.date() else "",
        name=partner.name,
        icon=ICONS[Channel(meeting.channel)],
        url=_address(meeting),
    )


def _address(meeting: Meeting) -> str:
    """The talk's page; the list of talks where it has none."""
    pair_id = meeting.mentorship.public_id
    for route, arguments in (
        ("workspace:meeting", [pair_id, meeting.public_id]),
        ("workspace:meetings", [pair_id]),
    ):
        try:
            return reverse(route, args=arguments)
        except NoReverseMatch:
            continue
    return reverse("workspace:pair.home", args=[pair_id])
