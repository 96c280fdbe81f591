"""Help as a thing with a person to it: asked for or offered, taken, settled, and whether it helped."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.insights.enums import ASKED_FOR, OPEN_CASES, STEPS, CaseKind, CaseState
from alongside.insights.models import Case
from alongside.journal.actions import record
from alongside.mentorships.access import check_member
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.access import check_may_change
from alongside.vault.actions import seal

LONGEST_NOTE = 4000


@transaction.atomic
def ask_for_hand(
    *, mentorship: Mentorship, actor: Person, kind: CaseKind, note: str = "", now: datetime
) -> Case:
    """One of the two asks the team for a tip or to be contacted. The partner does not see it.

    Asked again while the team has not settled it, the first stays and takes the new words along. Raises NotFound for
    others, Invalid for an overlong note or a kind nobody can ask for.
    """
    check_member(actor, mentorship)
    if kind not in ASKED_FOR:
        raise Invalid(_("Choose a tip or to be contacted."), field="kind")
    open_one = _open_asked_case(mentorship, actor)
    case = open_one or Case(
        program_id=mentorship.program_id, mentorship=mentorship, person=actor, created_at=now
    )
    case.kind = CaseKind.CONTACT if CaseKind.CONTACT in (kind, case.kind) else CaseKind.TIP
    if note.strip():
        case.note_sealed = _sealed(note, case, actor, "note")
    case.save()
    if open_one is None:
        _tell("case.opened", case, actor=actor, now=now)
    else:
        _tell("case.changed", case, actor=actor, now=now)
    return case


@transaction.atomic
def offer_help(*, mentorship: Mentorship, actor: Person, note: str = "", now: datetime) -> Case:
    """A coordinator takes it on themself to look after a pair. One at a time: the one that is there stays.

    Raises NotFound and NotAllowed.
    """
    check_may_change(actor, mentorship.program)
    present = Case.objects.filter(
        mentorship=mentorship, kind=CaseKind.OFFERED, person=None, state__in=OPEN_CASES
    ).first()
    if present is not None:
        return present
    case = Case(
        program_id=mentorship.program_id,
        mentorship=mentorship,
        kind=CaseKind.OFFERED,
        state=CaseState.TAKEN,
        taken_by=actor,
        created_at=now,
    )
    case.team_note_sealed = _sealed(note, case, actor, "team")
    case.save()
    _tell("case.offered", case, actor=actor, now=now)
    return case


@transaction.atomic
def open_safety_case(*, mentorship: Mentorship, person: Person, now: datetime) -> Case:
    """Somebody left because they did not feel safe: a case for the contact person alone. One for each person."""
    known = Case.objects.filter(mentorship=mentorship, person=person, kind=CaseKind.SAFETY).first()
    if known is not None:
        return known
    case = Case.objects.create(
        program_id=mentorship.program_id,
        mentorship=mentorship,
        person=person,
        kind=CaseKind.SAFETY,
        created_at=now,
    )
    _tell("case.safety_opened", case, actor=None, now=now)
    return case


@transaction.atomic
def take_case(*, case: Case, actor: Person, now: datetime) -> Case:
    """A coordinator looks after it; the one who asked hears who. Taking over from a colleague is fine."""
    row = _locked(case, actor)
    if row.state == CaseState.TAKEN and row.taken_by_id == actor.pk:
        return row
    if row.state != CaseState.TAKEN:
        _step(row, CaseState.TAKEN)
    row.taken_by, row.settled_at = actor, None
    row.save()
    _tell("case.taken", row, actor=actor, now=now)
    return row


@transaction.atomic
def wait_for_case(*, case: Case, actor: Person, now: datetime) -> Case:
    """It waits for somebody or something. Nothing to do twice."""
    row = _locked(case, actor)
    if row.state != CaseState.WAITING:
        _step(row, CaseState.WAITING)
        row.taken_by = row.taken_by or actor
        row.save()
        _tell("case.put_off", row, actor=actor, now=now)
    return row


@transaction.atomic
def resolve_case(*, case: Case, actor: Person, now: datetime) -> Case:
    """Settled, as the coordinator sees it; the one who asked is asked whether it helped. Nothing to do twice."""
    row = _locked(case, actor)
    if row.state != CaseState.RESOLVED:
        _step(row, CaseState.RESOLVED)
        row.taken_by, row.settled_at, row.helped = row.taken_by or actor, now, None
        row.save()
        _tell("case.resolved", row, actor=actor, now=now)
    return row


@transaction.atomic
def say_helped(*, case: Case, actor: Person, helped: bool, now: datetime) -> Case:
    """Whether it helped, by the one who asked; "not yet" opens it again. Raises NotFound for others, Conflict too early."""
    row = Case.objects.select_for_update(of=("self",)).select_related("program").get(pk=case.pk)
    if row.person_id != actor.pk:
        raise NotFound
    if row.state != CaseState.RESOLVED:
        raise Conflict(_("The team is still looking after it."))
    row.helped = helped
    if not helped:
        _step(row, CaseState.TAKEN)
        row.settled_at = None
    row.save()
    _tell("case.helped" if helped else "case.reopened", row, actor=actor, now=now)
    return row


@transaction.atomic
def write_team_note(*, case: Case, actor: Person, note: str, now: datetime) -> Case:
    """What the team keeps in mind about it, for coordinators only. An empty note takes the old one away."""
    row = _locked(case, actor)
    row.team_note_sealed = _sealed(note, row, actor, "team")
    row.save(update_fields=["team_note_sealed"])
    _tell("case.noted", row, actor=actor, now=now)
    return row


def _open_asked_case(mentorship: Mentorship, person: Person) -> Case | None:
    cases = Case.objects.select_for_update().filter(mentorship=mentorship, person=person)
    return cases.filter(kind__in=ASKED_FOR, state__in=OPEN_CASES).first()


def _locked(case: Case, actor: Person) -> Case:
    """The row as it is now. Raises NotFound and NotAllowed; a safety case is the contact person's alone."""
    row = Case.objects.select_for_update(of=("self",)).select_related("program").get(pk=case.pk)
    check_may_change(actor, row.program)
    if row.kind == CaseKind.SAFETY and row.program.contact_id != actor.pk:
        raise NotFound
    return row


def _step(row: Case, state: CaseState) -> None:
    if state not in STEPS[row.state]:
        raise Conflict(_("This has been settled already."))
    row.state = state


def _sealed(text: str, case: Case, owner: Person, part: str) -> bytes | None:
    if len(text) > LONGEST_NOTE:
        raise Invalid(_("Please keep it shorter."), field="note")
    return seal(
        text.strip(),
        scope=f"cases:{case.program_id}",
        owner_id=owner.pk,
        about=f"case:{case.public_id}:{part}",
    )


def _tell(verb: str, case: Case, *, actor: Person | None, now: datetime) -> None:
    """Ids and the state. Who asked is told to nobody by the journal but the notices that need it."""
    record(
        verb,
        actor_id=actor.pk if actor else None,
        subject=case,
        program_id=case.program_id,
        data={"person": case.person_id, "mentorship": case.mentorship_id, "state": case.state},
        now=now,
    )
