"""What deciding a pair by hand would do, told before anybody decides. Every figure is exact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.engine import matching as engine
from alongside.enrollment.models import Participation
from alongside.matching.enums import ProposalState
from alongside.matching.models import Proposal, Run
from alongside.matching.queries.limits import refusal_words
from alongside.matching.queries.pairs import questions_by_key
from alongside.matching.queries.runs import program_of, result_of
from alongside.mentorships.queries import open_load


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who would get another mentor, or none."""

    mentee: Participation
    before: Participation | None
    after: Participation | None


@dataclass(frozen=True, slots=True)
class HandMade:
    """A pair decided by hand, looked at beforehand.

    `cost` is what the program's total loses, in points of 100,000 for a perfect pair; below 0 it gains. `in_place`: the
    pair can join the board as it stands; otherwise the rest is solved again, and `moves` is everybody whom that moves.
    `refusal` says why it cannot be, if it cannot.
    """

    mentee: Participation
    mentor: Participation
    cost: int | None
    in_place: bool
    moves: tuple[Moved, ...] = ()
    refusal: str = ""


def what_if(run: Run, mentee: Participation, mentor: Participation) -> HandMade:
    """What adding this pair to the board of a run would do.

    Where the mentee waits and the mentor has a place on the board, the pair simply joins. Otherwise the cost is that
    of the best plan that holds this pair, against the best plan.
    """
    heavy = Run.objects.get(pk=run.pk)
    program = program_of(heavy)
    if not _knows(program, mentee, mentor):
        words = refusal_words((), {})
        return HandMade(mentee, mentor, None, in_place=False, refusal=words)
    explanation = engine.explain(program, mentee.public_id, mentor.public_id)
    if explanation.forbidden_by:
        words = refusal_words(explanation.forbidden_by, questions_by_key(run.program))
        return HandMade(mentee, mentor, None, in_place=False, refusal=words)
    if fits_in_place(run, mentee, mentor):
        return HandMade(mentee, mentor, -_gain(run, program, mentee, mentor), in_place=True)
    answer = engine.Advisor(program, result_of(heavy)).what_if(mentee.public_id, mentor.public_id)
    if answer.cost is None:
        words = _("{name} has no place that could be given.").format(name=mentor.person.name)
        return HandMade(mentee, mentor, None, in_place=False, refusal=words)
    return HandMade(mentee, mentor, answer.cost, in_place=False, moves=_moves(run, answer.moves))


def cost_of_taking_out(proposal: Proposal) -> int:
    """What the program's total loses when this pair is taken off the board and the mentee waits."""
    program = program_of(Run.objects.get(pk=proposal.run_id))
    mentee, mentor = proposal.mentee, proposal.mentor
    if not _knows(program, mentee, mentor):
        return 0
    return _worth(program, mentee, mentor, seat=_live_with(proposal.run, mentor) + _load(program, mentor))


def fits_in_place(run: Run, mentee: Participation, mentor: Participation) -> bool:
    """Whether the mentee waits and the mentor has a place left, on the board and in their room. Three queries."""
    if live_pairs(run).filter(mentee=mentee).exists():
        return False
    return open_load(mentor) + _live_with(run, mentor) < mentor.capacity


def live_pairs(run: Run) -> QuerySet[Proposal]:
    """The pairs that stand on the board."""
    return Proposal.objects.filter(run=run).exclude(state=ProposalState.REMOVED)


def _live_with(run: Run, mentor: Participation) -> int:
    return live_pairs(run).filter(mentor=mentor).count()


def _gain(run: Run, program: engine.Program, mentee: Participation, mentor: Participation) -> int:
    """What the total wins when this pair joins the board."""
    return _worth(program, mentee, mentor, seat=_live_with(run, mentor) + _load(program, mentor) + 1)


def _worth(program: engine.Program, mentee: Participation, mentor: Participation, *, seat: int) -> int:
    """The value of a pair, with what leaving the mentee out costs, less what the mentor's seat of this number costs."""
    i = program.mentees.ids.index(mentee.public_id)
    j = program.mentors.ids.index(mentor.public_id)
    return program.judge.value(i, j) + program.left_out_cost(i) - program.balance * (seat - 1)


def _load(program: engine.Program, mentor: Participation) -> int:
    return program.mentors.base_load[program.mentors.ids.index(mentor.public_id)]


def _knows(program: engine.Program, mentee: Participation, mentor: Participation) -> bool:
    return mentee.public_id in program.mentees.ids and mentor.public_id in program.mentors.ids


def _moves(run: Run, moves: Iterable[engine.Move]) -> tuple[Moved, ...]:
    listed = tuple(moves)
    people = _people(
        run, {name for move in listed for name in (move.mentee, move.before, move.after) if name}
    )
    return tuple(
        Moved(people[move.mentee], people.get(move.before or ""), people.get(move.after or ""))
        for move in listed
    )


def _people(run: Run, ids: Iterable[str]) -> Mapping[str, Participation]:
    rows = Participation.objects.filter(program=run.program_id, public_id__in=set(ids))
    return {row.public_id: row for row in rows.select_related("person")}
