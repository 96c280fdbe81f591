"""Coming in, sending in, going; places and the waitlist."""

from datetime import timedelta

import pytest

from alongside.enrollment.access import Keys, get_invitation
from alongside.enrollment.actions import (
    StepInput,
    approve_participations,
    decline_participations,
    fill_places,
    retire_participations,
    return_participation,
    save_step,
    start_participation,
    submit_enrollment,
    withdraw_participation,
)
from alongside.enrollment.enums import EnrollmentStep, ParticipationState, Role
from alongside.enrollment.models import Participation
from alongside.enrollment.queries import place_in_waitlist, places_left, waitlist
from alongside.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from alongside.journal.models import Entry
from alongside.people.models import Person
from alongside.programs.enums import Access, Approval, ProgramState
from alongside.programs.models import Program
from tests import factories as make

pytestmark = pytest.mark.django_db


def open_program(**fields: object) -> Program:
    return make.program(**{"access": Access.OPEN, "approval": Approval.NONE, **fields})


def filled(
    program: Program, who: Person | None = None, *, minute: int = 0, role: str = "mentee"
) -> Participation:
    """A participation with every step seen, ready to be sent in."""
    person = who or make.person()
    now = make.NOW + timedelta(minutes=minute)
    row = start_participation(program=program, person=person, role=role, actor=person, now=now)
    for step in EnrollmentStep:
        row = save_step(participation=row, step=step, given=StepInput(), actor=person, now=now)
    return row


def sent(program: Program, *, minute: int = 0) -> Participation:
    row = filled(program, minute=minute)
    return submit_enrollment(participation=row, actor=row.person, now=make.NOW + timedelta(minutes=minute))


def verbs(row: Participation) -> list[str]:
    entries = Entry.objects.filter(subject_type="participation", subject_id=row.pk).order_by("pk")
    return [entry.verb for entry in entries if entry.verb != "participation.answers_changed"]


# -- doors


@pytest.mark.parametrize(
    ("fields", "keys", "lets_in"),
    [
        ({"access": Access.OPEN}, Keys(), True),
        ({"access": Access.INVITED}, Keys(), False),
        ({"access": Access.INVITED}, Keys(join_token="open-sesame"), True),
        ({"access": Access.INVITED}, Keys(join_token="another"), False),
        ({"access": Access.DOMAIN, "access_domains": "example.com, @Example.org"}, Keys(), True),
        ({"access": Access.DOMAIN, "access_domains": "ample.org"}, Keys(), False),
        ({"access": Access.DOMAIN, "access_domains": ""}, Keys(), False),
        ({"access": Access.CODE, "access_code": "Heron"}, Keys(code=" heron "), True),
        ({"access": Access.CODE, "access_code": "Heron"}, Keys(code="crane"), False),
        ({"access": Access.CODE, "access_code": ""}, Keys(code=""), False),
        ({"access": Access.INVITED, "access_code": "Heron"}, Keys(code="Heron"), False),
        ({"access": Access.OPEN, "state": ProgramState.DRAFT}, Keys(), False),
        ({"access": Access.OPEN, "state": ProgramState.CLOSED}, Keys(join_token="open-sesame"), False),
    ],
)
def test_start_needs_an_open_door(fields: dict[str, str], keys: Keys, lets_in: bool) -> None:
    program = make.program(**fields)
    Program.objects.filter(pk=program.pk).update(join_token="open-sesame")
    program.refresh_from_db()
    dov = make.person("Dov")

    if lets_in:
        row = start_participation(
            program=program, person=dov, role="mentee", actor=dov, now=make.NOW, keys=keys
        )
        assert (row.state, row.role) == (ParticipationState.STARTED, Role.MENTEE)
        assert verbs(row) == ["participation.started"]
    else:
        with pytest.raises(NotAllowed):
            start_participation(
                program=program, person=dov, role="mentee", actor=dov, now=make.NOW, keys=keys
            )
        assert not program.participations.exists()


def test_start_twice_is_one_participation() -> None:
    program, dov = open_program(), make.person("Dov")

    first = start_participation(program=program, person=dov, role="mentee", actor=dov, now=make.NOW)
    second = start_participation(program=program, person=dov, role="mentor", actor=dov, now=make.NOW)

    assert (second.pk, second.role) == (first.pk, "mentee")
    assert verbs(first) == ["participation.started"]


def test_start_after_withdrawing_keeps_what_was_given() -> None:
    program = open_program()
    row = sent(program)
    withdraw_participation(participation=row, actor=row.person, now=make.NOW)

    again = start_participation(
        program=program, person=row.person, role="mentor", actor=row.person, now=make.NOW
    )

    assert (again.pk, again.state, again.role) == (row.pk, ParticipationState.STARTED, "mentor")
    assert again.steps_done == EnrollmentStep.values


def test_start_unknown_role_is_refused() -> None:
    program, dov = open_program(), make.person("Dov")

    with pytest.raises(Invalid):
        start_participation(program=program, person=dov, role="guru", actor=dov, now=make.NOW)


# -- sending in


def test_submit_names_the_steps_that_are_open() -> None:
    program, dov = open_program(), make.person("Dov")
    row = start_participation(program=program, person=dov, role="mentee", actor=dov, now=make.NOW)
    save_step(participation=row, step=EnrollmentStep.ABOUT_YOU, given=StepInput(), actor=dov, now=make.NOW)

    with pytest.raises(Invalid) as refusal:
        submit_enrollment(participation=row, actor=dov, now=make.NOW)

    assert (
        refusal.value.message == "Still open: How and when you connect, What it is about and Who sees what."
    )


def test_submit_without_approval_enrolls_at_once() -> None:
    row = sent(open_program())

    assert (row.state, row.submitted_at, row.approved_at) == (ParticipationState.APPROVED, make.NOW, make.NOW)
    assert verbs(row) == ["participation.started", "participation.approved"]


def test_submit_with_approval_waits_for_a_coordinator() -> None:
    row = sent(open_program(approval=Approval.COORDINATOR))

    assert row.state == ParticipationState.SUBMITTED
    assert verbs(row) == ["participation.started", "participation.submitted"]


def test_submit_by_somebody_else_finds_nothing() -> None:
    row = filled(open_program())

    with pytest.raises(NotFound):
        submit_enrollment(participation=row, actor=make.person("Eva"), now=make.NOW)


def test_submit_twice_is_once() -> None:
    row = sent(open_program())

    submit_enrollment(participation=row, actor=row.person, now=make.NOW)

    assert verbs(row) == ["participation.started", "participation.approved"]


# -- places


def test_places_beyond_the_last_one_wait() -> None:
    program = open_program(places=2)

    states = [sent(program, minute=minute).state for minute in range(4)]

    assert states == ["approved", "approved", "waitlisted", "waitlisted"]
    assert places_left(program) == 0
    assert [place_in_waitlist(row) for row in waitlist(program)] == [1, 2]


def test_places_full_without_waitlist_is_told() -> None:
    program = open_program(places=1, waitlist=False)
    sent(program)
    row = filled(program, minute=1)

    with pytest.raises(Conflict) as refusal:
        submit_enrollment(participation=row, actor=row.person, now=make.NOW)

    row.refresh_from_db()
    assert refusal.value.message == "All 1 places of this program are taken."
    assert (row.state, row.submitted_at) == (ParticipationState.STARTED, None)


def test_freed_place_goes_to_whoever_has_waited_longest() -> None:
    program = open_program(places=1)
    first, second, third = (sent(program, minute=minute) for minute in range(3))

    withdraw_participation(participation=first, actor=first.person, now=make.NOW + timedelta(hours=1))

    for row in (second, third):
        row.refresh_from_db()
    assert (second.state, third.state) == (ParticipationState.APPROVED, ParticipationState.WAITLISTED)
    assert verbs(second)[-1] == "participation.approved"


def test_withdrawing_from_the_waitlist_frees_nothing() -> None:
    program = open_program(places=1)
    _first, second, third = (sent(program, minute=minute) for minute in range(3))

    withdraw_participation(participation=second, actor=second.person, now=make.NOW)

    third.refresh_from_db()
    assert third.state == ParticipationState.WAITLISTED


def test_raised_limit_lets_the_waiting_in_by_their_turn() -> None:
    program = open_program(places=1)
    rows = [sent(program, minute=minute) for minute in range(4)]
    Program.objects.filter(pk=program.pk).update(places=3)

    moved = fill_places(program=program, now=make.NOW)

    assert [row.pk for row in moved] == [rows[1].pk, rows[2].pk]


def test_retired_place_moves_the_next_one_up_and_return_waits() -> None:
    program = open_program(places=1)
    first, second = sent(program), sent(program, minute=1)

    retire_participations(program=program, participations=[first], actor=program.contact, now=make.NOW)
    back = return_participation(participation=first, actor=program.contact, now=make.NOW)

    second.refresh_from_db()
    assert (second.state, back.state) == (ParticipationState.APPROVED, ParticipationState.WAITLISTED)


# -- deciding


def test_approve_takes_in_whoever_sent_in_first_and_lists_the_rest() -> None:
    program = open_program(approval=Approval.COORDINATOR, places=2)
    rows = [sent(program, minute=minute) for minute in (2, 0, 1)]

    decided = approve_participations(
        program=program,
        participations=rows,
        actor=program.contact,
        now=make.NOW + timedelta(days=1),
        note=" Welcome! ",
    )

    assert [row.pk for row in decided.done] == [rows[1].pk, rows[2].pk]
    assert [row.pk for row in decided.waitlisted] == [rows[0].pk]
    assert {row.note_from_team for row in decided.done} == {"Welcome!"}


def test_approve_people_of_another_program_touches_nobody() -> None:
    program, other = open_program(approval=Approval.COORDINATOR), open_program(approval=Approval.COORDINATOR)
    foreign = sent(other)

    decided = approve_participations(
        program=program, participations=[foreign], actor=program.contact, now=make.NOW
    )

    foreign.refresh_from_db()
    assert (decided.done, foreign.state) == ((), ParticipationState.SUBMITTED)


def test_decisions_are_for_coordinators_only() -> None:
    program = open_program(approval=Approval.COORDINATOR)
    row = sent(program)

    for decide in (approve_participations, decline_participations, retire_participations):
        with pytest.raises(NotFound):
            decide(program=program, participations=[row], actor=row.person, now=make.NOW)


def test_decline_with_a_note_leaves_the_way_back_open() -> None:
    program = open_program(approval=Approval.COORDINATOR)
    row = sent(program)

    decline_participations(
        program=program,
        participations=[row],
        actor=program.contact,
        now=make.NOW,
        note="Next spring, gladly.",
    )

    row.refresh_from_db()
    assert (row.state, row.note_from_team) == (ParticipationState.DECLINED, "Next spring, gladly.")
    again = start_participation(
        program=program, person=row.person, role="mentee", actor=row.person, now=make.NOW
    )
    assert again.state == ParticipationState.STARTED


def test_invitation_of_nobody_is_not_found() -> None:
    with pytest.raises(NotFound):
        get_invitation("no-such-token", now=make.NOW)
