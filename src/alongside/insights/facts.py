"""Rows to `engine.health.Facts`: the one place that decides what may be known of a relationship.

Allowed: days of meetings and contact, pauses and seasons, what people asked the team for, answers they shared. A test
fails when this file imports anything else. No words, no counts of messages, no signing in, no reading, no goals.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alongside.engine.health import AskedForHand, Facts, Hand, Seen, SharedAnswer
from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.reachable import is_reachable
from alongside.engine.timing.zones import wall_at
from alongside.insights.enums import ASKED_FOR, OPEN_CASES, CaseKind, CaseState
from alongside.insights.models import Case, Signal
from alongside.meetings.enums import MeetingState
from alongside.meetings.models import Meeting
from alongside.mentorships.models import Member, Mentorship, Pause
from alongside.people.queries import hours_of_people, known_zone
from alongside.surveys.models import Shared

_HANDS = {CaseKind.TIP: Hand.TIP, CaseKind.CONTACT: Hand.CONTACT}
_STEPS = {str(step): step for step in range(1, 6)}


@dataclass(frozen=True, slots=True)
class Days:
    """The calendar of one pair: which days are paused for them, which both could be reached on."""

    people: Sequence[PersonHours]
    rests: Sequence[tuple[date, date | None]]

    def is_paused(self, day: date) -> bool:
        resting = any(first <= day and (last is None or day < last) for first, last in self.rests)
        return resting or any(hours.pause_on(day) is not None for hours in self.people)

    def paused(self, start: date, end: date) -> int:
        """Paused days of [start, end)."""
        return sum(self.is_paused(day) for day in _days(start, end))

    def reachable(self, start: date, end: date) -> int:
        """Days of [start, end) on which both had an open hour and nobody rested."""
        return sum(not self.is_paused(day) and is_reachable(self.people, day) for day in _days(start, end))


def facts_of(mentorships: Sequence[Mentorship], *, now: datetime) -> dict[int, tuple[Facts, Days]]:
    """The facts of these mentorships by their key, with the calendar they were counted on.

    Eight queries for all of them. `mentorships` come with `program` and, where there is one, `signal`.
    """
    rows = _Rows(mentorships, now)
    return {row.pk: rows.facts(row) for row in mentorships if rows.people[row.pk]}


class _Rows:
    """What was read for a number of mentorships at once."""

    def __init__(self, mentorships: Sequence[Mentorship], now: datetime) -> None:
        self.now = now
        keys = [row.pk for row in mentorships]
        self.people: dict[int, list[int]] = defaultdict(list)
        members = Member.objects.filter(mentorship__in=keys, left_at__isnull=True)
        found = list(members.select_related("person__preferences").order_by("pk"))
        for member in found:
            self.people[member.mentorship_id].append(member.person_id)
        self.hours = hours_of_people({member.person_id: member.person for member in found}.values())
        self.rests: dict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
        pauses = Pause.objects.filter(mentorship__in=keys)
        for pk, first, last in pauses.values_list("mentorship_id", "from_at", "ended_at"):
            self.rests[pk].append((first, last))
        self.coming = _coming(keys, now)
        self.signals = {signal.mentorship_id: signal for signal in Signal.objects.filter(mentorship__in=keys)}
        self.asked = _asked(keys)
        self.shared = _shared(keys)

    def facts(self, row: Mentorship) -> tuple[Facts, Days]:
        zone = known_zone(row.program.zone)
        today = wall_at(self.now, zone).day
        days = Days([self.hours[pk] for pk in self.people[row.pk]], self._rests(row, zone))
        started = min(row.started_on, today)
        contact = min(row.last_contact_on, today) if row.last_contact_on else None
        signal = self.signals.get(row.pk)
        fine_on = _day(signal.fine_at if signal else None, zone, today)
        meeting = self.coming.get(row.pk)
        people = {str(pk) for pk in self.people[row.pk]}
        facts = Facts(
            today=today,
            people=tuple(str(pk) for pk in self.people[row.pk]),
            started_on=started,
            cadence=row.rhythm_days,
            first_talk_on=_day(row.first_met_at, zone, today),
            last_contact_on=max(contact, started) if contact else None,
            next_meeting_on=max(today, wall_at(meeting[0], zone).day) if meeting else None,
            paused_days=days.paused(max(contact, started) if contact else started, today),
            start_paused_days=days.paused(started, today),
            offer=_seen(signal.offered_at if signal else None, zone, today, days),
            start_offer=_seen(signal.start_offered_at if signal else None, zone, today, days),
            fine_on=fine_on,
            fine_paused_days=days.paused(fine_on, today) if fine_on else 0,
            moved_in_a_row=meeting[1] if meeting else 0,
            asked=tuple(entry for entry in self.asked[row.pk] if entry.person in people),
            shared=tuple(entry for entry in self.shared[row.pk] if entry.person in people),
        )
        return facts, days

    def _rests(self, row: Mentorship, zone: str) -> list[tuple[date, date | None]]:
        return [
            (wall_at(first, zone).day, wall_at(last, zone).day if last else None)
            for first, last in self.rests[row.pk]
        ]


def _coming(keys: Sequence[int], now: datetime) -> dict[int, tuple[datetime, int]]:
    """The next booked meeting of each: when, and how often it has been moved."""
    booked = Meeting.objects.filter(mentorship__in=keys, state=MeetingState.BOOKED, starts_at__gte=now)
    found: dict[int, tuple[datetime, int]] = {}
    for pk, starts_at, moved in booked.order_by("-starts_at").values_list(
        "mentorship_id", "starts_at", "moved_times"
    ):
        if starts_at is not None:
            found[pk] = (starts_at, moved)
    return found


def _asked(keys: Sequence[int]) -> dict[int, list[AskedForHand]]:
    """Who asked the team for a hand and has not been helped yet."""
    found: dict[int, list[AskedForHand]] = defaultdict(list)
    cases = Case.objects.filter(mentorship__in=keys, kind__in=ASKED_FOR, state__in=OPEN_CASES)
    for pk, person_id, kind in cases.values_list("mentorship_id", "person_id", "kind"):
        if pk is not None and person_id is not None:
            found[pk].append(AskedForHand(person=str(person_id), hand=_HANDS[CaseKind(kind)]))
    return found


def _shared(keys: Sequence[int]) -> dict[int, list[SharedAnswer]]:
    """What each shared with the team in their latest wave, unless the team has helped the pair since."""
    resolved = Case.objects.filter(mentorship__in=keys, state=CaseState.RESOLVED, settled_at__isnull=False)
    helped = dict(resolved.order_by("settled_at").values_list("mentorship_id", "settled_at"))
    latest: dict[tuple[int, int], Shared] = {}
    for row in Shared.objects.filter(mentorship__in=keys).order_by("created_at", "pk"):
        if row.mentorship_id is not None and _answers(row, ""):
            latest[row.mentorship_id, row.person_id] = row
    found: dict[int, list[SharedAnswer]] = defaultdict(list)
    for (pk, person_id), row in latest.items():
        if pk not in helped or row.created_at > (helped[pk] or row.created_at):
            found[pk] += _answers(row, str(person_id))
    return found


def _answers(row: Shared, person: str) -> list[SharedAnswer]:
    return [
        SharedAnswer(person=person, item=key, value=_STEPS[value])
        for key, value in row.data.items()
        if value in _STEPS
    ]


def _seen(at: datetime | None, zone: str, today: date, days: Days) -> Seen | None:
    on = _day(at, zone, today)
    return Seen(on=on, reachable_days=days.reachable(on, today)) if on else None


def _day(at: datetime | None, zone: str, today: date) -> date | None:
    return min(wall_at(at, zone).day, today) if at else None


def _days(start: date, end: date) -> Iterable[date]:
    return (start + timedelta(days=ahead) for ahead in range((end - start).days))
