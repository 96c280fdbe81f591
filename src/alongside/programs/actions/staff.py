"""Who looks after a program."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.journal.actions import record
from alongside.people.actions import checked_email
from alongside.people.models import Person
from alongside.programs.actions._editing import locked_program
from alongside.programs.enums import StaffRole
from alongside.programs.models import Program, Staff, StaffInvitation

STAFF_INVITATION_OPEN = timedelta(days=30)


@transaction.atomic
def add_staff(*, program: Program, actor: Person, email: str, role: str) -> Staff:
    """Somebody with an account here looks after the program from now on, or gets another role in it. Raises Invalid."""
    row = _program_for(program, actor)
    _check_role(role)
    person = Person.objects.filter(email__iexact=email.strip(), is_active=True, erased_at=None).first()
    if person is None:
        raise Invalid(_("Nobody with this address has an account here yet."), field="email")
    member = row.staff.filter(person=person).first()
    if member is not None:
        return _give_role(row, member, actor, role)
    if person.pk == actor.pk:  # administrators do not let themselves in
        raise Invalid(_("Somebody else has to bring you in."), field="email")
    return _add(row, person, role, actor)


@transaction.atomic
def invite_staff(*, program: Program, actor: Person, email: str, role: str, now: datetime) -> StaffInvitation:
    """A letter with a link for an address without an open account here; sent anew, only the newest link counts.

    Whoever had an account that is closed gets the same letter, so that nobody learns of it; the link does not let them in.
    Raises Invalid for what is no address, and for one of an open account: `add_staff` is for those.
    """
    row = _program_for(program, actor)
    _check_role(role)
    address = checked_email(email)
    if Person.objects.filter(email__iexact=address, is_active=True, erased_at=None).exists():
        raise Invalid(_("Whoever has this address has an account here."), field="email")
    known = row.staff_invitations.filter(email__iexact=address).first()
    letter = known or StaffInvitation(program=row, email=address, serial=0, created_at=now)
    letter.role, letter.invited_by, letter.serial = role, actor, letter.serial + 1
    letter.expires_at, letter.accepted_at = now + STAFF_INVITATION_OPEN, None
    letter.save()
    data = {"role": role}
    record("staff.invited", actor_id=actor.pk, subject=letter, program_id=row.pk, data=data, now=now)
    return letter


@transaction.atomic
def accept_staff_invitation(*, invitation: StaffInvitation, person: Person, now: datetime) -> Staff:
    """The person looks after the program. Raises Conflict once the letter was taken back, taken up or has run out."""
    row = StaffInvitation.objects.select_for_update(of=("self",)).select_related("program").get(
        pk=invitation.pk
    )  # fmt: skip
    if row.accepted_at is not None or row.expires_at <= now or row.serial != invitation.serial:
        raise Conflict(_("This letter is no longer open. Ask for a new one."))
    if row.email.casefold() != person.email.casefold():
        raise NotFound
    row.accepted_at = now
    row.save(update_fields=["accepted_at"])
    member = row.program.staff.filter(person=person).first()
    return member or _add(row.program, person, row.role, person)


@transaction.atomic
def take_back_staff_invitation(*, invitation: StaffInvitation, actor: Person, now: datetime) -> None:
    """Its link opens nothing any more, and a letter still held does not go out."""
    row = locked_program(invitation.program, actor=actor)
    record("staff.invitation_revoked", actor_id=actor.pk, subject=invitation, program_id=row.pk, now=now)
    StaffInvitation.objects.filter(pk=invitation.pk).delete()


@transaction.atomic
def change_staff_role(*, member: Staff, actor: Person, role: str) -> Staff:
    """Another role for somebody. Raises Conflict when no coordinator would be left."""
    row = locked_program(member.program, actor=actor)
    if role not in StaffRole.values:
        raise Invalid(_("Choose a role."), field="role")
    return _give_role(row, member, actor, role)


@transaction.atomic
def remove_staff(*, member: Staff, actor: Person) -> None:
    """Takes somebody off the program. Raises Conflict for its contact and its last coordinator."""
    row = locked_program(member.program, actor=actor)
    if member.person_id == row.contact_id:
        raise Conflict(_("People turn to this person for help. Choose another contact first."))
    _check_one_left(row, member)
    _record(row, actor, "staff.removed", member)
    Staff.objects.filter(pk=member.pk).delete()


@transaction.atomic
def choose_contact(*, member: Staff, actor: Person) -> Program:
    """Makes this coordinator the person whose name stands at the foot of each page. Raises Invalid for assistants."""
    row = locked_program(member.program, actor=actor)
    if member.role != StaffRole.COORDINATOR:
        raise Invalid(_("The contact has to be a coordinator."), field="contact")
    if row.contact_id != member.person_id:
        row.contact = member.person
        row.save(update_fields=["contact"])
        _record(row, actor, "program.contact_chosen", member)
    return row


def _program_for(program: Program, actor: Person) -> Program:
    """Locked, for its coordinators; for administrators as well: no program need stand without anybody."""
    if not actor.is_administrator or program.staff.filter(person=actor).exists():
        return locked_program(program, actor=actor)
    return Program.objects.select_for_update().select_related(None).get(pk=program.pk)


def _check_role(role: str) -> None:
    if role not in StaffRole.values:
        raise Invalid(_("Choose a role."), field="role")


def _add(program: Program, person: Person, role: str, actor: Person) -> Staff:
    member = Staff.objects.create(program=program, person=person, role=role)
    _record(program, actor, "staff.added", member)
    return member


def _give_role(program: Program, member: Staff, actor: Person, role: str) -> Staff:
    if member.role == role:
        return member
    if role != StaffRole.COORDINATOR:
        if member.person_id == program.contact_id:
            raise Conflict(_("People turn to this person for help. Choose another contact first."))
        _check_one_left(program, member)
    member.role = role
    member.save(update_fields=["role"])
    _record(program, actor, "staff.role_changed", member)
    return member


def _check_one_left(program: Program, member: Staff) -> None:
    others = program.staff.filter(role=StaffRole.COORDINATOR).exclude(pk=member.pk)
    if not others.exists():
        raise Conflict(_("A program needs at least one coordinator."))


def _record(program: Program, actor: Person, verb: str, member: Staff) -> None:
    record(
        verb,
        actor_id=actor.pk,
        subject=member,
        program_id=program.pk,
        data={"person": member.person_id, "role": member.role},
    )
