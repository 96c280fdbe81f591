"""The calendar entry of a talk, attached to the mails that tell of its time."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from alongside.delivery.models import Notice
from alongside.delivery.scenes import Scene
from alongside.foundation.clock import now
from alongside.foundation.mail import Attachment
from alongside.meetings.enums import MeetingState
from alongside.meetings.ics import calendar_file
from alongside.people.queries import known_zone
from alongside.vault.queries import open_sealed

CARRY_CALENDAR = frozenset({"meeting_booked", "meeting_moved", "meeting_changed", "meeting_canceled"})


def calendar_for(notice: Notice, scene: Scene, *, url: str) -> tuple[Attachment, ...]:
    """The talk as calendar file for the receiver, in their zone; nothing for other mails and talks without a time.

    The place is in it only for people who want words by mail: it is what the two wrote, and a link to a call opens doors.
    """
    meeting, person = scene.thing, notice.person
    if notice.kind not in CARRY_CALENDAR or person is None or meeting.starts_at is None:
        return ()
    partner = scene.partner_of(person)
    wants_words = person.preferences.mail_text
    content = calendar_file(
        meeting,
        summary=_("Talk with {partner}").format(partner=partner.name if partner is not None else ""),
        place=open_sealed(meeting.place_sealed, about=f"meeting:{meeting.public_id}:place")
        if wants_words
        else "",
        url=url,
        host=urlsplit(settings.BASE_URL).hostname or "localhost",
        zone=known_zone(person.preferences.zone),
        now=now(),
    )
    method = "CANCEL" if meeting.state == MeetingState.CANCELED else "PUBLISH"
    return (Attachment("talk.ics", content, f"text/calendar; method={method}"),)
