"""Runs: begun, solved, stopped, set aside. snapshot → solve → certify; what is not proven is shown to nobody."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.engine import matching as engine
from alongside.enrollment.models import Participation
from alongside.foundation.errors import Conflict
from alongside.jobs.actions import enqueue
from alongside.journal.actions import record
from alongside.matching.access import check_may_match
from alongside.matching.enums import STEPS, RunState
from alongside.matching.models import Proposal, Run, Unmatched
from alongside.matching.problem import PRIVATE, Problem, build
from alongside.matching.queries.runs import present_pairs, program_of
from alongside.matching.reasons import Explainer, fit_of
from alongside.matching.snapshot import freeze
from alongside.people.models import Person
from alongside.programs.access import check_may_change
from alongside.programs.models import Program
from alongside.programs.queries import match_type_of
from alongside.vault.actions import seal

SOLVE = "matching.solve"
AT_ONCE = 20_000  # pairs up to which a run is solved while the page waits
THE_HOUSE = 0  # owner of the key of a snapshot: no person's, so nobody's leaving makes a run unreadable
_SECOND_LOOK = timedelta(minutes=1)
_SLICE = 500


def start_run(
    *, program: Program, actor: Person, now: datetime, base: Run | None = None, keep: int | None = None
) -> Run:
    """A new run over everybody who can be matched now, with the pins and bans that stand.

    A small one is solved when this returns; a large one by the worker. With `base` its pairs are kept where nothing
    speaks against it: each is worth `keep` points more, or what the program's rules say. A run that is being solved
    already is returned instead of a second one. Raises Conflict when nobody can be matched, or no question gives points.
    """
    run, problem = _begin(program, actor, now, base, keep)
    if problem is not None and _pairs_of(problem.program) <= AT_ONCE:
        solve_run(run=run, now=now)
        run.refresh_from_db(fields=["state", "total", "gap", "trouble", "solved_at", "progress"])
    return run


@transaction.atomic
def _begin(
    program: Program, actor: Person, now: datetime, base: Run | None, keep: int | None
) -> tuple[Run, Problem | None]:
    check_may_change(actor, program)
    Program.objects.select_for_update().get(pk=program.pk)
    check_may_match(program)
    under_way = Run.objects.filter(program=program, state=RunState.DRAFT).first()
    if under_way is not None:
        return under_way, None
    problem = _problem(program, now, base, keep)
    row = Run(
        program=program,
        match_type=match_type_of(program),
        base=base,
        by=actor,
        mentees=len(problem.program.mentees.ids),
        seats=_seats(problem.program),
        pins_set_aside=len(problem.set_aside),
    )
    text = engine.program_to_json(problem.program)
    row.snapshot_sealed = seal(text, scope=row.scope, owner_id=THE_HOUSE, about=row.snapshot_place)
    row.save()
    _tell("run.started", row, actor=actor, now=now)
    # Small runs are solved below; should that be cut off, the worker finds them.
    small = _pairs_of(problem.program) <= AT_ONCE
    enqueue(SOLVE, {"run": row.pk}, run_after=now + _SECOND_LOOK if small else None)
    return row, problem


def _problem(program: Program, now: datetime, base: Run | None, keep: int | None) -> Problem:
    material = freeze(program, now=now, present=present_pairs(base) if base else None).material
    if keep is not None:
        material = replace(material, rules=replace(material.rules, keep=keep))
    if not material.mentees:
        raise Conflict(_("Nobody waits for a mentor right now."))
    if not any(mentor.capacity > mentor.load for mentor in material.mentors):
        raise Conflict(_("No mentor has a place to give right now."))
    if not any(criterion.weight for criterion in material.criteria if not criterion.hard):
        raise Conflict(_("Choose at least one question that matching looks at, and give it a weight."))
    return build(material)


def solve_run(*, run: Run, now: datetime) -> None:
    """Solves a run that waits for it, certifies the result, and writes the board. Does nothing in any other state.

    The result is shown only when the certificate holds: proven best, every rule kept. Otherwise the run is stopped
    and says so. May run twice at once: the first to finish counts.
    """
    row = Run.objects.get(pk=run.pk)
    if row.state != RunState.DRAFT:
        return
    program = program_of(row)
    result = engine.match(program, progress=_watch(row))
    certificate = engine.certify(program, result)
    if Run.objects.filter(pk=row.pk, stop_asked=True).exists():
        _stop(row, trouble="", now=now)
    elif not certificate.holds or result.gap:
        _stop(
            row,
            trouble=_("The result could not be proven, so it is not shown. Please run it again."),
            now=now,
        )
    else:
        _write_board(row, program, result, now)


def _watch(row: Run) -> Callable[[int, int], bool]:
    """Tells how far the solver is, and asks whether to go on; both at most fifty times."""
    told = 0

    def progress(done: int, of: int) -> bool:
        nonlocal told
        percent = done * 100 // of if of else 100
        if percent < told + 2:
            return True
        told = percent
        Run.objects.filter(pk=row.pk).update(progress=percent)
        return not Run.objects.filter(pk=row.pk, stop_asked=True).exists()

    return progress


@transaction.atomic
def _write_board(run: Run, program: engine.Program, result: engine.Result, now: datetime) -> None:
    row = Run.objects.select_for_update(of=("self",)).defer("snapshot_sealed").get(pk=run.pk)
    if row.state != RunState.DRAFT:
        return
    rows = Participation.objects.filter(program_id=row.program_id)
    ids = dict(rows.values_list("public_id", "pk"))
    explainer, pinned = Explainer(program), set(program.pins)
    proposals = (_proposal(row, pair, explainer, pinned, ids) for pair in result.pairs)
    Proposal.objects.bulk_create(proposals, batch_size=_SLICE)
    advisor = engine.Advisor(program, result)
    unmatched = (_unmatched(row, entry, advisor, ids) for entry in result.left_out)
    Unmatched.objects.bulk_create(unmatched, batch_size=_SLICE)
    row.result, row.total, row.gap = engine.result_to_json(result), _worth(program, result), result.gap
    row.state, row.solved_at, row.progress = RunState.SOLVED, now, 100
    row.save(update_fields=["result", "total", "gap", "state", "solved_at", "progress"])
    _tell("run.solved", row, actor=None, now=now)


def _worth(program: engine.Program, result: engine.Result) -> int:
    """The total without the bonus for pairs that stayed, so that boards can be compared."""
    present = dict(zip(program.mentees.ids, program.mentees.present, strict=True))
    return result.total - program.keep * sum(present[pair.mentee] == pair.mentor for pair in result.pairs)


def _proposal(
    run: Run, pair: engine.Pair, explainer: Explainer, pinned: set[tuple[str, str]], ids: dict[str, int]
) -> Proposal:
    _explanation, facts = explainer.of(pair.mentee, pair.mentor)
    return Proposal(
        run=run,
        mentee_id=ids[pair.mentee],
        mentor_id=ids[pair.mentor],
        points=pair.points,
        fit=fit_of(facts),
        reasons=facts,
        wish=next((fact["place"] for fact in facts if "place" in fact), None),
        pinned=(pair.mentee, pair.mentor) in pinned,
    )


def _unmatched(run: Run, entry: engine.LeftOut, advisor: engine.Advisor, ids: dict[str, int]) -> Unmatched:
    barriers: list[list[str | int]] = []
    if entry.why is engine.Why.NOBODY_ALLOWED:
        found = advisor.account(entry.mentee, nearest=0).barriers
        barriers = [
            [barrier.rule, barrier.mentors, barrier.alone] for barrier in found if barrier.rule != PRIVATE
        ]
    return Unmatched(
        run=run,
        mentee_id=ids[entry.mentee],
        why=entry.why.value,
        allowed=entry.allowed,
        short=entry.short,
        barriers=barriers,
    )


@transaction.atomic
def _stop(run: Run, *, trouble: str, now: datetime) -> None:
    row = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if row.state == RunState.DRAFT:
        _step(row, RunState.STOPPED, trouble=trouble)
        _tell("run.stopped", row, actor=None, now=now)


@transaction.atomic
def stop_run(*, run: Run, actor: Person, now: datetime) -> Run:
    """Asks a run that is being solved to stop; it does so within moments. Does nothing once it is solved."""
    check_may_change(actor, run.program)
    row = locked_run(run)
    if row.state == RunState.DRAFT and not row.stop_asked:
        row.stop_asked = True
        row.save(update_fields=["stop_asked"])
        _tell("run.stop_asked", row, actor=actor, now=now)
    return row


@transaction.atomic
def discard_run(*, run: Run, actor: Person, now: datetime) -> Run:
    """Sets a draft aside; its pairs can still be looked at. Does nothing when it is set aside already.

    Raises Conflict for a run that is published or being solved.
    """
    check_may_change(actor, run.program)
    row = locked_run(run)
    if row.state == RunState.DISCARDED:
        return row
    _step(row, RunState.DISCARDED)
    _tell("run.discarded", row, actor=actor, now=now)
    return row


def locked_run(run: Run) -> Run:
    """The row as it is now, locked until the transaction ends."""
    rows = Run.objects.select_for_update(of=("self",)).defer("snapshot_sealed", "result")
    return rows.select_related("program", "match_type").get(pk=run.pk)


def _step(row: Run, state: RunState, *, trouble: str = "") -> None:
    if state not in STEPS[row.state]:
        raise Conflict(_("This run has moved on in the meantime. Look at it again."))
    row.state, row.trouble = state, trouble
    row.save(update_fields=["state", "trouble"])


def _tell(verb: str, row: Run, *, actor: Person | None, now: datetime) -> None:
    record(verb, actor_id=actor.pk if actor else None, subject=row, program_id=row.program_id, now=now)


def _pairs_of(program: engine.Program) -> int:
    return len(program.mentees.ids) * len(program.mentors.ids)


def _seats(program: engine.Program) -> int:
    mentors = program.mentors
    return sum(max(0, most - load) for most, load in zip(mentors.capacity, mentors.base_load, strict=True))
