"""Talks as calendars exchange them (RFC 5545, 5546): a file, an invitation, what is called off.

A talk keeps its UID, and its SEQUENCE rises with each change, so that calendars replace what they hold. Wall times stand in
the zone of the person the time was made for, with that zone's rules. Nothing the two wrote goes in but what is given here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vDatetime, vText

from alongside.engine.timing.zones import UTC_NAME, WallKind, canonical_zone, instant_at, zone_info
from alongside.meetings.enums import Attending, MeetingState
from alongside.meetings.models import Meeting
from alongside.meetings.rhythms import rule_of, turn_of, turns_of_series
from alongside.meetings.zonerules import zone_rules

PRODUCT = "-//Alongside//EN"
_STATUS = {MeetingState.CANCELED: "CANCELLED", MeetingState.PROPOSED: "TENTATIVE"}
_CONFIRMED = "CONFIRMED"
_PARTSTAT = {
    Attending.OPEN: "NEEDS-ACTION",
    Attending.ACCEPTED: "ACCEPTED",
    Attending.TENTATIVE: "TENTATIVE",
    Attending.DECLINED: "DECLINED",
}


@dataclass(frozen=True, slots=True)
class Guest:
    """One of the two as an attendee; `answers` when an answer by mail finds its way."""

    name: str
    address: str
    status: Attending
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk with the words for one reader's calendar. Empty words are left out.

    A turn of a rhythm that is sent by itself has the `sequence` of the whole rhythm: it must not fall behind that.
    """

    meeting: Meeting
    summary: str
    place: str = ""
    url: str = ""
    sequence: int | None = None


def uid_of(meeting: Meeting, host: str) -> str:
    """Under which name calendars know the talk, for good; turns of a rhythm share one, and are told apart by their turn."""
    return f"series-{meeting.series}@{host}" if meeting.series else f"{meeting.public_id}@{host}"


def calendar_file(talk: Talk, *, host: str) -> bytes:
    """The talk as a file to put in one's calendar by hand. Raises ValueError for a talk without a time."""
    event = _event(talk, host)
    method = "CANCEL" if talk.meeting.state == MeetingState.CANCELED else "PUBLISH"
    return _written([event], [talk.meeting], method=method)


def invitation(
    talk: Talk, *, host: str, organizer: tuple[str, str], guests: Sequence[Guest]
) -> tuple[str, bytes]:
    """Method and content of the part of a mail that calendars act upon: REQUEST, or CANCEL for a talk called off.

    `organizer` is name and address of who invites: the product, which is where answers go. A talk that is being moved
    stands as tentative. Raises ValueError for a talk without a time.
    """
    method = "CANCEL" if talk.meeting.state == MeetingState.CANCELED else "REQUEST"
    event = _event(talk, host)
    event.add("organizer", _address(*organizer))
    for guest in guests:
        event.add("attendee", _attendee(guest))
    return method, _written([event], [talk.meeting], method=method)


def feed_file(talks: Iterable[Talk], *, host: str, name: str) -> bytes:
    """Talks as a calendar to subscribe to. The same talks give the same bytes, whenever they are asked for."""
    found = sorted(talks, key=lambda talk: talk.meeting.pk)
    events = [_event(talk, host) for talk in found if not talk.meeting.series]
    for series in sorted({talk.meeting.series for talk in found} - {""}):
        events += _series([talk for talk in found if talk.meeting.series == series], host)
    return _written(events, [talk.meeting for talk in found], name=name)


def series_invitation(
    talks: Sequence[Talk], *, host: str, organizer: tuple[str, str], guests: Sequence[Guest]
) -> tuple[str, bytes]:
    """A whole rhythm as one invitation, what is called off left out; CANCEL when nothing of it is left.

    `talks` are all turns of one series, those called off among them.
    """
    left = [talk for talk in talks if talk.meeting.state != MeetingState.CANCELED]
    method = "REQUEST" if left else "CANCEL"
    events = _series(talks, host)
    for event in events:
        event.add("organizer", _address(*organizer))
        for guest in guests:
            event.add("attendee", _attendee(guest))
    return method, _written(events, [talk.meeting for talk in talks], method=method)


def _series(talks: Sequence[Talk], host: str) -> list[Event]:
    """The rhythm as one event that comes again (RRULE), without turns that are called off or left out (EXDATE), and an
    event for each turn that is not like the first (RECURRENCE-ID).
    """
    ordered = sorted(talks, key=lambda talk: talk.meeting.turn_wall)
    stands = [talk for talk in ordered if talk.meeting.state != MeetingState.CANCELED]
    rows = [talk.meeting for talk in ordered]
    firm = [talk for talk in stands if _status(talk.meeting) == _CONFIRMED]
    model, turns = (firm or stands or ordered)[0], turns_of_series(rows)
    changes = sum(row.sequence for row in rows)
    first, zone = turns[0], canonical_zone(model.meeting.turn_zone)
    master = _event(model, host, starts_at=first.instant)
    master.pop("recurrence-id", None)
    master["sequence"] = changes
    master["dtstamp"] = vDatetime(max(row.revised_at for row in rows).astimezone(UTC))
    master.add("rrule", rule_of(rows, turns))
    standing = {turn_of(talk.meeting) for talk in stands}
    if gone := [turn.instant for turn in turns if turn.instant not in standing]:
        master.add("exdate", [_on_wall(at, zone) for at in gone])
    if not stands:
        master["status"] = "CANCELLED"
        del master["exdate"]
        return [master]
    apart = (replace(talk, sequence=changes) for talk in stands if not _is_like(talk, model))
    return [master, *(_event(talk, host) for talk in apart)]


def _is_like(talk: Talk, model: Talk) -> bool:
    """Whether the rule says everything about this turn."""
    mine, theirs = talk.meeting, model.meeting
    same = (mine.minutes, _status(mine), talk.summary, talk.place, talk.url) == (
        theirs.minutes,
        _status(theirs),
        model.summary,
        model.place,
        model.url,
    )
    return same and mine.starts_at == turn_of(mine)


def _event(talk: Talk, host: str, *, starts_at: datetime | None = None) -> Event:
    """The event of a talk, or with `starts_at` as it would be at another time."""
    meeting = talk.meeting
    begins = starts_at or meeting.starts_at
    if begins is None:
        raise ValueError("a talk without a time has no place in a calendar")
    event = Event()
    event.add("uid", uid_of(meeting, host))
    event.add("sequence", meeting.sequence if talk.sequence is None else talk.sequence)
    event.add("dtstamp", meeting.revised_at)
    event.add("created", meeting.created_at)
    event.add("last-modified", meeting.revised_at)
    if meeting.series:
        event.add("recurrence-id", _on_wall(turn_of(meeting), canonical_zone(meeting.turn_zone)))
    zone = canonical_zone(meeting.turn_zone) if starts_at else _zone(meeting)
    event.add("dtstart", _on_wall(begins, zone))
    event.add("dtend", _on_wall(begins + timedelta(minutes=meeting.minutes), zone))
    event.add("summary", talk.summary)
    if talk.url:
        event.add("url", talk.url)
        event.add("description", talk.url)
    if talk.place:
        event.add("location", vText(talk.place))
    event.add("status", _status(meeting))
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE")
    return event


def _status(meeting: Meeting) -> str:
    """How it stands for calendars, to which a talk that took place is what it was before."""
    return _STATUS.get(MeetingState(meeting.state), _CONFIRMED)


def _on_wall(at: datetime, zone: str) -> datetime:
    """On the wall clock of a zone; in UTC where that clock shows the time twice, as calendars differ over which."""
    if zone == UTC_NAME:
        return at.astimezone(UTC)
    local = at.astimezone(zone_info(zone))
    once = instant_at(local.date(), local.time(), zone).kind == WallKind.ONCE
    return local if once else at.astimezone(UTC)


def _zone(meeting: Meeting) -> str:
    return canonical_zone(meeting.zone or UTC_NAME)


def _address(name: str, address: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{address}")
    found.params["cn"] = vText(name)
    return found


def _attendee(guest: Guest) -> vCalAddress:
    found = _address(guest.name, guest.address)
    found.params["cutype"] = vText("INDIVIDUAL")
    found.params["role"] = vText("REQ-PARTICIPANT")
    found.params["partstat"] = vText(_PARTSTAT[guest.status])
    found.params["rsvp"] = vText("TRUE" if guest.answers and guest.status == Attending.OPEN else "FALSE")
    return found


def _written(
    events: Iterable[Event], meetings: Iterable[Meeting], *, method: str = "", name: str = ""
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval;value=duration", "PT1H")
        calendar.add("x-published-ttl", "PT1H")
    years: dict[str, set[int]] = {}
    for meeting in meetings:
        if meeting.starts_at is not None:
            years.setdefault(_zone(meeting), set()).add(meeting.starts_at.year)
        if meeting.series:
            years.setdefault(canonical_zone(meeting.turn_zone), set()).add(turn_of(meeting).year)
    years.pop(UTC_NAME, None)
    for zone, seen in sorted(years.items()):
        calendar.add_component(zone_rules(zone, min(seen) - 1, max(seen) + 1))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())
