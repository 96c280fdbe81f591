"""One mentee's values with every mentor, for those who check large programs: whole numbers only, one mentee at a time.

Nothing here comes from the solver, its sheet or its scan: no single precision, no matrix product, no order but the
program's own. Answers are read with ``criteria``, which is the definition; only adding up over mentors is left to
numpy, in 64 bits. Tests hold it to the judge, pair by pair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from . import criteria
from .model import (
    WEEK_SLOTS,
    Answer,
    HoursAtLeast,
    InCommon,
    Listed,
    Overlap,
    Question,
    Relation,
    ReportingLine,
    SharedHours,
    Vector,
    Verb,
)
from .program import Program

Numbers = NDArray[np.int64]
Marks = NDArray[np.bool_]
REMEMBERED: Final = 256  # different answers of a column whose figures are kept; a bound on memory only


class Ledger:
    """Values and rules of one program, mentee by mentee, in the program's own order."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._count = len(program.mentors.ids)
        self._shared: dict[tuple[str, str], Callable[[int], Numbers]] = {}
        self._column = {person: j for j, person in enumerate(program.mentors.ids)}
        some = bool(program.mentees.ids and program.mentors.ids)
        self._questions = [self._points(question) for question in program.questions if some]
        self._rules = [(rule, self._holds(rule.relation)) for rule in program.rules if some]

    def row(self, i: int) -> tuple[Numbers, Marks]:
        """What mentee ``i`` is worth with every mentor, and with whom no hard rule forbids the pair."""
        program = self._program
        score, allowed = np.zeros(self._count, dtype=np.int64), np.ones(self._count, dtype=np.bool_)
        for points in self._questions:
            score += points(i)
        for rule, holds in self._rules:
            if rule.hard:
                allowed &= holds(i) == (rule.verb is Verb.MUST)
            else:
                score += holds(i) * (rule.points if rule.verb is Verb.PREFER else -rule.points)
        score -= (program.fairness.factor - 1) * np.maximum(0, program.fairness.target - score)
        present, own = (
            self._column.get(person) for person in (program.mentees.present[i] or "", program.mentees.ids[i])
        )
        if present is not None:
            score[present] += program.keep
        if own is not None:
            allowed[own] = False
        return score, allowed

    def _points(self, question: Question) -> Callable[[int], Numbers]:
        left, right = (
            self._program.mentees.columns[question.mentee],
            self._program.mentors.columns[question.mentor],
        )
        match question:
            case Overlap(weight=weight):
                options, totals = self._options(question.mentee, question.mentor), _totals(left)
                return lambda i: weight * options(i) // max(1, totals[i])
            case SharedHours(weight=weight, full=full):
                hours = self._hours(question.mentee, question.mentor)
                return lambda i: weight * np.minimum(full, hours(i)) // full
            case Vector(weight=weight, full=full):
                products = self._products(question.mentee, question.mentor)
                return lambda i: weight * np.clip(products(i), 0, full) // full
            case _:
                return _by_answer(criteria.scoring(question), left, right)

    def _holds(self, relation: Relation) -> Callable[[int], Marks]:
        match relation:
            case Listed() | ReportingLine():
                columns = self._listed(relation)
                return lambda i: np.isin(np.arange(self._count), columns.get(i, []))
            case InCommon():
                options = self._options(relation.mentee, relation.mentor)
                return lambda i: options(i) > 0
            case HoursAtLeast(half_hours=least):
                hours = self._hours(relation.mentee, relation.mentor)
                return lambda i: hours(i) >= least
            case _:
                left = self._program.mentees.columns[relation.mentee]
                right = self._program.mentors.columns[relation.mentor]
                relates = _by_answer(lambda a, b: int(criteria.answers_relate(relation, a, b)), left, right)
                return lambda i: relates(i) == 1

    def _listed(self, relation: Listed | ReportingLine) -> dict[int, list[int]]:
        """For each mentee the mentors who are listed with them."""
        row = {person: i for i, person in enumerate(self._program.mentees.ids)}
        if isinstance(relation, Listed):
            pairs = relation.pairs
        else:
            above = criteria.superiors(relation, self._program.mentees, self._program.mentors)
            lines = {(person, boss) for person, bosses in above.items() for boss in bosses}
            pairs = frozenset(lines | {(boss, person) for person, boss in lines})
        columns: dict[int, list[int]] = {}
        for mentee, mentor in pairs:
            if mentee in row and mentor in self._column:
                columns.setdefault(row[mentee], []).append(self._column[mentor])
        return columns

    def _options(self, mentee: str, mentor: str) -> Callable[[int], Numbers]:
        """The summed weight of the mentee's options each mentor offers."""
        left, right = self._program.mentees.columns[mentee], self._program.mentors.columns[mentor]
        offers: dict[str, Numbers] = {}
        for j, answer in enumerate(right):
            for option in criteria.tag_weights(answer):
                offers.setdefault(option, np.zeros(self._count, dtype=np.int64))[j] = 1

        def shared(i: int) -> Numbers:
            total = np.zeros(self._count, dtype=np.int64)
            for option, weight in criteria.tag_weights(left[i]).items():
                if option in offers:
                    total += weight * offers[option]
            return total

        return shared

    def _products(self, mentee: str, mentor: str) -> Callable[[int], Numbers]:
        """The inner product of the mentee's vector with each mentor's; 0 where a cell is empty."""
        left = [criteria.numbers(answer) for answer in self._program.mentees.columns[mentee]]
        right = [criteria.numbers(answer) for answer in self._program.mentors.columns[mentor]]
        size = max(map(len, (*left, *right)))
        theirs = np.array([vector or (0,) * size for vector in right], dtype=np.int64).reshape(-1, size)
        return lambda i: theirs @ np.array(left[i] or (0,) * size, dtype=np.int64)

    def _hours(self, mentee: str, mentor: str) -> Callable[[int], Numbers]:
        """The half hours shared in the poorest clock regime; asked once for each mentee, by question and rule."""
        if (mentee, mentor) in self._shared:
            return self._shared[mentee, mentor]
        left = [criteria.week_regimes(answer) for answer in self._program.mentees.columns[mentee]]
        right = [criteria.week_regimes(answer) for answer in self._program.mentors.columns[mentor]]
        regimes = max((len(weeks) for weeks in (*left, *right)), default=0)
        open_at = [_half_hours([weeks[k] if weeks else 0 for weeks in right]) for k in range(regimes)]
        last: list[tuple[int, Numbers]] = []

        def shared(i: int) -> Numbers:
            if not last or last[0][0] != i:
                counts = np.zeros((max(1, regimes), self._count), dtype=np.int64)
                for k, week in enumerate(left[i]):
                    slots = [slot for slot in range(week.bit_length()) if week >> slot & 1]
                    counts[k] = open_at[k][slots].sum(axis=0, dtype=np.int64)
                last[:] = [(i, counts.min(axis=0))]
            return last[0][1]

        self._shared[mentee, mentor] = shared
        return shared


def _by_answer(
    entry: Callable[[Answer, Answer], int], left: Sequence[Answer], right: Sequence[Answer]
) -> Callable[[int], Numbers]:
    """Figures by two answers: worked out once for each different answer of a mentor, and remembered for few of mentees'."""
    different = list(dict.fromkeys(right))
    place = {answer: k for k, answer in enumerate(different)}
    codes = np.array([place[answer] for answer in right], dtype=np.intp)
    remembered: dict[Answer, Numbers] = {}

    def figures(i: int) -> Numbers:
        answer = left[i]
        if answer not in remembered:
            if len(remembered) == REMEMBERED:
                remembered.clear()
            worked_out = np.array([entry(answer, other) for other in different], dtype=np.int64)
            remembered[answer] = worked_out[codes]
        return remembered[answer]

    return figures


def _totals(wants: Sequence[Answer]) -> list[int]:
    return [sum(criteria.tag_weights(answer).values()) for answer in wants]


def _half_hours(weeks: Sequence[int]) -> NDArray[np.uint8]:
    """For each half hour of the week who is reachable: 0 or 1 for each mentor."""
    reachable = np.zeros((WEEK_SLOTS, len(weeks)), dtype=np.uint8)
    for j, week in enumerate(weeks):
        reachable[[slot for slot in range(week.bit_length()) if week >> slot & 1], j] = 1
    return reachable
