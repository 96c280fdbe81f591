"""Talks in people's calendars: invitations in the mails that tell of a time, which can be answered, and private feeds."""

from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.delivery.links import page
from alongside.delivery.models import Notice
from alongside.delivery.scenes import Scene
from alongside.foundation.mail import Attachment
from alongside.meetings.enums import Attending, FeedDetail
from alongside.meetings.ics import Guest, Talk, feed_file, invitation, series_invitation
from alongside.meetings.models import Feed
from alongside.meetings.queries import MeetingLine, attending, changes_of, meeting_lines, talks_of_feed
from alongside.meetings.queries.lists import turns_in_series
from alongside.people.enums import Channel
from alongside.people.models import Person
from alongside.vault.queries import open_sealed

CARRY_CALENDAR = frozenset(
    {
        "meeting_offered", "meeting_booked", "meeting_moved", "meeting_changed", "meeting_canceled",
        "meeting_shifted", "calendar_entry", "meeting_repeats", "meeting_rhythm_ended",
    }
)  # fmt: skip
_WHOLE_SERIES = frozenset({"meeting_repeats", "meeting_rhythm_ended"})
_SALT = "alongside.delivery.calendar"
_SIGNATURE = 20  # hexadecimal digits: 80 bits


def calendar_for(notice: Notice, scene: Scene, *, url: str) -> tuple[Attachment, ...]:
    """The talk as an invitation to the receiver; nothing for other mails and talks without a time.

    The place is in it only for people who want words by mail: it is what the two wrote, and a link to a call opens doors.
    The partner stands in it by name and answer; their address stays theirs.
    """
    meeting, person = scene.thing, notice.person
    if notice.kind not in CARRY_CALENDAR or person is None or meeting.starts_at is None:
        return ()
    partner = scene.partner_of(person)
    summary = _("Talk with {partner}").format(partner=partner.name if partner is not None else "")
    place = open_sealed(meeting.place_sealed, about=f"meeting:{meeting.public_id}:place")
    talk = Talk(meeting, summary, place if person.preferences.mail_text else "", url)
    # Turns of a rhythm are answered on their pages: an answer by mail may mean one of them or all.
    answers, said = bool(calendar_address(person)) and not meeting.series, attending(meeting)
    guests = [Guest(person.name, person.email, said.get(person.pk, Attending.OPEN), answers)]
    if partner is not None:
        guests.append(Guest(partner.name, _nobodys_address(partner), said.get(partner.pk, Attending.OPEN)))
    host, organizer = calendar_host(), organizer_for(person)
    if notice.kind in _WHOLE_SERIES:
        talks = [Talk(turn, summary, talk.place) for turn in turns_in_series(meeting)]
        method, content = series_invitation(talks, host=host, organizer=organizer, guests=guests)
    else:
        talk = replace(talk, sequence=changes_of(meeting))
        method, content = invitation(talk, host=host, organizer=organizer, guests=guests)
    return (Attachment("talk.ics", content, f"text/calendar; method={method}; component=VEVENT"),)


def feed_content(feed: Feed, *, now: datetime) -> bytes:
    """The talks of the feed's person as a calendar, telling as much as they chose and no more. At most four queries.

    Busy: times alone. Partner: whose talk it is. Full: program, place and page as well. The same talks give the same bytes.
    """
    person = feed.person
    with override(person.language):
        detail = FeedDetail(feed.detail)
        rows = list(talks_of_feed(person, now=now))
        lines = meeting_lines(rows) if detail == FeedDetail.FULL else [MeetingLine(row, "") for row in rows]
        talks = [_feed_talk(line, person, detail) for line in lines]
        return feed_file(talks, host=calendar_host(), name=_("Talks"))


def _feed_talk(line: MeetingLine, person: Person, detail: FeedDetail) -> Talk:
    meeting = line.meeting
    if detail == FeedDetail.BUSY:
        return Talk(meeting, summary=_("Busy"))
    members = meeting.mentorship.members.all()
    name = next((member.person.name for member in members if member.person_id != person.pk), "")
    summary = _("Talk with {partner}").format(partner=name)
    if detail == FeedDetail.PARTNER:
        return Talk(meeting, summary=summary)
    return Talk(
        meeting,
        summary=f"{summary} · {meeting.mentorship.program.name}",
        place=line.place or str(Channel(meeting.channel).label),
        url=page("workspace:meeting", meeting.mentorship.public_id, meeting.public_id),
    )


def calendar_host() -> str:
    """The host in the names of our talks, always the same for an installation."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def organizer_for(person: Person) -> tuple[str, str]:
    """Name and address of who invites this person: the product. Answers of their calendar go there."""
    name = settings.ORGANIZATION or "Alongside"
    return name, calendar_address(person) or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def calendar_address(person: Person) -> str:
    """Where this person's calendar sends its answers: signed, and the same for all their talks; empty without answers.

    One organizer for good: calendars refuse changes of a talk that come from another.
    """
    name, _at, domain = settings.ENV.reply_address.partition("@")
    if not domain:
        return ""
    return f"{name}+cal-{person.public_id}-{_signature(person.public_id)}@{domain}"


def whose_calendar(address: str) -> str | None:
    """The public id of whose calendar answers at this address; None for any other address. No query."""
    name, _at, domain = settings.ENV.reply_address.lower().partition("@")
    local, _at, host = address.strip().lower().rpartition("@")
    begun, _plus, token = local.partition("+")
    parts = token.split("-")
    if not domain or (begun, host) != (name, domain) or len(parts) != 3 or parts[0] != "cal":
        return None
    return parts[1] if constant_time_compare(parts[2], _signature(parts[1])) else None


def person_of_calendar_address(address: str) -> Person | None:
    """Whose calendar answers at this address; None for any other address, and for somebody who is gone."""
    public_id = whose_calendar(address)
    if public_id is None:
        return None
    rows = Person.objects.select_related("preferences")
    return rows.filter(public_id=public_id, is_active=True).first()


def _signature(public_id: str) -> str:
    return salted_hmac(_SALT, public_id, algorithm="sha256").hexdigest()[:_SIGNATURE]


def _nobodys_address(person: Person) -> str:
    """Stands for the partner in an invitation. Mail can never go there (RFC 2606)."""
    return f"{person.public_id}@partner.invalid"
