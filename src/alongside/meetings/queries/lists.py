"""Talks to come, talks that were, times waiting for an answer; and how many, for the report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from alongside.meetings.access import visible_meetings
from alongside.meetings.enums import TALKED, MeetingState
from alongside.meetings.models import Meeting, Outcome
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.vault.queries import open_many

LONGEST = timedelta(hours=3)  # no talk takes longer; bounds the search for those still going on


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A talk with the place it is held at: a link, a number, a room; empty when none was said."""

    meeting: Meeting
    place: str


@dataclass(frozen=True, slots=True)
class MeetingCounts:
    """How many talks of a program were offered, are booked, and took place by the word of one or of both."""

    offered: int
    booked: int
    confirmed_by_one: int
    confirmed_by_both: int
    not_held: int
    canceled: int

    @property
    def held(self) -> int:
        return self.confirmed_by_one + self.confirmed_by_both


def next_meeting(of: Person | Mentorship, *, viewer: Person, now: datetime) -> MeetingLine | None:
    """The booked talk that comes next or is going on: of one pair, or of all pairs of a person.

    One query and one opening; `meeting.mentorship` is at hand.
    """
    lines = upcoming_meetings(of, viewer=viewer, now=now, limit=1)
    return lines[0] if lines else None


def upcoming_meetings(
    of: Person | Mentorship, *, viewer: Person, now: datetime, limit: int = 20
) -> list[MeetingLine]:
    """Booked talks to come, the soonest first; those going on still count. One query and one opening."""
    rows = (
        _of(of, viewer)
        .filter(state=MeetingState.BOOKED, starts_at__gt=now - LONGEST)
        .order_by("starts_at", "pk")
    )
    coming = [row for row in rows[: limit + 4] if row.ends_at and row.ends_at > now]
    return meeting_lines(coming[:limit])


def offers_waiting(of: Person | Mentorship, *, viewer: Person) -> list[Meeting]:
    """Talks whose times the partner offered and this person may answer; `offered_times` at hand. Two queries."""
    rows = _of(of, viewer).filter(state=MeetingState.PROPOSED).exclude(offered_by=viewer)
    return list(rows.prefetch_related("offered_times").order_by("created_at", "pk")[:20])


def talks_to_tell(of: Person | Mentorship, *, viewer: Person, now: datetime, limit: int = 5) -> list[Meeting]:
    """Talks whose time is over and of which this person has not said what became of them. One query."""
    rows = (
        _of(of, viewer)
        .filter(state__in=(MeetingState.BOOKED, MeetingState.HELD, MeetingState.NOT_HELD), starts_at__lte=now)
        .exclude(outcomes__person=viewer)
        .order_by("-starts_at", "-pk")
    )
    return [row for row in rows[: limit + 4] if row.ends_at and row.ends_at <= now][:limit]


def meetings_of(mentorship: Mentorship, *, viewer: Person, now: datetime) -> QuerySet[Meeting]:
    """All talks of a pair: times waiting, then those to come, then past ones from the latest back."""
    coming = Q(state=MeetingState.BOOKED, starts_at__gt=now - LONGEST)
    place = Case(
        When(state=MeetingState.PROPOSED, then=Value(0)), When(coming, then=Value(1)), default=Value(2)
    )
    sooner = Case(When(coming, then=F("starts_at")))
    rows = visible_meetings(viewer).filter(mentorship=mentorship)
    return rows.annotate(place=place, sooner=sooner).order_by(
        "place", F("sooner").asc(nulls_last=True), F("starts_at").desc(nulls_last=True), "-pk"
    )


def meeting_lines(meetings: Iterable[Meeting]) -> list[MeetingLine]:
    """Talks with their places. One query for any number."""
    rows = list(meetings)
    places = open_many([(row.place_sealed, f"meeting:{row.public_id}:place") for row in rows])
    return [MeetingLine(row, place) for row, place in zip(rows, places, strict=True)]


def talks_held(mentorship: Mentorship) -> int:
    """How many talks of a pair took place by the word of at least one of the two."""
    return mentorship.meetings.filter(state=MeetingState.HELD).count()


def meeting_counts(program: Program) -> MeetingCounts:
    """Talks of all mentorships of a program, as counts. One query.

    Booked: a time was agreed and the talk was not called off, whether it is to come or over. Confirmed by one or by both:
    as many of the two say that they talked, at that time or elsewhere. Canceled and offered ones stand apart.
    """
    talked = Outcome.objects.filter(meeting=OuterRef("pk"), kind__in=TALKED).order_by().values("meeting")
    said = Coalesce(Subquery(talked.annotate(count=Count("pk")).values("count")), 0)
    rows = Meeting.objects.filter(mentorship__program=program).annotate(said=said)
    found: dict[str, int] = {}
    one = both = 0
    for state, count, number in rows.values_list("state", "said").annotate(Count("pk")).order_by():
        found[state] = found.get(state, 0) + number
        one += number if count == 1 else 0
        both += number if count >= 2 else 0
    booked = (MeetingState.BOOKED, MeetingState.HELD, MeetingState.NOT_HELD)
    return MeetingCounts(
        offered=found.get(MeetingState.PROPOSED, 0),
        booked=sum(found.get(state, 0) for state in booked),
        confirmed_by_one=one,
        confirmed_by_both=both,
        not_held=found.get(MeetingState.NOT_HELD, 0),
        canceled=found.get(MeetingState.CANCELED, 0),
    )


def _of(of: Person | Mentorship, viewer: Person) -> QuerySet[Meeting]:
    rows = visible_meetings(viewer)
    return (
        rows.filter(mentorship=of)
        if isinstance(of, Mentorship)
        else rows.filter(mentorship__members__person=of)
    )
