"""The best partners for one person: for a coordinator who decides, and for a mentee who looks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.engine import matching as engine
from alongside.engine.timing.weeks import least_shared_half_hours
from alongside.enrollment.enums import Role
from alongside.enrollment.models import Participation
from alongside.matching.problem import build
from alongside.matching.reasons import Audience, Explainer, Why, fit_of, why
from alongside.matching.snapshot import Focus, Frozen, freeze
from alongside.questionnaires.enums import Visibility


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible partner. `left` is how many places the mentor of the two has; `hours` are shared a week; `open_fields`
    are the places of a person (as questions fill them) that everybody in the program may read."""

    participation: Participation
    points: int
    fit: int
    why: Why
    left: int
    hours: float
    open_fields: frozenset[str]


def candidates_for(
    participation: Participation, *, role: str, audience: Audience, now: datetime, count: int
) -> list[Candidate]:
    """The best allowed partners of a person who takes part as `role`, best first. About a dozen queries.

    Rules and answers decide. For somebody who looks themselves (audience SEEKER) mentors without a place are left out;
    a coordinator sees them after the others. People the two wish not to meet are simply not there.
    """
    frozen = freeze(participation.program, now=now, focus=Focus(participation, role))
    if not frozen.material.mentees or not frozen.material.mentors:
        return []
    program = build(frozen.material).program
    ranking = engine.rank(program, participation.public_id, len(frozen.people))
    ranked = ranking.mentors if role == Role.MENTEE else ranking.mentees
    if audience is Audience.SEEKER:
        ranked = tuple(entry for entry in ranked if entry.seats)
    free_first = sorted(ranked, key=lambda entry: not entry.seats)
    return _shown(frozen, program, participation, free_first[:count], role, audience)


def candidate(
    mentee: Participation, mentor: Participation, *, audience: Audience, now: datetime
) -> Candidate | None:
    """One mentor as a mentee sees them; None when the two cannot be a pair."""
    frozen = freeze(mentee.program, now=now, focus=Focus(mentee, Role.MENTEE), only=(mentee, mentor))
    if not frozen.material.mentees or not frozen.material.mentors:
        return None
    program = build(frozen.material).program
    ranked = engine.rank(program, mentee.public_id, 1).mentors
    found = _shown(frozen, program, mentee, ranked, Role.MENTEE, audience)
    return found[0] if found else None


def _shown(
    frozen: Frozen,
    program: engine.Program,
    participation: Participation,
    ranked: Sequence[engine.Ranked],
    role: str,
    audience: Audience,
) -> list[Candidate]:
    explainer, questions = Explainer(program), frozen.questions
    hours = _hours_with(frozen, participation)
    open_fields = frozenset(
        row.fills for row in questions.values() if row.visibility == Visibility.PROGRAM and not row.retired_at
    )
    found = []
    for entry in ranked:
        pair = (participation.public_id, entry.person)
        _explanation, facts = explainer.of(*(pair if role == Role.MENTEE else pair[::-1]))
        found.append(
            Candidate(
                participation=frozen.people[entry.person],
                points=entry.points,
                fit=fit_of(facts),
                why=why(facts, questions, audience),
                left=entry.seats,
                hours=hours(entry.person),
                open_fields=open_fields,
            )
        )
    return found


def _hours_with(frozen: Frozen, participation: Participation) -> Callable[[str], float]:
    """Good hours a week shared with somebody, in the scantest weeks of the period."""
    material = frozen.material
    people = {entrant.id: entrant for entrant in (*material.mentees, *material.mentors)}
    own = people[participation.public_id]

    def hours(other: str) -> float:
        half_hours = least_shared_half_hours(own.hours.usual(), people[other].hours.usual(), *material.period)
        return half_hours / 2

    return hours
