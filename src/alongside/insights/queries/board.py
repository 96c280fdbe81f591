"""The mentorships board: states, words, months. A thousand pairs cost as many queries as one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.db.models.functions import TruncMonth

from alongside.insights.access import staff_mentorships
from alongside.insights.enums import SignalState
from alongside.insights.queries.signals import TeamLine, team_line, with_people
from alongside.meetings.enums import MeetingState
from alongside.mentorships.enums import OPEN_STATES
from alongside.mentorships.models import Mentorship
from alongside.programs.models import Program

SORTS = {
    "started": ("started_on", "pk"),
    "-started": ("-started_on", "-pk"),
    "ends": ("ends_on", "pk"),
    "-ends": ("-ends_on", "-pk"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorshipFilter:
    """What a coordinator looks for; empty means all that are open."""

    q: str = ""
    state: str = ""
    word: str = ""
    sort: str = "-started"


@dataclass(frozen=True, slots=True)
class MentorshipLine:
    """A row of the board."""

    line: TeamLine
    last_talk: date | None


@dataclass(frozen=True, slots=True)
class MentorshipFacts:
    """What staff may know of one mentorship: months in which the two talked, and that an agreement is signed."""

    line: TeamLine
    months_talked: tuple[date, ...]
    is_signed: bool


def mentorship_board(program: Program, look: MentorshipFilter) -> QuerySet[Mentorship]:
    """The mentorships that fit, to be paginated; make lines of a page with `mentorship_lines`."""
    rows = staff_mentorships(program).select_related("signal").prefetch_related(with_people())
    rows = rows.filter(state=look.state) if look.state else rows.filter(state__in=OPEN_STATES)
    if look.word == SignalState.SETTLED:
        rows = rows.exclude(signal__team_state__in=(SignalState.QUIET, SignalState.NEED_HAND))
    elif look.word:
        rows = rows.filter(signal__team_state=look.word)
    if look.q:
        rows = rows.filter(members__person__name__icontains=look.q).distinct()
    return rows.order_by(*SORTS.get(look.sort, SORTS["-started"]))


def mentorship_lines(rows: Iterable[Mentorship]) -> list[MentorshipLine]:
    """The rows of a page as staff see them. No query of its own: rows come from `mentorship_board`."""
    return [MentorshipLine(team_line(row), _month(row.last_contact_on)) for row in rows]


def mentorship_facts(mentorship: Mentorship) -> MentorshipFacts:
    """One mentorship for staff. Four queries."""
    held = mentorship.meetings.filter(state=MeetingState.HELD, starts_at__isnull=False)
    months = held.annotate(month=TruncMonth("starts_at")).values_list("month", flat=True)
    talked = {month.date().replace(day=1) for month in months.distinct() if isinstance(month, datetime)}
    row = staff_mentorships(mentorship.program).select_related("signal").prefetch_related(with_people())
    return MentorshipFacts(
        line=team_line(row.get(pk=mentorship.pk)),
        months_talked=tuple(sorted(talked)),
        is_signed=mentorship.agreements.filter(in_force_at__isnull=False).exists(),
    )


def _month(day: date | None) -> date | None:
    return day.replace(day=1) if day else None
