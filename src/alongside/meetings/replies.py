"""What a calendar answered by mail (iMIP, RFC 6047), read. Nothing is changed here, and nothing a mail says raises."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from icalendar import Calendar, Event

from alongside.engine.timing.zones import UnknownZone, canonical_zone, instant_at
from alongside.foundation.incoming import text_in
from alongside.meetings.enums import Attending

LARGEST = 512 * 1024  # bytes of a calendar part; an answer has one or two thousand
_TYPES = frozenset({"text/calendar", "application/ics"})
_ANSWERS = frozenset({"REPLY", "COUNTER"})
_ZONE_RULES = frozenset({"FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "COUNT", "INTERVAL", "WKST"})
_STATUS = {
    "ACCEPTED": Attending.ACCEPTED,
    "TENTATIVE": Attending.TENTATIVE,
    "DECLINED": Attending.DECLINED,
    "NEEDS-ACTION": Attending.OPEN,
}


class Unreadable(Exception):
    """There is a calendar part that should be an answer, but it cannot be read as one."""


@dataclass(frozen=True, slots=True)
class Said:
    """One attendee's status in an answer. None for a status that has no meaning here, such as DELEGATED."""

    address: str
    status: Attending | None


@dataclass(frozen=True, slots=True)
class CalendarReply:
    """An answer as it came. `starts_at` is the time it speaks of: the one answered, or the one proposed instead.

    None for the start when the answer does not say; `floating` is a wall time without a zone. An answer without SEQUENCE is
    one to the first invitation, 0 (RFC 5545, 3.8.7.4). `stamped_at` is when the calendar made it, by that calendar's clock.
    """

    is_counter: bool
    uid: str
    sequence: int
    said: tuple[Said, ...]
    starts_at: datetime | None
    floating: datetime | None
    stamped_at: datetime | None
    sender: str


def read_reply(mail: bytes) -> CalendarReply | None:
    """The first answer of a calendar that a mail holds; None when it holds none. Raises Unreadable for a broken one."""
    message = message_from_bytes(mail, _class=EmailMessage, policy=policy.default)
    sender = _sender(message)
    broken = False
    for content, named in _calendar_parts(message):
        try:
            calendar = Calendar.from_ical(content)
            method = str(calendar.get("METHOD", named)).upper()
            if method in _ANSWERS:
                return _reply(calendar, method, sender)
        except Unreadable:
            raise
        except (
            Exception
        ):  # the parser was not made for mail from strangers: whatever it raises, the part is broken
            broken = broken or named in _ANSWERS
    if broken:
        raise Unreadable
    return None


def has_reply(mail: bytes) -> bool:
    """Whether a mail brings an answer of a calendar, readable or not."""
    try:
        return read_reply(mail) is not None
    except Unreadable:
        return True


def _calendar_parts(message: EmailMessage) -> Iterator[tuple[str, str]]:
    """Text and announced method of each calendar part."""
    for part in message.walk():
        if part.get_content_type() not in _TYPES:
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes) or len(content) > LARGEST:
            continue
        yield text_in(part, content), str(part.get_param("method", "")).upper()


def _reply(calendar: Calendar, method: str, sender: str) -> CalendarReply:
    if not _zones_are_plain(calendar):
        raise Unreadable
    events = [part for part in calendar.walk("VEVENT") if isinstance(part, Event)]
    if not events:
        raise Unreadable
    event = events[0]
    uid = _plain(str(event.get("UID", "")))
    if not uid:
        raise Unreadable
    starts_at, floating = _start(event)
    return CalendarReply(
        is_counter=method == "COUNTER",
        uid=uid,
        sequence=_number(event.get("SEQUENCE")) or 0,
        said=tuple(_said(event)),
        starts_at=starts_at,
        floating=floating,
        stamped_at=_stamp(event),
        sender=sender,
    )


def _zones_are_plain(calendar: Calendar) -> bool:
    """Whether a stranger's own time zones change by yearly rules only: finer ones are walked instant by instant."""
    for name in ("STANDARD", "DAYLIGHT"):
        for part in calendar.walk(name):
            found = part.get("RRULE", [])
            for rule in found if isinstance(found, list) else [found]:
                often = [str(word).upper() for word in rule.get("FREQ", [])]
                if often != ["YEARLY"] or not {key.upper() for key in rule} <= _ZONE_RULES:
                    return False
    return True


def _said(event: Event) -> Iterator[Said]:
    found = event.get("ATTENDEE", [])
    for attendee in found if isinstance(found, list) else [found]:
        address = str(attendee).strip()
        if address[:7].lower() == "mailto:":
            address = address[7:]
        status = str(getattr(attendee, "params", {}).get("PARTSTAT", "NEEDS-ACTION")).upper()
        yield Said(_plain(address).lower(), _STATUS.get(status))


def _start(event: Event) -> tuple[datetime | None, datetime | None]:
    """The start as an instant, or as a wall time without a zone. Zone names are read by our own zone data first."""
    value = event.get("DTSTART")
    at = getattr(value, "dt", None)
    if not isinstance(at, datetime):
        return None, None
    with suppress(UnknownZone, ValueError):
        zone = canonical_zone(str(getattr(value, "params", {})["TZID"])) if _is_zoned(value) else ""
        if zone:
            return instant_at(at.date(), at.time().replace(tzinfo=None), zone).instant, None
    if at.tzinfo is None:
        return None, at
    return at.astimezone(UTC), None


def _stamp(event: Event) -> datetime | None:
    at = getattr(event.get("DTSTAMP"), "dt", None)
    if not isinstance(at, datetime):
        return None
    with suppress(ValueError, OverflowError):  # the first and last days of the calendar
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
    return None


def _is_zoned(value: object) -> bool:
    return "TZID" in getattr(value, "params", {})


def _number(value: object) -> int | None:
    with suppress(ValueError, TypeError):
        return int(str(value))
    return None


def _sender(message: EmailMessage) -> str:
    for name, value in message.raw_items():
        if name.lower() == "from":
            return _plain(parseaddr(str(value))[1]).lower()
    return ""


def _plain(text: str) -> str:
    """Without what no database takes: control letters, and bytes that are no letters at all."""
    return "".join(letter for letter in text if letter.isprintable()).strip()
