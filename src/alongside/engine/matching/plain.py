"""One mentee's values with every mentor in plain Python integers: no arrays at all, for those who check.

The same rows as ``ledger``, which larger programs are checked with, and the same definition, ``criteria``. Nothing here
comes from the solver. Tests hold it to the judge, pair by pair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import mul
from typing import Final

from . import criteria
from .model import (
    Answer,
    HoursAtLeast,
    InCommon,
    Listed,
    Overlap,
    Points,
    Question,
    Relation,
    ReportingLine,
    SharedHours,
    Vector,
    Verb,
)
from .program import Program

REMEMBERED: Final = 256  # different answers of a column whose figures are kept; a bound on memory only
Line = list[int]  # one number for each mentor, in the program's order


class PlainRows:
    """Values of one program, mentee by mentee, in the program's own order."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._count = len(program.mentors.ids)
        self._column = {person: j for j, person in enumerate(program.mentors.ids)}
        some = bool(program.mentees.ids and program.mentors.ids)
        self._questions = [
            self._points(question) for question in program.questions if some and question.weight
        ]
        self._rules = [(rule, self._holds(rule.relation)) for rule in program.rules if some]

    def row(self, i: int) -> list[Points | None]:
        """What mentee ``i`` is worth with every mentor; None where a hard rule forbids the pair."""
        program = self._program
        lines = [points(i) for points in self._questions]
        barred: set[int] = set()
        for rule, holds in self._rules:
            line = holds(i)
            if rule.hard:
                wanted = int(rule.verb is Verb.MUST)
                barred.update(j for j, here in enumerate(line) if here != wanted)
            else:
                points = rule.points if rule.verb is Verb.PREFER else -rule.points
                lines.append([points * here for here in line])
        target, more = program.fairness.target, program.fairness.factor - 1
        scores = map(sum, zip(*lines, strict=True)) if lines else [0] * self._count
        values: list[Points | None] = [score - more * max(0, target - score) for score in scores]
        present, own = (
            self._column.get(person) for person in (program.mentees.present[i] or "", program.mentees.ids[i])
        )
        if present is not None:
            values[present] = (values[present] or 0) + program.keep
        for j in (*barred, *([] if own is None else [own])):
            values[j] = None
        return values

    def _points(self, question: Question) -> Callable[[int], Line]:
        left, right = (
            self._program.mentees.columns[question.mentee],
            self._program.mentors.columns[question.mentor],
        )
        match question:
            case Overlap(weight=weight):
                shared = _shared_options(left, right)
                totals = [sum(criteria.tag_weights(answer).values()) or 1 for answer in left]
                return lambda i: [weight * count // totals[i] for count in shared(i)]
            case SharedHours(weight=weight, full=full):
                hours = _shared_hours(left, right)
                return lambda i: [weight * min(full, count) // full for count in hours(i)]
            case Vector(weight=weight, full=full):
                products = _products(left, right)
                return lambda i: [weight * min(full, max(0, product)) // full for product in products(i)]
            case _:
                return _by_answer(criteria.scoring(question), left, right)

    def _holds(self, relation: Relation) -> Callable[[int], Line]:
        """Where a relation holds: 1 or 0 for each mentor."""
        if isinstance(relation, Listed | ReportingLine):
            listed, columns = self._listed(relation), range(self._count)
            return lambda i: [int(j in listed.get(i, ())) for j in columns]
        left = self._program.mentees.columns[relation.mentee]
        right = self._program.mentors.columns[relation.mentor]
        match relation:
            case InCommon():
                shared = _shared_options(left, right)
                return lambda i: [int(count > 0) for count in shared(i)]
            case HoursAtLeast(half_hours=least):
                hours = _shared_hours(left, right)
                return lambda i: [int(count >= least) for count in hours(i)]
            case _:
                return _by_answer(lambda a, b: int(criteria.answers_relate(relation, a, b)), left, right)

    def _listed(self, relation: Listed | ReportingLine) -> dict[int, set[int]]:
        """For each mentee the mentors who are listed with them, whichever of the two is above the other."""
        row = {person: i for i, person in enumerate(self._program.mentees.ids)}
        if isinstance(relation, Listed):
            pairs = set(relation.pairs)
        else:
            above = criteria.superiors(relation, self._program.mentees, self._program.mentors)
            pairs = {(person, boss) for person, bosses in above.items() for boss in bosses}
            pairs |= {(boss, person) for person, boss in pairs}
        listed: dict[int, set[int]] = {}
        for mentee, mentor in pairs:
            if mentee in row and mentor in self._column:
                listed.setdefault(row[mentee], set()).add(self._column[mentor])
        return listed


def _shared_options(left: Sequence[Answer], right: Sequence[Answer]) -> Callable[[int], Line]:
    """The summed weight of the mentee's options each mentor offers."""
    offering: dict[str, list[int]] = {}
    for j, answer in enumerate(right):
        for option in criteria.tag_weights(answer):
            offering.setdefault(option, []).append(j)

    def shared(i: int) -> Line:
        counts = [0] * len(right)
        for option, weight in criteria.tag_weights(left[i]).items():
            for j in offering.get(option, ()):
                counts[j] += weight
        return counts

    return shared


def _shared_hours(left: Sequence[Answer], right: Sequence[Answer]) -> Callable[[int], Line]:
    """The half hours shared in the poorest clock regime."""
    weeks = [criteria.week_regimes(answer) for answer in right]

    def shared(i: int) -> Line:
        mine = criteria.week_regimes(left[i])
        if len(mine) == 1:
            return [(mine[0] & week[0]).bit_count() if week else 0 for week in weeks]
        return [criteria.common_week(mine, week).bit_count() for week in weeks]

    return shared


def _products(left: Sequence[Answer], right: Sequence[Answer]) -> Callable[[int], Line]:
    """The inner product of the mentee's numbers with each mentor's; 0 where a cell is empty."""
    theirs = [criteria.numbers(answer) for answer in right]

    def products(i: int) -> Line:
        mine = criteria.numbers(left[i])
        return [sum(map(mul, mine, other)) for other in theirs]

    return products


def _by_answer(
    entry: Callable[[Answer, Answer], int], left: Sequence[Answer], right: Sequence[Answer]
) -> Callable[[int], Line]:
    """Figures by two answers, worked out once for each different answer of a mentor, remembered for few of mentees'."""
    different = list(dict.fromkeys(right))
    remembered: dict[Answer, Line] = {}

    def figures(i: int) -> Line:
        answer = left[i]
        if answer not in remembered:
            if len(remembered) == REMEMBERED:
                remembered.clear()
            figure = {other: entry(answer, other) for other in different}
            remembered[answer] = [figure[other] for other in right]
        return remembered[answer]

    return figures
