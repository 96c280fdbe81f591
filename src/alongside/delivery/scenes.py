"""What an entry or a notice is about: the thing itself, the people around it, their program.

A scene is loaded anew whenever it is needed, so that a notice never tells of what is no longer so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from alongside.delivery.models import Announcement
from alongside.discussions.models import Message, Topic
from alongside.enrollment.models import Invitation, Participation
from alongside.goals.models import Goal
from alongside.matching.models import Proposal, Request
from alongside.meetings.models import Meeting
from alongside.mentorships.enums import MemberRole
from alongside.mentorships.models import Agreement, Mentorship
from alongside.mentorships.queries import members_of
from alongside.people.models import Person
from alongside.programs.models import Program, StaffInvitation
from alongside.surveys.models import Ask


@dataclass(frozen=True, slots=True)
class Scene:
    """`people` by the part they play: mentee, mentor, person, requester, requested, by, actor."""

    about: str
    thing: Any
    program: Program | None
    mentorship: Mentorship | None = None
    people: Mapping[str, Person] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def thread(self) -> str:
        """What is told together: that of one pair, else that of one program."""
        if self.mentorship is not None:
            return f"pair:{self.mentorship.pk}"
        return f"program:{self.program.pk}" if self.program is not None else ""

    def members(self) -> list[Person]:
        return [self.people[role] for role in MemberRole.values if role in self.people]

    def partner_of(self, person: Person) -> Person | None:
        """The other of the two; None for somebody who is not of them."""
        members = self.members()
        if person not in members:
            return None
        return next((other for other in members if other != person), None)


def load_scene(about: str, facts: Mapping[str, Any]) -> Scene | None:
    """The scene of "type:id"; None when the thing is gone. `facts` are ids and facts kept with the entry or notice.

    Things of rooms this one does not know are seen through their ids alone. At most five queries.
    """
    kind, _, number = about.partition(":")
    loader = _LOADERS.get(kind, _by_ids)
    scene = loader(about, int(number), facts)
    if scene is None or not facts.get("actor"):
        return scene
    actor = _people().filter(pk=facts["actor"]).first()
    if actor is None:
        return scene
    return Scene(
        about, scene.thing, scene.program, scene.mentorship, {**scene.people, "actor": actor}, scene.facts
    )


def scenes_of_run(run_id: int) -> list[str]:
    """What a published run is about for those it brings together: one mentorship each."""
    rows = Proposal.objects.filter(run_id=run_id, mentorship__isnull=False)
    return [f"mentorship:{pk}" for pk in rows.values_list("mentorship_id", flat=True).order_by("pk")]


def run_undo_until(scene: Scene) -> datetime | None:
    """Until when the run that brought the pair together can be taken back; nobody hears of it before."""
    if not isinstance(scene.thing, Mentorship):
        return None
    proposal = Proposal.objects.select_related("run").filter(mentorship=scene.thing).first()
    return proposal.run.undo_until if proposal is not None else None


def _people() -> Any:
    return Person.objects.select_related("preferences")


def _pair(
    about: str, thing: Any, mentorship: Mentorship, facts: Mapping[str, Any], **people: Person | None
) -> Scene:
    two = {member.role: member.person for member in members_of(mentorship) if member.left_at is None}
    others = {role: person for role, person in people.items() if person is not None}
    return Scene(about, thing, mentorship.program, mentorship, {**two, **others}, facts)


def _mentorship(about: str, pk: int, facts: Mapping[str, Any]) -> Scene | None:
    row = Mentorship.objects.select_related("program__contact", "match_type").filter(pk=pk).first()
    return _pair(about, row, row, facts) if row else None


def _topic(about: str, pk: int, facts: Mapping[str, Any]) -> Scene | None:
    row = Topic.objects.select_related("mentorship__program__contact", "opened_by").filter(pk=pk).first()
    return _pair(about, row, row.mentorship, facts, by=row.opened_by) if row else None


def _message(about: str, pk: int, facts: Mapping[str, Any]) -> Scene | None:
    rows = Message.objects.select_related("topic__mentorship__program__contact", "author")
    row = rows.filter(pk=pk).first()
    return _pair(about, row, row.topic.mentorship, facts, by=row.author) if row else None


def _meeting(about: str, pk: int, facts: Mapping[str, Any]) -> Scene | None:
    row = Meeting.objects.select_related("mentorship__program__contact").filter(pk=pk).first()
    return _pair(about, row, row.mentorship, facts) if row else None


def _agreement(about: str, pk: int, facts: Mapping[str, Any]) -> Scene | None:
    row = Agreement.objects.select_related("mentorship__program__contact").filter(pk=pk).first()
    return _pair(about, row, row.mentorship, facts) if row else None


def _goal(about: str, pk: int, facts: Mapping[str, Any]) -> Scene | None:
    rows = Goal.objects.select_related("mentorship__program__contact", "owner__preferences")
    row = rows.filter(pk=pk).first()
    return _pair(about, row, row.mentorship, facts, person=row.owner) if row else None


def _ask(about: str, pk: int, facts: Mapping[str, Any]) -> Scene | None:
    rows = Ask.objects.select_related(
        "wave__survey__program__contact", "wave__survey__questionnaire", "mentorship", "person__preferences"
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        return None
    return Scene(about, row, row.wave.survey.program, row.mentorship, {"person": row.person}, facts)


def _participation(about: str, pk: int, facts: Mapping[str, Any]) -> Scene | None:
    rows = Participation.objects.select_related("program__contact", "match_type", "person__preferences")
    row = rows.filter(pk=pk).first()
    return Scene(about, row, row.program, people={"person": row.person}, facts=facts) if row else None


def _invitation(about: str, pk: int, facts: Mapping[str, Any]) -> Scene | None:
    row = Invitation.objects.select_related("program__contact", "invited_by").filter(pk=pk).first()
    if row is None:
        return None
    people = {"by": row.invited_by} if row.invited_by else {}
    known = _people().filter(email__iexact=row.email).first()
    if known is not None:
        people["person"] = known
    return Scene(about, row, row.program, people=people, facts=facts)


def _staff_invitation(about: str, pk: int, facts: Mapping[str, Any]) -> Scene | None:
    rows = StaffInvitation.objects.select_related("program__contact", "invited_by")
    row = rows.filter(pk=pk, accepted_at=None).first()
    if row is None:
        return None
    return Scene(
        about, row, row.program, people={"by": row.invited_by} if row.invited_by else {}, facts=facts
    )


def _request(about: str, pk: int, facts: Mapping[str, Any]) -> Scene | None:
    rows = Request.objects.select_related(
        "mentee__program__contact", "mentee__person__preferences", "mentor__person__preferences"
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        return None
    people = {"requester": row.mentee.person, "requested": row.mentor.person}
    return Scene(about, row, row.mentee.program, people=people, facts=facts)


def _person(about: str, pk: int, facts: Mapping[str, Any]) -> Scene | None:
    row = _people().filter(pk=pk).first()
    return Scene(about, row, None, people={"person": row}, facts=facts) if row else None


def _announcement(about: str, pk: int, facts: Mapping[str, Any]) -> Scene | None:
    row = Announcement.objects.select_related("program__contact", "by").filter(pk=pk).first()
    if row is None:
        return None
    return Scene(about, row, row.program, people={"by": row.by} if row.by else {}, facts=facts)


def _by_ids(about: str, pk: int, facts: Mapping[str, Any]) -> Scene | None:
    """A thing of a room we do not import: its mentorship, person and program, as far as the ids tell."""
    person = _people().filter(pk=facts["person"]).first() if facts.get("person") else None
    if facts.get("mentorship"):
        rows = Mentorship.objects.select_related("program__contact", "match_type")
        mentorship = rows.filter(pk=facts["mentorship"]).first()
        if mentorship is not None:
            return _pair(about, None, mentorship, facts, person=person)
    program = Program.objects.select_related("contact").filter(pk=facts.get("program") or 0).first()
    if program is None and person is None:
        return None
    return Scene(about, None, program, people={"person": person} if person else {}, facts=facts)


_LOADERS: Mapping[str, Callable[[str, int, Mapping[str, Any]], Scene | None]] = {
    "mentorship": _mentorship,
    "topic": _topic,
    "message": _message,
    "meeting": _meeting,
    "agreement": _agreement,
    "goal": _goal,
    "ask": _ask,
    "participation": _participation,
    "invitation": _invitation,
    "staffinvitation": _staff_invitation,
    "request": _request,
    "announcement": _announcement,
    "person": _person,
}
