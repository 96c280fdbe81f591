"""A board changed by hand: a pair taken out, put back, or added."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.enrollment.models import Participation
from alongside.foundation.errors import Conflict
from alongside.journal.actions import record
from alongside.matching.access import check_open
from alongside.matching.actions.overriding import pin_pair
from alongside.matching.actions.runs import locked_run, start_run
from alongside.matching.enums import ProposalState
from alongside.matching.models import Proposal, Run
from alongside.matching.queries.limits import refusal_words
from alongside.matching.queries.pairs import pair_facts
from alongside.matching.queries.whatif import fits_in_place
from alongside.people.models import Person
from alongside.programs.access import check_may_change

STAY = (
    1  # points for a pair that stays when the rest is solved again: enough to break ties, too few to decide
)


@transaction.atomic
def take_out_pair(*, proposal: Proposal, actor: Person, now: datetime) -> Proposal:
    """Takes a pair off the board; the mentee waits. Does nothing when it is off already."""
    row = _locked(proposal, actor)
    if row.state == ProposalState.PROPOSED:
        row.state = ProposalState.REMOVED
        row.save(update_fields=["state"])
        _tell("proposal.taken_out", row, actor, now)
    return row


@transaction.atomic
def put_back_pair(*, proposal: Proposal, actor: Person, now: datetime) -> Proposal:
    """Puts a pair back that was taken out. Raises Conflict when one of the two has somebody else on the board."""
    row = _locked(proposal, actor)
    if row.state != ProposalState.REMOVED:
        return row
    if not fits_in_place(row.run, row.mentee, row.mentor):
        raise Conflict(_("One of the two has somebody else on this board by now."))
    row.state = ProposalState.PROPOSED
    row.save(update_fields=["state"])
    _tell("proposal.put_back", row, actor, now)
    return row


def add_pair(*, run: Run, mentee: Participation, mentor: Participation, actor: Person, now: datetime) -> Run:
    """Decides a pair by hand and returns the run whose board holds it.

    Where the mentee waits and the mentor has a place, the pair joins this board. Otherwise the two are kept together
    and the rest is solved again, as a new run that costs what `what_if` told, to within a point for each pair: among
    equally good plans the one is taken in which most pairs stay. Raises Conflict when a limit does
    not let the two be a pair.
    """
    if _join(run, mentee, mentor, actor, now):
        return run
    pin_pair(mentee=mentee, mentor=mentor, actor=actor, now=now)
    return start_run(program=run.program, actor=actor, now=now, base=run, keep=STAY)


@transaction.atomic
def _join(run: Run, mentee: Participation, mentor: Participation, actor: Person, now: datetime) -> bool:
    """Adds the pair where it fits; False where somebody would have to move."""
    check_may_change(actor, run.program)
    row = locked_run(run)
    check_open(row)
    if not fits_in_place(row, mentee, mentor):
        return False
    found = pair_facts(mentee, mentor, now=now)
    if not found.allowed:
        raise Conflict(refusal_words(found.forbidden_by, found.questions))
    proposal, _made = Proposal.objects.update_or_create(
        run=row,
        mentee=mentee,
        mentor=mentor,
        defaults={
            "points": found.points,
            "fit": found.fit,
            "reasons": found.facts,
            "by_hand": True,
            "state": ProposalState.PROPOSED,
        },
    )
    _tell("proposal.added", proposal, actor, now)
    return True


def _locked(proposal: Proposal, actor: Person) -> Proposal:
    """The proposal as it is now, its run held. Raises Conflict when the board can no longer be changed."""
    check_may_change(actor, proposal.run.program)
    check_open(locked_run(proposal.run))
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("run", "mentee", "mentor")
    return rows.get(pk=proposal.pk)


def _tell(verb: str, row: Proposal, actor: Person, now: datetime) -> None:
    record(verb, actor_id=actor.pk, subject=row, program_id=row.mentee.program_id, now=now)
