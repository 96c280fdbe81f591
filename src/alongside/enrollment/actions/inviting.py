"""Invitations: sent, sent again, reminded of once, taken back; and what the invited person says."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.enrollment.access import JOINABLE
from alongside.enrollment.actions.stepping import locked_program
from alongside.enrollment.enums import InvitationState, Role
from alongside.enrollment.models import Invitation
from alongside.enrollment.queries.invitations import LASTS, AddressPlan, plan_invitations, remindable
from alongside.enrollment.tokens import invitation_token, token_hash
from alongside.foundation.errors import Conflict, Invalid
from alongside.jobs.actions import enqueue
from alongside.journal.actions import record
from alongside.people.actions import checked_email
from alongside.people.models import Person
from alongside.programs.access import check_may_change
from alongside.programs.models import Program

ADDRESS_LETTER = "enrollment.address_letter"


@transaction.atomic
def send_invitations(
    *, program: Program, text: str, role: str, actor: Person, now: datetime
) -> list[Invitation]:
    """Invites every pasted address that is not in, not invited and readable, as `plan_invitations` shows it.

    Returns the invitations now on their way. Raises Invalid when there is nobody to invite, and Conflict where their
    links would lead nowhere because nobody can come in.
    """
    check_may_change(actor, program)
    _check_open(program)
    if role not in Role.values:
        raise Invalid(_("Please choose a role."), field="role")
    locked_program(program)
    wanted = [plan for plan in plan_invitations(program, text, now=now) if plan.sends]
    if not wanted:
        raise Invalid(_("There is nobody here to invite yet."), field="addresses")
    sent = [_invite(program, plan, role, actor, now) for plan in wanted]
    for invitation in sent:
        _tell("invitation.sent", invitation, actor=actor, now=now)
    return sent


@transaction.atomic
def resend_invitation(*, invitation: Invitation, actor: Person, now: datetime) -> Invitation:
    """The same letter once more, open for another LASTS; a link taken back before is replaced by a new one."""
    check_may_change(actor, invitation.program)
    _check_open(invitation.program)
    row = _locked(invitation)
    if row.state == InvitationState.ACCEPTED:
        raise Conflict(_("{email} has joined already.").format(email=row.email))
    _renew(row, row.role, actor, now)
    _tell("invitation.sent", row, actor=actor, now=now, again=True)
    return row


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, actor: Person, now: datetime) -> Invitation:
    """Takes an invitation back: its link opens nothing any more. Nothing to do twice."""
    check_may_change(actor, invitation.program)
    row = _locked(invitation)
    if row.state == InvitationState.ACCEPTED:
        raise Conflict(_("{email} has joined already.").format(email=row.email))
    if row.state != InvitationState.REVOKED:
        row.state, row.answered_at = InvitationState.REVOKED, None
        row.save(update_fields=["state", "answered_at"])
        _tell("invitation.revoked", row, actor=actor, now=now)
    return row


@transaction.atomic
def remind_invited(*, program: Program, actor: Person, now: datetime) -> int:
    """One second note to everybody whose invitation rests without an answer (`remindable`); nobody gets two. How many."""
    check_may_change(actor, program)
    _check_open(program)
    locked_program(program)
    rows = list(Invitation.objects.filter(remindable(now=now), program=program))
    for row in rows:
        row.reminded_at = now
    Invitation.objects.bulk_update(rows, ["reminded_at"], batch_size=500)
    for row in rows:
        _tell("invitation.reminded", row, actor=actor, now=now)
    return len(rows)


@transaction.atomic
def decline_invitation(*, invitation: Invitation, now: datetime) -> Invitation:
    """The invited person's "not now". They may still join by the same link while it is open. Nothing to do twice."""
    row = _locked(invitation)
    if row.state == InvitationState.DECLINED:
        return row
    if not row.is_open(now=now):
        raise Conflict(_("This invitation is no longer open."))
    row.state, row.answered_at = InvitationState.DECLINED, now
    row.save(update_fields=["state", "answered_at"])
    _tell("invitation.declined", row, actor=None, now=now)
    return row


@transaction.atomic
def ask_address_letter(*, program: Program, email: str, role: str, key: str) -> None:
    """Has a letter sent to the address with a link that proves it; see `jobs.send_address_letter`.

    The caller has checked that the door is open to this address (`may_join_with_address`). Raises Invalid.
    """
    address = checked_email(email)
    payload = {"email": address, "program": program.public_id, "role": role, "key": key}
    enqueue(ADDRESS_LETTER, payload, priority=1, dedupe=f"{ADDRESS_LETTER}:{program.pk}:{address.casefold()}")


def _check_open(program: Program) -> None:
    if program.state not in JOINABLE:
        raise Conflict(_("Nobody can come in at the moment: open the program first, then invite."))


def _invite(program: Program, plan: AddressPlan, role: str, actor: Person, now: datetime) -> Invitation:
    row = Invitation.objects.filter(program=program, email=plan.email).first()
    if row is None:
        row = Invitation(program=program, email=plan.email)
    row.name = plan.name or row.name
    _renew(row, role, actor, now)
    return row


def _renew(row: Invitation, role: str, actor: Person, now: datetime) -> None:
    if row.state == InvitationState.REVOKED:
        row.serial += 1
    row.state, row.answered_at, row.reminded_at = InvitationState.SENT, None, None
    row.role, row.invited_by, row.sent_at, row.expires_at = role, actor, now, now + LASTS
    row.token_hash = token_hash(invitation_token(row))
    row.save()


def _locked(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).select_related("program").get(pk=invitation.pk)


def _tell(verb: str, row: Invitation, *, actor: Person | None, now: datetime, again: bool = False) -> None:
    record(
        verb,
        actor_id=actor.pk if actor else None,
        subject=row,
        program_id=row.program_id,
        data={"again": True} if again else {},
        now=now,
    )
