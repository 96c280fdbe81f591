"""How a mentorship stands: for the two as they see it first, for staff in three words and months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from alongside.engine.health import Audience, Reason
from alongside.foundation.compiled import compiled
from alongside.insights.enums import ASKED_FOR, OPEN_CASES, SignalState
from alongside.insights.models import Case, Signal
from alongside.insights.readings import finding_sentence, from_json, pair_sentence, team_sentence
from alongside.mentorships.enums import OPEN_STATES
from alongside.mentorships.models import Member, Mentorship
from alongside.people.models import Person
from alongside.programs.models import Program


@dataclass(frozen=True, slots=True)
class PairSignal:
    """What one of the two sees. `hints` are told beside the word; `asked` is their own request to the team, if open."""

    state: SignalState
    reason: str
    hints: tuple[str, ...]
    may_say_fine: bool
    asked: Case | None


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One mentorship as staff see it: names, a word, one sentence with months."""

    mentorship: Mentorship
    names: str
    state: SignalState
    reason: str
    since: date | None


def signal_for_pair(mentorship: Mentorship, person: Person) -> PairSignal | None:
    """How it stands between the two, as `person` sees it; None before it was read, or when it is ending. Two queries."""
    signal = next(iter(_signal(mentorship.pk)), None)
    if signal is None or str(person.pk) not in signal.readings:
        return None
    reading = from_json(signal.readings[str(person.pk)])
    hints = [
        finding_sentence(finding["kind"])
        for finding in signal.findings
        if finding["audience"] == Audience.PAIR
        or (finding["audience"] == Audience.SENDER and finding["person"] == str(person.pk))
    ]
    asked = Case.objects.filter(
        mentorship=mentorship, person=person, kind__in=ASKED_FOR, state__in=OPEN_CASES
    ).first()
    return PairSignal(
        state=reading.state,
        reason=pair_sentence(reading),
        hints=tuple(hint for hint in hints if hint),
        may_say_fine=reading.reason == Reason.NO_CONTACT,
        asked=asked,
    )


@compiled
def _signal(mentorship: int) -> QuerySet[Signal]:
    return Signal.objects.filter(mentorship=mentorship)


def team_view(
    program: Program, *, state: SignalState | None = None, limit: int | None = None
) -> list[TeamLine]:
    """The open mentorships that are not settled, by name: no order of need, no number. Two queries.

    With a `limit` those that came to their word last, so many at most.
    """
    states = (state,) if state else (SignalState.QUIET, SignalState.NEED_HAND)
    rows = Mentorship.objects.filter(
        program=program, state__in=OPEN_STATES, signal__team_state__in=states
    ).select_related("signal")
    return sorted(
        (
            team_line(row)
            for row in rows.order_by("-signal__team_from", "-pk").prefetch_related(with_people())[:limit]
        ),
        key=lambda line: line.names.casefold(),
    )


def team_line(row: Mentorship) -> TeamLine:
    """The row as staff see it; it comes with its members' people and, where there is one, its signal."""
    signal: Signal | None = getattr(row, "signal", None)
    state = SignalState(signal.team_state) if signal else SignalState.SETTLED
    reason = team_sentence(signal.team_reason, signal.team_since) if signal else ""
    return TeamLine(row, pair_names(row.members.all()), state, reason, signal.team_since if signal else None)


def with_people() -> Prefetch[str]:
    """For `prefetch_related`: members with their people, the mentee first."""
    return Prefetch("members", Member.objects.select_related("person").order_by("role"))


def pair_names(members: Iterable[Member]) -> str:
    """ "Ana & Tom"."""
    return " & ".join(member.person.name for member in members)
