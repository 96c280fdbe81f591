"""Reading announcements: who is in a circle, when they would hear of it, what was sent, what somebody may read."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from alongside.delivery.enums import TAGGED, Circle
from alongside.delivery.models import Announcement, Receipt
from alongside.delivery.plan import release_at
from alongside.delivery.queries import cautious_until_known, mode_for
from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.quiet import HORIZON
from alongside.enrollment.enums import Role
from alongside.enrollment.models import Participation
from alongside.enrollment.queries import enrolled, tags_of
from alongside.foundation.compiled import compiled
from alongside.mentorships.enums import OPEN_STATES
from alongside.people.enums import NoticeClass, NoticeMode
from alongside.people.models import Person
from alongside.people.queries import hours_of_people
from alongside.programs.models import Program

MOST_ON_TODAY = 5


@dataclass(frozen=True, slots=True)
class Hearing:
    """How the people of a circle would hear of something now: `at_once` and `later` by mail, the last of them `until`.

    For those who are `away` there is no good hour within two weeks: it waits for them.
    """

    people: int
    at_once: int
    later: int
    until: datetime | None
    away: int
    in_digest: int
    here_only: int


def people_in(program: Program, circle: str) -> QuerySet[Participation]:
    """Those of the enrolled a circle names, who can still be told something. With person and preferences."""
    rows = enrolled(program).filter(person__is_active=True)
    if circle.startswith(TAGGED):
        return rows.filter(tags__name=circle.removeprefix(TAGGED))
    if circle == Circle.MENTORS:
        return rows.filter(role__in=(Role.MENTOR, Role.BOTH))
    if circle == Circle.MENTEES:
        return rows.filter(role__in=(Role.MENTEE, Role.BOTH))
    if circle == Circle.UNMATCHED:
        return rows.exclude(pk__in=_matched(program))
    return rows


def circles_of(program: Program) -> list[tuple[str, str, int]]:
    """(circle, words, people in it), the tags of the program after the rest. Two queries."""
    match = {
        Circle.EVERYBODY: Q(),
        Circle.MENTORS: Q(role__in=(Role.MENTOR, Role.BOTH)),
        Circle.MENTEES: Q(role__in=(Role.MENTEE, Role.BOTH)),
        Circle.UNMATCHED: ~Q(pk__in=_matched(program)),
    }
    rows = enrolled(program).filter(person__is_active=True).order_by()
    counted = rows.aggregate(**{circle.value: Count("pk", filter=which) for circle, which in match.items()})
    found = [(circle.value, circle_words(circle), counted[circle.value]) for circle in Circle]
    taking_part = Q(participations__in=rows.values("pk"))
    tags = tags_of(program).annotate(reached=Count("participations", filter=taking_part, distinct=True))
    return found + [(f"{TAGGED}{tag.name}", circle_words(f"{TAGGED}{tag.name}"), tag.reached) for tag in tags]


def circle_words(circle: str) -> str:
    """ "Mentors", "Everybody tagged “pilot”"."""
    if circle.startswith(TAGGED):
        return _("Everybody tagged “{tag}”").format(tag=circle.removeprefix(TAGGED))
    return str(Circle(circle).label)


def hearing_of(announcement: Announcement, *, now: datetime) -> Hearing:
    """When those in the circle would hear of it, sent now. Four queries; each different week of hours is looked at once."""
    people = [row.person for row in people_in(announcement.program, announcement.circle)]
    modes = Counter(mode_for(person, NoticeClass.TEAM_NOTE) for person in people)
    mailed = [person for person in people if mode_for(person, NoticeClass.TEAM_NOTE) == NoticeMode.NOW]
    moments = _moments(mailed, announcement.program, now)
    later = [moment for moment in moments if now < moment < now + HORIZON]
    away = sum(moment >= now + HORIZON for moment in moments)
    return Hearing(
        people=len(people),
        at_once=len(moments) - len(later) - away,
        later=len(later),
        until=max(later, default=None),
        away=away,
        in_digest=modes[NoticeMode.DIGEST],
        here_only=modes[NoticeMode.OFF],
    )


def announcements_of(program: Program) -> QuerySet[Announcement]:
    """For staff: drafts first, then what was sent, the newest first; each with `reached`, how many it went to."""
    rows = Announcement.objects.filter(program=program).select_related("by")
    return rows.annotate(reached=Count("receipts")).order_by(
        F("sent_at").desc(nulls_first=True), "-created_at", "-pk"
    )


def received_by(person: Person, *, program: Program | None = None) -> QuerySet[Receipt]:
    """What a person was told by teams, or by the team of one program, the newest first, with program and writer."""
    rows = Receipt.objects.filter(participation__person=person, announcement__sent_at__isnull=False)
    if program is not None:
        rows = rows.filter(announcement__program=program)
    rows = rows.select_related("announcement__program", "announcement__by")
    return rows.order_by("-announcement__sent_at", "-pk")


def unread_by(person: Person) -> list[Announcement]:
    """What a team told this person and they have not opened yet, the newest first; five at most. One query.

    The rows know their subject, instant and the program's name only.
    """
    return _unread(person.pk)


@compiled
def _unread(person: int) -> QuerySet[Announcement]:
    unread = Announcement.objects.filter(
        receipts__participation__person=person, receipts__read_at=None, sent_at__isnull=False
    )
    shown = unread.select_related("program").only("public_id", "subject", "sent_at", "program__name")
    return shown.order_by("-sent_at", "-pk")[:MOST_ON_TODAY]


def _matched(program: Program) -> QuerySet[Participation]:
    return Participation.objects.filter(program=program, memberships__mentorship__state__in=OPEN_STATES)


def _moments(people: Iterable[Person], program: Program, now: datetime) -> list[datetime]:
    """The instant each of them may be told; equal hours are asked once."""
    chosen = list(people)
    hours = hours_of_people(chosen)
    known: dict[PersonHours, datetime] = {}
    found = []
    for person in chosen:
        own = cautious_until_known(person, program, hours[person.pk])
        if own not in known:
            known[own] = release_at(NoticeClass.TEAM_NOTE, own, now=now)
        found.append(known[own])
    return found
