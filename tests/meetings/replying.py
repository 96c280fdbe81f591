"""Answers of calendars as they come by mail, for tests: built as text, the way mail programs send them."""

import base64
from datetime import datetime

from alongside.meetings.models import Meeting
from alongside.people.models import Person

_PART = """BEGIN:VCALENDAR
PRODID:-//Some Calendar//EN
VERSION:2.0
METHOD:{method}
BEGIN:VEVENT
UID:{uid}
{stamp}
{start}
{sequence}ATTENDEE;CN=Me;PARTSTAT={status};X-NUM-GUESTS=0:mailto:{attendee}
ORGANIZER;CN=Alongside:mailto:reply@a.example
SUMMARY:Talk
END:VEVENT
END:VCALENDAR
"""


def utc(at: datetime) -> str:
    return f"DTSTART:{at:%Y%m%dT%H%M%SZ}"


def reply(
    meeting: Meeting,
    person: Person,
    status: str = "ACCEPTED",
    *,
    method: str = "REPLY",
    start: str | None = None,
    sequence: int | None = None,
    sender: str = "",
    attendee: str = "",
    uid: str = "",
    encoded: bool = False,
    calendar: str | None = None,
    stamp: str = "DTSTAMP:20260301T100000Z",
) -> bytes:
    """A multipart mail with the calendar's answer beside words and HTML; in Base64 if `encoded`."""
    number = meeting.sequence if sequence is None else sequence
    assert meeting.starts_at is not None
    part = calendar or _PART.format(
        method=method,
        stamp=stamp,
        uid=uid or f"{meeting.public_id}@a.example",
        start=start or utc(meeting.starts_at),
        sequence=f"SEQUENCE:{number}\n" if number >= 0 else "",
        status=status,
        attendee=attendee or person.email,
    )
    content = part.replace("\n", "\r\n").encode()
    body = base64.encodebytes(content).decode() if encoded else content.decode()
    coding = "base64" if encoded else "8bit"
    return f"""From: {person.name} <{sender or person.email}>
To: reply@a.example
Subject: Accepted: Talk
Message-ID: <1@mail.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

--outer
Content-Type: multipart/alternative; boundary="inner"

--inner
Content-Type: text/plain; charset=utf-8

{person.name} has answered.

--inner
Content-Type: text/html; charset=utf-8

<p>{person.name} has answered.</p>

--inner
Content-Type: text/calendar; charset=utf-8; method={method}
Content-Transfer-Encoding: {coding}

{body}
--inner--

--outer
Content-Type: application/ics; name="invite.ics"
Content-Transfer-Encoding: {coding}
Content-Disposition: attachment; filename="invite.ics"

{body}
--outer--
""".encode()
