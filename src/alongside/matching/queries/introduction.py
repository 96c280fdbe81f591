"""Why these two: what each of a pair reads in their first weeks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.mentorships.enums import OPEN_STATES, MentorshipState, ReasonKind
from alongside.mentorships.models import Mentorship
from alongside.mentorships.queries import day_in, earliest_day
from alongside.people.models import Person

FIRST_WEEKS = timedelta(days=42)


@dataclass(frozen=True, slots=True)
class Introduction:
    """Why these two, as one of them reads it: at most three reasons, a helpful difference, the hours they share."""

    reasons: tuple[str, ...]
    difference: str
    hours: str


def introduction(mentorship: Mentorship, *, reader: Person, now: datetime) -> Introduction | None:
    """For one of the two in their first weeks, until they put it away; None without a reason.

    One query, another where the program was not read along; none once the first weeks are over.
    """
    ending = mentorship.state == MentorshipState.CLOSING or mentorship.state not in OPEN_STATES
    last = mentorship.started_on + FIRST_WEEKS
    if ending or earliest_day(now) >= last or day_in(mentorship.program, now) >= last:
        return None
    member = mentorship.members.filter(person=reader, introduction_put_away_at__isnull=True).first()
    if member is None:
        return None
    told = {kind: _lines(mentorship, kind, member.role) for kind in ReasonKind}
    if not told[ReasonKind.REASON]:
        return None
    return Introduction(
        reasons=told[ReasonKind.REASON],
        difference=next(iter(told[ReasonKind.DIFFERENCE]), ""),
        hours=next(iter(told[ReasonKind.HOURS]), ""),
    )


def _lines(mentorship: Mentorship, kind: ReasonKind, role: str) -> tuple[str, ...]:
    worded = (line.get(role, "") for line in mentorship.reasons if line.get("kind") == kind)
    return tuple(words for words in worded if words)
