"""Cases as lists and as a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from alongside.foundation.compiled import compiled
from alongside.foundation.reading import holding, keys
from alongside.insights.access import may_read_notes, own_cases, visible_cases
from alongside.insights.enums import OPEN_CASES, CaseKind, CaseState
from alongside.insights.models import Case
from alongside.insights.queries.signals import pair_names
from alongside.mentorships.access import among_own
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.vault.queries import open_many


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with its words; both empty for staff who may not read them."""

    case: Case
    note: str
    team_note: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as lists show it: who, what, in a word."""

    case: Case
    title: str
    detail: str


def case_lines(cases: Iterable[Case]) -> list[CaseLine]:
    """The lines of cases whose mentorships come with their members' people. No query of its own."""
    return [_line(case) for case in cases]


def _line(case: Case) -> CaseLine:
    pair = pair_names(case.mentorship.members.all()) if case.mentorship else ""
    kind = str(case.get_kind_display())
    if case.person is None:
        return CaseLine(case, pair or kind, kind)
    return CaseLine(case, case.person.name, f"{kind} · {pair}" if pair else kind)


def cases_of(person: Person, program: Program, *, resolved: bool = False) -> QuerySet[Case]:
    """Open cases the viewer may see, the oldest first, or those settled, the newest first."""
    rows = visible_cases(person, program).prefetch_related("mentorship__members__person")
    if resolved:
        return rows.filter(state=CaseState.RESOLVED).order_by("-settled_at", "-pk")
    return rows.filter(state__in=OPEN_CASES).order_by("created_at", "pk")


def cases_about(mentorship: Mentorship, *, viewer: Person) -> list[Case]:
    """Everything the team helped or helps a pair with, the newest first. Three queries."""
    rows = visible_cases(viewer, mentorship.program).filter(mentorship=mentorship)
    return list(rows.prefetch_related("mentorship__members__person").order_by("-created_at", "-pk"))


def open_cases(person: Person, program: Program) -> list[Case]:
    """Open cases with the people of their pair. Two queries."""
    return list(cases_of(person, program)[:50])


def case_view(case: Case, *, viewer: Person) -> CaseView:
    """The words of a case, for coordinators. Two queries."""
    if not may_read_notes(viewer, case.program):
        return CaseView(case, "", "")
    note, team_note = open_many(
        [
            (case.note_sealed, f"case:{case.public_id}:note"),
            (case.team_note_sealed, f"case:{case.public_id}:team"),
        ]
    )
    return CaseView(case, note, team_note)


def cases_to_rate(person: Person, *, of: Sequence[Mentorship]) -> list[Case]:
    """What was settled for somebody in these pairs of theirs without their word on it yet. One query."""
    settled = _settled(person.pk, keys(of))
    return sorted(holding(settled, "mentorship", of), key=lambda case: case.created_at)


@compiled
def _settled(person: int, mentorships: list[int]) -> QuerySet[Case]:
    own = Case.objects.filter(~Q(kind=CaseKind.SAFETY), among_own(person, mentorships), person=person)
    return own.filter(state=CaseState.RESOLVED, helped=None)


def own_open_cases(person: Person, *, mentorship: Mentorship | None = None) -> list[Case]:
    """What somebody asked the team for and what was settled without their word on it yet. One query."""
    rows = own_cases(person).filter(mentorship=mentorship) if mentorship else own_cases(person)
    waiting = rows.filter(state__in=OPEN_CASES) | rows.filter(state=CaseState.RESOLVED, helped=None)
    shown = waiting.exclude(kind=CaseKind.SAFETY).select_related("taken_by", "mentorship")
    return list(shown.order_by("created_at"))
