"""Facts of a relationship → one of three words for whom they are meant, and findings with their audience.

The thresholds are written once, here, in whole days. More contact, a planned meeting, a pause or *We're fine,
thanks* never make a word more serious; time without contact never makes it less so. What the two have not been
offered help about for five reachable days, the team does not see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from itertools import combinations
from typing import Final

from .facts import Facts, Hand, Seen

FINE_DAYS: Final = 30  # how long *We're fine, thanks* holds, in calendar days without paused ones
FIRST_TO_KNOW: Final = 5  # reachable days the two know before the team does
ONE_SIDED_DAYS: Final = 10  # reachable days of the receiver since the first unanswered message
ONE_SIDED_MESSAGES: Final = 2
START_PAIR: Final = 14  # days without a first talk before the two are asked whether anything is in the way
START_TEAM: Final = 21
LOW: Final = 2  # a shared answer this low asks for a hand ...
LOW_ITEMS: Final = frozenset({"CON1", "SAF1", "LIS1", "RHY1"})  # ... on these items
APART: Final = 2  # points two shared answers to one item differ before a check-in talk is offered
MOVED: Final = 2  # moves in a row before a lighter rhythm is offered


class State(IntEnum):
    """The three words, from calm to calling; an order for comparing, never a figure to show."""

    SETTLED = 0
    QUIET = 1
    NEED_HAND = 2


class Reason(StrEnum):
    """Why a state is what it is; a page has one sentence for each."""

    NOTHING_NEEDED = "nothing needed"  # the only reason the team ever reads for SETTLED
    IN_TOUCH = "in touch"
    MEETING_PLANNED = "meeting planned"
    WHEN_NEEDED = "when needed"  # the pair agreed to talk when they need it
    FINE_THANKS = "fine, thanks"
    NO_CONTACT = "no contact"
    SHARED_LOW = "shared that something is not going well"
    ASKED_FOR_TIP = "asked for a tip"
    ASKED_FOR_CONTACT = "asked to be contacted"


class Audience(StrEnum):
    """Who may be told a finding."""

    PAIR = "the two"
    SENDER = "the sender"
    TEAM = "the team"
    SAFETY = "the named safety contact"


class Kind(StrEnum):
    """What a finding says. Each is about a situation two people are in, never about a person."""

    ONE_SIDED = "one-sided"
    START_SLOW = "slow start"
    DIVERGING = "diverging"
    LIGHTER_RHYTHM = "lighter rhythm"
    SAFETY = "safety"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """As exactly as a sentence may say when something was."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.year, day.month)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A state with what its one sentence needs: "No talk since March and none planned; both were offered help".

    ``since`` is the month of the last contact, or of the start; None where the sentence does not name one.
    """

    state: State
    reason: Reason
    since: Month | None = None
    planned: bool = False
    offered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something to tell its audience and nobody else; ``person`` is the one to tell where it is only one."""

    kind: Kind
    audience: Audience
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What each may see today: the two (each with what they asked for themself), the team, and the findings."""

    people: tuple[tuple[str, Reading], ...]
    team: Reading
    findings: tuple[Finding, ...]

    def seen_by(self, person: str) -> Reading:
        """What one of the two sees. Raises KeyError for anybody else."""
        return dict(self.people)[person]


def assess(facts: Facts) -> Assessment:
    """The states and findings of one relationship on one day; the same facts always give the same answer.

    * Without a request for help, the team's state is never more serious than what the two have seen.
    * The team's state leaves SETTLED for silence only when both saw the offer five reachable days ago or more and
      did not answer *We're fine, thanks*.
    * A request for a hand, and a low answer somebody shared, reach the team at once; the partner never sees them.
    """
    rhythm = _rhythm(facts)
    wishes = {person: _wish(facts, (person,)) for person in facts.people}
    return Assessment(
        people=tuple((person, _more_serious(rhythm, wishes[person])) for person in facts.people),
        team=_more_serious(_for_team(facts, rhythm), _wish(facts, facts.people)),
        findings=tuple(_findings(facts)),
    )


def silence(facts: Facts) -> int:
    """Calendar days since the last contact (or the start), without the paused ones."""
    since = facts.last_contact_on or facts.started_on
    return max(0, (facts.today - since).days - facts.paused_days)


def _rhythm(facts: Facts) -> Reading:
    """What the dates alone say. Silence is compared with the pair's own rhythm: over 1.5 and over 2.5 of it."""
    if facts.cadence is None:
        return Reading(state=State.SETTLED, reason=Reason.WHEN_NEEDED)
    days = silence(facts)
    since = Month.of(facts.last_contact_on or facts.started_on)
    if 2 * days <= 3 * facts.cadence:
        return Reading(state=State.SETTLED, reason=Reason.IN_TOUCH, since=since)
    if _planned(facts, facts.cadence):
        return Reading(state=State.SETTLED, reason=Reason.MEETING_PLANNED, since=since, planned=True)
    if _fine(facts):
        return Reading(state=State.SETTLED, reason=Reason.FINE_THANKS, since=since)
    state = State.NEED_HAND if 2 * days > 5 * facts.cadence and _offer_stands(facts) else State.QUIET
    return Reading(state=state, reason=Reason.NO_CONTACT, since=since, offered=_offer(facts) is not None)


def _fine(facts: Facts) -> bool:
    """Whether *We're fine, thanks* still holds; a pause does not use it up."""
    return (
        facts.fine_on is not None and (facts.today - facts.fine_on).days - facts.fine_paused_days < FINE_DAYS
    )


def _planned(facts: Facts, cadence: int) -> bool:
    return facts.next_meeting_on is not None and facts.next_meeting_on <= facts.today + timedelta(
        days=cadence
    )


def _offer(facts: Facts) -> Seen | None:
    """The offer of this silence: not an earlier one, not one that was answered with *We're fine, thanks*."""
    offer = facts.offer
    if offer is None or offer.on <= (facts.last_contact_on or facts.started_on):
        return None
    return None if facts.fine_on is not None and offer.on <= facts.fine_on else offer


def _offer_stands(facts: Facts) -> bool:
    """Whether both saw the offer long enough ago for the team to step in."""
    return _known_first(_offer(facts))


def _known_first(seen: Seen | None) -> bool:
    return seen is not None and seen.reachable_days >= FIRST_TO_KNOW


def _for_team(facts: Facts, rhythm: Reading) -> Reading:
    """The rhythm as the team may see it: nothing before the two had their days with the offer, and no reason or
    month for a settled pair, so that the team cannot tell a calm pair from one that is being offered help."""
    if rhythm.state is State.SETTLED or not _offer_stands(facts):
        return Reading(state=State.SETTLED, reason=Reason.NOTHING_NEEDED)
    return rhythm


def _wish(facts: Facts, people: Iterable[str]) -> Reading | None:
    """What these people asked for or chose to share, the most telling first."""
    asking = set(people)
    hands = {entry.hand for entry in facts.asked if entry.person in asking}
    if Hand.CONTACT in hands:
        return Reading(state=State.NEED_HAND, reason=Reason.ASKED_FOR_CONTACT)
    if Hand.TIP in hands:
        return Reading(state=State.NEED_HAND, reason=Reason.ASKED_FOR_TIP)
    mine = (entry for entry in facts.shared if entry.person in asking)
    if any(entry.item in LOW_ITEMS and entry.value <= LOW for entry in mine):
        return Reading(state=State.NEED_HAND, reason=Reason.SHARED_LOW)
    return None


def _more_serious(rhythm: Reading, wish: Reading | None) -> Reading:
    """A wish counts before silence: people know best why they would like a hand."""
    return rhythm if wish is None else wish


def _findings(facts: Facts) -> Iterable[Finding]:
    if facts.unsafe:
        yield Finding(kind=Kind.SAFETY, audience=Audience.SAFETY)
    yield from _slow_start(facts)
    quiet = facts.unanswered
    if quiet and quiet.messages >= ONE_SIDED_MESSAGES and quiet.reachable_days >= ONE_SIDED_DAYS:
        yield Finding(kind=Kind.ONE_SIDED, audience=Audience.SENDER, person=quiet.sender)
    if _diverging(facts):
        yield Finding(kind=Kind.DIVERGING, audience=Audience.PAIR)
    if facts.moved_in_a_row >= MOVED:
        yield Finding(kind=Kind.LIGHTER_RHYTHM, audience=Audience.PAIR)


def _slow_start(facts: Facts) -> Iterable[Finding]:
    """No first talk yet: the two are asked first; a pair that talks when needed is not asked at all."""
    if facts.first_talk_on is not None or facts.cadence is None:
        return
    days = (facts.today - facts.started_on).days - facts.start_paused_days
    if days >= START_PAIR:
        yield Finding(kind=Kind.START_SLOW, audience=Audience.PAIR)
    if days >= START_TEAM and _known_first(facts.start_offer):
        yield Finding(kind=Kind.START_SLOW, audience=Audience.TEAM)


def _diverging(facts: Facts) -> bool:
    return any(
        a.item == b.item and a.person != b.person and abs(a.value - b.value) >= APART
        for a, b in combinations(facts.shared, 2)
    )
