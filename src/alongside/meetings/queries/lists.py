"""Talks to come, talks that were, times waiting for an answer; and how many, for the report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter

from django.db.models import (
    Case,
    Count,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from alongside.foundation.compiled import compiled
from alongside.foundation.reading import holding, keys
from alongside.meetings.access import visible_meetings
from alongside.meetings.enums import TALKED, MeetingState
from alongside.meetings.models import Meeting, Outcome
from alongside.mentorships.access import among_own
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.vault.queries import open_many

LONGEST = timedelta(hours=3)  # no talk takes longer; bounds the search for those still going on
TOLD_OF = (MeetingState.BOOKED, MeetingState.HELD, MeetingState.NOT_HELD)
TOLD = 5  # talks that are asked about at once
LOOKED_AT = 200  # talks of all pairs of a person that may want a look, the newest first


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A talk with the place it is held at: a link, a number, a room; empty when none was said."""

    meeting: Meeting
    place: str


@dataclass(frozen=True, slots=True)
class TalksNow:
    """The next booked talk, those whose times wait for the viewer's answer, those over of which they said nothing yet."""

    coming: Meeting | None
    offers: Sequence[Meeting]
    to_tell: Sequence[Meeting]


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


def talks_now(of: Sequence[Mentorship], *, viewer: Person, now: datetime) -> TalksNow:
    """The talks of these pairs of the viewer's that want a look now. One query.

    `meeting.mentorship` is at hand. A talk that is going on still counts as the next one.
    """
    rows = holding(_untold(viewer.pk, keys(of)), "mentorship", of)
    fixed = [(row.starts_at, row.pk, row) for row in rows if row.starts_at and row.state in TOLD_OF]
    by_time = [(row, row.ends_at or at) for at, _pk, row in sorted(fixed, key=itemgetter(0, 1))]
    offers = [row for row in rows if row.state == MeetingState.PROPOSED and row.offered_by_id != viewer.pk]
    return TalksNow(
        coming=next((row for row, end in by_time if row.state == MeetingState.BOOKED and end > now), None),
        offers=offers[::-1],
        to_tell=[row for row, end in reversed(by_time) if end <= now][:TOLD],
    )


@compiled
def _untold(viewer: int, mentorships: list[int]) -> QuerySet[Meeting]:
    own_word = FilteredRelation("outcomes", condition=Q(outcomes__person=viewer))
    rows = (
        Meeting.objects.filter(among_own(viewer, mentorships)).alias(own_word=own_word).filter(own_word=None)
    )
    return rows.filter(state__in=(MeetingState.PROPOSED, *TOLD_OF)).order_by("-pk")[:LOOKED_AT]


def meetings_of(mentorship: Mentorship, *, viewer: Person, now: datetime) -> QuerySet[Meeting]:
    """All talks of a pair: times waiting, then those to come, then past ones from the latest back."""
    coming = Q(state=MeetingState.BOOKED, starts_at__gt=now - LONGEST)
    place = Case(
        When(state=MeetingState.PROPOSED, then=Value(0)), When(coming, then=Value(1)), default=Value(2)
    )
    sooner = Case(When(coming, then=F("starts_at")))
    rows = visible_meetings(viewer, of=mentorship).select_related("offered_by", "settled_by")
    return rows.annotate(place=place, sooner=sooner).order_by(
        "place", F("sooner").asc(nulls_last=True), F("starts_at").desc(nulls_last=True), "-pk"
    )


def meeting_lines(meetings: Iterable[Meeting]) -> list[MeetingLine]:
    """Talks with their places. One query for any number."""
    rows = list(meetings)
    places = open_many([(row.place_sealed, f"meeting:{row.public_id}:place") for row in rows])
    return [MeetingLine(row, place) for row, place in zip(rows, places, strict=True)]


def turns_in_series(meeting: Meeting) -> list[Meeting]:
    """All turns of a talk's rhythm, those called off among them, in order. One query."""
    rows = Meeting.objects.filter(mentorship=meeting.mentorship_id, series=meeting.series)
    return list(rows.order_by("turn_wall"))


def turns_left(meeting: Meeting, *, now: datetime) -> QuerySet[Meeting]:
    """The turns of a talk's rhythm that are still to come, from it on and itself among them, in order.

    The talk a rhythm began with is no turn of it; its turns are all of the rhythm.
    """
    wanted = began(meeting)
    if meeting.series:
        wanted |= Q(series=meeting.series, turn_wall__gte=meeting.turn_wall)
    rows = Meeting.objects.filter(wanted, mentorship=meeting.mentorship_id, starts_at__gt=now)
    return rows.filter(state__in=(MeetingState.BOOKED, MeetingState.PROPOSED)).order_by("turn_wall")


def began(meeting: Meeting) -> Q:
    """The turns of the rhythms that began with a talk: the first bears its id, later ones that and a number."""
    return Q(series=meeting.public_id) | Q(series__startswith=f"{meeting.public_id}-")


def changes_of(meeting: Meeting) -> int:
    """How often a talk was changed, or the whole rhythm it is a turn of. At most one query."""
    if not meeting.series:
        return meeting.sequence
    rows = Meeting.objects.filter(mentorship=meeting.mentorship_id, series=meeting.series)
    found: int = rows.aggregate(changes=Sum("sequence"))["changes"]
    return found


def talks_held(mentorship: Mentorship) -> int:
    """How many talks of a pair took place by the word of at least one of the two."""
    return mentorship.meetings.filter(state=MeetingState.HELD).count()


def times_of_talks_held(mentorship: Mentorship) -> list[datetime]:
    """When the talks of a pair that took place began."""
    starts = mentorship.meetings.filter(state=MeetingState.HELD).values_list("starts_at", flat=True)
    return [at for at in starts if at is not None]


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
