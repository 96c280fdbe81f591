"""Reading mentorships: who is in them, how many a mentor holds, and what the two may know of each other's days."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter

from django.db.models import Count, F, FilteredRelation, Prefetch, Q, QuerySet

from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.quiet import open_windows
from alongside.engine.timing.windows import Windows, total
from alongside.engine.timing.zones import Wall, instant_at, wall_at
from alongside.enrollment.models import Participation
from alongside.foundation.compiled import compiled
from alongside.mentorships.access import among_own, own_mentorships
from alongside.mentorships.enums import OPEN_STATES, AgreementState, EndReason, MemberRole, MentorshipState
from alongside.mentorships.models import Agreement, Closing, Member, Mentorship, Pause
from alongside.people.enums import Channel
from alongside.people.models import Person, Season
from alongside.people.queries import hours_in_words, hours_of_people, known_zone, seasons_of_people
from alongside.programs.models import Program
from alongside.vault.queries import open_many


@dataclass(frozen=True, slots=True)
class ChannelFact:
    """One way to talk that a person likes, with the hours they gave for it."""

    channel: Channel
    hours: str


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """What one of the two sees of the other. `clock`, `zone` and `hours` are empty unless the clock is shared."""

    person: Person
    clock: Wall | None
    zone: str
    hours: str
    channels: tuple[ChannelFact, ...]
    reply_habit: str
    season: Season | None

    @property
    def city(self) -> str:
        """The last part of the zone's name: "Kolkata"."""
        return self.zone.rpartition("/")[2].replace("_", " ")


@dataclass(frozen=True, slots=True)
class SharedDay:
    """One day of the strip, on the viewer's calendar: the stretches both are open, as instants."""

    day: date
    spans: tuple[tuple[datetime, datetime], ...]

    @property
    def minutes(self) -> int:
        return sum((end - start) // timedelta(minutes=1) for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What the health signals may know: days on which contact took place or a season stopped the clock."""

    started_on: date
    first_met_at: datetime | None
    last_contact_on: date | None
    rhythm_days: int | None
    pauses: tuple[tuple[datetime, datetime | None], ...]


def open_load(participation: Participation) -> int:
    """How many open mentorships this participation mentors now. The number capacity is compared with."""
    return Member.objects.filter(
        participation=participation, role=MemberRole.MENTOR, mentorship__state__in=OPEN_STATES
    ).count()


def with_load(participations: QuerySet[Participation]) -> QuerySet[Participation]:
    """Adds `load` (open mentorships as mentor) and `as_mentee` (open mentorships as mentee) to each row."""
    is_open = Q(memberships__mentorship__state__in=OPEN_STATES)
    return participations.annotate(
        load=Count("memberships", filter=is_open & Q(memberships__role=MemberRole.MENTOR), distinct=True),
        as_mentee=Count(
            "memberships", filter=is_open & Q(memberships__role=MemberRole.MENTEE), distinct=True
        ),
    )


def members_of(mentorship: Mentorship) -> list[Member]:
    """Members with person and preferences, mentee first. One query."""
    return list(mentorship.members.select_related("person__preferences", "participation").order_by("role"))


def partner_in(mentorship: Mentorship, person: Person) -> Person:
    """The other of the two, with preferences. No query when the mentorship knows its members."""
    for member in mentorship.known_members:
        if member.person_id != person.pk:
            return member.person
    others = Person.objects.exclude(pk=person.pk).select_related("preferences")
    return others.get(memberships__mentorship=mentorship)


def mentorships_with_partner(
    person: Person, *, with_program: bool = False
) -> list[tuple[Mentorship, Person]]:
    """All of a person's mentorships with the other of the two; open ones first, then the newest. One query."""
    rows = own_mentorships(person, *(("program",) if with_program else ()))
    newest = sorted(rows, key=lambda row: (row.started_on, row.pk), reverse=True)
    open_first = sorted(newest, key=lambda row: row.state not in OPEN_STATES)
    return [(row, partner_in(row, person)) for row in open_first]


def pairs_of(participation: Participation) -> list[tuple[Mentorship, Person]]:
    """The mentorships of one participation with the other of the two, the newest first: for staff, state and dates
    only. Two queries."""
    rows = (
        Mentorship.objects.filter(members__participation=participation)
        .prefetch_related(Prefetch("members", Member.objects.select_related("person")))
        .order_by("-started_on", "-pk")
    )
    return [
        (
            row,
            next(
                member.person for member in row.members.all() if member.participation_id != participation.pk
            ),
        )
        for row in rows
    ]


def partner_facts(mentorship: Mentorship, *, viewer: Person, now: datetime) -> PartnerFacts:
    """What `viewer` may know of the other's days. Two queries."""
    partner = partner_in(mentorship, viewer)
    season = seasons_of_people([partner], now=now).get(partner.pk)
    return facts_about(partner, season=season, now=now)


def facts_about(partner: Person, *, season: Season | None, now: datetime) -> PartnerFacts:
    """The facts of one person whose season is known already. No query."""
    preferences = partner.preferences
    zone = known_zone(preferences.zone) if preferences.share_clock else ""
    return PartnerFacts(
        person=partner,
        clock=wall_at(now, zone) if zone else None,
        zone=zone,
        hours=hours_in_words(preferences) if zone else "",
        channels=tuple(_channels(preferences.channels)),
        reply_habit=preferences.reply_habit,
        season=season,
    )


def shared_hours_this_week(mentorship: Mentorship, *, viewer: Person, now: datetime) -> list[SharedDay]:
    """When both are open in the coming seven days, by day of the viewer's calendar. Three queries."""
    hours = hours_of_people(member.person for member in members_of(mentorship))
    return shared_days(hours.values(), zone=hours[viewer.pk].zone, now=now)


def shared_days(hours: Iterable[PersonHours], *, zone: str, now: datetime) -> list[SharedDay]:
    """When all of these people are open from `now` on until a week later, cut at the midnights of `zone`."""
    today = wall_at(now, zone).day
    edges = [instant_at(today + timedelta(days=index), time(), zone).instant for index in range(8)]
    common: Windows[datetime] = Windows.of((now, edges[-1]))
    for person in hours:
        common &= open_windows(person, now, edges[-1])
    return [
        SharedDay(
            today + timedelta(days=index),
            tuple((span.start, span.end) for span in common & Windows.of((edges[index], edges[index + 1]))),
        )
        for index in range(7)
    ]


def shared_time(days: Iterable[SharedDay]) -> timedelta:
    """How much time the days hold together."""
    return total(Windows.of(*(span for day in days for span in day.spans)))


def contact_facts(mentorship: Mentorship) -> ContactFacts:
    """What the health signals may know of contact, and nothing else. One query."""
    pauses = mentorship.pauses.order_by("from_at").values_list("from_at", "ended_at")
    return ContactFacts(
        started_on=mentorship.started_on,
        first_met_at=mentorship.first_met_at,
        last_contact_on=mentorship.last_contact_on,
        rhythm_days=mentorship.rhythm_days,
        pauses=tuple(pauses),
    )


def pauses_over(*, now: datetime) -> list[Mentorship]:
    """Mentorships whose pause had a last day that has passed in their program's zone."""
    rows = Mentorship.objects.filter(
        state=MentorshipState.PAUSED, pauses__ended_at__isnull=True, pauses__until_on__lt=_latest_day(now)
    ).annotate(until_on=F("pauses__until_on"))
    return [row for row in rows.select_related("program") if row.until_on < day_in(row.program, now)]


def ending_by(*, now: datetime, days: int) -> list[Mentorship]:
    """Open mentorships whose end date lies at most `days` ahead (behind, when negative) in their program's zone."""
    rows = Mentorship.objects.filter(
        state__in=OPEN_STATES, ends_on__lte=_latest_day(now) + timedelta(days=days)
    )
    return [
        row
        for row in rows.select_related("program")
        if row.ends_on <= day_in(row.program, now) + timedelta(days=days)
    ]


def day_in(program: Program, now: datetime) -> date:
    """The date at an instant in the program's zone."""
    return wall_at(now, known_zone(program.zone)).day


def earliest_day(now: datetime) -> date:
    """The date where it is least far on: what is over by this day is over in the zone of every program."""
    return now.astimezone(UTC).date() - timedelta(days=1)


def _latest_day(now: datetime) -> date:
    """The date where it is furthest on; a first sieve for the database."""
    return now.astimezone(UTC).date() + timedelta(days=1)


def open_pause(mentorship: Mentorship) -> Pause | None:
    """The pause the two are in, with who asked for it."""
    return mentorship.pauses.filter(ended_at__isnull=True).select_related("by").first()


@dataclass(frozen=True, slots=True)
class Parting:
    """How one of the two ended it, as the viewer may read it: never a reason or a note of the other."""

    closing: Closing
    mine: bool
    words: str
    note: str


def partings(mentorship: Mentorship, *, viewer: Person) -> list[Parting]:
    """What both left when it ended; reason and note only one's own. At most two queries."""
    rows = list(mentorship.closings.select_related("by").defer("reason").order_by("created_at"))
    own = [row for row in rows if row.by_id == viewer.pk]
    words = open_many([(row.words_sealed, f"closing:{row.public_id}:words") for row in rows])
    notes = open_many([(row.note_sealed, f"closing:{row.public_id}:note") for row in own])
    note_of = {row.pk: note for row, note in zip(own, notes, strict=True)}
    return [
        Parting(row, row.by_id == viewer.pk, text, note_of.get(row.pk, ""))
        for row, text in zip(rows, words, strict=True)
    ]


def said_unsafe(mentorship: Mentorship, person: Person) -> bool:
    """Whether this person ended it because they did not feel safe. Only ever asked about oneself."""
    return mentorship.closings.filter(by=person, reason=EndReason.UNSAFE).exists()


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the agreement with its lines and who has signed it."""

    agreement: Agreement
    lines: dict[str, str]
    signed_by: frozenset[int]
    state: AgreementState


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the two stand with their agreement. `theirs` stays None until both have answered alone."""

    mine: dict[str, str]
    theirs: dict[str, str] | None
    i_am_done: bool
    they_are_done: bool
    in_force: Version | None
    proposed: Version | None
    count: int


def agreement_desk(mentorship: Mentorship, *, viewer: Person) -> Desk:
    """The agreement as `viewer` may see it: the partner's answers only after both have given theirs. Four queries."""
    answers = {row.person_id == viewer.pk: row for row in mentorship.own_answers.all()}
    mine, theirs = answers.get(True), answers.get(False)
    both = bool(mine and mine.done_at and theirs and theirs.done_at)
    newest = list(mentorship.agreements.prefetch_related("signatures"))
    in_force = next((row for row in newest if row.in_force_at), None)
    proposed = newest[0] if newest and not newest[0].in_force_at else None
    texts = open_many(
        [
            (row.answers_sealed if row else None, f"own_answers:{row.public_id}" if row else "")
            for row in (mine, theirs if both else None)
        ]
        + [
            (row.agreed_sealed if row else None, f"agreement:{row.public_id}" if row else "")
            for row in (in_force, proposed)
        ]
    )
    lines = [json.loads(text) if text else {} for text in texts]
    return Desk(
        mine=lines[0],
        theirs=lines[1] if both else None,
        i_am_done=bool(mine and mine.done_at),
        they_are_done=bool(theirs and theirs.done_at),
        in_force=_version(in_force, lines[2], newest) if in_force else None,
        proposed=_version(proposed, lines[3], newest) if proposed else None,
        count=len(newest),
    )


@dataclass(frozen=True, slots=True)
class ToSign:
    """A proposed version that waits for somebody's word. `proposer` is the name of who proposed it."""

    mentorship: Mentorship
    proposer: str


def agreements_to_sign(person: Person, *, of: Sequence[Mentorship]) -> list[ToSign]:
    """Proposed versions that wait for this person's word, in those of these mentorships still open. One query.

    The newest version of each pair counts; mostly it is in force or there is none.
    """
    known = {row.pk: row for row in of if row.state in OPEN_STATES}
    versions = _versions(person.pk, list(known))
    newest = {row[1]: row for row in sorted(versions, key=itemgetter(0))}
    return [
        ToSign(known[mentorship], proposer or "")
        for _number, mentorship, in_force_at, signed, proposer in newest.values()
        if in_force_at is None and signed is None
    ]


@compiled
def _versions(
    person: int, mentorships: list[int]
) -> QuerySet[Agreement, tuple[int, int, datetime | None, int | None, str | None]]:
    own_word = FilteredRelation("signatures", condition=Q(signatures__person=person))
    rows = Agreement.objects.filter(among_own(person, mentorships)).alias(own_word=own_word).order_by()
    return rows.values_list("version", "mentorship_id", "in_force_at", "own_word__pk", "proposed_by__name")


def _version(row: Agreement, lines: dict[str, str], newest: list[Agreement]) -> Version:
    signed_by = frozenset(signature.person_id for signature in row.signatures.all())
    if any(other.in_force_at and other.version > row.version for other in newest):
        state = AgreementState.REPLACED
    elif row.in_force_at:
        state = AgreementState.SIGNED_BY_ALL
    else:
        state = AgreementState.SIGNED_BY_SOME if signed_by else AgreementState.PROPOSED
    return Version(row, lines, signed_by, state)


def _channels(chosen: object) -> Iterable[ChannelFact]:
    for entry in chosen if isinstance(chosen, list) else []:
        if isinstance(entry, dict) and entry.get("channel") in Channel.values:
            yield ChannelFact(Channel(entry["channel"]), str(entry.get("hours", "")))


def open_mentorships_of(person: Person) -> list[Mentorship]:
    """Mentorships of this person that have not ended."""
    return list(
        Mentorship.objects.filter(members__person=person, state__in=OPEN_STATES).select_related("program")
    )
