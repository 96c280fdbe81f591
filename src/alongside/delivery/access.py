"""Who may see which mail: notices are their receiver's, words of a team its staff's and receivers'; a shelf is an
administrator's own, and in a demo everybody's.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.conf import settings
from django.db.models import Q, QuerySet

from alongside.delivery.enums import ALWAYS, OUTCOMES, PUT_OFF_VERB, Act, NoticeChannel, NoticeState
from alongside.delivery.links import act_of_link, notice_of_link, page_of, taking_of_link
from alongside.delivery.models import Announcement, Notice, ShelfMail
from alongside.delivery.scenes import Scene, load_scene
from alongside.delivery.still import is_still_so
from alongside.foundation.errors import NotFound
from alongside.journal.queries import entries_about
from alongside.meetings.enums import MeetingState
from alongside.meetings.models import Meeting, OfferedTime, Outcome
from alongside.people.enums import NoticeClass, NoticeMode
from alongside.people.models import Person
from alongside.programs.models import Program

ACT_LIFE = timedelta(days=30)  # after the mail
LATER = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Taking:
    """A time offered for a talk, as the link in a mail shows it to the person it was sent to."""

    person: Person
    partner: Person
    meeting: Meeting
    public_id: str
    starts_at: datetime | None
    is_open: bool
    is_taken: bool
    url: str


class ActState(Enum):
    OPEN = "open"
    DONE = "done"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class ActOfMail:
    """One simple thing the link in a mail does for the person it was sent to."""

    act: Act
    notice: Notice
    person: Person
    scene: Scene
    state: ActState
    url: str

    @property
    def is_open(self) -> bool:
        return self.state is ActState.OPEN

    @property
    def is_done(self) -> bool:
        return self.state is ActState.DONE


def visible_shelf_mails(person: Person | None) -> QuerySet[ShelfMail]:
    """In a demo, where every person is invented, all mails, for any visitor. Else an administrator's own.

    Sign-in links stand in mails: whoever reads another's mail could become them. Raises NotFound for everybody else.
    """
    rows = ShelfMail.objects.order_by("-created_at", "-pk")
    if settings.DEMO:
        return rows
    if person is None or not person.is_administrator:
        raise NotFound
    return rows.filter(to__iexact=person.email)


def get_shelf_mail(person: Person | None, public_id: str) -> ShelfMail:
    """Raises NotFound for mails this visitor may not read."""
    row = visible_shelf_mails(person).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def visible_waiting_mails(person: Person | None = None) -> QuerySet[Notice]:
    """Mails that wait for a good moment of their receivers, soonest first: all, or those to one person. In a demo only."""
    rows = Notice.objects.filter(state=NoticeState.DUE, mode=NoticeMode.NOW, channel=NoticeChannel.MAIL)
    rows = rows.exclude(notice_class=NoticeClass.DIGEST).select_related("person__preferences", "program")
    if not settings.DEMO:
        return rows.none()
    if person is not None:
        rows = rows.filter(Q(person=person) | Q(address__iexact=person.email))
    return rows.order_by("not_before", "pk")


def get_waiting_mail(public_id: str) -> Notice:
    """Raises NotFound for everybody outside a demo."""
    row = visible_waiting_mails().filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def get_announcement(program: Program, public_id: str) -> Announcement:
    """An announcement of this program, for its staff. Raises NotFound."""
    rows = Announcement.objects.select_related("program__contact", "by").filter(program=program)
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def get_received_announcement(person: Person, public_id: str) -> Announcement:
    """What a team wrote to this person. Raises NotFound for drafts, and for everybody it did not go to."""
    rows = Announcement.objects.select_related("program__contact", "by").filter(sent_at__isnull=False)
    row = rows.filter(receipts__participation__person=person, public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def get_notice_of_link(token: str) -> Notice:
    """The notice that an unsubscribe link came with. Raises NotFound for links that are not ours."""
    public_id = notice_of_link(token)
    notices = Notice.objects.select_related("person__preferences", "program").filter(person__isnull=False)
    row = notices.exclude(notice_class__in=ALWAYS).filter(public_id=public_id).first() if public_id else None
    if row is None:
        raise NotFound
    return row


def get_taking(token: str, *, now: datetime) -> Taking:
    """The time that a link in a mail offers. Raises NotFound for links that are not ours, and when its pair is no more."""
    notice_id, offered_id = taking_of_link(token) or ("", "")
    rows = Notice.objects.select_related("person__preferences").filter(person__is_active=True)
    notice = rows.filter(public_id=notice_id, kind="meeting_offered").first()
    scene = load_scene(notice.about, notice.context) if notice is not None else None
    if notice is None or notice.person is None or scene is None:
        raise NotFound
    partner, meeting = scene.partner_of(notice.person), scene.thing
    if partner is None:
        raise NotFound
    offered = OfferedTime.objects.filter(meeting=meeting, public_id=offered_id).first()
    starts_at = offered.starts_at if offered is not None else None
    waits = meeting.state == MeetingState.PROPOSED and meeting.offered_by_id != notice.person.pk
    return Taking(
        person=notice.person,
        partner=partner,
        meeting=meeting,
        public_id=offered_id,
        starts_at=starts_at,
        is_open=waits and starts_at is not None and starts_at > now,
        is_taken=starts_at is not None
        and meeting.state == MeetingState.BOOKED
        and meeting.starts_at == starts_at,
        url=page_of(notice, scene),
    )


def get_act(token: str, *, now: datetime) -> ActOfMail:
    """What a link in a mail is for, and whether it can still be done. Raises NotFound for links that are not ours."""
    notice_id, name = act_of_link(token) or ("", "")
    rows = Notice.objects.select_related("person__preferences", "program").filter(person__is_active=True)
    notice = rows.filter(public_id=notice_id).first()
    scene = load_scene(notice.about, notice.context) if notice is not None else None
    if notice is None or notice.person is None or scene is None or name not in Act.values:
        raise NotFound
    act = Act(name)
    state = _outcome_state(notice, scene) if act in OUTCOMES else _later_state(notice, scene, now)
    if state is ActState.OPEN and (notice.settled_at or now) + ACT_LIFE < now:
        state = ActState.OVER
    return ActOfMail(act, notice, notice.person, scene, state, page_of(notice, scene))


def _outcome_state(notice: Notice, scene: Scene) -> ActState:
    if Outcome.objects.filter(meeting=scene.thing, person=notice.person_id).exists():
        return ActState.DONE
    return ActState.OPEN if is_still_so(notice, scene) else ActState.OVER


def _later_state(notice: Notice, scene: Scene, now: datetime) -> ActState:
    if was_put_off(notice):
        return ActState.DONE
    renewed = notice.notice_class == NoticeClass.NUDGE  # which lives anew when it comes again
    if not renewed and notice.expires_at is not None and notice.expires_at <= now + LATER:
        return ActState.OVER
    return ActState.OPEN if is_still_so(notice, scene) else ActState.OVER


def was_put_off(notice: Notice) -> bool:
    """Whether its link was pressed, whatever came of that: a class switched off meanwhile is not told again."""
    return entries_about(notice).filter(verb=PUT_OFF_VERB).exists()


def check_may_see_mail_lane(person: Person) -> None:
    """Raises NotFound for everybody but administrators: they see states and counts, no contents."""
    if not person.is_administrator:
        raise NotFound
