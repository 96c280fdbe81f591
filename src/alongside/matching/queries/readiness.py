"""Whether a program is ready to be matched: places against people, who could have nobody, what each limit costs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from alongside.engine import matching as engine
from alongside.enrollment.enums import ParticipationState, Role
from alongside.enrollment.models import Participation
from alongside.matching.models import Run, Unmatched
from alongside.matching.problem import TOGETHER, build, weeks_of
from alongside.matching.queries.board import limits_of
from alongside.matching.queries.limits import Questions, limit_name, limit_of, open_limits
from alongside.matching.snapshot import Frozen, freeze
from alongside.mentorships.queries import with_load
from alongside.programs.models import Program

EXACT = 20_000  # pairs up to which a page works all of this out anew
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Supply:
    """Places against people, at a glance."""

    mentees: int
    mentors: int
    seats: int

    @property
    def short(self) -> int:
        """How many more mentees there are than places."""
        return max(0, self.mentees - self.seats)

    @property
    def is_matchable(self) -> bool:
        return bool(self.mentees and self.seats)


@dataclass(frozen=True, slots=True)
class Nobody:
    """A mentee whom the limits leave nobody, and the limits that do, the one that binds most first."""

    participation: Participation
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What would change without a limit: how many more would have a mentor, how many more could have one."""

    limit: str
    placed: int
    possible: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """`as_of` is the run that `nobody` was read from when the program is large, else None."""

    supply: Supply
    nobody: tuple[Nobody, ...] = ()
    limits: tuple[str, ...] = ()
    is_exact: bool = True
    as_of: Run | None = None
    frozen: Frozen | None = field(default=None, repr=False)


def supply(program: Program) -> Supply:
    """How many look for a mentor, and how many places are free. One query."""
    rows: Iterable[Any] = with_load(
        Participation.objects.filter(program=program, state=ParticipationState.APPROVED)
    )
    people = list(rows)
    offers = [max(0, row.capacity - row.load) for row in people if row.role != Role.MENTEE]
    looking = sum(row.role != Role.MENTOR and not row.as_mentee for row in people)
    return Supply(looking, len(offers), sum(offers))


def readiness(program: Program, *, now: datetime) -> Readiness:
    """How the program stands before a run. About fifteen queries, however many people."""
    frozen = freeze(program, now=now)
    material, questions = frozen.material, frozen.questions
    seats = sum(max(0, mentor.capacity - mentor.load) for mentor in material.mentors)
    base = Readiness(Supply(len(material.mentees), len(material.mentors), seats), frozen=frozen)
    if len(material.mentees) * len(material.mentors) > EXACT:
        return _from_last_run(program, base, questions)
    problem = build(material).program
    nobody = tuple(
        Nobody(frozen.people[mentee], tuple(limit_name(key, questions) for key in keys))
        for mentee, keys in _without_partner(problem)
    )
    limits = open_limits(rule.key for rule in problem.rules if rule.hard)
    return replace(base, nobody=nobody, limits=tuple(limit_name(key, questions) for key in limits))


def relaxed_limits(program: Program, *, now: datetime) -> list[Relaxed]:
    """What each limit costs, exactly: the whole program is matched once without it. For programs of moderate size.

    Nothing is changed. Wishes of people not to be matched with somebody are never lifted.
    """
    frozen = freeze(program, now=now)
    material = frozen.material
    if not material.mentees or len(material.mentees) * len(material.mentors) > EXACT:
        return []
    problem, questions = build(material).program, frozen.questions
    now_placed, now_without = _placed(problem), len(_without_partner(problem))
    found = []
    for limit in open_limits(rule.key for rule in problem.rules if rule.hard and rule.key != TOGETHER):
        without = replace(problem, rules=tuple(rule for rule in problem.rules if limit_of(rule.key) != limit))
        found.append(
            Relaxed(
                limit=limit_name(limit, questions),
                placed=_placed(without) - now_placed,
                possible=now_without - len(_without_partner(without)),
            )
        )
    return sorted(found, key=lambda entry: (-entry.placed, -entry.possible, entry.limit))


def hours_histogram(frozen: Frozen) -> list[tuple[str, int]]:
    """How many mentees share how many hours a week with whom they share most, in the scantest weeks. No query."""
    material = frozen.material
    if not material.mentors or len(material.mentees) * len(material.mentors) > EXACT:
        return []
    week = weeks_of(material)
    mentors = {week(mentor) for mentor in material.mentors}
    counted = Counter(
        _bin(max(_shared(week(mentee), other) for other in mentors) / 2) for mentee in material.mentees
    )
    return [(label, counted[low]) for low, label in _BINS.items()]


_BINS = {0: "0", 0.5: "½–2", 2.5: "2½–5", 5.5: "5½–10", 10.5: "10½–20", 20.5: "> 20"}


def _bin(hours: float) -> float:
    return max(low for low in _BINS if low <= hours)


def _shared(a: Sequence[int], b: Sequence[int]) -> int:
    return min((first & second).bit_count() for first, second in zip(a, b, strict=True))


def _without_partner(program: engine.Program) -> list[tuple[str, list[str]]]:
    """Mentees whom every mentor is forbidden, with the limits that do it. A private wish counts but is not named."""
    judge, mentors = program.judge, range(len(program.mentors.ids))
    found = []
    for i, mentee in enumerate(program.mentees.ids):
        if any(judge.allowed(i, j) for j in mentors):
            continue
        broken = Counter(key for j in mentors for key in set(map(limit_of, judge.forbidding(i, j))))
        found.append((mentee, open_limits(key for key, _count in broken.most_common())))
    return found


def _placed(program: engine.Program) -> int:
    return engine.match(program).figures.matched


def _from_last_run(program: Program, base: Readiness, questions: Questions) -> Readiness:
    """For a large program: whom the last run found nobody allowed for."""
    run = (
        Run.objects.filter(program=program, solved_at__isnull=False)
        .defer("snapshot_sealed", "result")
        .first()
    )
    entries = Unmatched.objects.filter(run=run, why=engine.Why.NOBODY_ALLOWED.value)
    nobody = tuple(
        Nobody(entry.mentee, tuple(limits_of(entry, questions)))
        for entry in entries.select_related("mentee__person").order_by("pk")[:SHOWN]
    )
    return replace(base, nobody=nobody, is_exact=False, as_of=run)
