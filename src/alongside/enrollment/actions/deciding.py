"""What coordinators decide about people: in, not this time, resting, back; roles, capacity and tags."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.enrollment.actions.joining import set_capacity, set_role
from alongside.enrollment.actions.places import move_up, take_place
from alongside.enrollment.actions.stepping import locked, locked_program, step, tell
from alongside.enrollment.enums import STEPS, ParticipationState
from alongside.enrollment.models import Participation, Tag
from alongside.foundation.errors import Invalid
from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.programs.access import check_may_change
from alongside.programs.models import Program

NOTE, TAG = 400, 40


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision about several people came to. `left` stood where the step was not possible, and stayed there."""

    done: tuple[Participation, ...]
    waitlisted: tuple[Participation, ...] = ()
    left: tuple[Participation, ...] = ()


@transaction.atomic
def approve_participations(
    *, program: Program, participations: Iterable[Participation], actor: Person, now: datetime, note: str = ""
) -> Decided:
    """Takes these people in, whoever sent in first goes first; beyond the places they wait on the list.

    Raises Conflict when there is neither a place nor a waitlist; then nobody was taken in.
    """
    check_may_change(actor, program)
    held = locked_program(program)
    done: list[Participation] = []
    waiting: list[Participation] = []
    left: list[Participation] = []
    rows = [locked(row) for row in _of(held, participations)]
    for row in sorted(rows, key=lambda row: (row.submitted_at or now, row.pk)):
        if ParticipationState.APPROVED not in STEPS[row.state] or row.state == ParticipationState.WAITLISTED:
            left.append(row)
            continue
        _set_note(row, note)
        take_place(row, program=held, actor=actor, now=now)
        (done if row.state == ParticipationState.APPROVED else waiting).append(row)
    return Decided(tuple(done), tuple(waiting), tuple(left))


@transaction.atomic
def decline_participations(
    *, program: Program, participations: Iterable[Participation], actor: Person, now: datetime, note: str = ""
) -> Decided:
    """Says "not this time" to these people, with the note if there is one."""
    return _all_to(
        ParticipationState.DECLINED,
        "participation.declined",
        program=program,
        participations=participations,
        actor=actor,
        now=now,
        note=note,
    )


@transaction.atomic
def retire_participations(
    *, program: Program, participations: Iterable[Participation], actor: Person, now: datetime, note: str = ""
) -> Decided:
    """Takes enrolled people out of matching; all they gave stays, and they can return. Their places come free."""
    decided = _all_to(
        ParticipationState.RETIRED,
        "participation.retired",
        program=program,
        participations=participations,
        actor=actor,
        now=now,
        note=note,
    )
    move_up(locked_program(program), now=now)
    return decided


@transaction.atomic
def return_participation(*, participation: Participation, actor: Person, now: datetime) -> Participation:
    """Brings a retired person back, on a place or on the waitlist."""
    check_may_change(actor, participation.program)
    program = locked_program(participation.program)
    row = locked(participation)
    take_place(row, program=program, actor=actor, now=now)
    return row


@transaction.atomic
def change_role(*, participation: Participation, role: str, actor: Person, now: datetime) -> Participation:
    """A participant's role, changed by a coordinator. What runs between two people stays as it is."""
    check_may_change(actor, participation.program)
    return set_role(locked(participation), role, actor=actor, now=now)


@transaction.atomic
def change_capacity(
    *, participation: Participation, capacity: int, actor: Person, now: datetime
) -> Participation:
    """How many mentees a mentor can hold, changed by a coordinator. Raises Invalid beyond the program's limit."""
    check_may_change(actor, participation.program)
    return set_capacity(locked(participation), capacity, actor=actor, now=now)


@transaction.atomic
def tag_participations(
    *, program: Program, participations: Iterable[Participation], name: str, actor: Person
) -> Tag:
    """Puts a coordinator's word on these people. Nothing to do for whoever carries it."""
    check_may_change(actor, program)
    word = " ".join(name.split())
    if not 0 < len(word) <= TAG:
        raise Invalid(_("Please give a tag of 1 to {most} characters.").format(most=TAG), field="tag")
    tag = Tag.objects.filter(program=program, name__iexact=word).first() or Tag.objects.create(
        program=program, name=word
    )
    tag.participations.add(*_of(program, participations))
    record("tag.put", actor_id=actor.pk, subject=tag, program_id=program.pk)
    return tag


@transaction.atomic
def untag_participations(
    *, program: Program, participations: Iterable[Participation], name: str, actor: Person
) -> None:
    """Takes the word off; a tag that nobody carries any more is gone."""
    check_may_change(actor, program)
    tag = Tag.objects.filter(program=program, name=name).first()
    if tag is None:
        return
    tag.participations.remove(*_of(program, participations))
    record("tag.taken_off", actor_id=actor.pk, subject=tag, program_id=program.pk)
    if not tag.participations.exists():
        tag.delete()


def _all_to(
    state: ParticipationState,
    verb: str,
    *,
    program: Program,
    participations: Iterable[Participation],
    actor: Person,
    now: datetime,
    note: str,
) -> Decided:
    check_may_change(actor, program)
    held = locked_program(program)
    done, left = [], []
    for row in (locked(row) for row in _of(held, participations)):
        if state not in STEPS[row.state]:
            left.append(row)
            continue
        _set_note(row, note)
        step(row, state, now=now)
        tell(verb, row, actor=actor, now=now)
        done.append(row)
    return Decided(tuple(done), (), tuple(left))


def _of(program: Program, participations: Iterable[Participation]) -> Collection[Participation]:
    """Those of the program itself: what a page was sent may name anybody."""
    return [row for row in participations if row.program_id == program.pk]


def _set_note(row: Participation, note: str) -> None:
    words = note.strip()
    if len(words) > NOTE:
        raise Invalid(_("Please keep the note to {most} characters.").format(most=NOTE), field="note")
    row.note_from_team = words
    row.save(update_fields=["note_from_team"])
