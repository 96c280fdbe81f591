"""Whether there is still anything to tell: a notice whose thing is settled, read or gone is not sent."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from alongside.delivery.models import Notice, Receipt
from alongside.delivery.scenes import Scene, load_scene
from alongside.discussions.enums import TopicState
from alongside.discussions.models import Message, Read
from alongside.enrollment.enums import InvitationState, ParticipationState
from alongside.goals.enums import GoalState
from alongside.matching.enums import RequestState
from alongside.meetings.enums import MeetingState
from alongside.meetings.models import Outcome
from alongside.meetings.queries.lists import turns_in_series
from alongside.mentorships.enums import OPEN_STATES, MentorshipState
from alongside.surveys.enums import AskState

# The states of the thing in which its notice still makes sense.
_STATES: Mapping[str, tuple[str, ...]] = {
    "invitation": (InvitationState.SENT, InvitationState.OPENED),
    "invitation_reminder": (InvitationState.SENT, InvitationState.OPENED),
    "enrollment_to_approve": (ParticipationState.SUBMITTED,),
    "enrollment_received": (ParticipationState.SUBMITTED,),
    "enrolled": (ParticipationState.APPROVED,),
    "waitlisted": (ParticipationState.WAITLISTED,),
    "not_this_time": (ParticipationState.DECLINED,),
    "introduction_mentee": OPEN_STATES,
    "introduction_mentor": OPEN_STATES,
    "request_received": (RequestState.SENT,),
    "request_reminder": (RequestState.SENT,),
    "request_accepted": (RequestState.ACCEPTED,),
    "request_declined": (RequestState.DECLINED,),
    "request_expired": (RequestState.EXPIRED,),
    "request_superseded": (RequestState.SUPERSEDED,),
    "pair_resting": (MentorshipState.PAUSED,),
    "pair_back": (MentorshipState.TRIAL, MentorshipState.RUNNING),
    "closing_soon": (MentorshipState.TRIAL, MentorshipState.RUNNING),
    "pair_ending": (MentorshipState.CLOSING,),
    "pair_ended": (MentorshipState.CLOSED,),
    "pair_reopened": (MentorshipState.TRIAL, MentorshipState.RUNNING),
    "meeting_offered": (MeetingState.PROPOSED,),
    "meeting_booked": (MeetingState.BOOKED,),
    "meeting_moved": (MeetingState.BOOKED, MeetingState.PROPOSED),
    "meeting_changed": (MeetingState.BOOKED,),
    "meeting_doubted": (MeetingState.BOOKED,),
    "meeting_shifted": (MeetingState.BOOKED,),
    "clock_change": (MeetingState.BOOKED,),
    "meeting_canceled": (MeetingState.CANCELED,),
    "calendar_entry": (MeetingState.BOOKED, MeetingState.CANCELED),
    "meeting_reminder": (MeetingState.BOOKED,),
    "meeting_repeats": (MeetingState.BOOKED,),
    "meeting_rhythm_ended": (MeetingState.CANCELED,),
    "meeting_over": (MeetingState.BOOKED, MeetingState.HELD, MeetingState.NOT_HELD),
    "survey_asked": (AskState.ASKED,),
    "survey_reminder": (AskState.ASKED,),
    "goal_woke": (GoalState.RESTING,),
}


# What is told of a whole rhythm: whatever became of the turn it was told of first, the next such turn stands for it.
_OF_A_RHYTHM = frozenset({"meeting_repeats", "meeting_rhythm_ended"})


def scene_to_tell(notice: Notice, now: datetime) -> Scene | None:
    """What the notice tells of as it is now; None when that is settled, read or gone. One query more than its scene."""
    scene = load_scene(notice.about, notice.context)
    if scene is not None and notice.kind in _OF_A_RHYTHM:
        scene = _at_next_turn(notice, scene, now)
    return scene if scene is not None and is_still_so(notice, scene) else None


def is_still_so(notice: Notice, scene: Scene) -> bool:
    """Whether the notice tells of something that is so now and that its receiver has not seen here yet."""
    states = _STATES.get(notice.kind)
    if states is not None and scene.thing.state not in states:
        return False
    check = _CHECKS.get(notice.kind)
    return check is None or check(notice, scene)


def _at_next_turn(notice: Notice, scene: Scene, now: datetime) -> Scene | None:
    """At the next turn to come that the notice is right about; None when there is none."""
    states, named = _STATES[notice.kind], notice.context.get("turns")
    turns = [turn for turn in turns_in_series(scene.thing) if turn.state in states]
    coming = [
        (turn.starts_at, turn.turn_wall, turn)
        for turn in turns
        if turn.starts_at is not None and turn.starts_at > now and (named is None or turn.pk in named)
    ]
    return replace(scene, thing=min(coming)[-1]) if coming else None


def _unread_topic(notice: Notice, scene: Scene) -> bool:
    """A topic is told of by itself only while nothing stands in it: its first message says the same."""
    if scene.thing.state == TopicState.CLOSED:
        return False
    written = Message.objects.filter(topic=scene.thing, sent_at__isnull=False).exists()
    return not written and not Read.objects.filter(topic=scene.thing, person=notice.person_id).exists()


def _unread_message(notice: Notice, scene: Scene) -> bool:
    message = scene.thing
    if message.sent_at is None or message.deleted_at is not None:
        return False
    read = Read.objects.filter(topic=message.topic_id, person=notice.person_id, until_at__gte=message.sent_at)
    return not read.exists()


def _unread_announcement(notice: Notice, scene: Scene) -> bool:
    read = Receipt.objects.filter(announcement=scene.thing, participation__person=notice.person_id)
    return not read.filter(read_at__isnull=False).exists()


def _same_time(notice: Notice, scene: Scene) -> bool:
    """The meeting stands where it stood when the notice was planned."""
    return notice.starts_at is None or notice.starts_at == scene.thing.starts_at


def _not_said_yet(notice: Notice, scene: Scene) -> bool:
    """The talk stood at this time to its end, and its receiver has not said what became of it."""
    starts_at, told = scene.thing.starts_at, notice.context.get("starts_at")
    if starts_at is None or (told and datetime.fromisoformat(told) != starts_at):
        return False
    return not Outcome.objects.filter(meeting=scene.thing, person=notice.person_id).exists()


_CHECKS: Mapping[str, Callable[[Notice, Scene], bool]] = {
    "announcement": _unread_announcement,
    "topic_opened": _unread_topic,
    "message_posted": _unread_message,
    "meeting_booked": _same_time,
    "meeting_changed": _same_time,
    "meeting_doubted": _same_time,
    "meeting_shifted": _same_time,
    "clock_change": _same_time,
    "calendar_entry": _same_time,
    "meeting_reminder": _same_time,
    "meeting_over": _not_said_yet,
}
