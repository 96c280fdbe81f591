"""Coming in and going: start, submit, withdraw; a person's own steps."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from alongside.enrollment.access import NO_KEYS, Keys, check_may_join, check_own
from alongside.enrollment.actions.places import move_up, take_place
from alongside.enrollment.actions.stepping import locked, locked_program, step, tell
from alongside.enrollment.enums import PRESENT, InvitationState, ParticipationState, Role
from alongside.enrollment.models import Invitation, Participation
from alongside.enrollment.queries.readiness import open_points
from alongside.foundation.errors import Conflict, Invalid
from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.programs.enums import Approval
from alongside.programs.models import Program
from alongside.questionnaires.actions import create_answer_set


def start_participation(
    *, program: Program, person: Person, role: str, actor: Person | None, now: datetime, keys: Keys = NO_KEYS
) -> Participation:
    """The person's participation, begun if there is none; begun again after they withdrew or were declined.

    `keys` are what opens the door besides the account: a code, the join link, an invitation. An invitation to this
    address counts as accepted. Raises NotAllowed when no door is open to them.
    """
    try:
        return _start(program=program, person=person, role=role, actor=actor, now=now, keys=keys)
    except IntegrityError:  # two windows at once: the other one was quicker
        return Participation.objects.select_related("program", "match_type").get(
            program=program, person=person
        )


@transaction.atomic
def _start(
    *, program: Program, person: Person, role: str, actor: Person | None, now: datetime, keys: Keys
) -> Participation:
    if role not in Role.values:
        raise Invalid(_("Please choose a role."), field="role")
    row = Participation.objects.filter(program=program, person=person).first()
    if row is not None and row.state in PRESENT:
        _accept_invitations(program, person, now)
        return row
    check_may_join(person, program, keys)
    if row is not None:
        row = locked(row)
        row.role = role
        row.save(update_fields=["role"])
        step(row, ParticipationState.STARTED, now=now)
    else:
        match_type = program.match_types.order_by("pk")[0]
        row = Participation.objects.create(
            program=program,
            match_type=match_type,
            person=person,
            role=role,
            capacity=match_type.capacity_default,
            answers=create_answer_set(questionnaire=program.form, now=now),
            state_since=now,
        )
    _accept_invitations(program, person, now)
    tell("participation.started", row, actor=actor, now=now)
    return row


@transaction.atomic
def submit_enrollment(*, participation: Participation, actor: Person, now: datetime) -> Participation:
    """Sends the enrollment in: enrolled at once, on the waitlist, or waiting for a coordinator, as the program wants.

    Nothing to do for one sent in before. Raises Invalid naming what is still open, Conflict when no place is left and
    there is no waitlist.
    """
    check_own(actor, participation)
    program = locked_program(participation.program)
    row = locked(participation)
    if row.state not in (ParticipationState.INVITED, ParticipationState.STARTED):
        return row
    if open_now := open_points(row):
        steps = get_text_list([str(point.step.label) for point in open_now], _("and"))
        raise Invalid(_("Still open: {steps}.").format(steps=steps))
    if row.state == ParticipationState.INVITED:
        step(row, ParticipationState.STARTED, now=now)
    row.submitted_at = now
    row.save(update_fields=["submitted_at"])
    if program.approval == Approval.COORDINATOR:
        step(row, ParticipationState.SUBMITTED, now=now)
        tell("participation.submitted", row, actor=actor, now=now)
    else:
        take_place(row, program=program, actor=actor, now=now)
    return row


@transaction.atomic
def withdraw_participation(*, participation: Participation, actor: Person, now: datetime) -> Participation:
    """The person's own "not for me now". Answers stay theirs. A place that comes free goes to whoever waits.

    Nothing to do twice. A mentorship that runs is not touched: it ends in its own room.
    """
    check_own(actor, participation)
    program = locked_program(participation.program)
    row = locked(participation)
    if row.state == ParticipationState.WITHDRAWN:
        return row
    step(row, ParticipationState.WITHDRAWN, now=now)
    tell("participation.withdrawn", row, actor=actor, now=now)
    move_up(program, now=now)
    return row


@transaction.atomic
def fill_places(*, program: Program, now: datetime) -> list[Participation]:
    """Gives places that came free, or were added, to the waitlist; returns who moved up."""
    return move_up(locked_program(program), now=now)


@transaction.atomic
def change_own_role(
    *, participation: Participation, role: str, actor: Person, now: datetime
) -> Participation:
    """A person's own role, until they sent their enrollment in; afterwards the coordinators change it."""
    check_own(actor, participation)
    row = locked(participation)
    if row.state not in (ParticipationState.INVITED, ParticipationState.STARTED):
        raise Conflict(_("Your enrollment is sent in. The people who run the program can change your role."))
    return set_role(row, role, actor=actor, now=now)


def set_role(row: Participation, role: str, *, actor: Person, now: datetime) -> Participation:
    """Writes the role of a locked row. Nothing to do for the role they have."""
    if role not in Role.values:
        raise Invalid(_("Please choose a role."), field="role")
    if row.role != role:
        before, row.role = row.role, role
        row.save(update_fields=["role"])
        tell("participation.role_changed", row, actor=actor, now=now, data={"before": before})
    return row


def set_capacity(row: Participation, capacity: int, *, actor: Person, now: datetime) -> Participation:
    """Writes how many mentees at once; 0 is "full right now". Raises Invalid beyond the program's limit."""
    most = row.match_type.capacity_limit
    if not 0 <= capacity <= most:
        raise Invalid(_("Please choose between 0 and {most}.").format(most=most), field="capacity")
    if row.capacity != capacity:
        before, row.capacity = row.capacity, capacity
        row.save(update_fields=["capacity"])
        tell(
            "participation.capacity_changed",
            row,
            actor=actor,
            now=now,
            data={"before": before, "now": capacity},
        )
    return row


@transaction.atomic
def change_own_capacity(
    *, participation: Participation, capacity: int, actor: Person, now: datetime
) -> Participation:
    """How many mentees a mentor would like at once, at any time."""
    check_own(actor, participation)
    return set_capacity(locked(participation), capacity, actor=actor, now=now)


def _accept_invitations(program: Program, person: Person, now: datetime) -> None:
    """Whoever is in has accepted what was sent to their address."""
    rows = Invitation.objects.filter(program=program, email__iexact=person.email).exclude(
        state__in=(InvitationState.ACCEPTED, InvitationState.REVOKED)
    )
    for invitation in rows:
        Invitation.objects.filter(pk=invitation.pk).update(state=InvitationState.ACCEPTED, answered_at=now)
        record("invitation.accepted", actor_id=person.pk, subject=invitation, program_id=program.pk, now=now)
