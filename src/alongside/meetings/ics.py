"""A talk as a calendar file that other programs read."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event, Timezone, vText

from alongside.engine.timing.zones import zone_info
from alongside.meetings.enums import MeetingState
from alongside.meetings.models import Meeting

_AROUND = timedelta(days=400)  # the zone's rules are written out for the year around the talk


def calendar_file(
    meeting: Meeting, *, summary: str, place: str, url: str, host: str, zone: str, now: datetime
) -> bytes:
    """The talk as iCalendar (RFC 5545): wall time in `zone` with that zone's rules, everything else in UTC.

    The same talk keeps its UID, and its SEQUENCE rises with each change, so that calendars replace what they hold.
    Nothing the two wrote goes in but the place. Raises ValueError for a talk without a time.
    """
    if meeting.starts_at is None or meeting.ends_at is None:
        raise ValueError("a talk without a time has no place in a calendar")
    tz = zone_info(zone)
    event = Event()
    event.add("uid", f"{meeting.public_id}@{host}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now)
    event.add("created", meeting.created_at)
    event.add("dtstart", meeting.starts_at.astimezone(tz))
    event.add("dtend", meeting.ends_at.astimezone(tz))
    event.add("summary", summary)
    event.add("url", url)
    event.add("description", url)
    if place:
        event.add("location", vText(place))
    event.add("status", "CANCELLED" if meeting.state == MeetingState.CANCELED else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//Alongside//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if meeting.state == MeetingState.CANCELED else "PUBLISH")
    if zone != "Etc/UTC":
        first, last = meeting.starts_at - _AROUND, meeting.starts_at + _AROUND
        calendar.add_component(Timezone.from_tzinfo(tz, zone, first.date(), last.date()))
    calendar.add_component(event)
    return bytes(calendar.to_ical())
