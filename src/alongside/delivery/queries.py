"""Reading notices: whose hours hold, how much somebody has heard today, what waits, what was sent, what the shelf holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet

from alongside.delivery.enums import (
    ALWAYS,
    ONLY_BY_MAIL,
    PUSHED,
    UNCOUNTED,
    NoticeChannel,
    NoticeState,
    Why,
)
from alongside.delivery.models import Device, Notice, Outage
from alongside.delivery.plan import LEAD, NUDGE_REST
from alongside.engine.timing.hours import PersonHours, cautious_hours
from alongside.engine.timing.zones import UTC_NAME, instant_at, wall_at
from alongside.foundation.clock import now as machine_now
from alongside.people.enums import NoticeClass, NoticeMode, ReminderLead
from alongside.people.models import Person
from alongside.people.queries import hours_of, known_zone, lets_ring, seasons_of_people
from alongside.programs.models import Program
from alongside.programs.texts import text_catalog

LEADS: Mapping[str, timedelta] = {
    ReminderLead.DAY: LEAD,
    ReminderLead.HOURS: timedelta(hours=2),
    ReminderLead.SHORT: timedelta(minutes=30),
}
OPEN = (NoticeState.DUE, NoticeState.SENDING)
_TOLD = (NoticeState.SENDING, NoticeState.SENT, NoticeState.UNKNOWN)
_DROPPED = (NoticeState.CANCELED, NoticeState.EXPIRED, NoticeState.BOUNCED)


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice in words: what it is about, of which program, and why it stands where it does. No contents."""

    notice: Notice
    label: str
    class_label: str
    why: str
    address: str

    @property
    def detail(self) -> str:
        program = self.notice.program
        return " · ".join(filter(None, (program.name if program is not None else "", self.why)))

    @property
    def can_retry(self) -> bool:
        return self.notice.state in {NoticeState.DUE, NoticeState.BOUNCED}


@dataclass(frozen=True, slots=True)
class Overview:
    """What the mail lane has before it, for administrators: counts, never names or contents."""

    due: int
    held: int
    sending: int
    unknown: int
    bounced: int
    oldest_due: datetime | None
    outage: Outage | None


def hours_for(person: Person | None, program: Program | None) -> PersonHours:
    """When the receiver may be told something. Whose zone nobody knows yet has the program's weekdays from 9 to 17."""
    if person is None:
        return cautious_hours(_zone_of(program))
    return cautious_until_known(person, program, hours_of(person))


def cautious_until_known(person: Person, program: Program | None, hours: PersonHours) -> PersonHours:
    """These hours of the person, or cautious ones as long as nobody knows their zone."""
    if person.preferences.zone_confirmed_at is None and hours.zone == UTC_NAME:
        return replace(cautious_hours(_zone_of(program)), overrides=hours.overrides, pauses=hours.pauses)
    return hours


def _zone_of(program: Program | None) -> str:
    return known_zone(program.zone if program is not None else settings.ENV.default_zone)


def rings_through(notice: Notice, hours: PersonHours, now: datetime) -> bool:
    """Whether the notice is of an urgent message and its receiver lets it ring at this instant. No query."""
    urgent = notice.person is not None and notice.context.get("urgent") is True
    return urgent and notice.person is not None and lets_ring(notice.person, hours, now)


def mode_for(
    person: Person | None, notice_class: NoticeClass, channel: str = NoticeChannel.MAIL
) -> NoticeMode:
    """What the person chose for this class on this channel.

    By mail in their hours unless they chose otherwise. On devices the same for what a partner waits with and for talks that
    come near, and nothing else; account and safety come by mail alone.
    """
    if channel == NoticeChannel.PUSH:
        if person is None or notice_class in ALWAYS:
            return NoticeMode.OFF
        usual = NoticeMode.NOW if notice_class in PUSHED else NoticeMode.OFF
        chosen = person.preferences.push.get(notice_class, usual)
        return NoticeMode(chosen) if chosen in NoticeMode.values else usual
    if person is None or notice_class in ALWAYS:
        return NoticeMode.NOW
    chosen = person.preferences.notices.get(notice_class, NoticeMode.NOW)
    return NoticeMode(chosen) if chosen in NoticeMode.values else NoticeMode.NOW


def is_pushed(person: Person | None, kind: str, notice_class: NoticeClass) -> bool:
    """Whether a notice of this kind is also shown on devices of the person. At most one query."""
    if person is None or kind in ONLY_BY_MAIL:
        return False
    if mode_for(person, notice_class, NoticeChannel.PUSH) == NoticeMode.OFF:
        return False
    return devices_of(person).exists()


def devices_of(person: Person) -> QuerySet[Device]:
    """The browsers that show notes to this person, in the order they came; none whose session has run out."""
    return Device.objects.filter(person=person, session__expire_date__gt=machine_now()).order_by("pk")


def lead_of(person: Person | None) -> timedelta:
    """How long before a talk this person likes to be reminded; a day unless they chose."""
    return LEADS.get(person.preferences.reminder_lead, LEAD) if person is not None else LEAD


def digest_time_of(person: Person) -> time:
    value = person.preferences.digest_time
    return value if isinstance(value, time) else time.fromisoformat(value)


def counted_today(person: Person, zone: str, now: datetime) -> int:
    """Mails that count towards the daily three and were sent, or perhaps sent, on the person's present date."""
    day = wall_at(now, zone).day
    begun = instant_at(day, time(0), zone).instant
    told = Notice.objects.filter(person=person, channel=NoticeChannel.MAIL, state__in=_TOLD)
    told = told.exclude(notice_class__in=UNCOUNTED)
    return told.filter(Q(settled_at__gte=begun) | Q(settled_at__isnull=True)).count()


def was_nudged(thread: str, about: str, now: datetime) -> bool:
    """Whether the pair of this thread was offered something else within a week: one gentle offer is enough."""
    recent = Notice.objects.filter(
        thread=thread, notice_class=NoticeClass.NUDGE, created_at__gt=now - NUDGE_REST
    )
    return bool(thread) and recent.exclude(about=about).exclude(state__in=_DROPPED).exists()


def is_in_season(people: Iterable[Person], now: datetime) -> bool:
    """Whether any of them has lighter weeks or is away."""
    return bool(seasons_of_people(people, now=now))


def has_due(now: datetime, channel: str = NoticeChannel.MAIL) -> bool:
    """Whether a claim could get anything. A plain read: takes no lock."""
    return due_notices(now, channel).exists()


def due_notices(now: datetime, channel: str = NoticeChannel.MAIL) -> QuerySet[Notice]:
    """Notices of a channel whose moment has come, the longest waiting first."""
    due = Notice.objects.filter(
        state=NoticeState.DUE, mode=NoticeMode.NOW, channel=channel, not_before__lte=now
    )
    return due.order_by("not_before", "pk")


def mergeable_with(notice: Notice, now: datetime) -> QuerySet[Notice]:
    """Others of the same person, thread and kind that can be told together, on the same channel."""
    same = Notice.objects.filter(
        state=NoticeState.DUE,
        person=notice.person_id,
        thread=notice.thread,
        kind=notice.kind,
        channel=notice.channel,
        earliest_at__lte=now,
    )
    if notice.person_id is None or not notice.thread:
        return same.none()
    return same.exclude(pk=notice.pk).exclude(mode=NoticeMode.OFF).order_by("created_at", "pk")


def digest_items(
    person_id: int, channel: str = NoticeChannel.MAIL, *, by: datetime | None = None
) -> QuerySet[Notice]:
    """What the next digest of a person has to tell: what waits for it, and by mail what a crash left in doubt.

    `by`: only what may be told by then.
    """
    wanted = Q(state=NoticeState.DUE, mode=NoticeMode.DIGEST, channel=channel)
    if channel == NoticeChannel.MAIL:
        wanted |= Q(state=NoticeState.UNKNOWN, told_with__isnull=True)
    items = Notice.objects.filter(wanted, person=person_id)
    if by is not None:
        items = items.filter(earliest_at__lte=by)
    return items.exclude(notice_class=NoticeClass.DIGEST).order_by("created_at", "pk")


def lost_in_sending(now: datetime) -> QuerySet[Notice]:
    """Notices whose worker ended between handing over and writing down: sent or not, nobody knows."""
    return Notice.objects.filter(state=NoticeState.SENDING, lease__lt=now)


def current_outage() -> Outage | None:
    return Outage.objects.order_by("pk").first()


def held_for(person: Person) -> QuerySet[Notice]:
    """What waits for this person, soonest first."""
    rows = Notice.objects.filter(person=person, state__in=OPEN)
    return rows.select_related("person", "program").order_by("not_before", "pk")


def told_to(person: Person) -> QuerySet[Notice]:
    """What became of everything else meant for this person, latest first."""
    rows = Notice.objects.filter(person=person).exclude(state__in=OPEN)
    return rows.select_related("person", "program").order_by("-settled_at", "-pk")


def notice_lines(notices: Iterable[Notice]) -> list[NoticeLine]:
    """Notices in words. No query of its own."""
    texts = text_catalog().every
    return [
        NoticeLine(
            notice,
            texts[notice.kind].name if notice.kind in texts else notice.kind,
            str(NoticeClass(notice.notice_class).label),
            str(Why(notice.why).label) if notice.why else "",
            notice.person.email if notice.person is not None else notice.address,
        )
        for notice in notices
    ]


def overview(now: datetime) -> Overview:
    """Two queries."""
    due = Q(state=NoticeState.DUE, mode=NoticeMode.NOW, not_before__lte=now)
    found = Notice.objects.aggregate(
        due=Count("pk", filter=due),
        held=Count("pk", filter=Q(state=NoticeState.DUE) & ~due),
        sending=Count("pk", filter=Q(state=NoticeState.SENDING)),
        unknown=Count("pk", filter=Q(state=NoticeState.UNKNOWN)),
        bounced=Count("pk", filter=Q(state=NoticeState.BOUNCED)),
        oldest_due=Min("not_before", filter=due),
    )
    return Overview(outage=current_outage(), **found)


def troubled_notices() -> QuerySet[Notice]:
    """Those an administrator can do something about: came back, in doubt, or tried and put back."""
    tried = Q(state=NoticeState.DUE, attempts__gt=0)
    rows = Notice.objects.filter(Q(state__in=(NoticeState.BOUNCED, NoticeState.UNKNOWN)) | tried)
    return rows.select_related("person", "program").order_by("-settled_at", "-pk")
