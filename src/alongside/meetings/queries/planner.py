"""Finding a time: which ones suit the two, what each asks of whom, and whose turn it is to stretch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Q

from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.instants import from_seconds, to_seconds
from alongside.engine.timing.overlap import Ledger, good_hours_per_week, rank_times
from alongside.engine.timing.stretch import Side, costs_of
from alongside.engine.timing.zones import Wall, instant_at, stretches_between, wall_at
from alongside.meetings.enums import MeetingState
from alongside.meetings.models import Meeting
from alongside.meetings.queries.lists import LONGEST
from alongside.mentorships.models import Mentorship
from alongside.people.enums import Channel
from alongside.people.models import Person
from alongside.people.queries import hours_of_people

SOONEST, FURTHEST = timedelta(hours=12), timedelta(weeks=8)  # the window in which times are offered
SEARCHED = timedelta(days=14)
BEST = 3
TALKING = (Channel.VIDEO, Channel.VOICE, Channel.PHONE, Channel.IN_PERSON)
_BEFORE_RHYTHM = timedelta(days=7)
_AROUND = timedelta(days=3)  # before the time of a talk that is moved
_NEVER_ASKED = 99  # the cost of a time nobody would be asked for, such as a night
_MEMORY = 12  # booked talks that are looked back on for turns


class Comfort(StrEnum):
    """What a time asks of the two."""

    GOOD = "good"  # well within the hours of both
    FINE = "fine"  # within the hours of both, near an edge
    STRETCHES_ME = "stretches_me"
    STRETCHES_THEM = "stretches_them"
    STRETCHES_BOTH = "stretches_both"


@dataclass(frozen=True, slots=True)
class PlannedTime:
    """One time on two clocks. `theirs` is None where the partner does not share theirs."""

    starts_at: datetime
    minutes: int
    mine: Wall
    theirs: Wall | None
    comfort: Comfort

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def key(self) -> str:
        """How a form names this time: the instant in UTC."""
        return f"{self.starts_at:%Y-%m-%dT%H:%MZ}"


@dataclass(frozen=True, slots=True)
class Planner:
    """The best times for the two and why these. `shared` is their least time in common a week."""

    times: Sequence[PlannedTime]
    minutes: int
    shared: timedelta
    stretching: int | None
    stretched_last: int | None
    from_on: date
    until_on: date
    clock_changes: Sequence[tuple[int, date]]


@dataclass(frozen=True, slots=True)
class ChannelChoice:
    """One way to talk, and which of the two named it."""

    channel: Channel
    liked_by: tuple[int, ...]


def best_times(
    mentorship: Mentorship,
    *,
    viewer: Person,
    partner: Person,
    minutes: int,
    now: datetime,
    from_on: date | None = None,
    moving: Meeting | None = None,
    count: int = BEST,
) -> Planner:
    """Up to `count` times, each on another day of the viewer's calendar where there are so many days.

    Searched for two weeks from `from_on`, else around the time of the talk that is `moving`, else from when the pair's rhythm
    asks for the next talk; further on, up to eight weeks ahead, when these hold none. Times at which one of the two has a
    talk already are left out. Four queries.
    """
    hours = hours_of_people([viewer, partner])
    talks = _talks(mentorship, now)
    ledger = Ledger(tuple(str(talk.stretched_id) for talk in talks if talk.stretched_id is not None))
    horizon = furthest_for(moving, now)
    wanted = _wanted(mentorship, talks, moving)
    if from_on is not None:
        wanted = instant_at(from_on, time(), hours[viewer.pk].zone).instant
    start = max(now + SOONEST, min(wanted or now, horizon - SEARCHED))
    busy = _busy([viewer, partner], start, horizon)
    sides = _sides(hours, viewer, partner)
    duration = timedelta(minutes=minutes)
    found: list[datetime] = []
    stretching: int | None = None
    until = min(start + SEARCHED, horizon)
    for end in (until, min(start + FURTHEST, horizon)):
        free = [
            offer
            for offer in rank_times(sides, duration, start, end, ledger)
            if not _overlaps(offer.start, offer.end, busy)
        ]
        found = _on_several_days([offer.start for offer in free], hours[viewer.pk].zone, count)
        if found:
            by_start = {offer.start: offer for offer in free}
            turns = by_start[found[0]].stretching
            stretching = int(turns[0]) if turns else None
            until = end
            break
    return Planner(
        times=times_in_comfort(found, minutes, hours=hours, viewer=viewer, partner=partner),
        minutes=minutes,
        shared=good_hours_per_week(hours[viewer.pk], hours[partner.pk], now, now + timedelta(weeks=8)).least,
        stretching=stretching,
        stretched_last=int(ledger.turns[-1]) if ledger.turns else None,
        from_on=wall_at(start, hours[viewer.pk].zone).day,
        until_on=wall_at(until, hours[viewer.pk].zone).day,
        clock_changes=clock_changes(hours, now, max(found, default=until)),
    )


def furthest_for(meeting: Meeting | None, now: datetime) -> datetime:
    """Until when times are offered: eight weeks ahead, and for a talk that has a time already, eight weeks after that."""
    begins = meeting.starts_at if meeting is not None else None
    return max(now, begins or now) + FURTHEST


def times_in_comfort(
    starts: Iterable[datetime],
    minutes: int,
    *,
    hours: dict[int, PersonHours],
    viewer: Person,
    partner: Person,
) -> list[PlannedTime]:
    """Times on the clocks of both, with what each asks of whom, in order. No query."""
    wanted = sorted(starts)
    if not wanted:
        return []
    duration = timedelta(minutes=minutes)
    span = wanted[0], wanted[-1] + duration
    mine, theirs = (costs_of(side, *span) for side in _sides(hours, viewer, partner))
    shares = partner.preferences.share_clock
    return [
        PlannedTime(
            at,
            minutes,
            wall_at(at, hours[viewer.pk].zone),
            wall_at(at, hours[partner.pk].zone) if shares else None,
            _comfort(
                mine.of(at, at + duration),
                theirs.of(at, at + duration),
                mine.is_comfortable(at, at + duration) and theirs.is_comfortable(at, at + duration),
            ),
        )
        for at in wanted
    ]


def who_stretches(people: Sequence[Person], start: datetime, minutes: int) -> Person | None:
    """Whoever gives most for a time; None when both give the same. Two queries."""
    hours = hours_of_people(people)
    end = start + timedelta(minutes=minutes)
    given = [
        _cost(costs_of(Side(str(person.pk), hours[person.pk]), start, end).of(start, end))
        for person in people
    ]
    if len(set(given)) == 1:
        return None
    return people[given.index(max(given))]


def clashing_meeting(
    people: Sequence[Person], start: datetime, minutes: int, *, but: Meeting | None = None
) -> Meeting | None:
    """A booked talk of one of these people that overlaps the time; not `but`. One query."""
    end = start + timedelta(minutes=minutes)
    rows = Meeting.objects.filter(
        state=MeetingState.BOOKED,
        mentorship__members__person__in=people,
        starts_at__gt=start - LONGEST,
        starts_at__lt=end,
    )
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    found = rows.select_related("mentorship").distinct().order_by("starts_at", "pk")
    return next((row for row in found if row.ends_at and row.ends_at > start), None)


def channels_of_both(people: Sequence[Person]) -> list[ChannelChoice]:
    """The ways to talk: first what both like in the order of both, then what one likes, then the others. No query."""
    ranks: dict[Channel, dict[int, int]] = {channel: {} for channel in TALKING}
    for person in people:
        chosen = person.preferences.channels
        for rank, entry in enumerate(chosen if isinstance(chosen, list) else []):
            name = entry.get("channel") if isinstance(entry, dict) else None
            if name in TALKING:
                ranks[Channel(name)].setdefault(person.pk, rank)

    def order(channel: Channel) -> tuple[int, int, int]:
        return -len(ranks[channel]), sum(ranks[channel].values()), TALKING.index(channel)

    return [ChannelChoice(channel, tuple(ranks[channel])) for channel in sorted(TALKING, key=order)]


def clock_changes(hours: dict[int, PersonHours], now: datetime, until: datetime) -> list[tuple[int, date]]:
    """Whose clocks change between now and `until`, and on which of their days."""
    found = []
    for pk, person in hours.items():
        stretches = list(stretches_between(person.zone, to_seconds(now), to_seconds(until)))
        found += [(pk, wall_at(from_seconds(later.start), person.zone).day) for later in stretches[1:]]
    return found


def _talks(mentorship: Mentorship, now: datetime) -> list[Meeting]:
    """The pair's latest booked and held talks, oldest first; turns of a rhythm once they were, for they reach far ahead."""
    rows = mentorship.meetings.filter(
        Q(series="") | Q(starts_at__lte=now),
        state__in=(MeetingState.BOOKED, MeetingState.HELD),
        starts_at__isnull=False,
    )
    return list(rows.order_by("-starts_at")[:_MEMORY])[::-1]


def _wanted(mentorship: Mentorship, talks: Sequence[Meeting], moving: Meeting | None) -> datetime | None:
    """Around when a time is wanted: that of the talk being moved, else a week before the rhythm asks for the next talk.

    Turns of a series do not count: they come anyway, and whoever wants a further talk wants it beside them.
    """
    if moving is not None and moving.starts_at is not None:
        return moving.starts_at - _AROUND
    single = [talk.starts_at for talk in talks if talk.starts_at and not talk.series]
    if not single or not mentorship.rhythm_days:
        return None
    return single[-1] + timedelta(days=mentorship.rhythm_days) - _BEFORE_RHYTHM


def _busy(people: Sequence[Person], start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    rows = Meeting.objects.filter(
        state=MeetingState.BOOKED,
        mentorship__members__person__in=people,
        starts_at__gt=start - LONGEST,
        starts_at__lt=end,
    ).distinct()
    return [(row.starts_at, row.ends_at) for row in rows if row.starts_at and row.ends_at]


def _overlaps(start: datetime, end: datetime, busy: Iterable[tuple[datetime, datetime]]) -> bool:
    return any(begun < end and ended > start for begun, ended in busy)


def _on_several_days(starts: Sequence[datetime], zone: str, count: int) -> list[datetime]:
    """The best `count`, one a day while days last, then whatever comes next."""
    by_day: dict[date, datetime] = {}
    for start in starts:
        by_day.setdefault(wall_at(start, zone).day, start)
    chosen = list(by_day.values())[:count]
    rest = (start for start in starts if start not in chosen)
    return [*chosen, *(start for start, _ in zip(rest, range(count - len(chosen)), strict=False))]


def _sides(hours: dict[int, PersonHours], *people: Person) -> list[Side]:
    return [Side(str(person.pk), hours[person.pk]) for person in people]


def _comfort(mine: int | None, theirs: int | None, comfortable: bool) -> Comfort:
    if mine == 0 and theirs == 0:
        return Comfort.GOOD if comfortable else Comfort.FINE
    if _cost(mine) and _cost(theirs):
        return Comfort.STRETCHES_BOTH
    return Comfort.STRETCHES_ME if _cost(mine) else Comfort.STRETCHES_THEM


def _cost(cost: int | None) -> int:
    return _NEVER_ASKED if cost is None else cost
