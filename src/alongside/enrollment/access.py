"""Who may see which participation, and who may come in by which door."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from alongside.enrollment.enums import InvitationState, ParticipationState
from alongside.enrollment.models import Invitation, Participation, SheetImport
from alongside.enrollment.tokens import token_hash
from alongside.foundation.errors import NotAllowed, NotFound
from alongside.people.models import Person
from alongside.programs.access import is_staff
from alongside.programs.enums import Access, ProgramState
from alongside.programs.models import Program

JOINABLE = (ProgramState.ENROLLING, ProgramState.MATCHING, ProgramState.RUNNING)  # people may join late
SHOWN = (*JOINABLE, ProgramState.CLOSING, ProgramState.CLOSED)


@dataclass(frozen=True, slots=True)
class Keys:
    """What somebody at a program's door holds besides their account: the code they typed, the link they followed."""

    code: str = ""
    join_token: str = ""
    invitation: Invitation | None = None

    def fit(self, program: Program) -> bool:
        """Whether the link or the code is this program's."""
        linked = bool(self.join_token) and constant_time_compare(self.join_token, program.join_token)
        coded = program.access == Access.CODE and bool(program.access_code) and same_code(self.code, program)
        return linked or coded


NO_KEYS = Keys()


def own_participations(person: Person) -> QuerySet[Participation]:
    return Participation.objects.filter(person=person).select_related("program", "match_type")


def key_kind(keys: Keys, program: Program) -> str:
    """Which key opened the door, to be remembered in a signed link instead of the key itself."""
    if keys.join_token and constant_time_compare(keys.join_token, program.join_token):
        return "join"
    return "code" if keys.fit(program) else ""


def keys_of_kind(program_id: str, kind: str) -> Keys:
    """The keys that a signed link stands for, as they are now."""
    program = Program.objects.filter(public_id=program_id).first()
    if program is None:
        raise NotFound
    return Keys(
        code=program.access_code if kind == "code" else "",
        join_token=program.join_token if kind == "join" else "",
    )


def get_own_participation(person: Person, public_id: str) -> Participation:
    """One's own participation. Raises NotFound for anybody else's."""
    row = own_participations(person).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def get_own_participation_in(person: Person, program_id: str) -> Participation:
    """One's own participation in the program with this public id. Raises NotFound for whoever has none."""
    row = (
        own_participations(person)
        .select_related("program__contact", "program__form", "match_type", "answers")
        .filter(program__public_id=program_id)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def participations_of(program: Program) -> QuerySet[Participation]:
    """All participations of a program; the caller has the program from `get_staffed_program`."""
    return Participation.objects.filter(program=program).select_related("person", "match_type")


def get_participation(program: Program, public_id: str) -> Participation:
    """A participation of a program that the caller is staff of. Raises NotFound."""
    rows = participations_of(program).select_related("person__preferences", "program__form")
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def get_invitation_of(program: Program, public_id: str) -> Invitation:
    """An invitation of a program that the caller is staff of. Raises NotFound."""
    row = Invitation.objects.filter(program=program, public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def get_import(program: Program, public_id: str) -> SheetImport:
    """An uploaded sheet of a program that the caller is staff of. Raises NotFound."""
    row = (
        SheetImport.objects.filter(program=program, public_id=public_id)
        .select_related("program__form")
        .first()
    )
    if row is None:
        raise NotFound
    return row


def get_invitation(token: str, *, now: datetime) -> Invitation:
    """The invitation whose link this is, while it is open or was accepted. Raises NotFound otherwise."""
    row = (
        Invitation.objects.filter(token_hash=token_hash(token))
        .select_related("program__contact", "invited_by")
        .first()
    )
    if row is None or not (row.is_open(now=now) or row.state == InvitationState.ACCEPTED):
        raise NotFound
    return row


def listed_programs(person: Person) -> QuerySet[Program]:
    """Programs a signed-in person finds in the directory: those open to them, and those they are in."""
    domain = _domain(person.email)
    open_to_all = Q(access__in=(Access.OPEN, Access.CODE))
    by_domain = Q(pk__in=[program.pk for program in _domain_programs() if domain in domains_of(program)])
    own = Q(participations__person=person)
    return Program.objects.filter(
        Q(state__in=JOINABLE) & (open_to_all | by_domain) | Q(state__in=SHOWN) & own
    ).distinct()


def get_program_page(program_id: str, *, person: Person | None, keys: Keys = NO_KEYS) -> Program:
    """The program whose page this visitor may read. Raises NotFound.

    Open programs show their page to everybody; those by invitation only to whoever holds a key, takes part or is staff.
    """
    program = Program.objects.select_related("contact", "form").filter(public_id=program_id).first()
    if program is None or not _may_read_page(program, person, keys):
        raise NotFound
    return program


def get_joinable_program(join_token: str) -> Program:
    """The program whose join link this is. Raises NotFound."""
    program = Program.objects.filter(join_token=join_token, state__in=JOINABLE).first()
    if program is None:
        raise NotFound
    return program


def may_join(person: Person, program: Program, keys: Keys = NO_KEYS) -> bool:
    """Whether a door of the program is open to this person now."""
    return program.state in JOINABLE and (
        program.access == Access.OPEN or may_join_with_address(person.email, program, keys)
    )


def may_join_with_address(email: str, program: Program, keys: Keys = NO_KEYS) -> bool:
    """Whether somebody without an account, whose address this is, may come in and be given one."""
    if program.state not in JOINABLE:
        return False
    invitation = keys.invitation
    invited = (
        invitation is not None
        and invitation.program_id == program.pk
        and invitation.email.casefold() == email.casefold()
    )
    by_domain = program.access == Access.DOMAIN and _domain(email) in domains_of(program)
    return invited or by_domain or keys.fit(program)


def check_may_join(person: Person, program: Program, keys: Keys) -> None:
    """Raises NotAllowed with the reason."""
    if program.state not in JOINABLE:
        raise NotAllowed(_("Nobody can join this program at the moment."))
    if may_join(person, program, keys):
        return
    if program.access == Access.CODE:
        raise NotAllowed(_("This program asks for a code. The people who run it can give it to you."))
    if program.access == Access.DOMAIN:
        raise NotAllowed(_("This program is for people with a mail address of certain organizations."))
    raise NotAllowed(_("This program is by invitation."))


def check_own(person: Person, participation: Participation) -> None:
    """Raises NotFound unless it is theirs."""
    if participation.person_id != person.pk:
        raise NotFound


def may_change_answers(participation: Participation) -> bool:
    """Answers can be changed as long as one is part of the program, or about to be."""
    return participation.state not in (
        ParticipationState.DECLINED,
        ParticipationState.WITHDRAWN,
        ParticipationState.RETIRED,
    )


def same_code(code: str, program: Program) -> bool:
    """Whether this is the program's code; case and spaces around it do not count."""
    return constant_time_compare(code.strip().casefold(), program.access_code.strip().casefold())


def domains_of(program: Program) -> set[str]:
    parts = program.access_domains.replace(";", ",").split(",")
    return {part.strip().lstrip("@").casefold() for part in parts if part.strip()}


def _domain_programs() -> QuerySet[Program]:
    return Program.objects.filter(access=Access.DOMAIN, state__in=JOINABLE)


def _may_read_page(program: Program, person: Person | None, keys: Keys) -> bool:
    if person is not None and is_staff(person, program):
        return True
    if program.state not in SHOWN:
        return False
    if program.access != Access.INVITED or keys.fit(program):
        return True
    return person is not None and program.participations.filter(person=person).exists()


def _domain(email: str) -> str:
    return email.rpartition("@")[2].casefold()
