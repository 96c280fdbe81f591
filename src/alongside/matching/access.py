"""Who may see runs, proposals, overrides and requests. Staff see runs of their program; requests only the two."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.enrollment.enums import ParticipationState, Role
from alongside.enrollment.models import Participation
from alongside.foundation.errors import Conflict, NotAllowed, NotFound
from alongside.matching.enums import OPEN_RUNS
from alongside.matching.models import Override, Proposal, Request, Run
from alongside.people.models import Person
from alongside.programs.enums import ProgramState
from alongside.programs.models import Program

MATCHABLE = (ProgramState.ENROLLING, ProgramState.MATCHING, ProgramState.RUNNING)


def runs_of(program: Program) -> QuerySet[Run]:
    """The runs of a program that the caller is staff of, the newest first, without what is heavy."""
    return Run.objects.filter(program=program).defer("snapshot_sealed", "result").select_related("by")


def get_run(program: Program, public_id: str) -> Run:
    """A run of a program that the caller is staff of. Raises NotFound."""
    row = runs_of(program).select_related("match_type", "program").filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def get_proposal(run: Run, public_id: str) -> Proposal:
    """A proposal of a run. Raises NotFound."""
    rows = Proposal.objects.filter(run=run).select_related("mentee__person", "mentor__person", "run__program")
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def get_override(program: Program, public_id: str) -> Override:
    """A coordinator's word about a pair of this program. Raises NotFound."""
    rows = Override.objects.filter(match_type__program=program).select_related(
        "mentee__person", "mentor__person", "match_type__program"
    )
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def get_matched_participation(program: Program, public_id: str) -> Participation:
    """An enrolled participation of a program that the caller is staff of. Raises NotFound."""
    rows = Participation.objects.filter(program=program, state=ParticipationState.APPROVED)
    row = (
        rows.select_related("person__preferences", "match_type", "program")
        .filter(public_id=public_id)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def visible_requests(person: Person) -> QuerySet[Request]:
    """Requests this person sent or received; nobody else's, coordinators included."""
    own = Q(mentee__person=person) | Q(mentor__person=person)
    return Request.objects.filter(own).select_related(
        "mentee__person__preferences", "mentor__person__preferences", "mentee__program", "mentee__match_type"
    )


def get_request(person: Person, public_id: str) -> Request:
    """A request, for the two it is between. Raises NotFound for everybody else."""
    row = visible_requests(person).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def seeking_participations(person: Person) -> QuerySet[Participation]:
    """One's own places as mentee in programs under way, in which one may look for a mentor."""
    return (
        Participation.objects.filter(
            person=person,
            role__in=(Role.MENTEE, Role.BOTH),
            state=ParticipationState.APPROVED,
            program__state__in=MATCHABLE,
        )
        .select_related("program__contact", "program__form", "match_type", "person__preferences")
        .order_by("pk")
    )


def mentoring_participations(person: Person) -> QuerySet[Participation]:
    """One's own places as mentor in programs under way."""
    return (
        Participation.objects.filter(
            person=person,
            role__in=(Role.MENTOR, Role.BOTH),
            state=ParticipationState.APPROVED,
            program__state__in=MATCHABLE,
        )
        .select_related("program__contact", "match_type", "person__preferences")
        .order_by("pk")
    )


def get_seeking(person: Person, program_id: str) -> Participation:
    """One's own place as mentee in the program with this public id. Raises NotFound."""
    row = seeking_participations(person).filter(program__public_id=program_id).first()
    if row is None:
        raise NotFound
    return row


def get_mentoring(person: Person, program_id: str) -> Participation:
    """One's own place as mentor in the program with this public id. Raises NotFound."""
    row = mentoring_participations(person).filter(program__public_id=program_id).first()
    if row is None:
        raise NotFound
    return row


def get_mentor_for(seeking: Participation, public_id: str) -> Participation:
    """Somebody who mentors in the same program, for a mentee who looks. Raises NotFound, for oneself as well."""
    row = (
        Participation.objects.filter(
            program_id=seeking.program_id,
            role__in=(Role.MENTOR, Role.BOTH),
            state=ParticipationState.APPROVED,
        )
        .exclude(person_id=seeking.person_id)
        .select_related("person__preferences", "match_type", "program")
        .filter(public_id=public_id)
        .first()
    )
    if row is None:
        raise NotFound
    return row


# --- may ---


def check_may_match(program: Program) -> None:
    """Raises Conflict while the program is not in a state in which pairs begin."""
    if program.state not in MATCHABLE:
        raise Conflict(_("Pairs can begin while the program enrolls, matches or runs."))


def check_open(run: Run) -> None:
    """Raises Conflict unless the run's board can still be changed."""
    if run.state not in OPEN_RUNS:
        raise Conflict(_("This draft can no longer be changed."))


def check_may_ask(participation: Participation, person: Person) -> None:
    """Raises NotFound unless it is theirs, NotAllowed where the program has no asking."""
    if participation.person_id != person.pk:
        raise NotFound
    if not participation.program.requests_allowed:
        raise NotAllowed(_("In this program the team brings people together."))


def check_may_suggest(participation: Participation, person: Person) -> None:
    """Raises NotFound unless it is theirs, NotAllowed where the program takes no wishes."""
    if participation.person_id != person.pk:
        raise NotFound
    if not participation.program.suggestions_allowed:
        raise NotAllowed(_("This program does not collect wishes."))


def is_receiver(person: Person, request: Request) -> bool:
    """Whether the person is the one who was asked."""
    return request.mentor.person_id == person.pk
