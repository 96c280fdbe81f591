"""What the people of the demo have before them: the mails about it are planned by the worker, as everywhere."""

from alongside.enrollment.actions import resend_invitation
from alongside.enrollment.enums import InvitationState
from alongside.enrollment.models import Invitation
from alongside.journal import actions as journal
from alongside.journal.models import Entry
from alongside.meetings.enums import MeetingState
from alongside.meetings.models import Meeting
from alongside.switchboard.demo.world import World

_AGREED = ("meeting.booked", "meeting.moved")


def tell_what_is_ahead(world: World) -> None:
    """Talks to come and invitations still open. The reactions of the worker must be plugged in again."""
    for invitation in Invitation.objects.filter(state=InvitationState.SENT).select_related("invited_by"):
        if invitation.invited_by is not None:
            resend_invitation(invitation=invitation, actor=invitation.invited_by, now=world.now)
    booked = Meeting.objects.filter(state=MeetingState.BOOKED, starts_at__gt=world.now)
    entries = Entry.objects.filter(verb__in=_AGREED, subject_type="meeting")
    latest = {entry.subject_id: entry for entry in entries.order_by("pk")}
    for meeting in booked.order_by("starts_at", "pk"):
        if meeting.pk in latest:
            journal.react_to(latest[meeting.pk])
