"""Who hears of what: one table, verb → what is told to whom. `plan` decides when, `facts` puts in the names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from alongside.delivery.scenes import Scene
from alongside.people.models import Person
from alongside.programs.enums import StaffRole


@dataclass(frozen=True, slots=True)
class Telling:
    """One text for one circle of receivers. `after` gives the thing time to settle before anybody hears of it."""

    kind: str
    to: str
    after: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Receiver:
    """A person, or an address nobody has an account for yet."""

    person: Person | None
    address: str = ""


TELLINGS: Mapping[str, Sequence[Telling]] = {
    "invitation.sent": (Telling("invitation", "invited"),),
    "invitation.reminded": (Telling("invitation_reminder", "invited"),),
    "participation.submitted": (
        Telling("enrollment_received", "person"),
        Telling("enrollment_to_approve", "coordinators"),
    ),
    "participation.approved": (Telling("enrolled", "person"),),
    "participation.waitlisted": (Telling("waitlisted", "person"),),
    "participation.declined": (Telling("not_this_time", "person"),),
    # A run tells through its mentorships; those that begin by request tell the same.
    "run.published": (
        Telling("introduction_mentee", "mentee"),
        Telling("introduction_mentor", "mentor"),
    ),
    "mentorship.started": (
        Telling("introduction_mentee", "mentee"),
        Telling("introduction_mentor", "mentor"),
    ),
    "mentorship.paused": (Telling("pair_resting", "partner"),),
    "mentorship.resumed": (Telling("pair_back", "partner"),),
    "mentorship.closing_soon": (Telling("closing_soon", "members"),),
    "mentorship.closing_begun": (Telling("pair_ending", "partner"),),
    "mentorship.ended": (Telling("pair_ended", "partner"),),
    "mentorship.reopened": (Telling("pair_reopened", "partner"),),
    "mentorship.safety_reported": (Telling("safety_reported", "contact"),),
    "topic.opened": (Telling("topic_opened", "partner", after=timedelta(minutes=10)),),
    "message.posted": (Telling("message_posted", "partner"),),
    "meeting.offered": (Telling("meeting_offered", "partner"),),
    "meeting.booked": (
        Telling("meeting_booked", "members"),
        Telling("meeting_reminder", "members"),
        Telling("meeting_over", "members"),
    ),
    "meeting.moved": (
        Telling("meeting_moved", "partner"),
        Telling("calendar_entry", "actor"),
        Telling("meeting_reminder", "members"),
        Telling("meeting_over", "members"),
    ),
    "meeting.changed": (
        Telling("meeting_changed", "partner"),
        Telling("calendar_entry", "actor"),
        Telling("meeting_over", "members"),
    ),
    "meeting.shifted": (
        Telling("meeting_shifted", "members"),
        Telling("meeting_reminder", "members"),
        Telling("meeting_over", "members"),
    ),
    "meeting.laid_out": (Telling("meeting_reminder", "members"), Telling("meeting_over", "members")),
    "meeting.repeated": (Telling("meeting_repeats", "members"),),
    "meeting.rhythm_ended": (Telling("meeting_rhythm_ended", "members"),),
    "meeting.clocks_change": (Telling("clock_change", "members"),),
    "meeting.doubted": (Telling("meeting_doubted", "partner"),),
    "meeting.canceled": (Telling("meeting_canceled", "partner"), Telling("calendar_entry", "actor")),
    "agreement.proposed": (Telling("agreement_proposed", "partner"),),
    "agreement.signed": (Telling("agreement_signed", "partner"),),
    "request.sent": (Telling("request_received", "requested"),),
    "request.reminded": (Telling("request_reminder", "requested"),),
    "request.accepted": (Telling("request_accepted", "requester"),),
    "request.declined": (Telling("request_declined", "requester"),),
    "request.expired": (Telling("request_expired", "requester"),),
    "request.superseded": (Telling("request_superseded", "requester"),),
    "survey.asked": (Telling("survey_asked", "person"),),
    "survey.reminded": (Telling("survey_reminder", "person"),),
    "signal.offered": (Telling("signal_offered", "members"),),
    "goal.woke": (Telling("goal_woke", "person"),),
    "case.opened": (Telling("case_opened", "coordinators"),),
    "case.taken": (Telling("case_taken", "person"),),
    "case.resolved": (Telling("case_resolved", "person"),),
    "staff.invited": (Telling("staff_invitation", "invited"),),
    "staff.added": (Telling("staff_added", "others_person"),),
    "person.device_added": (Telling("device_added", "person"),),
    "announcement.made": (Telling("announcement", "participants"),),
}

# What need not be told any more once this has happened to the same thing.
SETTLES: Mapping[str, Sequence[str]] = {
    "message.removed": ("message_posted",),
    "meeting.booked": ("meeting_offered", "meeting_reminder", "meeting_over"),
    "meeting.moved": (
        "meeting_reminder",
        "meeting_over",
        "meeting_booked",
        "meeting_changed",
        "meeting_doubted",
        "meeting_shifted",
        "clock_change",
    ),
    "meeting.changed": ("meeting_over",),  # it may take longer now
    "meeting.shifted": ("meeting_reminder", "meeting_over", "meeting_booked", "clock_change"),
    "meeting.dropped": (
        "meeting_offered",
        "meeting_moved",
        "meeting_changed",
        "meeting_doubted",
        "meeting_shifted",
        "clock_change",
        "meeting_reminder",
        "meeting_over",
    ),
    "meeting.canceled": (
        "meeting_offered",
        "meeting_booked",
        "meeting_moved",
        "meeting_changed",
        "meeting_doubted",
        "meeting_shifted",
        "clock_change",
        "meeting_reminder",
        "meeting_over",
    ),
    "request.accepted": ("request_received", "request_reminder"),
    "request.declined": ("request_received", "request_reminder"),
    "request.expired": ("request_received", "request_reminder"),
    "request.withdrawn": ("request_received", "request_reminder"),
    "request.superseded": ("request_received", "request_reminder"),
    "invitation.sent": ("invitation", "invitation_reminder"),  # the same letter once more
    "invitation.revoked": ("invitation", "invitation_reminder"),
    "invitation.accepted": ("invitation_reminder",),
    "staff.invitation_revoked": ("staff_invitation",),
    "mentorship.start_undone": ("introduction_mentee", "introduction_mentor"),
    "mentorship.resumed": ("pair_resting",),
    "mentorship.reopened": ("pair_ending", "pair_ended"),
    "mentorship.ended": ("pair_ending", "pair_resting", "pair_back"),
    "goal.let_go": ("goal_woke",),
    "goal.reached": ("goal_woke",),
}


def receivers(telling: Telling, scene: Scene) -> list[Receiver]:
    """Who is told, each once. Nobody who is gone: erased, deactivated, or not of the scene."""
    found = _CIRCLES[telling.to](scene)
    return [receiver for receiver in found if receiver.person is None or receiver.person.is_active]


def _one(part: str) -> Callable[[Scene], list[Receiver]]:
    return lambda scene: [Receiver(scene.people[part])] if part in scene.people else []


def _person_unless_actor(scene: Scene) -> list[Receiver]:
    """Nobody is told what they did themself."""
    person = scene.people.get("person")
    return [Receiver(person)] if person is not None and person != scene.people.get("actor") else []


def _partner(scene: Scene) -> list[Receiver]:
    """All of the pair but the one who did it; both when it was the system."""
    actor = scene.people.get("actor")
    return [Receiver(member) for member in scene.members() if member != actor]


def _actor(scene: Scene) -> list[Receiver]:
    """Whoever did it, for their own calendar; nobody when it is of the system, or their calendar said it itself."""
    actor = scene.people.get("actor")
    by_calendar = scene.facts.get("by_calendar")
    return [Receiver(actor)] if actor is not None and actor in scene.members() and not by_calendar else []


def _members(scene: Scene) -> list[Receiver]:
    return [Receiver(member) for member in scene.members()]


def _coordinators(scene: Scene) -> list[Receiver]:
    if scene.program is None:
        return []
    staff = scene.program.staff.filter(role=StaffRole.COORDINATOR)
    return [Receiver(row.person) for row in staff.select_related("person__preferences").order_by("pk")]


def _contact(scene: Scene) -> list[Receiver]:
    return [Receiver(scene.program.contact)] if scene.program is not None else []


def _invited(scene: Scene) -> list[Receiver]:
    if "person" in scene.people:
        return [Receiver(scene.people["person"])]
    return [Receiver(None, scene.thing.email)]


def _participants(scene: Scene) -> list[Receiver]:
    rows = scene.thing.people.select_related("person__preferences").order_by("pk")
    return [Receiver(row.person) for row in rows]


_CIRCLES: Mapping[str, Callable[[Scene], list[Receiver]]] = {
    "person": _one("person"),
    "mentee": _one("mentee"),
    "mentor": _one("mentor"),
    "requester": _one("requester"),
    "requested": _one("requested"),
    "others_person": _person_unless_actor,
    "partner": _partner,
    "members": _members,
    "actor": _actor,
    "coordinators": _coordinators,
    "contact": _contact,
    "invited": _invited,
    "participants": _participants,
}
